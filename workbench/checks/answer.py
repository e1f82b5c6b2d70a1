"""An answer as the checks read it: plain text, sentences and quotations, worked out once for all of them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from workbench import richtext
from workbench.richtext import Block, Heading, Paragraph
from workbench.submission import FieldValue
from workbench.template import Field

Span = tuple[int, int]

_STOP = re.compile(
    r"""[.!?\n](?:(?<=\n)\n*
      | (?<=[.!?])[.!?]*["'”’)\]]*(?=\s{0,3}\Z | \s{4} | \s{1,3}["“‘'(\[]?[A-Z0-9£])
      | (?<=[a-zß-öø-ÿ][.!?])["'”’)\]]*(?=[A-ZÀ-ÖØ-Þ]))""",
    re.VERBOSE,
)
"""What may end a sentence: a mark before a capital or a number, beside a capital even, or the end of a line."""
_ABBREVIATED = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|Mr|Mrs|Ms|Dr|St|No|approx|incl|vs|cf|Prof|Rev|Cllr|Coun|Hon|[Rr]ef|\w\.\w)|\b[A-Z])$"
)
_NUMBERED = re.compile(r"\b(?:nos?|nr|pp?|tel|fig)$", re.IGNORECASE)
_CODE = re.compile(r"\s*[A-Z]*[\d/-]")
_QUOTED = re.compile(r"“[^”\n]{2,400}”|\"[^\"\n]{2,400}\"|‘[^’\n]{2,200}’(?!\w)")
_NUMBER = re.compile(r"[0-9]\d*")
_PART = re.compile(r"\w+")
_OPENING = 8
_SURE = 3
"""So many letters of a word rule out most others."""
_SHORT = frozenset({
    "etc", "mr", "mrs", "ms", "dr", "st", "no", "nos", "nr", "p", "pp", "tel", "fig", "approx", "incl", "vs",
    "cf", "prof", "rev", "cllr", "coun", "hon", "ref",
})  # fmt: skip
"""The words without a mark inside that a full stop may shorten, in lower case."""
_MARKS = ".,;:!?()[]{}<>“”\"‘’'…–—*"
"""What stands before or after a word and is no part of it."""


@dataclass(frozen=True, eq=False)
class Prepared:
    """A text with what the checks ask of it, each worked out once, when it is first asked for."""

    text: str

    @cached_property
    def lower(self) -> str:
        """In lower case, each character in its place even where its lower-case form is longer."""
        lower = self.text.lower()
        if len(lower) == len(self.text):
            return lower
        return "".join(one if len(one.lower()) > 1 else one.lower() for one in self.text)

    @cached_property
    def tokens(self) -> tuple[str, ...]:
        return tokens(self.lower)

    @cached_property
    def odd(self) -> str:
        return " ".join([word for word in self.tokens if not word.isalpha()])

    @cached_property
    def terms(self) -> frozenset[str]:
        return frozenset(self.tokens).union(_PART.findall(self.odd))

    @cached_property
    def beginnings(self) -> frozenset[str]:
        return frozenset([term[:_SURE] for term in self.terms])

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        return tuple(_sentences(self.text))

    @cached_property
    def ends(self) -> tuple[int, ...]:
        return tuple(end for _, end in self.sentences)

    @cached_property
    def numbers(self) -> tuple[int, ...]:
        return tuple(found.start() for found in _NUMBER.finditer(self.text))

    @cached_property
    def quotations(self) -> tuple[Span, ...]:
        if not any(mark in self.text for mark in '“"‘'):
            return ()
        return tuple(found.span() for found in _QUOTED.finditer(self.text))

    def in_quotation(self, at: int) -> bool:
        return any(start <= at < end for start, end in self.quotations)

    @cached_property
    def tables(self) -> tuple[Span, ...]:
        if "\t" not in self.text:
            return ()
        return tuple(found.span() for found in re.finditer(r"^.*\t.*$", self.text, re.MULTILINE))


prepared = lru_cache(maxsize=512)(Prepared)
"""A text prepared; the answers that no edit touched are not read again."""


@dataclass(frozen=True, eq=False)
class Answer:
    """One field of the template with what stands in it."""

    field: Field
    value: FieldValue

    @property
    def id(self) -> str:
        return self.field.id

    @cached_property
    def _prepared(self) -> Prepared:
        return prepared(self.value.text)

    @cached_property
    def text(self) -> str:
        """The plain text, to which every span refers."""
        return self._prepared.text

    @cached_property
    def lower(self) -> str:
        """The plain text in lower case, to rule a check out quickly."""
        return self._prepared.lower

    @cached_property
    def terms(self) -> frozenset[str]:
        """Every word in lower case, to rule a check out quickly."""
        return self._prepared.terms

    @property
    def tokens(self) -> tuple[str, ...]:
        """The words in lower case, in order, without what stands between them."""
        return self._prepared.tokens

    @property
    def odd(self) -> str:
        """The words in lower case that are not of letters alone, with a blank between them: numbers above all."""
        return self._prepared.odd

    @property
    def count(self) -> int:
        """How many words it has, parted at blanks."""
        return len(self._prepared.tokens)

    @property
    def opening(self) -> str:
        """Its first words."""
        return " ".join(self.text.split(None, _OPENING)[:_OPENING])

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Where each sentence or line stands, without the blanks around it."""
        return self._prepared.sentences

    def sentences_with(self, cues: Collection[str]) -> list[Span]:
        """The sentences in which one of these pieces of lower-case text stands."""
        lower, ends = self.lower, self._prepared.ends
        if "" in cues:
            return list(self.sentences)
        found: set[int] = set()
        for cue in cues:
            at = lower.find(cue)
            while at >= 0:
                found.add(n := bisect_right(ends, at))
                at = lower.find(cue, ends[n] if n < len(ends) else len(lower))
        return [self.sentences[n] for n in sorted(found) if n < len(ends)]

    def sentences_with_stems(self, stems: tuple[str, ...]) -> list[Span]:
        """The sentences in which a word begins with one of these, in lower case; all of them for an empty one."""
        known = _by_beginning(stems)
        met = self._prepared.beginnings.intersection(known)
        return self.sentences_with([stem for one in ("", *met) for stem in known.get(one, ())])

    def sentence_at(self, at: int) -> Span:
        """The sentence that a character belongs to."""
        return self.sentences[self.sentence_number(at)]

    def sentence_number(self, at: int) -> int:
        """Which sentence a character belongs to, counted from 0."""
        return min(bisect_right(self._prepared.ends, at), len(self.sentences) - 1)

    def at_words(self, pattern: re.Pattern[str], openings: Collection[str]) -> Iterator[re.Match[str]]:
        """The matches of a pattern that begins with one of these lower-case words, in no order."""
        for opening in openings:
            at = self.lower.find(opening)
            while at >= 0:
                if found := pattern.match(self.text, at):
                    yield found
                at = self.lower.find(opening, at + len(opening))

    def around_numbers(
        self, pattern: re.Pattern[str], before: int, digits: str = "0123456789"
    ) -> Iterator[re.Match[str]]:
        """The matches of a pattern in which at most so many characters stand before its first digit."""
        after = 0
        for at in self._prepared.numbers:
            for start in range(max(after, at - before), at + 1) if self.text[at] in digits else ():
                if found := pattern.match(self.text, start):
                    after = found.end()
                    yield found
                    break

    @cached_property
    def blocks(self) -> tuple[tuple[Block, str, int], ...]:
        """Each block with its words and where they begin."""
        parted: list[tuple[Block, str, int]] = []
        at = 0
        for block in self.value.content:
            plain = isinstance(block, Paragraph | Heading)
            text = richtext.plain_inline(block.content) if plain else richtext.plain((block,))
            parted.append((block, text, at))
            at += len(text) + 1
        return tuple(parted)

    @cached_property
    def links(self) -> tuple[tuple[str, str], ...]:
        """Every link as its words and its address."""
        return richtext.links(self.value.content)

    @property
    def has_numbers(self) -> bool:
        """Whether a digit stands anywhere in it."""
        return bool(self._prepared.numbers)

    def at_numbers(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """The matches of a pattern that begins with a digit; none that begins inside another."""
        after = 0
        for start in self._prepared.numbers:
            if start >= after and (found := pattern.match(self.text, start)):
                after = found.end()
                yield found

    def in_quotation(self, at: int) -> bool:
        """Whether a character stands in quoted words, which are left as they are."""
        return self._prepared.in_quotation(at)

    def in_table(self, at: int) -> bool:
        """Whether a character stands in a row of a table."""
        return any(start <= at < end for start, end in self._prepared.tables)

    def near(self, at: int, before: int, after: int = 0) -> str:
        """The words around a place, in lower case."""
        return self.text[max(at - before, 0) : at + after].lower()

    @property
    def is_prose(self) -> bool:
        """Whether it holds sentences of its own, as the body of a study does."""
        return self.field.kind == "text"


@cache
def stems(patterns: tuple[str, ...]) -> tuple[str, ...]:
    """The longest plain beginning of a word in each pattern: a text without any of them need not be searched.

    Empty for a pattern in which none is sure.
    """
    return tuple(_stem(pattern.lower()) for pattern in patterns)


@cache
def _by_beginning(stems: tuple[str, ...]) -> Mapping[str, list[str]]:
    """The stems by their first letters, those under "" that are too short to have them."""
    known: dict[str, list[str]] = {}
    for stem in stems:
        known.setdefault(stem[:_SURE] if len(stem) >= _SURE else "", []).append(stem)
    return known


def _stem(pattern: str) -> str:
    plain = re.sub(r"\\[a-z]|\([^)]*\)\??|\w\?|\[[^]]*\]", " ", pattern)
    sure = (word for word in re.findall(r"[a-z]+", plain) if re.search(rf"(?:^|[\s-]){word}", pattern))
    return max(sure, key=len, default="")


def tokens(text: str) -> tuple[str, ...]:
    """The words of a text in order, without the marks around them."""
    return tuple([word if word.isalpha() else word.strip(_MARKS) for word in text.split()])


def terms(text: str) -> frozenset[str]:
    """Every word of a text, hyphened words both whole and in parts."""
    alone = frozenset(tokens(text))
    return alone.union(*[_PART.findall(word) for word in alone if not word.isalpha()])


def _sentences(text: str) -> Iterator[Span]:
    start = 0
    for stop in _STOP.finditer(text):
        at, end = stop.span()
        if text[at] != "." or not _is_abbreviated(text, at, end):
            yield from _trimmed(text, start, end)
            start = end
    yield from _trimmed(text, start, len(text))


def _is_abbreviated(text: str, at: int, end: int) -> bool:
    """Whether the full stop at `at` shortens a word, or stands between "no." and the number that follows."""
    before = text[max(0, at - 8) : at]
    word = before.rpartition(" ")[2]
    if word.isalpha() and len(word) > 1 and word.lower() not in _SHORT:
        return False
    numbered = _CODE.match(text, end) and _NUMBERED.search(before)
    return end < len(text) and (numbered is not None or _ABBREVIATED.search(before) is not None)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


def removal(text: str, start: int, end: int) -> Span:
    """The characters to take away so that no empty brackets and no double blank stay behind."""
    if text[start - 1 : start] == "(" and text[end : end + 1] == ")":
        start, end = start - 1, end + 1
    if text[start - 1 : start] == " ":
        start -= 1
    return start, end
