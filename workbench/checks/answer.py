"""An answer as the checks read it: plain text, sentences and quotations, worked out once for all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from workbench import richtext
from workbench.submission import FieldValue
from workbench.template import Field

Span = tuple[int, int]

_STOP = re.compile(r"[.!?]+|\n+")
_CLOSING = "\"'”’)]"
_OPENS = re.compile(r"[\"“‘'(\[]?[A-Z0-9£]")
_ABBREVIATED = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|Mr|Mrs|Ms|Dr|St|No|approx|incl|vs|cf|Prof|Rev|Cllr|Coun|Hon|[Rr]ef|\w\.\w)|\b[A-Z])$"
)
_NUMBERED = re.compile(r"\b(?:nos?|nr|pp?|tel|fig)$", re.IGNORECASE)
_QUOTED = re.compile(r"“[^”\n]{2,400}”|\"[^\"\n]{2,400}\"|‘[^’\n]{2,200}’(?!\w)")
_NUMBER = re.compile(r"\d+")
_TERM = re.compile(r"\w+(?:['’-]\w+)*")


@dataclass(frozen=True, eq=False)
class Answer:
    """One field of the template with what stands in it."""

    field: Field
    value: FieldValue

    @property
    def id(self) -> str:
        return self.field.id

    @cached_property
    def text(self) -> str:
        """The plain text, to which every span refers."""
        return self.value.text

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Where each sentence or line stands, without the blanks around it."""
        return _split(self.text)

    @cached_property
    def lower(self) -> str:
        """The plain text in lower case, to rule a check out quickly."""
        return self.text.lower()

    @cached_property
    def terms(self) -> frozenset[str]:
        """Every word in lower case, to rule a check out quickly."""
        return terms(self.lower)

    @cached_property
    def links(self) -> tuple[tuple[str, str], ...]:
        """Every link as its words and its address."""
        return richtext.links(self.value.content)

    @cached_property
    def numbers(self) -> tuple[int, ...]:
        """Where each run of digits begins."""
        return tuple(found.start() for found in _NUMBER.finditer(self.text))

    def at_numbers(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """The matches of a pattern that begins with a digit; none that begins inside another."""
        after = 0
        for start in self.numbers:
            if start >= after and (found := pattern.match(self.text, start)):
                after = found.end()
                yield found

    @cached_property
    def quotations(self) -> tuple[Span, ...]:
        """Where words are quoted."""
        if not any(mark in self.text for mark in '“"‘'):
            return ()
        return tuple(found.span() for found in _QUOTED.finditer(self.text))

    @cached_property
    def tables(self) -> tuple[Span, ...]:
        """Where rows of tables stand."""
        if "\t" not in self.text:
            return ()
        return tuple(found.span() for found in re.finditer(r"^.*\t.*$", self.text, re.MULTILINE))

    def in_quotation(self, at: int) -> bool:
        """Whether a character stands in quoted words, which are left as they are."""
        return any(start <= at < end for start, end in self.quotations)

    def in_table(self, at: int) -> bool:
        """Whether a character stands in a row of a table."""
        return any(start <= at < end for start, end in self.tables)

    def near(self, at: int, before: int, after: int = 0) -> str:
        """The words around a place, in lower case."""
        return self.text[max(at - before, 0) : at + after].lower()

    @property
    def is_prose(self) -> bool:
        """Whether it holds sentences of its own, as the body of a study does."""
        return self.field.kind == "text"


@cache
def stems(patterns: tuple[str, ...]) -> tuple[str, ...]:
    """The longest plain word in each pattern: a text without any of them need not be searched."""
    plain = (re.sub(r"\\[a-z]|\([^)]*\)\??|\w\?|\[[^]]*\]", " ", pattern.lower()) for pattern in patterns)
    return tuple(max(re.findall(r"[a-z]+", pattern) or [""], key=len) for pattern in plain)


@lru_cache(maxsize=256)
def terms(text: str) -> frozenset[str]:
    """Every word of a text, hyphened words both whole and in parts."""
    whole = _TERM.findall(text)
    return frozenset(whole).union(*(re.split(r"['’-]", word) for word in whole if not word.isalpha()))


@lru_cache(maxsize=256)
def _split(text: str) -> tuple[Span, ...]:
    return tuple(_sentences(text))


def _sentences(text: str) -> Iterator[Span]:
    start = 0
    for stop in _STOP.finditer(text):
        end = stop.end()
        while end < len(text) and text[end] in _CLOSING and stop[0] != "\n":
            end += 1
        if _ends(text, stop.start(), end):
            yield from _trimmed(text, start, end)
            start = end
    yield from _trimmed(text, start, len(text))


def _ends(text: str, at: int, end: int) -> bool:
    """Whether the mark at `at` ends a sentence: a capital follows, beside it even, and it shortens no word."""
    if text[at] == "\n" or end >= len(text):
        return True
    if text[end].isspace():
        rest = text[end : end + 4].lstrip()
        before = text[max(0, at - 8) : at]
        numbered = rest[:1].isdigit() and _NUMBERED.search(before)
        return (not rest or _OPENS.match(rest) is not None) and not (numbered or _ABBREVIATED.search(before))
    return text[end].isupper() and text[at - 1 : at].islower()


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    if words := piece.strip():
        yield start + left, start + left + len(words)


def removal(text: str, start: int, end: int) -> Span:
    """The characters to take away so that no empty brackets and no double blank stay behind."""
    if text[start - 1 : start] == "(" and text[end : end + 1] == ")":
        start, end = start - 1, end + 1
    if text[start - 1 : start] == " ":
        start -= 1
    return start, end
