"""An embargo that has not ended."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from workbench import words
from workbench.checks.manuscript import Manuscript
from workbench.checks.rules import Rule
from workbench.submission import Finding

_EMBARGO = re.compile(
    r"\b(?:(?:embargo(?:ed)?|hold\s+until)\b[^\n]{0,40}?|not\s+(?:to\s+)?(?:(?:be\s+)?(?:publish(?:ed)?|released?)|for\s+(?:release|publication))\b"
    r"[^.\n]{0,40}?\b(?:until|before|till)\b[^.\n\d]{0,25})(?<!\d)(\d{1,2})(?:st|nd|rd|"
    r"th)?\s+(?:of\s+)?([A-Z][a-z]+)\s+(\d{4})",
    re.IGNORECASE,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def in_study(manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """A finding for each embargo, in a field or a note, that ends after today."""
    embargo = manuscript.submission.embargo
    if embargo is not None and embargo > manuscript.context.today:
        yield rule.of(None, embargo.isoformat(), date=words.day(embargo))
    for answer in manuscript.answers.values():
        if not any(
            hint in answer.lower
            for hint in (
                "embargo",
                "not to be",
                "not be",
                "not publish",
                "not release",
                "not for",
                "hold until",
            )
        ):
            continue
        for found in _EMBARGO.finditer(answer.text):
            if _is_ahead(found, manuscript.context.today):
                yield rule.at(answer, *found.span(), date=" ".join(found.groups()))
    for text in (note.text for note in manuscript.submission.notes):
        found = _EMBARGO.search(text)
        if found and _is_ahead(found, manuscript.context.today):
            yield rule.of(None, found[0], date=" ".join(found.groups()))


def _is_ahead(found: re.Match[str], today: date) -> bool:
    month = found[2][:3].lower()
    if month not in _MONTHS:
        return False
    try:
        return date(int(found[3]), _MONTHS.index(month) + 1, int(found[1])) > today
    except ValueError:
        return False
