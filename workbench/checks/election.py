"""A councillor named while an election is near."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbench.checks.manuscript import Manuscript
from workbench.checks.rules import Rule
from workbench.submission import Finding

_NAME = r"(?:(?:Mrs?|Ms|Miss|Dr)\s+)?(?:[A-Z]\.\s*)*[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)?"
_OFFICE = (
    r"(?:leader\s+of\s+the\s+(?:council|opposition)|cabinet\s+member|portfolio\s+holder|ward\s+member|mayor)"
)
_COUNCILLOR = re.compile(
    rf"\b(?:Cllrs?|Councillors?|Coun)\.?\s+{_NAME}"
    rf"|\b(?:Deputy\s+)?Mayor,?\s+(?:of\s+[A-Z]\w+,?\s+)?{_NAME}"
    rf"|\b(?i:{_OFFICE})(?:\s+for\s+[a-z\s]{{3,40}})?,?\s+{_NAME}"
    rf"|\b[A-Z][\w'’-]+\s+[A-Z][\w'’-]+,\s+(?:the\s+)?(?i:{_OFFICE}|councillor)\b"
)


def in_study(manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """A finding for each councillor named, in a pre-election period only."""
    if not manuscript.context.election:
        return
    for answer in manuscript.answers.values():
        for found in _COUNCILLOR.finditer(answer.text):
            yield rule.at(answer, *found.span(), name=found[0])
