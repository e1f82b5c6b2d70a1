"""Ranking terms for a text, and saying why."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import exp, sqrt
from typing import Literal

from workbench.councils import register
from workbench.submission import TermKind
from workbench.themes import cues
from workbench.themes.learning import Learned, Trust
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

AT_LEAST = 5
SURE = 0.9
SHARE = 0.4
LEAST = 0.3
MOST = 2
LONGEST = 60_000
"""How many characters of a text are read: some ten thousand words, far more than any study has."""
REASONS = 6

Part = Literal["title", "text"]
Key = tuple[str, str]
"""Kind and slug of a term."""


@dataclass(frozen=True, slots=True)
class Span:
    """Where a word that led to a term stands: from which character of the title or the text up to which."""

    part: Part
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SuggestedTerm:
    """A term for a text: `score` 0 to 1, whether the desk would offer it, and the words that led to it.

    `spans` says where those words stand, those that count most first.
    """

    slug: str
    label: str
    score: float
    proposed: bool
    because: tuple[str, ...]
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggested:
    """Terms for a text, best first: topics (at least five), support types and collections."""

    themes: tuple[SuggestedTerm, ...]
    support_types: tuple[SuggestedTerm, ...]
    collections: tuple[SuggestedTerm, ...]


def suggest(
    title: str,
    text: str,
    vocabulary: Vocabulary,
    learned: Learned | None = None,
    refused: Collection[Key] = (),
) -> Suggested:
    """Terms for a study, from its title and its summary (or the whole of it), best first.

    Those that were `refused` for it are ranked, and not offered. Of a text without end its beginning is read.
    """
    passages = _passages(title[:LONGEST], text[:LONGEST])
    known = learned or Learned({})
    return Suggested(
        _topics(passages, vocabulary, known, refused),
        _others(passages, vocabulary, "support_type", known, refused),
        _others(passages, vocabulary, "collection", known, refused),
    )


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of one part of a text, and how much they count."""

    part: Part
    words: Sequence[cues.Token]
    weight: float


Passages = Sequence[Passage]


def _passages(title: str, text: str) -> Passages:
    words = cues.tokens(_bare(text))
    return (
        Passage("title", cues.tokens(_bare(title)), TITLE),
        Passage("text", words[:LEAD], 1.0),
        Passage("text", words[LEAD:], BELOW),
    )


_MARKUP = re.compile(
    r"</?[a-zA-Z][^<>]{0,400}>|&#?\w{1,8};|(?:https?://|www\.)\S{1,400}|[\w.+-]{1,64}@[\w.-]{1,80}"
)


def _bare(text: str) -> str:
    """The text with markup and addresses blanked, and the councils' names: Three Rivers is no river."""
    bare = _MARKUP.sub(lambda found: " " * len(found[0]), text)
    for match in register().recognise(bare):
        if match.council is not None:
            start, end = match.span
            bare = bare[:start] + " " * (end - start) + bare[end:]
    return bare


@dataclass(slots=True)
class Evidence:
    """What speaks for one term: the sum, and each cue's part with the words as written and where they stand."""

    total: float = 0.0
    words: dict[str, float] = field(default_factory=dict[str, float])
    spans: dict[Span, float] = field(default_factory=dict[Span, float])

    def take(self, words: str, value: float, spans: Iterable[Span]) -> None:
        """Adds a reason."""
        self.words[words] = max(self.words.get(words, 0.0), value)
        for span in spans:
            self.spans[span] = max(self.spans.get(span, 0.0), value)

    @property
    def because(self) -> tuple[str, ...]:
        """The words that count most."""
        return tuple(sorted(self.words, key=lambda word: -self.words[word])[:REASONS])

    @property
    def places(self) -> tuple[Span, ...]:
        """Where the words stand, those that count most first."""
        return tuple(sorted(self.spans, key=lambda span: -self.spans[span]))


@lru_cache(maxsize=16)
def _index(vocabulary: Vocabulary, kind: TermKind) -> cues.CueIndex:
    return cues.index(vocabulary.by_kind[kind])


@dataclass(slots=True)
class _Found:
    """A cue in the text: what it counts for a term, its words as written first, and every place."""

    value: float
    words: str
    spans: list[Span]


@dataclass(frozen=True)
class _Scales:
    """What the cues of one kind are weighed by."""

    narrow: frozenset[str]
    trust: Trust

    def value(self, hit: cues.Hit, slug: str) -> float:
        """How much a cue counts for a term: more the longer it is, less the more terms it speaks for."""
        sharers = max(1, sum(other not in self.narrow for other in hit.cue.weights))
        trust = self.trust.get(hit.cue.name)
        faith = trust.get(slug, 1.0) if trust else 1.0
        return faith * hit.cue.weights[slug] * (1 + PHRASE * (hit.size - 1)) / sqrt(sharers)


def evidence(
    passages: Passages, vocabulary: Vocabulary, kind: TermKind, learned: Learned
) -> dict[str, Evidence]:
    """What the cues say for each term of a kind."""
    narrow = frozenset(theme.slug for theme in vocabulary.by_kind[kind] if theme.narrow)
    scales = _Scales(narrow, learned.trust.get(kind, {}))
    found: dict[str, dict[str, _Found]] = {}
    for passage in passages:
        hits: dict[str, list[cues.Hit]] = {}
        for hit in cues.find(_index(vocabulary, kind), passage.words):
            for slug in hit.cue.weights:
                hits.setdefault(slug, []).append(hit)
        for slug, own in hits.items():
            _collect(found.setdefault(slug, {}), slug, own, passage, scales)
    return {slug: _sum(by_cue.values()) for slug, by_cue in found.items()}


def _collect(
    known: dict[str, _Found], slug: str, hits: list[cues.Hit], passage: Passage, scales: _Scales
) -> None:
    """Adds the hits of one term in one passage: longest first, no word twice, a repeated cue for less."""
    taken: set[int] = set()
    for hit in sorted(hits, key=lambda hit: (-hit.size, -hit.cue.weights[slug])):
        here = range(hit.at, hit.at + hit.size)
        if not taken.isdisjoint(here):
            continue
        taken.update(here)
        words = passage.words[hit.at : hit.at + hit.size]
        span = Span(passage.part, words[0].start, words[-1].end)
        value = passage.weight * scales.value(hit, slug)
        before = known.setdefault(hit.cue.name, _Found(0.0, " ".join(word.text for word in words), []))
        before.value = max(before.value, value) + AGAIN * min(before.value, value)
        before.spans.append(span)


def _sum(found: Iterable[_Found]) -> Evidence:
    evidence = Evidence()
    for one in found:
        evidence.total += one.value
        evidence.take(one.words, one.value, one.spans)
    return evidence


def _topics(
    passages: Passages, vocabulary: Vocabulary, learned: Learned, refused: Collection[Key]
) -> tuple[SuggestedTerm, ...]:
    themes = vocabulary.by_kind["topic"]
    found = evidence(passages, vocabulary, "topic", learned)
    for theme in themes:
        if theme.narrow and theme.parent and theme.slug in found:
            _hand_up(found, theme)
    _add_learned(found, passages, learned)
    totals = {theme.slug: found[theme.slug].total if theme.slug in found else 0.0 for theme in themes}
    ranked = sorted(themes, key=lambda theme: (-_rank(theme, totals), theme.slug))
    offered = _offered([theme for theme in ranked if (theme.kind, theme.slug) not in refused], totals)
    shown = [theme for n, theme in enumerate(ranked) if n < AT_LEAST or totals[theme.slug] > 0]
    return tuple(_suggested(theme, found.get(theme.slug), theme.slug in offered) for theme in shown)


def _hand_up(found: dict[str, Evidence], theme: Theme) -> None:
    own, parent = found[theme.slug], found.setdefault(theme.parent or "", Evidence())
    parent.total = max(parent.total, UP * own.total)
    parent.words = {**own.words, **parent.words}
    parent.spans = {**own.spans, **parent.spans}


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


def _add_learned(found: dict[str, Evidence], passages: Passages, learned: Learned) -> None:
    if not learned.weights:
        return
    first: dict[str, tuple[cues.Token, Part]] = {}
    for passage in passages:
        for word in passage.words:
            first.setdefault(word.stem, (word, passage.part))
    for slug, (value, stems) in learned.evidence(first).items():
        known = found.setdefault(slug, Evidence())
        known.total = max(known.total + learned.share * value, 0.0)
        if value > 0:
            for word, part in (first[stem] for stem in stems):
                known.take(word.text, 0.1, [Span(part, word.start, word.end)])


def _others(
    passages: Passages, vocabulary: Vocabulary, kind: TermKind, learned: Learned, refused: Collection[Key]
) -> tuple[SuggestedTerm, ...]:
    found = evidence(passages, vocabulary, kind, learned)
    themes = [theme for theme in vocabulary.by_kind[kind] if theme.slug in found]
    ranked = sorted(themes, key=lambda theme: (-found[theme.slug].total, theme.slug))
    offered = frozenset(_near_the_first(ranked, found, refused))
    return tuple(_suggested(theme, found[theme.slug], theme.slug in offered) for theme in ranked)


def _near_the_first(
    ranked: Iterable[Theme], found: Mapping[str, Evidence], refused: Collection[Key]
) -> Iterator[str]:
    left = [theme.slug for theme in ranked if (theme.kind, theme.slug) not in refused]
    for slug in left[:MOST]:
        if found[slug].total >= max(SURE, found[left[0]].total / 2):
            yield slug


def _suggested(theme: Theme, known: Evidence | None, proposed: bool) -> SuggestedTerm:
    known = known or Evidence()
    score = round(1 - exp(-known.total / 2), 3)
    return SuggestedTerm(theme.slug, theme.label, score, proposed, known.because, known.places)
