"""A small count of people in a sensitive matter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from workbench.checks.answer import Answer, stems
from workbench.checks.manuscript import Manuscript
from workbench.checks.rules import Rule
from workbench.submission import Finding

_COUNT = re.compile(
    r"\b(?:(?:only|just|fewer\s+than|under|less\s+than)\s+)?(?P<n>one|two|three|four|"
    r"[1-4])\s+(?:of\s+(?:the|them|our|these)\s+)?(?:\w+\s+){0,2}?"
    r"(?P<who>residents?|people|persons?|child|children|famil(?:y|ies)|patients?|tenants?|clients?|"
    r"pupils?|young\s+people|households?|"
    r"individuals?|women|men|woman|man|girls?|boys?|care\s+leavers?|victims?|students?|cases)\b",
    re.IGNORECASE,
)


def in_field(answer: Answer, manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """A finding for each count under five of people in a sentence about something sensitive."""
    if not answer.is_prose:
        return
    sensitive = _sensitive(tuple(rule["matters"]))
    if not any(stem in answer.lower for stem in stems(tuple(rule["matters"]))):
        return
    for found in _COUNT.finditer(answer.text):
        start, end = answer.sentence_at(found.start())
        beside = answer.text[max(start, found.start() - 60) : min(end, found.end() + 80)]
        if sensitive.search(beside) and not _is_ratio(answer.text, found.start("n")):
            yield rule.at(answer, *found.span(), n=found["n"])


def _is_ratio(text: str, at: int) -> bool:
    """ "One in four people" and "phase 3 patients" count nobody."""
    return (
        re.match(r"\w+\s+(?:in|out\s+of)\s+", text[at:]) is not None
        or re.search(r"(?:phase|stage|tier|level|in|age|aged|year)\s$", text[max(0, at - 8) : at], re.I)
        is not None
    )


@cache
def _sensitive(matters: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(matters)})", re.IGNORECASE)
