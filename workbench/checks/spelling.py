"""A word that the dictionary does not know."""

from __future__ import annotations

from collections.abc import Iterator

from workbench import spelling
from workbench.checks.answer import Answer
from workbench.checks.manuscript import Manuscript
from workbench.checks.rules import Rule
from workbench.submission import Finding


def in_field(answer: Answer, manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """A finding for each misspelt word; the fix puts the likeliest word there."""
    if answer.field.kind in rule["names"]:
        return
    known = manuscript.context.known_words
    nearest: dict[str, str | None] = {}
    for start, end in spelling.misspelt(answer.text, known):
        word = answer.text[start:end]
        if word not in nearest:
            nearest[word] = spelling.nearest(word, known)
        yield rule.at(answer, start, end, put=nearest[word])
