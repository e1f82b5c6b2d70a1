"""A study that the person who approved it would publish, where another one has to."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.checks.manuscript import Manuscript
from workbench.checks.rules import Rule
from workbench.submission import Finding, Status

_WAITING = frozenset({Status.APPROVED, Status.QUEUED, Status.PROPOSED})


def in_study(manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """A finding where the office asks for a second person, and this is the first."""
    context = manuscript.context
    waits = manuscript.submission.status in _WAITING
    if context.second_person and waits and context.who and context.who == context.approved_by:
        yield rule.of(None, context.who, name=context.who)
