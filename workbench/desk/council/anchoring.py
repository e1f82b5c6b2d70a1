"""Where in the council's own file the words stand that an editor asks about. Pure.

An answer on the desk is what was sent, or what an editor has made of it since; its words are found again in the file
by laying both beside each other, word by word.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from workbench.intake.headings import lexicon, normalise
from workbench.submission import FieldValue
from workbench.template import Template
from workbench.word.document import Block, Paragraph, WordDocument, paragraphs
from workbench.word.returning import Place

_WORD = re.compile(r"\w+|[^\w\s]")
ENOUGH = 0.5
"""The share of an answer's words that its own paragraphs must hold; where they hold fewer, the whole file is looked
through, as for a later file or what an editor has moved."""

LONGEST = 40_000
"""Words of a file beyond which nobody looks through all of it for one answer."""


class _Word(NamedTuple):
    """A word, or a sign between words, and where it stands."""

    text: str
    start: int
    end: int
    ref: str = ""


@dataclass(frozen=True)
class Ground:
    """A file that was sent, and the template by which its headings are known."""

    document: WordDocument
    template: Template | None

    @cached_property
    def said(self) -> Mapping[str, str]:
        """The words of each paragraph by its ref, in reading order."""
        return {each.ref: each.text for each in self._paragraphs if each.text.strip()}

    def places(self, field: str, value: FieldValue, span: tuple[int, int] | None) -> tuple[Place, ...]:
        """Where the words of an answer stand, in reading order: those of a span, else all.

        Without an answer, or where none of its words is there, it is the heading or the prompt of the field; nothing
        where there is neither.
        """
        words = _words(value.text)
        wanted = _within(words, span) if span else words
        return _found(words, wanted, self._source(value, words)) or self._heading(field, value)

    @cached_property
    def _paragraphs(self) -> tuple[Paragraph, ...]:
        return tuple(paragraphs(self.document.blocks))

    def _source(self, value: FieldValue, words: Sequence[_Word]) -> list[_Word]:
        """The words of the paragraphs that the answer was made of; of all, where those say something else."""
        refs = frozenset(_spread(self.document.blocks, frozenset(value.sources)))
        own = [word for ref in self.said if ref in refs for word in _words(self.said[ref], ref)]
        there = {word.text for word in own}
        if words and sum(word.text in there for word in words) >= ENOUGH * len(words):
            return own
        whole = [word for ref, text in self.said.items() for word in _words(text, ref)]
        return whole if len(whole) <= LONGEST else own

    def _heading(self, field: str, value: FieldValue) -> tuple[Place, ...]:
        """The heading that stood above the answer, one that means the field, or the control that is to hold it."""
        above = normalise(value.heading) if value.heading else None
        worded = [each for each in self._paragraphs if each.text.strip()]
        found = (
            next((each for each in worded if normalise(each.text) == above), None)
            or next((each for each in worded if self._means(each.text, field)), None)
            or next((each for each in worded if any(c.tag == field for c in each.controls)), None)
        )
        return (Place(found.ref),) if found else ()

    def _means(self, text: str, field: str) -> bool:
        match = lexicon(self.template).find(text.strip()) if self.template else None
        return match is not None and match.fields == (field,)


def _spread(blocks: Iterable[Block], refs: frozenset[str]) -> Iterator[str]:
    """The paragraphs that refs name, those in the tables among them too."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from (block.ref,) if block.ref in refs else ()
            continue
        cells = [cell.blocks for row in block.rows for cell in row.cells]
        if block.ref in refs:
            yield from (each.ref for cell in cells for each in paragraphs(cell))
        else:
            yield from (ref for cell in cells for ref in _spread(cell, refs))


def _words(text: str, ref: str = "") -> list[_Word]:
    return [_Word(found[0], found.start(), found.end(), ref) for found in _WORD.finditer(text)]


def _within(words: Sequence[_Word], span: tuple[int, int]) -> Sequence[_Word]:
    """The words that a span touches; those around it, where it touches none."""
    touched = [word for word in words if word.end > span[0] and word.start < span[1]]
    if touched or not words:
        return touched
    after = bisect_right([word.start for word in words], span[0])
    return words[max(after - 1, 0) : after + 1]


def _found(words: Sequence[_Word], wanted: Sequence[_Word], source: Sequence[_Word]) -> tuple[Place, ...]:
    """Where the wanted ones of the words stand in the source; where they are not there any more, the word before or
    behind them that is. Nothing where the source says something else: a stray word is no place."""
    where = _aligned(words, source)
    if not wanted or len(where) < ENOUGH * len(words):
        return ()
    hits = [where[word.start] for word in wanted if word.start in where]
    if not hits:
        before = [at for start, at in where.items() if start < wanted[0].start]
        hits = before[-1:] or [next(iter(where.values()))]
    return tuple(_joined([source[at] for at in hits]))


def _aligned(words: Sequence[_Word], source: Sequence[_Word]) -> Mapping[int, int]:
    """For the start of each word that is in the source too, its number there, in one order."""
    from rapidfuzz.distance import LCSseq

    here, there = [word.text for word in words], [word.text for word in source]
    return {
        words[step.src_start + at].start: step.dest_start + at
        for step in LCSseq.opcodes(here, there)
        if step.tag == "equal"
        for at in range(step.src_end - step.src_start)
    }


def _joined(found: Iterable[_Word]) -> Iterator[Place]:
    """Words as places: one for each paragraph, from its first word to its last."""
    for ref, group in groupby(found, key=lambda word: word.ref):
        same = list(group)
        yield Place(ref, same[0].start, same[-1].end)
