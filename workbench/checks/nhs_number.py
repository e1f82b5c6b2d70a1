"""An NHS number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from workbench.checks.answer import Answer, removal
from workbench.checks.manuscript import Manuscript
from workbench.checks.rules import Rule
from workbench.submission import Finding, Fix

_NUMBER = re.compile(r"(?<![\w£.,/+-])(\d{3})([^\S\n]|[.\u2010-\u2013-]|)(\d{3})\2(\d{4})(?![\w/-]|[.,]\d)")

_COUNTED = re.compile(
    r"\b(?:order|receipt|ticket|barcode|account|serial|model|part|item)s?\s*(?:no\.?|number|#)?\s*:?\s*$"
)


def in_field(answer: Answer, manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """A finding for each number of ten digits whose check digit is right."""
    for found in answer.at_numbers(_NUMBER):
        digits = found[1] + found[3] + found[4]
        before = answer.near(found.start(), 40)
        other = _COUNTED.search(before) or any(word in before for word in rule["other"])
        if digits[0] in rule["begins"] and is_valid(digits) and not other:
            start, end = removal(answer.text, *found.span())
            finding = rule.at(answer, *found.span())
            yield replace(finding, fix=Fix(answer.id, start, end, "", answer.text[start:end]))


def is_valid(digits: str) -> bool:
    """Whether the last of ten digits is the check digit of the others (modulus 11)."""
    total = sum((10 - place) * int(digit) for place, digit in enumerate(digits[:9]))
    return (11 - total % 11) % 11 == int(digits[9])
