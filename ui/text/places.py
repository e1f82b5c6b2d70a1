"""Where the characters of a field's plain text stand in the Qt document that shows it, and back."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile
from math import inf

from ui.text.content import PICTURE
from ui.text.lines import Line, Lines
from workbench.richtext import RichText, line_starts


@dataclass(frozen=True, slots=True)
class _Line:
    """A block with words in it: where it begins in the plain text and in the document, and what it says."""

    start: int
    position: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text.replace(PICTURE, ""))


class Places:
    """The places of a document as it is now; made anew when it has changed. `held` is what it holds, if known.

    Places after the character `last` of the plain text are not looked for.
    """

    def __init__(self, lines: Lines, held: RichText | None = None, last: float = inf) -> None:
        every = _lines(lines.all(), lines.content() if held is None else held)
        self._lines = list(takewhile(lambda line: line.start <= last, every))
        self._starts = [line.start for line in self._lines]
        self._positions = [line.position for line in self._lines]

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """The positions of the characters `start` to `end` of the plain text; None where there are none."""
        first = self._line(bisect_right(self._starts, start) - 1, start)
        last = first if start == end else self._line(bisect_left(self._starts, end) - 1, end)
        if first is None or last is None:
            return None
        return _position(first, start), _position(last, end)

    def character(self, position: int) -> int:
        """Which character of the plain text stands at `position`, or next before it."""
        at = bisect_right(self._positions, position) - 1
        if at < 0:
            return 0
        line = self._lines[at]
        return min(line.start + _characters(line.text, position - line.position), line.end)

    def _line(self, at: int, character: int) -> _Line | None:
        if 0 <= at < len(self._lines) and character <= self._lines[at].end:
            return self._lines[at]
        return None


def _lines(lines: Iterable[Line], held: RichText) -> Iterator[_Line]:
    starts = (start for start, words in line_starts(held) if words)
    for paragraph in _paragraphs(lines):
        if not any(line.text.strip() for _, line in paragraph):
            continue
        at = next(starts)
        for position, line in paragraph:
            made = _Line(at, position, line.text)
            yield made
            at = made.end


def _paragraphs(lines: Iterable[Line]) -> Iterator[list[tuple[int, Line]]]:
    """Every line with its position, and with those that continue it."""
    held: list[tuple[int, Line]] = []
    position = 0
    for line in lines:
        if held and not line.continues(held[-1][1]):
            yield held
            held = []
        held.append((position, line))
        position += length(line.text) + 1
    yield held


def _position(line: _Line, character: int) -> int:
    return line.position + units(line.text, character - line.start)


def units(text: str, character: int) -> int:
    """How far into `text` its character number `character` stands in Qt's units, its pictures not counted."""
    if PICTURE not in text:
        return length(text[:character])
    at = seen = 0
    for letter in text:
        if seen == character and letter != PICTURE:
            return at
        seen += letter != PICTURE
        at += 2 if letter > "\uffff" else 1
    return at


def length(text: str) -> int:
    """How many of Qt's units a text takes."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _characters(text: str, wanted: int) -> int:
    """How many characters of the plain text stand before unit `wanted` of `text`."""
    at = seen = 0
    for letter in text:
        if at >= wanted:
            return seen
        seen += letter != PICTURE
        at += 2 if letter > "\uffff" else 1
    return seen
