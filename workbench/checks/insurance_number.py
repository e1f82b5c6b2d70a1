"""A National Insurance number, or the reference of a case beside a person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from workbench.checks.answer import Answer, removal
from workbench.checks.manuscript import Manuscript
from workbench.checks.persons import people
from workbench.checks.rules import Rule
from workbench.submission import Finding, Fix

_NUMBER = re.compile(
    r"\b(?!BG|GB|NK|KN|TN|NT|ZZ)(?:QQ|[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z])[\s-]?\d{2}[\s-]?\d{2}[\s-]?\d{2}[\s-]?[A-D]\b",
    re.I,
)
_CASE = re.compile(
    r"\b(?:(?:case|client|customer|service\s+user|referral|application|account|benefit|patient|tenancy|claim|crime|"
    r"hospital|pupil|social\s+care|housing|complaint|appeal|Mosaic|Liquidlogic|file|record)\s+"
    r"(?:ref(?:erence)?|no\.?|number|id)\.?(?:\s+(?:number|no\.?))?|case|file|(?:case|file|claim|referral)s?\b[^.\n]{0,25}?\bref(?:erence)?\.?(?:\s+(?:number|no\.?))?)(?:\s+(?:is|"
    r"was))?\s*[:#,(]?\s*(?P<ref>(?=[\w/-]*\d{3})[A-Z0-9][\w/-]{3,})",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Mx|(?:[Ww]o)?[Mm]an|[Ll]ady|[Hh]e|[Ss]he|[Hh]is|[Hh]er|[Hh]im|[Rr]esident|[Cc]lient|[Pp]atient|[Tt]enant|[Cc]hild|"
    r"[Ff]amily|[Cc]laimant|[Vv]ictim|[Pp]upil|[Mm]other|[Ff]ather|[Ss]ervice user)\b"
)


_DIGITS = re.compile(r"\d{2}[\s-]?\d{2}[\s-]?\d{2}[\s-]?[A-Da-d]\b")
_FILES = frozenset(
    {
        "case",
        "customer",
        "service",
        "referral",
        "application",
        "account",
        "benefit",
        "file",
        "record",
        "client",
        "patient",
        "tenancy",
        "claim",
        "crime",
        "hospital",
        "pupil",
        "social",
        "housing",
        "complaint",
        "appeal",
        "mosaic",
        "liquidlogic",
    }
)
_LONG = re.compile(r"\d{3}")


def in_field(answer: Answer, manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """A finding for each such number."""
    for found in _NUMBER.finditer(answer.text) if any(answer.at_numbers(_DIGITS)) else ():
        start, end = removal(answer.text, *found.span())
        finding = rule.at(answer, *found.span())
        yield replace(finding, fix=Fix(answer.id, start, end, "", answer.text[start:end]))
    for start, end in answer.sentences_with(answer.terms & _FILES):
        sentence = answer.text[start:end]
        found = _CASE.search(sentence) if _LONG.search(sentence) else None
        if found and (_PERSON.search(sentence) or people(sentence, manuscript.rules.sets["given_names"])):
            yield rule.at(answer, start + found.start(), start + found.end())
