"""A child who could be recognised."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbench.checks.answer import Answer
from workbench.checks.manuscript import Manuscript
from workbench.checks.persons import CHANGED, Person
from workbench.checks.rules import Rule
from workbench.submission import Finding

_AGE = re.compile(
    r"^(?:,\s*|\s*\((?:aged?\s+)?|,?\s+(?:who\s+is\s+|is\s+|was\s+)?(?:only\s+|"
    r"just\s+)?(?:aged?\s+)?)(\d{1,2})(?=[,.)]|\s+(?:years?\s+old|and\s+[a-z])|$)|"
    r"^,?\s+(?:who\s+)?(?:is|was)\s+(?:an?\s+)?(\d{1,2})[- ]years?[- ]old"
)
_NUMBERS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    "thirteen|fourteen|fifteen|sixteen|seventeen"
)
_OLD = re.compile(rf"\b(\d{{1,2}}|{_NUMBERS})[- ]years?[- ]old\s+(?:[\w-]+\s+){{0,2}}$", re.IGNORECASE)
_CHILD = re.compile(
    r"(?:pupil|schoolgirl|schoolboy|looked[- ]after\s+child|foster(?:ed)?\s+child|child|baby|toddler|"
    r"daughter|son|little\s+(?:girl|boy)|(?<!old )girl|boy|teenager)"
    r",?\s+(?:called\s+|named\s+)?$",
    re.IGNORECASE,
)
_STATUS = re.compile(
    r"^(?:['’]s)?,?\s*(?:who\s+)?(?:is\s+|was\s+)?(?:a\s+|in\s+)?(?:[Yy]ear\s+\d{1,2}\b|"
    r"(?:[Yy]ear\s+\d+\s+)?pupil\b|looked[- ]after\b|"
    r"(?:foster|residential|kinship)\s+care\b|care\s+since\b|(?:who\s+)?(?:attends|goes\s+to)\s+[A-Z]|"
    r"on\s+a\s+child\s+protection\s+plan)"
)

BEYOND = True
"""That names were changed, or consent recorded, may be said in another answer."""


def in_field(answer: Answer, manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """A finding for each name beside a child's age, school or care status."""
    if not answer.is_prose:
        return
    for person in manuscript.people(answer):
        if _is_child(person) and not CHANGED.search(manuscript.public_text):
            yield rule.at(answer, person.start, person.end, name=person.name)


def _is_child(person: Person) -> bool:
    age = _AGE.match(person.after) or _OLD.search(person.before)
    if age:
        years = next(group for group in age.groups() if group)
        return not years.isdigit() or int(years) < 18
    return bool(_CHILD.search(person.before) or _STATUS.match(person.after))
