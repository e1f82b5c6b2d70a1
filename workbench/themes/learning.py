"""What tagged studies teach: which cues can be trusted for which terms, and which other words go with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from math import log, sqrt
from typing import Any

import resources
from workbench.submission import TermKind
from workbench.themes import cues
from workbench.themes.vocabulary import Vocabulary

_RARE = 3
_OFTEN = 8
"""From so many studies on, that a word never goes with a topic speaks against it."""
_SMOOTH = 2.0
_FAINT = 0.3
_TELLING = 0.3
SHARE = 0.15

_EXPECTED = {cues.STRONG: 0.6, cues.PLAIN: 0.3, cues.WEAK: 0.15}
"""In how many of the studies that hold it a cue of each weight is expected to be right."""
_PATIENCE = 4.0
"""So many studies count as much as what was expected of a cue."""
_REFUSAL = 2
"""What was refused in so many words counts as much as this many studies that merely went without the term."""
_LOWEST, _HIGHEST = 0.2, 1.4
_USUAL = 0.05
_READ = 2_000
"""How many characters of a study are learned from: its title, its summary, and how it begins."""

Trust = Mapping[str, Mapping[str, float]]
"""For each cue by its name: how much it counts for a term beside what the vocabulary says (1: as much)."""

Key = tuple[str, str]
"""Kind and slug of a term."""


@dataclass(frozen=True, slots=True)
class Tagged:
    """A study to learn from: its title, its text, the topics it was given; its other terms, and what was refused.

    A study that `is_partial` was not tagged through: that it has a term says something, that it has not says nothing.
    """

    title: str
    text: str
    topics: frozenset[str]
    others: frozenset[Key] = frozenset()
    refused: frozenset[Key] = frozenset()
    is_partial: bool = False

    def has(self, kind: TermKind, slug: str) -> bool:
        """Whether it was given the term."""
        return slug in self.topics if kind == "topic" else (kind, slug) in self.others


@dataclass(frozen=True)
class Learned:
    """What was learned: words that are no cues, and how far each cue can be trusted.

    `weights` has for each stem how strongly it speaks for a topic (above 0) or against it (below). `share` is how
    much one unit of the words' evidence counts beside the cues'.
    """

    weights: Mapping[str, Mapping[str, float]]
    trust: Mapping[str, Trust] = field(default_factory=dict[str, Trust])
    """By kind of term."""
    share: float = SHARE

    def evidence(self, stems: Iterable[str]) -> dict[str, tuple[float, tuple[str, ...]]]:
        """For each topic what a text's stems, none twice, say, and the two that say most for it."""
        totals: dict[str, float] = {}
        told: dict[str, list[tuple[float, str]]] = {}
        own = tuple(stems)
        for word in own:
            for slug, weight in self.weights.get(word, {}).items():
                totals[slug] = totals.get(slug, 0.0) + weight
                if weight > _TELLING:
                    told.setdefault(slug, []).append((weight, word))
        length = sqrt(max(len(own), 1))
        return {
            slug: (total / length, tuple(word for _, word in sorted(told.get(slug, ()), reverse=True)[:2]))
            for slug, total in totals.items()
        }


def learn(studies: Iterable[Tagged], vocabulary: Vocabulary | None = None) -> Learned:
    """What these studies teach: of words that are no cues, and, with a vocabulary, of its cues."""
    read = [(one, cues.tokens(f"{one.title} \u2022 {one.text[:_READ]}")) for one in studies]
    whole = [(one, words) for one, words in read if not one.is_partial]
    trust: dict[str, Trust] = {}
    if vocabulary:
        kinds: tuple[TermKind, ...] = ("topic", "support_type", "collection")
        trust = {kind: _trust(read, vocabulary, kind) for kind in kinds}
    return Learned(_weights(whole), trust)


Read = list[tuple[Tagged, list[cues.Token]]]


def _weights(read: Read) -> dict[str, dict[str, float]]:
    """The smoothed log odds of each word in a topic against the rest."""
    texts = [(frozenset(word.stem for word in words), one.topics) for one, words in read]
    total = {word: n for word, n in _counts(words for words, _ in texts) if n >= _RARE and word.isalpha()}
    weights: dict[str, dict[str, float]] = {word: {} for word in total}
    for slug in sorted({topic for _, topics in texts for topic in topics}):
        inside = dict(_counts(words for words, topics in texts if slug in topics))
        prior = sum(slug in topics for _, topics in texts) / len(texts)
        for word, n in total.items():
            weight = _odds(inside.get(word, 0), n, prior)
            if weight > _FAINT or (weight < -_FAINT and n >= _OFTEN):
                weights[word][slug] = round(weight, 2)
    return {word: found for word, found in weights.items() if found}


def _trust(read: Read, vocabulary: Vocabulary, kind: TermKind) -> Trust:
    """How often each cue was right where it stood, against what was expected of it."""
    index = cues.index(vocabulary.by_kind[kind])
    right: Counter[tuple[str, str, float]] = Counter()
    seen: Counter[tuple[str, str, float]] = Counter()
    for one, words in read:
        for name, slug, weight in dict.fromkeys(_held(index, words)):
            counts = _lesson(one, kind, slug)
            seen[name, slug, weight] += counts
            right[name, slug, weight] += counts * one.has(kind, slug)
    found: dict[str, dict[str, float]] = {}
    for (name, slug, weight), n in seen.items():
        expected = _EXPECTED[weight]
        factor = (right[name, slug, weight] + _PATIENCE * expected) / (n + _PATIENCE) / expected
        if abs(factor - 1) > _USUAL:
            found.setdefault(name, {})[slug] = round(min(max(factor, _LOWEST), _HIGHEST), 2)
    return found


def _held(index: cues.CueIndex, words: list[cues.Token]) -> Iterator[tuple[str, str, float]]:
    for hit in cues.find(index, words):
        for slug, weight in hit.cue.weights.items():
            yield hit.cue.name, slug, weight


def _lesson(one: Tagged, kind: TermKind, slug: str) -> int:
    """How much a study says of a term."""
    if one.has(kind, slug):
        return 1
    if (kind, slug) in one.refused:
        return _REFUSAL
    tagged_so = kind == "topic" or any(other == kind for other, _ in one.others)
    return 0 if one.is_partial or not tagged_so else 1


def _odds(inside: int, total: int, prior: float) -> float:
    """The log of how much likelier a topic is where the word stands, less the rarer the word."""
    share = (inside + _SMOOTH * prior) / (total + _SMOOTH)
    return log(share / prior) * sqrt(total / (total + _SMOOTH))


def _counts(texts: Iterable[frozenset[str]]) -> Iterable[tuple[str, int]]:
    counts: Counter[str] = Counter()
    for words in texts:
        counts.update(words)
    return counts.items()


@cache
def shipped() -> Learned | None:
    """What the program brings along as learned; None where nothing is."""
    if not resources.path("themes", "learned.toml").exists():
        return None
    told = resources.toml("themes", "learned.toml")
    return Learned(told["words"], told.get("trust", {}))


def plain(learned: Learned) -> dict[str, Any]:
    """What was learned as plain values for JSON, of which `learned_of` makes it again."""
    return {"weights": learned.weights, "trust": learned.trust, "share": learned.share}


def learned_of(told: Mapping[str, Any]) -> Learned:
    """What was learned, from plain values."""
    return Learned(told["weights"], told["trust"], told["share"])
