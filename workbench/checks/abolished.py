"""A council that has ended since the study was tagged with it."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.checks.manuscript import Manuscript
from workbench.checks.rules import Rule
from workbench.submission import Finding


def in_study(manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """A finding for each tagged authority that is no more."""
    register = manuscript.context.register
    for authority in manuscript.submission.authorities:
        council = register.by_gss.get(authority.gss or "")
        if council is not None and not council.current:
            names = " and ".join(one.name for one in register.successors(council)) or "nobody"
            yield rule.of("council", council.name, x=council.name, date=council.end, names=names)
