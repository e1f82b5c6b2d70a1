"""A required field that is empty."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.checks.manuscript import Manuscript
from workbench.checks.rules import Rule
from workbench.submission import Finding


def in_study(manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """A finding for each required field without an answer."""
    for answer in manuscript.answers.values():
        if answer.field.required and not answer.text.strip():
            yield rule.of(answer.id, field=answer.field.label)
