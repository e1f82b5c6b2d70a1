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
    text, most = answer.text, rule["most"]
    for start, end in answer.sentences:
        if end - start <= 2 * most or text.count(" ", start, end) + text.count("\u00a0", start, end) < most:
            continue
        count = len(text[start:end].split())
        if count > most and not answer.in_table(start):
            yield rule.at(answer, start, end, case="strong" if count >= rule["far"] else "", n=count)
