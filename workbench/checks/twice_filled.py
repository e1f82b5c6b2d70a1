"""A field that two parts of the source filled."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.checks.manuscript import Manuscript
from workbench.checks.rules import Rule
from workbench.submission import Finding


def in_study(manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """A finding for each field that was joined from several parts, or shared by a merged heading."""
    labels = {answer.field.label: answer.id for answer in manuscript.answers.values()}
    for label in dict.fromkeys(manuscript.notes("joined")):
        if label in labels:
            yield rule.of(labels[label], field=label)
    for heading in dict.fromkeys(manuscript.notes("combined")):
        yield rule.of(None, heading, case="merged", h=heading)
