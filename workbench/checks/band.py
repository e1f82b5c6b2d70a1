"""An answer far shorter or longer than most."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.checks.answer import Answer
from workbench.checks.manuscript import Manuscript
from workbench.checks.rules import Rule
from workbench.submission import Finding


def in_field(answer: Answer, manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """A finding where one of the named fields leaves the usual band of words."""
    least = answer.field.min_words or rule["least"]
    most = answer.field.max_words or rule["most"]
    count = len(answer.words)
    if answer.id in rule["fields"] and count and not least <= count <= most:
        yield rule.of(answer.id, _opening(answer.text), field=answer.field.label, n=count, a=least, b=most)


def _opening(text: str) -> str:
    return " ".join(text.split()[:8])
