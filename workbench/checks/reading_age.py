"""A text that only practised readers follow."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbench.checks.answer import Answer
from workbench.checks.manuscript import Manuscript
from workbench.checks.rules import Rule
from workbench.submission import Finding

_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?<=[aeiouy][b-df-hjkmnp-tv-z])e\b")


def in_field(answer: Answer, manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """A finding where an answer needs more years of reading than the target (Flesch-Kincaid grade plus five)."""
    words = answer.text.split()
    if answer.is_prose and len(words) >= rule["words"]:
        syllables = len(_VOWELS.findall(answer.lower)) - len(_SILENT.findall(answer.lower))
        grade = 0.39 * len(words) / max(len(answer.sentences), 1) + 11.8 * syllables / len(words) - 15.59
        if (age := round(grade + 5)) > rule["age"]:
            yield rule.of(answer.id, " ".join(answer.text.split()[:8]), n=age)
