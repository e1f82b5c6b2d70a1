"""A telephone number outside the contact field."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from workbench.checks.answer import Answer, removal
from workbench.checks.manuscript import Manuscript
from workbench.checks.rules import Rule
from workbench.submission import Finding, Fix

_NUMBER = re.compile(r"(?<![\w£.,/:+-])(?:\+44|0044|\(0|0(?=\d))(?:[\s().-]{0,3}\d){8,11}(?![\w/]|[.,:-]\d)")
_AREA = re.compile(r"0(?:1[1-9]|2[03489]|7[1-9]|3[0347]|5[56]|80|84|87)\d+")
_PROPERTY = re.compile(r"\b(?:propert(?:y|ies)|uprns?|premises|assets?|garages?|homes?)\b[^.]{0,20}$")
"""What goes before the number of a property, which has as many digits as a telephone's and no blanks."""


def in_field(answer: Answer, manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """A finding for each number, written or behind a link, that is no service line and no reference."""
    if answer.field.kind == "contact":
        return
    for found in answer.around_numbers(_NUMBER, 1, "04"):
        if not _is_telephone(found[0]) or _is_public(answer, found.start(), found[0], rule):
            continue
        finding = rule.at(answer, *found.span())
        start, end = removal(answer.text, *found.span())
        yield replace(finding, fix=Fix(answer.id, start, end, "", answer.text[start:end]))
    for words, href in answer.links:
        if href.lower().startswith("tel:") and not _NUMBER.search(words):
            yield rule.of(answer.id, words)


def _is_telephone(text: str) -> bool:
    digits = re.sub(r"\D", "", re.sub(r"44\s*\(0\)", "44", text))
    national = (
        "0" + digits[4:]
        if digits.startswith("0044")
        else "0" + digits[2:]
        if digits.startswith("44")
        else digits
    )
    groups = len(re.findall(r"\d+", text))
    return len(national) in (10, 11) and groups <= 5 and _AREA.fullmatch(national) is not None


def _is_public(answer: Answer, at: int, number: str, rule: Rule) -> bool:
    """Whether it is a line meant for everybody, or the number of something else."""
    digits = re.sub(r"\D", "", number)
    before = answer.near(at, rule["reach"])
    listed = digits == number and _PROPERTY.search(before)
    if listed or any(word in before for word in rule["known"]):
        return True
    around = answer.near(at, 2 * rule["reach"], len(number) + rule["reach"])
    return digits.startswith(tuple(rule["public"])) and any(word in around for word in rule["everybody"])
