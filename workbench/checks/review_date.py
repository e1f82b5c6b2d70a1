"""A study that nobody would look at again."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.checks.manuscript import Manuscript
from workbench.checks.rules import Rule
from workbench.submission import Finding


def in_study(manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """A finding where neither the study nor the office says when it is looked at again."""
    if manuscript.submission.review_on is None and not manuscript.context.review_years:
        yield rule.of(None)
