"""Which field a heading means, however a council wrote it.

Case, numbering, punctuation, a leading "The", word limits in brackets and "learnt" for "learned" make no
difference. What is no label, synonym or question of the template is guessed at by likeness, with less
confidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from workbench.template import Field, Template
from workbench.template.model import clean, words_of


@dataclass(frozen=True, slots=True)
class Match:
    """What a label means: one field, or several for a combined heading; by which evidence and how surely."""

    fields: tuple[str, ...]
    by: str
    confidence: float

    @property
    def exact(self) -> bool:
        """Whether it is the template's own label or question, or a mapping an editor taught."""
        return self.by in ("label", "question", "learned")


LABEL, QUESTION, LEARNED, SYNONYM, COMBINED, FUZZY = (
    "label",
    "question",
    "learned",
    "synonym",
    "combined",
    "fuzzy",
)
CONFIDENCE = {LABEL: 0.97, LEARNED: 0.95, QUESTION: 0.9, SYNONYM: 0.88, COMBINED: 0.6, FUZZY: 0.7}

LONGEST = 160
"""Characters beyond which nothing is a label."""

_NUMBERING = re.compile(
    r"""^[\s\W]*(?:
        (?:question|section|part|step|box|item|field|q)\s*\.?\s*(?:\d+(?:\.\d+)*|[a-z]|[ivx]+)\b\s*[.):\-–—]*\s*
        |(?:section|heading|field|question)\s*(?::\s*|[\-–—]\s+)
        |\(?(?:\d+(?:\.\d+)*\.?|[a-z]|[ivx]+)\s*(?:[.):]\s*|[\-–—]\s+)
        |\d+(?:\.\d+)*\s+
    )(?![\s\d])""",
    re.VERBOSE,
)
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_LIMIT = re.compile(
    r"[\s,;:.\-–—*]*\b"
    r"(?:(?:up to|max(?:imum)?|no more than|approx(?:imately)?|about|around|minimum|min)\.?\s*(?:of\s+)?)?"
    r"\d[\d,]*(?:\s*(?:-|–|to)\s*\d[\d,]*)?\s*words?(?:\s*(?:max(?:imum)?|limit|or (?:fewer|less)))?\W*$"
    r"|[\s,;:.\-–—*]*\b(?:optional|required|mandatory|if applicable|if any|where applicable)\W*$"
)
_OPENING = re.compile(
    r"^(?:please )?"
    r"(?:describe|explain|outline|summarise|tell us about|give details of|details of|describing|provide|list"
    r"|give(?: us)?|write"
    r"|what (?:was|were|is|are)|our|your|about|key|main|overall|project|the council s)"
    r" (?:the |your |our |any |some |a )*"
)
_DETERMINERS = frozenset(("the", "your", "our", "this", "a", "an", "any", "its"))
_ASKING = frozenset(("what", "why", "how", "who", "where", "which", "when"))
_SUBTITLE = re.compile(r"\s*[:–—]\s+|\s+-\s+|\s*\?\s+|\s*:\s*$")
_ASKED_ABOUT = re.compile(
    r"^(?:what|which) (\w+(?: \w+){0,2}?) (?:did|has|have|was|were|is|are|will|would|do|does|can|could)\b"
    r"|^(?:are|is) there (?:any |other )*(\w+(?: \w+){0,2}?)(?: .*)?$"
)
_SUMMARISE = re.compile(
    r"^\W*(?:\d+\W+)?(?:please )?(?:briefly |can you )?summari[sz]e\b(?! what (?:you|we) (?:did|learn))"
)
_BESIDE = re.compile(r"\s+[/|]\s*|\s*[/|]\s+")
_JOINTS = re.compile(r"[,;/&+]|\band\b")


@lru_cache(maxsize=4096)
def normalise(heading: str) -> str:
    """The words of a heading by which it is compared and remembered: no case, number, punctuation or "The"."""
    return words_of(_unnumbered(clean(heading)))


def _unnumbered(text: str) -> str:
    return _NUMBERING.sub("", text, count=1)


class Lexicon:
    """The headings of one template, each with the field it means."""

    def __init__(self, fields: tuple[Field, ...], combined: Mapping[str, tuple[str, ...]]) -> None:
        self.known: dict[str, Match] = {}
        for field in fields:
            self._add(field.label, LABEL, field.id)
            self._add(field.id.replace("_", " "), LABEL, field.id)
        for field in fields:
            for question in questions(field):
                self._add(question, QUESTION, field.id)
            for synonym in field.synonyms:
                self._add(synonym, SYNONYM, field.id)
        for heading, targets in combined.items():
            self._add(heading, COMBINED, *targets)
        self._bare = {_bared(words): match for words, match in reversed(self.known.items())}

    def _add(self, heading: str, by: str, *fields: str) -> None:
        self.known.setdefault(words_of(clean(heading)), Match(fields, by, CONFIDENCE[by]))

    def find(self, text: str, learned: Mapping[str, str] | None = None) -> Match | None:
        """What the label `text` means by the template's words alone, or None."""
        if not text or len(text) > LONGEST:
            return None
        if learned and (field := learned.get(normalise(text))):
            return Match((field,), LEARNED, CONFIDENCE[LEARNED])
        return self._find(text)

    def spelt(self, text: str) -> Match | None:
        """What `text` means where it is a label, question or synonym as it is written: quick to say."""
        return self.known.get(normalise(text)) if len(text) <= LONGEST else None

    @lru_cache(maxsize=4096)  # noqa: B019 - lexicons live as long as the program
    def _find(self, text: str) -> Match | None:
        if self._telling.isdisjoint(words_of(clean(text)).split()):
            return self.spelt(text)
        forms = _forms(text)
        readings = tuple(dict.fromkeys(words for form in forms if (words := words_of(form))))
        for words in readings:
            if words in self.known:
                return self.known[words]
        return (
            self._reworded(readings)
            or self._longer_question(text)
            or self._compound(forms)
            or self._asked_about(text)
            or self._summarising(text)
            or self._bilingual(text)
        )

    def _reworded(self, readings: Sequence[str]) -> Match | None:
        """A known heading behind an opening such as "Describe the", or with "your" and "the" in it."""
        for words in readings:
            for core in _cores(words):
                match = self.known.get(core) or self._bare.get(_bared(core))
                if match and len(match.fields) == 1:
                    return Match(match.fields, SYNONYM, 0.85)
        return None

    def _longer_question(self, text: str) -> Match | None:
        """A known question that goes on: "What was the problem you were trying to solve?"."""
        words = normalise(text).split()
        if not text.rstrip().endswith("?") or words[:1] == [] or words[0] not in _ASKING:
            return None
        starts = (" ".join(words[:count]) for count in range(len(words) - 1, 2, -1))
        match = next((self.known[start] for start in starts if start in self.known), None)
        return Match(match.fields, SYNONYM, 0.85) if match and len(match.fields) == 1 else None

    def _compound(self, forms: Sequence[str]) -> Match | None:
        """Several known headings in one: "Outcomes and savings", "Lessons, next steps"."""
        for form in forms:
            parts = [words for part in _JOINTS.split(form) if (words := words_of(part))]
            found = [self.known.get(part) or self.known.get(_OPENING.sub("", part)) for part in parts]
            fields = tuple(dict.fromkeys(field for match in found if match for field in match.fields))
            if len(parts) > 1 and None not in found:
                surest = max((match for match in found if match), key=lambda match: match.confidence)
                by = surest.by if len(fields) == 1 else COMBINED
                return Match(fields, by, min(CONFIDENCE[by], 0.85))
        return None

    def _asked_about(self, text: str) -> Match | None:
        """A question about what a heading names: "What impact has it had?", "Are there any links?"."""
        found = _ASKED_ABOUT.match(normalise(text)) if text.rstrip().endswith("?") else None
        match = self.known.get(found[1] or found[2]) if found else None
        return Match(match.fields, SYNONYM, 0.85) if match and len(match.fields) == 1 else None

    def _summarising(self, text: str) -> Match | None:
        """The summary, asked for with a verb: "Please summarise your project in no more than 60 words"."""
        match = self.known.get("summary")
        return Match(match.fields, SYNONYM, 0.85) if match and _SUMMARISE.match(clean(text)) else None

    def _bilingual(self, text: str) -> Match | None:
        """A known heading beside another that is not known, as in "Yr her / The challenge"."""
        parts = _BESIDE.split(clean(text))
        found = [match for part in parts if (match := self.known.get(words_of(_unnumbered(part))))]
        if len(parts) != 2 or len(found) != 1 or len(found[0].fields) != 1:
            return None
        return Match(found[0].fields, found[0].by, min(found[0].confidence, 0.85))

    def titled(self, text: str) -> Match | None:
        """What a heading with a subtitle means: "The challenge: verges nobody loved"."""
        parts = _SUBTITLE.split(clean(text[:LONGEST]), maxsplit=1)
        match = self.find(parts[0]) if len(parts) > 1 else None
        return Match(match.fields, match.by, min(match.confidence, 0.85)) if match else None

    @lru_cache(maxsize=1024)  # noqa: B019 - as above
    def guess(self, text: str) -> Match | None:
        """The likeliest field for a heading nobody knows; confidence 0.7 for a slip of the pen, less for kinship."""
        words = normalise(text)
        if len(words) < 4 or len(words) > LONGEST:
            return None
        asking = text.rstrip().endswith("?")
        return self._misspelt(words) or self._akin(_OPENING.sub("", words) or words, asking=asking)

    def _misspelt(self, words: str) -> Match | None:
        from rapidfuzz import fuzz, process

        best = process.extract(words, self._long_keys, scorer=fuzz.ratio, limit=4, score_cutoff=80)
        if not best:
            return None
        heading, score, _ = best[0]
        fields = self.known[heading].fields
        rivals = [other for key, other, _ in best if self.known[key].fields != fields]
        needed = 80 if len(words) > 8 else 84
        if score < needed or (rivals and score - rivals[0] < 6):
            return None
        return Match(fields, FUZZY if len(fields) == 1 else COMBINED, 0.7 if score >= 85 else 0.6)

    @cached_property
    def _telling(self) -> frozenset[str]:
        """The words without one of which a text is no heading of the template."""
        each = (word for key in self.known for word in key.split())
        return (
            frozenset(each) - _DETERMINERS - {"and", "of", "in", "on", "for", "with", "by", "to", "is", "was"}
        )

    @cached_property
    def _long_keys(self) -> list[str]:
        return [key for key in self.known if len(key) > 4]

    @cached_property
    def _single(self) -> list[str]:
        return [key for key in self.known if len(key) > 5 and " " not in key]

    def _akin(self, words: str, *, asking: bool) -> Match | None:
        """A field whose own heading's word leads or ends these words, or stands anywhere in a question."""
        tokens = words.split()
        telling = tokens if asking else [tokens[0], tokens[-1]]
        hits = {fields for token in telling if (fields := self._by_stem(token))}
        return (
            Match(hits.pop(), FUZZY, 0.5) if len(hits) == 1 and len(tokens) <= (14 if asking else 8) else None
        )

    def _by_stem(self, token: str) -> tuple[str, ...] | None:
        """The field of a heading of one word that this word is, or that begins as it does."""
        match = self.known.get(token)
        if match is None and len(token) > 5:
            match = next((self.known[key] for key in self._single if key.startswith(token)), None)
        return match.fields if match and len(match.fields) == 1 else None


def _cores(words: str) -> Iterator[str]:
    """A heading without its openings, one after the other: "what was the key", "our"."""
    yield words
    for _ in range(3):
        shorter = _OPENING.sub("", words)
        if shorter == words:
            return
        words = shorter
        yield words


def _bared(words: str) -> str:
    return " ".join(word for word in words.split() if word not in _DETERMINERS)


def _forms(text: str) -> tuple[str, ...]:
    """A heading as it stands, then without numbers, brackets, limits and "(required)"."""
    whole = clean(text)
    bare = _LIMIT.sub("", _BRACKETS.sub(" ", whole))
    unnumbered = _unnumbered(whole)
    return tuple(dict.fromkeys((whole, bare, unnumbered, _unnumbered(bare), _LIMIT.sub("", unnumbered))))


def questions(field: Field) -> Iterator[str]:
    """The questions a field's guidance asks."""
    for sentence in re.split(r"(?<=[?!.])\s+", field.guidance):
        if sentence.endswith("?") and len(sentence.split()) > 2:
            yield sentence


@lru_cache(maxsize=64)
def _lexicon(fields: tuple[Field, ...], combined: tuple[tuple[str, tuple[str, ...]], ...]) -> Lexicon:
    return Lexicon(fields, dict(combined))


def lexicon(template: Template) -> Lexicon:
    """The headings of `template`; built once for each set of fields."""
    return _lexicon(template.fields, tuple(sorted(template.combined.items())))
