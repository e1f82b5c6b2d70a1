"""First person, jargon and passives where plain words would say who did what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from workbench.checks.manuscript import Answer, Manuscript
from workbench.checks.rules import Rule
from workbench.submission import Finding

_WE = re.compile(r"\b(?:[Ww]e|[Oo]ur|[Oo]urs|[Uu]s)\b")
_PASSIVE = re.compile(
    r"\b(?:was|were|been|being|is|are)\s+(?:\w+ly\s+)?(?:\w{3,}ed|given|made|taken|done|seen|set|held|built|found|shown|known|put|led)\b"
)


def in_field(answer: Answer, manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """One finding for the first person, one for each jargon word, and one for a run of passive sentences."""
    if not answer.is_prose:
        return
    first = next(
        (found for found in _WE.finditer(answer.text) if not answer.in_quotation(found.start())), None
    )
    if first:
        yield rule.at(answer, *first.span(), case="we")
    for found in _jargon(tuple(rule["jargon"])).finditer(answer.text):
        if not answer.in_quotation(found.start()):
            yield rule.at(answer, *found.span(), case="jargon")
    yield from _passives(answer, rule)


def _passives(answer: Answer, rule: Rule) -> Iterator[Finding]:
    run = 0
    for start, end in answer.sentences:
        run = run + 1 if _PASSIVE.search(answer.text, start, end) else 0
        if run == rule["run"]:
            yield rule.at(answer, start, end)


@cache
def _jargon(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)
