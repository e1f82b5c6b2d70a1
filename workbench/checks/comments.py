"""Comments that were left in the document."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.checks.manuscript import Manuscript
from workbench.checks.rules import Rule
from workbench.submission import Finding


def in_study(manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """One finding for all comments."""
    comments = manuscript.notes("comment")
    if comments:
        first = " ".join(comments[0].split())
        case = "" if len(comments) > 1 else "one"
        yield rule.of(None, first, case=case, n=len(comments), first=_short(first))


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59].rstrip() + "…"
