"""From which runs of the document's XML the text of each paragraph came, found by reading it as the reader does."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from workbench.word import runs
from workbench.word.grammar import GRAMMAR
from workbench.word.line import Line, RunLook, Where
from workbench.word.package import Package
from workbench.word.reader import read_package
from workbench.word.story import Grammar, Story
from workbench.word.xml import Element, W

_RUN, _RPR, _PPR, _FLDCHAR = W + "r", W + "rPr", W + "pPr", W + "fldChar"


@dataclass(eq=False, slots=True)
class Field:
    """A complex field: the runs with which it begins and ends, once they are known."""

    begin: Element
    end: Element | None = None
    code: str = ""


class Piece(NamedTuple):
    """What one child of a run gave to its paragraph's text: the characters `start` to `end` of it."""

    start: int
    end: int
    run: Element
    child: Element
    field: Field | None


@dataclass
class Trail:
    """The pieces of each paragraph of the body by its ref, and the element that the paragraph is."""

    pieces: Mapping[str, list[Piece]]
    paragraphs: Mapping[str, Element]
    root: Element
    _numbers: list[int] = field(default_factory=list[int])
    _refs: list[str] = field(default_factory=list[str])

    def __post_init__(self) -> None:
        self._refs = sorted({*self.pieces, *self.paragraphs}, key=reading_order)
        self._numbers = [reading_order(ref) for ref in self._refs]

    @property
    def refs(self) -> tuple[str, ...]:
        """The paragraphs that are known, in reading order."""
        return tuple(self._refs)

    @cached_property
    def order(self) -> list[Element]:
        """Every paragraph of the part, those in tables, controls and text boxes too."""
        return list(self.root.iter(W + "p"))

    def near(self, ref: str) -> str:
        """`ref` where it is known, else the known one before it, else the first; "" where none is known."""
        if ref in self.pieces or not self._refs:
            return ref if self._refs else ""
        return self._refs[max(bisect_right(self._numbers, reading_order(ref)) - 1, 0)]


def follow(package: Package) -> Trail:
    """The trail of a document's body. Raises `Refused` as `reader.read_package` does."""
    recorder = _Recorder(package.main)
    inline = {**GRAMMAR.inline, _RUN: recorder.run, _PPR: recorder.properties}
    grammar = Grammar(GRAMMAR.blocks, inline, frozenset({*GRAMMAR.special, _RUN, _PPR}))
    read_package(package, pictures=False, grammar=grammar)
    return recorder.trail(package)


class _Recorder:
    """Keeps, beside the reader's own work, which run wrote what."""

    def __init__(self, part: str) -> None:
        self._part = part
        self._met: list[tuple[Line, Piece]] = []
        self._marks: list[tuple[Line, Element]] = []
        self._open: list[Field] = []

    def trail(self, package: Package) -> Trail:
        pieces: dict[str, list[Piece]] = {}
        for line, piece in self._met:
            pieces.setdefault(line.ref, []).append(piece)
        found: dict[str, Element] = {}
        for line, properties in self._marks:
            if (paragraph := properties.getparent()) is not None:
                found.setdefault(line.ref, paragraph)
        met = next(iter((*found.values(), *(piece.run for _, piece in self._met[:1]))), None)
        return Trail(pieces, found, package.tree(package.main) if met is None else _root(met))

    def properties(self, story: Story, element: Element, line: Line, where: Where, look: RunLook) -> None:
        """A paragraph's properties, by which one without runs is known."""
        if self._is_body(story):
            self._marks.append((line, element))

    def run(self, story: Story, element: Element, line: Line, where: Where, look: RunLook) -> None:
        """A run, read as ever, child by child."""
        if not self._is_body(story):
            runs.run(story, element, line, where, look)
            return
        for child in element:
            if child.tag == _RPR:
                look = story.run_look(child)
                continue
            self._mark_field(element, child)
            before = line.written
            story.inline((child,), line, where, look)
            outer = self._open[0] if self._open else None
            self._met.append((line, Piece(before, line.written, element, child, outer)))

    def _is_body(self, story: Story) -> bool:
        return story.anchor is None and story.part == self._part

    def _mark_field(self, run: Element, child: Element) -> None:
        if child.tag == W + "instrText" and self._open:
            self._open[-1].code += child.text or ""
        if child.tag != _FLDCHAR:
            return
        kind = child.get(W + "fldCharType")
        if kind == "begin":
            self._open.append(Field(run))
        elif kind == "end" and self._open:
            self._open.pop().end = run


def _root(element: Element) -> Element:
    while (parent := element.getparent()) is not None:
        element = parent
    return element


def reading_order(ref: str) -> int:
    """A number by which refs sort as their paragraphs are read."""
    digits = ref.partition(".")[0].removeprefix("p")
    return int(digits) if digits.isdigit() else 0
