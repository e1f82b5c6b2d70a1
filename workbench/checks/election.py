"""A councillor named while an election is near."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbench.checks.manuscript import Manuscript
from workbench.checks.rules import Rule
from workbench.submission import Finding

_COUNCILLOR = re.compile(r"\b(?:Cllr|Councillor|Coun)\.?\s+[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)?")


def in_study(manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """A finding for each councillor named, in a pre-election period only."""
    if not manuscript.context.election:
        return
    for answer in manuscript.answers.values():
        for found in _COUNCILLOR.finditer(answer.text):
            yield rule.at(answer, *found.span(), name=found[0])
