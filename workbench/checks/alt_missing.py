"""A picture without alternative text."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.checks.manuscript import Manuscript
from workbench.checks.rules import Rule
from workbench.submission import Finding


def in_study(manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """A finding for each picture that nobody has described or marked decorative."""
    for n, picture in enumerate(manuscript.submission.pictures, 1):
        if picture.alt is None or (picture.alt and not picture.alt.strip()):
            yield rule.of(manuscript.picture_field(picture.sha256), picture.name, n=n)
