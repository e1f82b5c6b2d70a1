"""What tagged studies teach: which words go with which topics."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import log, sqrt

import resources
from workbench.themes.cues import tokens

_RARE = 3
_OFTEN = 8
"""From so many studies on, that a word never goes with a topic speaks against it."""
_SMOOTH = 2.0
_FAINT = 0.3
_TELLING = 0.3


@dataclass(frozen=True, slots=True)
class Tagged:
    """A study to learn from: its title, its text and the topics it was given."""

    title: str
    text: str
    topics: frozenset[str]


@dataclass(frozen=True)
class Learned:
    """For each stem, how strongly it speaks for a topic (above 0) or against it (below)."""

    weights: Mapping[str, Mapping[str, float]]

    def evidence(self, stems: Sequence[str]) -> dict[str, tuple[float, tuple[str, ...]]]:
        """For each topic what a text's stems say, and the two that say most for it."""
        own = dict.fromkeys(stems)
        length = sqrt(max(len(own), 1))
        totals: dict[str, float] = {}
        told: dict[str, list[tuple[float, str]]] = {}
        for word in own:
            for slug, weight in self.weights.get(word, {}).items():
                totals[slug] = totals.get(slug, 0.0) + weight
                if weight > _TELLING:
                    told.setdefault(slug, []).append((weight, word))
        return {
            slug: (total / length, tuple(word for _, word in sorted(told.get(slug, ()), reverse=True)[:2]))
            for slug, total in totals.items()
        }


def learn(studies: Iterable[Tagged]) -> Learned:
    """What these studies teach, as smoothed log odds of each word in a topic against the rest."""
    texts = [
        (frozenset(word.stem for word in tokens(f"{one.title} {one.text}")), one.topics) for one in studies
    ]
    total = {
        word: n for word, n in _counts(words for words, _ in texts).items() if n >= _RARE and word.isalpha()
    }
    weights: dict[str, dict[str, float]] = {word: {} for word in total}
    for slug in sorted({topic for _, topics in texts for topic in topics}):
        inside = _counts(words for words, topics in texts if slug in topics)
        prior = sum(slug in topics for _, topics in texts) / len(texts)
        for word, n in total.items():
            weight = _odds(inside.get(word, 0), n, prior)
            if weight > _FAINT or (weight < -_FAINT and n >= _OFTEN):
                weights[word][slug] = round(weight, 2)
    return Learned({word: found for word, found in weights.items() if found})


def _odds(inside: int, total: int, prior: float) -> float:
    """The log of how much likelier a topic is where the word stands, less the rarer the word."""
    share = (inside + _SMOOTH * prior) / (total + _SMOOTH)
    return log(share / prior) * sqrt(total / (total + _SMOOTH))


def _counts(texts: Iterable[frozenset[str]]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for words in texts:
        for word in words:
            counts[word] = counts.get(word, 0) + 1
    return counts


@cache
def shipped() -> Learned | None:
    """What the program brings along as learned; None where nothing is."""
    if not resources.path("themes", "learned.toml").exists():
        return None
    return Learned(resources.toml("themes", "learned.toml")["words"])
