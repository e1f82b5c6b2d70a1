"""A text that only practised readers follow."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from workbench.checks.answer import Answer
from workbench.checks.manuscript import Manuscript
from workbench.checks.rules import Rule
from workbench.submission import Finding

_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?<=[aeiouy][b-df-hjkmnp-tv-z])e\b")


def in_field(answer: Answer, manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """A finding where an answer needs more years of reading than the target (Flesch-Kincaid grade plus five)."""
    if answer.is_prose and answer.count >= rule["words"]:
        syllables = sum(map(_syllables, answer.tokens))
        grade = 0.39 * answer.count / max(len(answer.sentences), 1) + 11.8 * syllables / answer.count - 15.59
        if (age := round(grade + 5)) > rule["age"]:
            yield rule.of(answer.id, answer.opening, n=age)


@lru_cache(maxsize=1 << 15)
def _syllables(word: str) -> int:
    """About how many: groups of vowels, without a silent e at the end."""
    return len(_VOWELS.findall(word)) - len(_SILENT.findall(word))
