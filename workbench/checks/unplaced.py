"""Text that belongs to no field yet."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.checks.manuscript import Manuscript
from workbench.checks.rules import Rule
from workbench.submission import Finding


def in_study(manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """A finding for each passage that could not be placed."""
    for passage in manuscript.submission.unplaced:
        heading = passage.heading.strip()
        opening = " ".join(passage.text.split()[:8])
        yield rule.of(None, heading or opening, case="" if heading else "no-heading", h=heading or opening)
