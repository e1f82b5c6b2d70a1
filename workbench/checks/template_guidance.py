"""The template's own guidance left in an answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from workbench.checks.answer import Answer, terms, tokens
from workbench.checks.manuscript import Manuscript
from workbench.checks.rules import Rule
from workbench.submission import Finding

_ASKS = re.compile(
    r"(?:\bplease\s+(?:describe|explain|outline|summarise|provide|include|state|set\s+out|list|give|complete|attach|"
    r"insert|tell\s+us|use\s+this)\b|\b(?:maximum|max\.?|up\s+to|no\s+more\s+than)\s+\d{2,4}\s+words\b|"
    r"\b\d{2,4}\s+words\s+(?:max|maximum|or\s+fewer|or\s+less)\b)",
    re.IGNORECASE,
)

_WORD = re.compile(r"[\w’'-]+")


def in_field(answer: Answer, manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """A finding for each sentence that is guidance; the fix deletes it."""
    guidance = tuple(field.guidance for field in manuscript.context.template.fields)
    met = not _runs(guidance).isdisjoint(_in_threes(answer.tokens))
    for start, end in answer.sentences if met else answer.sentences_with(("please", " words")):
        sentence = answer.text[start:end]
        copied = met and _is_copied(sentence, guidance, rule["words"], rule["share"])
        if copied or _ASKS.search(sentence):
            last = end + 1 if answer.text[end : end + 1] == " " else end
            yield rule.at(answer, start, last, put="")


def in_study(manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """A finding for guidance typed among the answers, which was left out on reading."""
    fields = manuscript.context.template.fields
    for text in dict.fromkeys(manuscript.notes("guidance")):
        copied = (one for one in fields if _is_copied(text, (one.guidance,), rule["words"], rule["share"]))
        if (field := next(copied, None)) is not None:
            yield rule.of(field.id, text)


@lru_cache(maxsize=1024)
def _is_copied(sentence: str, guidance: tuple[str, ...], least: int, share: float) -> bool:
    """Whether a sentence is mostly one prompt's words, or a part of the guidance word for word."""
    said = tokens(sentence.lower())
    if len(said) < least or _runs(guidance).isdisjoint(_in_threes(said)):
        return False
    words = terms(sentence.lower())
    prompts = _prompts(guidance, least)
    return _run(sentence) in _all(guidance) or any(_mostly(one, words, share) for one in prompts)


@cache
def _runs(guidance: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    """Every three words in a row of the guidance: a text without any of them holds none of it."""
    return frozenset(run for text in guidance for run in _in_threes(tokens(text.lower())))


def _in_threes(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return zip(words, words[1:], words[2:], strict=False)


@cache
def _all(guidance: tuple[str, ...]) -> str:
    return " | ".join(map(_run, guidance))


def _run(text: str) -> str:
    return " ".join(_WORD.findall(text.lower()))


@cache
def _prompts(guidance: tuple[str, ...], least: int) -> list[frozenset[str]]:
    sentences = (sentence for text in guidance for sentence in re.split(r"(?<=[.?!])\s+", text))
    return [words for sentence in sentences if len(words := terms(sentence.lower())) >= least]


def _mostly(prompt: frozenset[str], words: frozenset[str], share: float) -> bool:
    """Whether a sentence consists of the prompt's words and the prompt of the sentence's, or holds all of it."""
    both = len(prompt & words)
    return both >= share * len(prompt) and (both >= share * len(words) or both > 0.9 * len(prompt))
