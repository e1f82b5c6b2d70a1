"""Ranking terms for a text, and saying why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp, sqrt

from workbench.councils import register
from workbench.submission import TermKind
from workbench.themes import cues
from workbench.themes.learning import Learned
from workbench.themes.vocabulary import Theme, Vocabulary

TITLE = 1.8
"""How much more a word in the title counts."""
LEAD = 120
"""How many words of a text count in full, as those of a summary do."""
BELOW = 0.25
"""How much a word further down counts."""
PHRASE = 0.35
"""How much more each further word of a cue counts."""
AGAIN = 0.3
"""How much a cue counts when it comes again."""
UP = 0.9
"""How much of a narrow term's evidence speaks for its parent."""
LEARNED = 0.15
"""How much one unit of learned evidence counts beside the cues."""

AT_LEAST = 5
SURE = 0.9
SHARE = 0.3
LEAST = 0.3
MOST = 2


@dataclass(frozen=True, slots=True)
class SuggestedTerm:
    """A term for a text: `score` 0 to 1, whether the desk would offer it, and the words that led to it."""

    slug: str
    label: str
    score: float
    proposed: bool
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suggested:
    """Terms for a text, best first: topics (at least five), support types and collections."""

    themes: tuple[SuggestedTerm, ...]
    support_types: tuple[SuggestedTerm, ...]
    collections: tuple[SuggestedTerm, ...]


def suggest(title: str, text: str, vocabulary: Vocabulary, learned: Learned | None = None) -> Suggested:
    """Terms for a study, from its title and its summary (or the whole of it), best first."""
    words = cues.tokens(_without_councils(text))
    parts = (
        (cues.tokens(_without_councils(title)), TITLE),
        (words[:LEAD], 1.0),
        (words[LEAD:], BELOW),
    )
    return Suggested(
        _topics(parts, vocabulary, learned),
        _others(parts, vocabulary, "support_type"),
        _others(parts, vocabulary, "collection"),
    )


def _without_councils(text: str) -> str:
    """The text with the councils' names blanked: Three Rivers is no river, and Reading reads nothing."""
    for match in register().recognise(text):
        if match.council is not None:
            start, end = match.span
            text = text[:start] + " " * (end - start) + text[end:]
    return text


Parts = Sequence[tuple[list[cues.Token], float]]


@dataclass(slots=True)
class Evidence:
    """What speaks for one term: the sum, and each cue's part with the words as written."""

    total: float
    words: dict[str, float]

    def because(self) -> tuple[str, ...]:
        return tuple(sorted(self.words, key=lambda word: -self.words[word])[:6])


@cache
def _index(vocabulary: Vocabulary, kind: TermKind) -> cues.CueIndex:
    return cues.index(vocabulary.by_kind[kind])


def evidence(parts: Parts, vocabulary: Vocabulary, kind: TermKind) -> dict[str, Evidence]:
    """What the cues say for each term of a kind."""
    narrow = frozenset(theme.slug for theme in vocabulary.by_kind[kind] if theme.narrow)
    found: dict[str, dict[tuple[str, ...], tuple[float, str]]] = {}
    for words, weight in parts:
        hits: dict[str, list[cues.Hit]] = {}
        for hit in cues.find(_index(vocabulary, kind), words):
            for slug in hit.cue.weights:
                hits.setdefault(slug, []).append(hit)
        for slug, own in hits.items():
            _collect(found.setdefault(slug, {}), slug, own, weight, narrow)
    return {slug: _sum(by_cue) for slug, by_cue in found.items()}


def _collect(
    known: dict[tuple[str, ...], tuple[float, str]],
    slug: str,
    hits: list[cues.Hit],
    weight: float,
    narrow: frozenset[str],
) -> None:
    """Adds the hits of one term in one part: longest first, no word twice, a repeated cue for less."""
    taken: set[int] = set()
    for hit in sorted(hits, key=lambda hit: (-hit.size, -hit.cue.weights[slug])):
        here = range(hit.at, hit.at + hit.size)
        if not taken.isdisjoint(here):
            continue
        taken.update(here)
        sharers = max(1, sum(other not in narrow for other in hit.cue.weights))
        value = weight * hit.cue.weights[slug] * (1 + PHRASE * (hit.size - 1)) / sqrt(sharers)
        before, words = known.get(hit.cue.stems, (0.0, hit.words))
        known[hit.cue.stems] = (max(before, value) + AGAIN * min(before, value), words)


def _sum(by_cue: Mapping[tuple[str, ...], tuple[float, str]]) -> Evidence:
    words: dict[str, float] = {}
    for value, written in by_cue.values():
        words[written] = max(words.get(written, 0.0), value)
    return Evidence(sum(value for value, _ in by_cue.values()), words)


def _topics(parts: Parts, vocabulary: Vocabulary, learned: Learned | None) -> tuple[SuggestedTerm, ...]:
    themes = vocabulary.by_kind["topic"]
    found = evidence(parts, vocabulary, "topic")
    for theme in themes:
        if theme.narrow and theme.parent and theme.slug in found:
            _hand_up(found, theme)
    if learned is not None:
        _add_learned(found, parts, learned)
    totals = {theme.slug: found[theme.slug].total if theme.slug in found else 0.0 for theme in themes}
    ranked = sorted(themes, key=lambda theme: (-_rank(theme, totals), theme.slug))
    offered = _offered(ranked, totals)
    shown = [theme for n, theme in enumerate(ranked) if n < AT_LEAST or totals[theme.slug] > 0]
    return tuple(_suggested(theme, found.get(theme.slug), theme.slug in offered) for theme in shown)


def _hand_up(found: dict[str, Evidence], theme: Theme) -> None:
    own, parent = found[theme.slug], found.setdefault(theme.parent or "", Evidence(0.0, {}))
    if UP * own.total > parent.total:
        parent.total = UP * own.total
    parent.words = {**own.words, **parent.words}


def _rank(theme: Theme, totals: Mapping[str, float]) -> float:
    """A narrow term stands below its parent."""
    own = totals[theme.slug]
    return min(own, totals.get(theme.parent, own) * 0.99) * 0.6 if theme.narrow and theme.parent else own


def _offered(ranked: Sequence[Theme], totals: Mapping[str, float]) -> frozenset[str]:
    """The terms to offer: the first, and those not far behind it."""
    broad = [theme.slug for theme in ranked if not theme.narrow and totals[theme.slug] > 0]
    floor = max(SURE, SHARE * totals[broad[0]]) if broad else 0.0
    return frozenset(
        slug for n, slug in enumerate(broad[:MOST]) if totals[slug] >= (LEAST if n == 0 else floor)
    )


def _add_learned(found: dict[str, Evidence], parts: Parts, learned: Learned) -> None:
    stems = [word.stem for words, _ in parts for word in words]
    for slug, (value, words) in learned.evidence(stems).items():
        known = found.setdefault(slug, Evidence(0.0, {}))
        known.total = max(known.total + LEARNED * value, 0.0)
        if value > 0:
            known.words = {**dict.fromkeys(words, 0.1), **known.words}


def _others(parts: Parts, vocabulary: Vocabulary, kind: TermKind) -> tuple[SuggestedTerm, ...]:
    found = evidence(parts, vocabulary, kind)
    themes = [theme for theme in vocabulary.by_kind[kind] if theme.slug in found]
    ranked = sorted(themes, key=lambda theme: (-found[theme.slug].total, theme.slug))
    best = found[ranked[0].slug].total if ranked else 0.0
    return tuple(
        _suggested(theme, found[theme.slug], found[theme.slug].total >= max(SURE, best / 2) and n < MOST)
        for n, theme in enumerate(ranked)
    )


def _suggested(theme: Theme, known: Evidence | None, proposed: bool) -> SuggestedTerm:
    total = known.total if known else 0.0
    because = known.because() if known else ()
    return SuggestedTerm(theme.slug, theme.label, round(1 - exp(-total / 2), 3), proposed, because)
