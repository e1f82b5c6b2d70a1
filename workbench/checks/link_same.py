"""The same words for links that lead to different pages."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.checks.manuscript import Manuscript
from workbench.checks.rules import Rule
from workbench.submission import Finding


def in_study(manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """A finding for each further link with words that lead elsewhere before."""
    known: dict[str, str] = {}
    for answer in manuscript.answers.values():
        for words, href in answer.links:
            said = " ".join(words.lower().split())
            if said and known.setdefault(said, href) != href:
                yield rule.of(answer.id, words.strip(), t=words.strip())
