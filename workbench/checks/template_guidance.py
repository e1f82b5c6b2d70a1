"""The template's own guidance left in an answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from workbench.checks.answer import Answer, terms
from workbench.checks.manuscript import Manuscript
from workbench.checks.rules import Rule
from workbench.submission import Finding

_ASKS = re.compile(
    r"(?:\bplease\s+(?:describe|explain|outline|summarise|provide|include|state|set\s+out|list|give|complete|attach|"
    r"insert|tell\s+us|use\s+this)\b|\b(?:maximum|max\.?|up\s+to|no\s+more\s+than)\s+\d{2,4}\s+words\b|"
    r"\b\d{2,4}\s+words\s+(?:max|maximum|or\s+fewer|or\s+less)\b)",
    re.IGNORECASE,
)


def in_field(answer: Answer, manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """A finding for each sentence that is guidance; the fix deletes it."""
    guidance = tuple(field.guidance for field in manuscript.context.template.fields)
    prompts = [
        one
        for one in _prompts(guidance, rule["words"])
        if len(one & answer.terms) >= rule["share"] * len(one)
    ]
    if not prompts and not answer.terms & {"please", "words"}:
        return
    for start, end in answer.sentences:
        sentence = answer.text[start:end]
        words = terms(sentence.lower())
        copied = any(_mostly(prompt, words, rule["share"]) for prompt in prompts)
        if copied or _ASKS.search(sentence):
            last = end + 1 if answer.text[end : end + 1] == " " else end
            yield rule.at(answer, start, last, put="")


@cache
def _prompts(guidance: tuple[str, ...], least: int) -> list[frozenset[str]]:
    sentences = (sentence for text in guidance for sentence in re.split(r"(?<=[.?!])\s+", text))
    return [words for sentence in sentences if len(words := terms(sentence.lower())) >= least]


def _mostly(prompt: frozenset[str], words: frozenset[str], share: float) -> bool:
    """Whether a sentence consists of the prompt's words and the prompt of the sentence's, or holds all of it."""
    both = len(prompt & words)
    return both >= share * len(prompt) and (both >= share * len(words) or both > 0.9 * len(prompt))
