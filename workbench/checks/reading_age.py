"""A text that only practised readers follow."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from workbench.checks.manuscript import Answer, Manuscript
from workbench.checks.rules import Rule
from workbench.submission import Finding

_VOWELS = re.compile(r"[aeiouy]+")


def in_field(answer: Answer, manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """A finding where an answer needs more years of reading than the target (Flesch-Kincaid grade plus five)."""
    words = re.findall(r"[A-Za-z]+", answer.text)
    if answer.is_prose and len(words) >= rule["words"]:
        syllables = sum(_syllables(word) for word in words)
        grade = 0.39 * len(words) / max(len(answer.sentences), 1) + 11.8 * syllables / len(words) - 15.59
        if (age := round(grade + 5)) > rule["age"]:
            yield rule.of(answer.id, " ".join(answer.text.split()[:8]), n=age)


@lru_cache(maxsize=16384)
def _syllables(word: str) -> int:
    word = word.lower()
    groups = len(_VOWELS.findall(word))
    silent = word.endswith("e") and not word.endswith("le") and groups > 1
    return max(groups - silent, 1)
