"""Names in the properties of the file."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.checks.manuscript import Manuscript
from workbench.checks.rules import Rule
from workbench.submission import Finding


def in_study(manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """One finding where the properties name a person, a company or a path."""
    told = [
        line.partition(": ")[2].strip()
        for text in manuscript.notes("properties")
        for line in text.splitlines()
    ]
    names = [name for name in dict.fromkeys(told) if name and name.lower() not in rule["programs"]]
    if names:
        yield rule.of(None, names[0], author=" and ".join(names))
