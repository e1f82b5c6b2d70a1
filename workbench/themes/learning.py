"""What tagged studies teach: which cues can be trusted for which terms, and which other words go with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
_READ = 800
"""How many characters of a study are learned from: its title, its summary, and how it begins."""

_KNOWN = 150
"""So many studies count as much as what was known of the words before."""
_SLIGHT = 0.1

KINDS: tuple[TermKind, ...] = ("topic", "support_type", "collection")
"""The kinds of terms that are suggested."""

Weights = Mapping[str, Mapping[str, float]]

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

    weights: Weights
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


@dataclass(frozen=True, slots=True)
class Lesson:
    """A study as it was read: its stems, and the cues of each kind that stand in it, with their weights by term."""

    study: Tagged
    stems: frozenset[str]
    held: Mapping[str, tuple[tuple[str, str, float], ...]]


def read(studies: Iterable[Tagged], vocabulary: Vocabulary) -> list[Lesson]:
    """The studies, read with the cues of a vocabulary in mind."""
    indexes = {kind: cues.index(vocabulary.by_kind[kind]) for kind in KINDS}
    return [_lesson(one, indexes) for one in studies]


def _lesson(one: Tagged, indexes: Mapping[str, cues.CueIndex]) -> Lesson:
    words = cues.tokens(f"{one.title} \u2022 {one.text[:_READ]}")
    held = {kind: tuple(dict.fromkeys(_held(index, words))) for kind, index in indexes.items()}
    return Lesson(one, frozenset(word.stem for word in words if word.lower.isalpha()), held)


def _held(index: cues.CueIndex, words: list[cues.Token]) -> Iterator[tuple[str, str, float]]:
    for hit in cues.find(index, words):
        for slug, weight in hit.cue.weights.items():
            yield hit.cue.name, slug, weight


def learn(lessons: Sequence[Lesson], known: Learned | None = None) -> Learned:
    """What these studies teach beyond what is `known` already, which counts for as much as some hundred of them."""
    whole = [lesson for lesson in lessons if not lesson.study.is_partial]
    before = known or Learned({})
    trust = {kind: _trust(lessons, kind, before.trust.get(kind, {})) for kind in KINDS}
    weights = _blended(before.weights, _weights(whole), len(whole) / (len(whole) + _KNOWN))
    return Learned(weights, trust, before.share)


def _blended(known: Weights, new: Weights, part: float) -> Weights:
    """Both, `part` of it the new; all the new where nothing was known."""
    if not known:
        return new
    blended: dict[str, dict[str, float]] = {}
    for word in {**known, **new}:
        old, own = known.get(word, {}), new.get(word, {})
        mixed = {slug: (1 - part) * old.get(slug, 0.0) + part * own.get(slug, 0.0) for slug in {**old, **own}}
        if kept := {slug: round(weight, 2) for slug, weight in mixed.items() if abs(weight) > _SLIGHT}:
            blended[word] = kept
    return blended


def _weights(lessons: Sequence[Lesson]) -> Weights:
    """The smoothed log odds of each word in a topic against the rest."""
    texts = [(lesson.stems, lesson.study.topics) for lesson in lessons]
    total = {word: n for word, n in _counts(stems for stems, _ in texts) if n >= _RARE}
    weights: dict[str, dict[str, float]] = {word: {} for word in total}
    for slug in sorted({topic for _, topics in texts for topic in topics}):
        inside = dict(_counts(stems for stems, topics in texts if slug in topics))
        prior = sum(slug in topics for _, topics in texts) / len(texts)
        for word, n in total.items():
            weight = _odds(inside.get(word, 0), n, prior)
            if weight > _FAINT or (weight < -_FAINT and n >= _OFTEN):
                weights[word][slug] = round(weight, 2)
    return {word: found for word, found in weights.items() if found}


def _trust(lessons: Iterable[Lesson], kind: TermKind, known: Trust) -> Trust:
    """How often each cue was right where it stood, against what was expected of it and known before."""
    right: Counter[tuple[str, str, float]] = Counter()
    seen: Counter[tuple[str, str, float]] = Counter()
    for lesson in lessons:
        for held in lesson.held[kind]:
            counts = _weight_of(lesson.study, kind, held[1])
            seen[held] += counts
            right[held] += counts * lesson.study.has(kind, held[1])
    found: dict[str, dict[str, float]] = {name: dict(slugs) for name, slugs in known.items()}
    for (name, slug, weight), n in seen.items():
        expected = _EXPECTED[weight]
        thought = known.get(name, {}).get(slug, 1.0) * expected
        factor = (right[name, slug, weight] + _PATIENCE * thought) / (n + _PATIENCE) / expected
        if abs(factor - 1) > _USUAL:
            found.setdefault(name, {})[slug] = round(min(max(factor, _LOWEST), _HIGHEST), 2)
        else:
            found.get(name, {}).pop(slug, None)
    return {name: slugs for name, slugs in found.items() if slugs}


def _weight_of(one: Tagged, kind: TermKind, slug: str) -> int:
    """How many times what a study says of a term counts."""
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
