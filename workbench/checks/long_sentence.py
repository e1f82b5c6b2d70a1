"""A sentence that is too long to follow."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.checks.answer import Answer
from workbench.checks.manuscript import Manuscript
from workbench.checks.rules import Rule
from workbench.submission import Finding


def in_field(answer: Answer, manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """A finding for each sentence of more words than a reader holds."""
    if not answer.is_prose:
        return
    for start, end in answer.sentences:
        if answer.text.count(" ", start, end) + answer.text.count("\u00a0", start, end) < rule["most"]:
            continue
        count = len(answer.text[start:end].split())
        if count > rule["most"] and not answer.in_table(start):
            yield rule.at(answer, start, end, case="strong" if count >= rule["far"] else "", n=count)
