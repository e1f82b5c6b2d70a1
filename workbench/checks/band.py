"""An answer far shorter or longer than most, or than the form asks."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.checks.answer import Answer
from workbench.checks.manuscript import Manuscript
from workbench.checks.rules import Rule
from workbench.submission import Finding


def in_field(answer: Answer, manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """A finding where one of the named fields leaves the usual band of words, and any other its own limits."""
    asked, count = answer.field, answer.count
    if answer.id == "summary":
        return
    if answer.id in rule["fields"]:
        least, most = asked.min_words or rule["least"], asked.max_words or rule["most"]
        if count and not least <= count <= most:
            yield rule.of(answer.id, answer.opening, field=asked.label, n=count, a=least, b=most)
    elif asked.min_words and 0 < count < asked.min_words:
        yield rule.of(answer.id, answer.opening, case="short", field=asked.label, n=count, a=asked.min_words)
    elif asked.max_words and count > asked.max_words:
        yield rule.of(answer.id, answer.opening, case="long", field=asked.label, n=count, b=asked.max_words)
