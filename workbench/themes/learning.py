"""What tagged studies teach: which cues can be trusted for which terms, and which other words go with them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from math import log, sqrt
from typing import Any

import resources
from workbench.submission import TermKind
from workbench.themes import cues
from workbench.themes.vocabulary import Vocabulary

_RARE = 4
_OFTEN = 8
"""From so many studies on, that a word never goes with a topic speaks against it."""
_EVERYWHERE = 0.6
"""A word that stands in a greater share of the studies than this says nothing."""
_ENOUGH = 4
"""Of a topic that fewer studies have no words are learned: any word of theirs would speak for it."""
_SMOOTH = 2.0
_FAINT = 0.3
_AGAINST = 0.8
_TELLING = 0.4
SHARE = 0.15

_EXPECTED = {cues.STRONG: 0.6, cues.PLAIN: 0.3, cues.WEAK: 0.15}
"""In how many of the studies that hold it a cue of each weight is expected to be right."""
_PATIENCE = 4.0
"""So many studies count as much as what was expected of a cue."""
_REFUSAL = 2
"""What was refused in so many words counts as much as this many studies that merely went without the term."""
_LOWEST, _HIGHEST = 0.2, 1.4
_USUAL = 0.05
READ = 600
"""How many characters of a study are learned from: its title, its summary, and how it begins."""

_KNOWN = 150
"""So many studies count as much as what was known of the words before."""
_SLIGHT = 0.1

KINDS: tuple[TermKind, ...] = ("topic", "support_type", "collection")
"""The kinds of terms that are suggested."""

Weights = Mapping[str, Mapping[str, float]]

_EMPTY_WORDS = """
a about across after all also an and are as at be been before but by can could did do each for from had has
have he her his how i if in into is it its last led made make many more most new no not now of off on one
only or other our out over own per she so some such than that the their them then there these they this
those through to too two under until up used using was way we were what when where which while who whose why
will with would year you your
"""
_EMPTY = frozenset(_EMPTY_WORDS.split())
"""Words that say nothing of a topic, by their stems."""

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
    """A study as it was read: its stems, and the cues in it, each with the term (kind:slug) it speaks for."""

    study: Tagged
    stems: frozenset[str]
    held: tuple[tuple[str, str, float], ...]


def read(studies: Iterable[Tagged], vocabulary: Vocabulary) -> list[Lesson]:
    """The studies, read with the cues of a vocabulary in mind."""
    every = (theme for kind in KINDS for theme in vocabulary.by_kind[kind])
    index = cues.index(replace(theme, slug=f"{theme.kind}:{theme.slug}") for theme in every)
    return [_lesson(one, index) for one in studies]


def _lesson(one: Tagged, index: cues.CueIndex) -> Lesson:
    words = cues.tokens(f"{one.title} \u2022 {one.text[:READ]}")
    held = {
        (hit.cue.name, term, weight): None
        for hit in cues.find(index, words)
        for term, weight in hit.cue.weights.items()
    }
    return Lesson(one, frozenset(word.stem for word in words if word.lower.isalpha()) - _EMPTY, tuple(held))


def learn(lessons: Sequence[Lesson], known: Learned | None = None) -> Learned:
    """What these studies teach beyond what is `known` already, which counts for as much as some hundred of them."""
    whole = [lesson for lesson in lessons if not lesson.study.is_partial]
    before = known or Learned({})
    trust = _trust(lessons, before.trust)
    weights = _blended(before.weights, _weights(whole), len(whole) / (len(whole) + _KNOWN))
    return Learned(weights, trust, before.share)


def _blended(known: Weights, new: Weights, part: float) -> Weights:
    """Both, `part` of it the new; all the new of a word of which nothing was known."""
    blended: dict[str, Mapping[str, float]] = {word: own for word, own in new.items() if word not in known}
    for word, old in known.items():
        own = new.get(word, {})
        mixed = {slug: (1 - part) * old.get(slug, 0.0) + part * own.get(slug, 0.0) for slug in {**old, **own}}
        if kept := {slug: round(weight, 2) for slug, weight in mixed.items() if abs(weight) > _SLIGHT}:
            blended[word] = kept
    return blended


def _weights(lessons: Sequence[Lesson]) -> Weights:
    """The smoothed log odds of each word in a topic against the rest."""
    texts = [(lesson.stems, lesson.study.topics) for lesson in lessons]
    counted = _counts(stems for stems, _ in texts)
    total = {word: n for word, n in counted if _RARE <= n <= max(_RARE, _EVERYWHERE * len(texts))}
    weights: dict[str, dict[str, float]] = {word: {} for word in total}
    topics = Counter(topic for _, topics in texts for topic in topics)
    for slug in sorted(topic for topic, n in topics.items() if n >= _ENOUGH):
        inside = dict(_counts(stems for stems, given in texts if slug in given))
        prior = topics[slug] / len(texts)
        for word, n in total.items():
            weight = _odds(inside.get(word, 0), n, prior)
            if weight > _FAINT or (weight < -_AGAINST and n >= _OFTEN):
                weights[word][slug] = round(weight, 2)
    return {word: found for word, found in weights.items() if found}


def _trust(lessons: Iterable[Lesson], known: Mapping[str, Trust]) -> dict[str, Trust]:
    """How often each cue was right where it stood, against what was expected of it and known before."""
    right: Counter[tuple[str, str, float]] = Counter()
    seen: Counter[tuple[str, str, float]] = Counter()
    for lesson in lessons:
        for held in lesson.held:
            counts, was_right = _said(lesson.study, held[1])
            seen[held] += counts
            right[held] += was_right
    found = {kind: {name: dict(slugs) for name, slugs in known.get(kind, {}).items()} for kind in KINDS}
    for (name, term, weight), n in seen.items():
        kind, slug = term.split(":", 1)
        expected = _EXPECTED[weight]
        own = found[kind].setdefault(name, {})
        factor = (right[name, term, weight] + _PATIENCE * own.get(slug, 1.0) * expected) / (n + _PATIENCE)
        own[slug] = round(min(max(factor / expected, _LOWEST), _HIGHEST), 2)
    return {
        kind: {name: own for name, own in names.items() if _unusual(own)} for kind, names in found.items()
    }


def _unusual(factors: Mapping[str, float]) -> bool:
    return any(abs(factor - 1) > _USUAL for factor in factors.values())


def _said(one: Tagged, term: str) -> tuple[int, int]:
    """How many times a study counts for a term that a cue in it speaks for, and how often as right."""
    kind, slug = term.split(":", 1)
    if slug in one.topics if kind == "topic" else (kind, slug) in one.others:
        return 1, 1
    if (kind, slug) in one.refused:
        return _REFUSAL, 0
    tagged_so = kind == "topic" or any(other == kind for other, _ in one.others)
    return (0, 0) if one.is_partial or not tagged_so else (1, 0)


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
    path = resources.path("themes", "learned.json")
    return learned_of(json.loads(path.read_text("utf-8"))) if path.exists() else None


def plain(learned: Learned) -> dict[str, Any]:
    """What was learned as plain values for JSON, of which `learned_of` makes it again."""
    return {"weights": learned.weights, "trust": learned.trust, "share": learned.share}


def learned_of(told: Mapping[str, Any]) -> Learned:
    """What was learned, from plain values."""
    return Learned(told["weights"], told["trust"], told["share"])
