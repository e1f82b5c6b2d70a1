"""Sensitive detail about one person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from workbench.checks.answer import Answer, stems
from workbench.checks.manuscript import Manuscript
from workbench.checks.persons import CARE, people
from workbench.checks.rules import Rule
from workbench.submission import Finding

_ONE = re.compile(
    rf"\b(?:[Oo]ne|[Aa]|[Aa]n|[Aa]nother|[Tt]his|[Tt]he)\s+(?:[\w-]+\s+)?(?:{CARE}|volunteer|borrower|member|visitor|user|worker|"
    rf"driver|neighbour|applicant|caller|veteran|adult|apprentice|trainee|learner|woman|man|girl|boy|lady|"
    rf"gentleman|person|child|student|pupil|employee|member\s+of\s+staff)\b(?!s|\s+(?:group|"
    rf"association|survey|forum|panel))|\b(?:She|He|she|he)\b|\b(?:[Oo]ne|[Aa]n?|[Aa]nother)\s+(?:[\w-]+\s+)?\w+,?\s+who\b"
)
_LINKED = (
    r"(?:who\s+)?(?:is|was|has|had|have|suffers?|suffered|lives?\s+with|lived\s+with|living\s+with|"
    r"came\s+out\s+as|identifies\s+as|with|being|been|became)"
)


def in_field(answer: Answer, manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """A finding for each sentence that tells health, faith, origin, sexuality or offence of one person."""
    if not answer.is_prose:
        return
    details, names = tuple(rule["details"]), manuscript.rules.sets["given_names"]
    for start, end in answer.sentences_with_stems(stems(details)):
        sentence = answer.text[start:end]
        for found in _detail(details).finditer(sentence):
            if found["one"] or _about_one(sentence[: found.start()], names):
                yield rule.at(answer, start + found.start(), start + found.end())
                break


def _about_one(before: str, names: frozenset[str]) -> bool:
    """Whether the words before the detail speak of one person."""
    return _ONE.search(before) is not None or bool(people(before + " ", names))


@cache
def _detail(details: tuple[str, ...]) -> re.Pattern[str]:
    any_of = "|".join(details)
    who = rf"(?:{CARE}|woman|man|girl|boy|lady|gentleman|person|teenager|learner|student)"
    return re.compile(
        rf"\b(?P<one>one|another|an?)\s+(?:[\w-]+\s+)?(?:{any_of})\s+{who}\b|"
        rf"(?:\b{_LINKED}|,\s+an?)\s+(?:[\w-]+\s+){{0,4}}?(?:{any_of})\b",
        re.IGNORECASE,
    )
