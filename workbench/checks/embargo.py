"""An embargo that has not ended."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from workbench import words
from workbench.checks.manuscript import Manuscript
from workbench.checks.rules import Rule
from workbench.submission import Finding

_EMBARGO = re.compile(
    r"\b(?:(?:embargo(?:ed)?|hold\s+until)\b[^\n]{0,40}?|not\s+(?:to\s+)?(?:(?:be\s+)?(?:publish(?:ed)?|released?)|for\s+(?:release|publication))\b"
    r"[^.\n]{0,40}?\b(?:until|before|till)\b[^.\n\d]{0,25})(?<!\d)(?:(?P<day>\d{1,2})(?:st|nd|rd|"
    r"th)?\s+(?:of\s+)?(?P<month>[A-Z][a-z]+)\s+(?P<year>\d{4})|(?P<d>\d{1,2})[/.](?P<m>\d{1,2})[/.](?P<y>\d{4})|"
    r"(?P<Month>[A-Z][a-z]+)\s+(?P<Day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<Year>\d{4}))",
    re.IGNORECASE,
)
_HINTS = ("embargo", "not to be", "not be", "not publish", "not release", "not for", "hold until")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def in_study(manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """A finding for each embargo, in a field or a note, that ends after today."""
    embargo = manuscript.submission.embargo
    if embargo is not None and embargo > manuscript.context.today:
        yield rule.of(None, embargo.isoformat(), date=words.day(embargo, words.OUTSIDE))
    for answer in manuscript.answers.values():
        for start, end in answer.sentences_with(_HINTS):
            found = _search(answer.text, start, end)
            ends = _ends(found) if found else None
            if found and ends and ends > manuscript.context.today:
                yield rule.at(answer, *found.span(), date=words.day(ends, words.OUTSIDE))
    for text in (note.text for note in manuscript.submission.notes):
        found = _search(text, 0, len(text))
        ends = _ends(found) if found else None
        if found and ends and ends > manuscript.context.today:
            yield rule.of(None, found[0], date=words.day(ends, words.OUTSIDE))


@lru_cache(maxsize=512)
def _search(text: str, start: int, end: int) -> re.Match[str] | None:
    return _EMBARGO.search(text, start, end)


def _ends(found: re.Match[str]) -> date | None:
    """The day that is named, in whatever form; None for what is no day."""
    day, month, year = (next(filter(None, found.group(*names))) for names in _PARTS)
    name = month[:3].lower()
    number = int(month) if month.isdigit() else _MONTHS.index(name) + 1 if name in _MONTHS else 0
    try:
        return date(int(year), number, int(day))
    except ValueError:
        return None


_PARTS = (("day", "d", "Day"), ("month", "m", "Month"), ("year", "y", "Year"))
