"""A study that was published long ago and not looked at since."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from workbench import words
from workbench.checks.manuscript import Manuscript
from workbench.checks.rules import Rule
from workbench.submission import Finding

_YEAR = timedelta(days=365.25)


def in_study(manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """A finding where the version that readers see is older than a study may grow."""
    context = manuscript.context
    live = context.live
    if live is not None and context.today - live.published_on > rule["years"] * _YEAR:
        yield rule.of(None, live.title, date=words.day(live.published_on, words.OUTSIDE))
