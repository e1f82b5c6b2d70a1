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
    count = answer.count
    if answer.id in rule["fields"] and count and not least <= count <= most:
        yield rule.of(answer.id, answer.opening, field=answer.field.label, n=count, a=least, b=most)
