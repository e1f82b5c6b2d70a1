"""A summary that says the same thing twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from workbench.checks.answer import Answer
from workbench.checks.manuscript import Manuscript
from workbench.checks.rules import Rule
from workbench.submission import Finding


def in_field(answer: Answer, manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """A finding for each sentence that repeats an earlier one; the fix takes the repeat away."""
    if answer.id != "summary":
        return
    seen: list[list[str]] = []
    for start, end in answer.sentences:
        words = re.findall(r"\w+", answer.text[start:end].lower())
        if len(words) >= rule["words"] and any(_same(words, earlier, rule["alike"]) for earlier in seen):
            first = start - 1 if answer.text[start - 1 : start] in (" ", "\n") else start
            yield rule.at(answer, first, end, put="")
        seen.append(words)


def _same(one: list[str], other: list[str], alike: float) -> bool:
    shorter = min(len(one), len(other))
    if one[:shorter] == other[:shorter]:
        return True
    if abs(len(one) - len(other)) > 0.2 * len(one):
        return False
    shared = len([word for word in one if word in other])
    if 2 * shared < alike * (len(one) + len(other)):
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= alike
