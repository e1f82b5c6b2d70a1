"""A private address."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbench.checks.answer import Answer
from workbench.checks.manuscript import Manuscript
from workbench.checks.rules import Rule
from workbench.submission import Finding

_POSTCODE = re.compile(
    r"(?<![\w-])([A-PR-UWYZ][A-HK-Y]?\d[A-HJKPSTUW\d]?)(\s?)(\d[ABD-HJLNP-UW-Z]{2})(?![\w-])"
)
_INWARD = re.compile(r"\b(?:[a-z]{1,2}\d[a-z\d]?)?\d[a-z]{2}\b")
_KINDS = (
    "Street|Road|Avenue|Lane|Close|Drive|Crescent|Terrace|Gardens|Grove|Way|Court|Place|Walk|Mews|Row|Fold|Hill|Rise|"
    "View|Square|Green|Parade|Mount|Vale|Croft|Meadows|Meadow|Yard|Villas|Cottages|Gate"
)
"""One of these ends the name of each street."""
_STREET = re.compile(
    r"\d{1,4}[a-zA-Z]?,?\s+(?:[A-Z][a-z’']+\s+){1,3}"
    rf"(?:{_KINDS})\b"
)
_STREETS = frozenset(_KINDS.lower().split("|"))
_HOME = re.compile(
    r"\b(?:lives?|lived|living|resides?|home\s+address|[Hh](?:er|is)\s+(?:home|house|flat)|"
    r"(?:resident|tenant|occupier|owner|householder)s?\s+(?:at|of|in)\s+(?=\d|[Ff]lat)|"
    r"[Tt]heir\s+(?:home|house|flat)|at\s+home|"
    r"moved\s+(?:in)?to|"
    r"Mr|Mrs|Ms|Miss|tenant\s+at|tenant\s+of|family\s+at|flat\s+at)\b",
)

_SOMEBODY = (
    r"(?:resident|tenant|occupier|owner|householder|neighbour|(?:wo)?m[ae]n|lady|gentleman|pensioner|widow(?:er)?|couple|"
    r"famil(?:y|ies)|mother|father|mum|dad|grand\w+|volunteer|carer|patient|client|customer|claimant|child|son|daughter|"
    r"(?:Mr|Mrs|Ms|Miss)\.?(?:\s+[A-Z][\w’'-]+){1,2})"
)
_LIVES = re.compile(
    rf"\b(?:lives?|lived|living|resid(?:es?|ed|ing)|home\s+address|(?:home|house|flat)\s+(?:is|was)|"
    rf"(?:her|his|their|whose|['’]s)\s+(?:\w+\s+)?(?:home|house|flat)|moved\s+(?:in)?to|{_SOMEBODY}s?)"
    rf",?\s*(?:(?:at|in|of|from|to|near|is|was)\s+)*(?:[Ff]lat\s+\w+,?\s*)?(?:\d+[a-z]?\s+(?:[A-Z][\w’'-]+\s+){{1,3}},?\s*)?$"
)


def in_field(answer: Answer, manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """A finding for each postcode or street address that seems to be somebody's home."""
    spans: list[tuple[int, int]] = []
    for found in () if answer.terms.isdisjoint(_STREETS) else answer.at_numbers(_STREET):
        if _is_home(answer, found.start(), found.end(), rule):
            spans.append(found.span())
            yield rule.at(answer, *found.span(), postcode=found[0])
    for found in answer.around_numbers(_POSTCODE, 2) if _INWARD.search(answer.odd) else ():
        beside = any(end <= found.start() <= end + 60 for _, end in spans)
        public = _is_public(answer, found.start(), found.end(), rule)
        home = _is_home(answer, found.start(), found.end(), rule)
        if not beside and (home or not (public or answer.field.kind == "contact")):
            yield rule.at(answer, *found.span(), put=found[1], postcode=found[0])


def _is_home(answer: Answer, start: int, end: int, rule: Rule) -> bool:
    """Whether somebody is said to live there: right before it, or near it where nothing public stands between."""
    before = answer.text[max(0, start - 60) : start]
    if _LIVES.search(before):
        return True
    around = answer.text[max(0, start - 80) : end + 20]
    return _HOME.search(around) is not None and not _is_public(answer, start, end, rule)


def _is_public(answer: Answer, start: int, end: int, rule: Rule) -> bool:
    """Whether a building that is open to the public, or an office, is named beside it in its sentence."""
    first, last = answer.sentence_at(start)
    around = answer.lower[max(start - 90, first) : start] + " " + answer.lower[end : min(end + 60, last)]
    return any(word in around for word in rule["public"])
