"""A required field that is empty."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbench.checks.manuscript import Manuscript
from workbench.checks.rules import Rule
from workbench.submission import Finding

_NOTHING = re.compile(
    r"[\W_]*(?:(?:n\s*/\s*a|none|nil|not\s+applicable|blank|nothing|(?:same\s+)?as\s+(?:above|below|before)|"
    r"(?:please\s+)?see\s+(?:(?:the\s+)?attach(?:ed|ments?)|above|below|enclosed|overleaf))[\W_]*)?",
    re.IGNORECASE,
)


def in_study(manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """A finding for each required field without an answer, or with one that says no more than a dash."""
    for answer in manuscript.answers.values():
        if answer.field.required and _NOTHING.fullmatch(answer.text):
            yield rule.of(answer.id, field=answer.field.label)
