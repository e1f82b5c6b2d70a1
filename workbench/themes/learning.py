"""What tagged studies teach: which words go with which topics."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import log, sqrt

import resources
from workbench.themes.cues import tokens

_RARE = 2
_SMOOTH = 2.0


@dataclass(frozen=True, slots=True)
class Tagged:
    """A study to learn from: its title, its text and the topics it was given."""

    title: str
    text: str
    topics: frozenset[str]


@dataclass(frozen=True)
class Learned:
    """For each topic, how strongly each stem speaks for it (above 0) or against it (below)."""

    weights: Mapping[str, Mapping[str, float]]

    def evidence(self, stems: Sequence[str]) -> dict[str, tuple[float, tuple[str, ...]]]:
        """For each topic what a text's stems say, and those that say most."""
        own = frozenset(stems)
        length = sqrt(max(len(own), 1))
        found: dict[str, tuple[float, tuple[str, ...]]] = {}
        for slug, weights in self.weights.items():
            known = {word: weights[word] for word in own & weights.keys()}
            best = sorted((word for word in known if known[word] > 0), key=lambda word: -known[word])
            found[slug] = (sum(known.values()) / length, tuple(best[:2]))
        return found


def learn(studies: Iterable[Tagged]) -> Learned:
    """What these studies teach, as smoothed log odds of each word in a topic against the rest."""
    texts = [
        (frozenset(word.stem for word in tokens(f"{one.title} {one.text}")), one.topics) for one in studies
    ]
    total = _counts(words for words, _ in texts)
    known = {word for word, n in total.items() if n >= _RARE}
    weights: dict[str, dict[str, float]] = {}
    for slug in sorted({topic for _, topics in texts for topic in topics}):
        inside = [words for words, topics in texts if slug in topics]
        weights[slug] = _odds(_counts(inside), total, len(inside), len(texts), known)
    return Learned(weights)


def _counts(texts: Iterable[frozenset[str]]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for words in texts:
        for word in words:
            counts[word] = counts.get(word, 0) + 1
    return counts


def _odds(
    inside: Mapping[str, int], total: Mapping[str, int], size: int, of: int, known: set[str]
) -> dict[str, float]:
    prior = size / of
    weights: dict[str, float] = {}
    for word in known:
        share = (inside.get(word, 0) + _SMOOTH * prior) / (total[word] + _SMOOTH)
        weight = log(share / prior) * sqrt(total[word] / (total[word] + _SMOOTH))
        if abs(weight) > 0.05:
            weights[word] = round(weight, 3)
    return weights


@cache
def shipped() -> Learned | None:
    """What the program brings along as learned; None where nothing is."""
    if not resources.path("themes", "learned.toml").exists():
        return None
    return Learned(resources.toml("themes", "learned.toml")["topics"])
