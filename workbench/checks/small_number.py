"""A small count of people in a sensitive matter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from workbench.checks.answer import Answer, Span, stems
from workbench.checks.manuscript import Manuscript
from workbench.checks.rules import Rule
from workbench.submission import Finding

_COUNT = re.compile(
    r"\b(?:(?:only|just|fewer\s+than|under|less\s+than)\s+)?(?P<n>one|two|three|four|"
    r"five(?<=than\ five)|five(?<=under\ five)|[1-4]|5(?<=than\ 5)|5(?<=under\ 5))\s+"
    r"(?:of\s+(?:the|them|our|these)\s+)?(?:\w+\s+){0,2}?"
    r"(?P<who>residents?|people|persons?|child|children|famil(?:y|ies)|patients?|tenants?|clients?|"
    r"pupils?|young\s+people|households?|"
    r"individuals?|women|men|woman|man|girls?|boys?|care\s+leavers?|victims?|students?|cases|"
    r"members?|borrowers?|users?|participants?|volunteers?|refugees?|offenders?|deaths?|suicides?|survivors?|carers?|"
    r"adults?|applicants?|claimants?|veterans?|babies|baby|mothers?|fathers?|parents?|employees?|staff|teenagers?|"
    r"(?!(?:comput|lett|pap|numb|ord|off|quart|post|filt|cent|corn|pow|tow|riv|summ|wint|show|fold|train|trail|trig|cov)ers?\b)\w{2,}ers|"
    r"\w+ists|trainees|visitors?|asylum\s+seekers?)\b"
    r"|\b[Oo]f\s+(?:these|them|those|the\s+\w+),?\s+(?:only\s+)?(?P<m>one|two|three|four|[1-4])\s+(?:had|has|have|were|was|are|is)\b",
    re.IGNORECASE,
)

_LITTLE = re.compile(r"\b(?:one|two|three|four|five|[1-5])\b")
_CELL = re.compile(r"(?<=\t)([1-4])(?=\t|$|\n)")


def in_field(answer: Answer, manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """A finding for each count under five of people in a sentence about something sensitive."""
    if not answer.is_prose:
        return
    matters = tuple(rule["matters"])
    for start, end in answer.sentences_with_stems(stems(matters)):
        yield from _counts(answer, (start, end), _sensitive(matters), rule)
        if answer.in_table(start):
            yield from _cells(answer, (start, end), _sensitive(matters), rule)


def _counts(answer: Answer, sentence: Span, sensitive: re.Pattern[str], rule: Rule) -> Iterator[Finding]:
    start, end = sentence
    if not _LITTLE.search(answer.lower, start, end):
        return
    for found in _COUNT.finditer(answer.text, start, end):
        beside = answer.text[max(start, found.start() - 60) : min(end, found.end() + 80)]
        count = "n" if found["n"] else "m"
        if sensitive.search(beside) and not _is_ratio(answer.text, found.start(count)):
            yield rule.at(answer, *found.span(), n=found[count])


def _cells(answer: Answer, row: Span, sensitive: re.Pattern[str], rule: Rule) -> Iterator[Finding]:
    """A small count in a cell of its own, beside a sensitive matter."""
    for found in _CELL.finditer(answer.text, *row) if sensitive.search(answer.text, *row) else ():
        yield rule.at(answer, *found.span(1), n=found[1])


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
