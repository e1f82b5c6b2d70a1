"""A summary that is too short or too long for a list."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.checks.manuscript import Manuscript
from workbench.checks.rules import Rule
from workbench.submission import Finding


def in_study(manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """A finding where the summary is missing, or leaves the bounds."""
    answer = manuscript.answers.get("summary")
    if answer is None:
        return
    if not rule["least"] <= answer.count <= rule["most"]:
        yield rule.of("summary", answer.opening, n=answer.count)
