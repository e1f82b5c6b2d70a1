"""Where the characters of a field's plain text stand in the Qt document that shows it, and back."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtGui import QTextBlock, QTextDocument

from ui import content
from ui.content import PICTURE
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
    """The places of a document as it is now; made anew when it has changed. `held` is what it holds, if known."""

    def __init__(self, document: QTextDocument, held: RichText | None = None) -> None:
        self._lines = list(_lines(document, content.read(document) if held is None else held))
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


def _lines(document: QTextDocument, held: RichText) -> Iterator[_Line]:
    starts = (start for start, words in line_starts(held) if words)
    for blocks in _paragraphs(document):
        texts = [block.text() for block in blocks]
        if not any(map(str.strip, texts)):
            continue
        at = next(starts)
        for block, text in zip(blocks, texts, strict=True):
            made = _Line(at, block.position(), text)
            yield made
            at = made.end


def _paragraphs(document: QTextDocument) -> Iterator[list[QTextBlock]]:
    """Every block, with those that continue it."""
    held: list[QTextBlock] = []
    block = document.begin()
    while block.isValid():
        if held and content.continues(held[-1], block):
            held.append(block)
        else:
            if held:
                yield held
            held = [block]
        block = block.next()
    yield held


def _position(line: _Line, character: int) -> int:
    return line.position + units(line.text, character - line.start)


def units(text: str, character: int) -> int:
    """How far into `text` its character number `character` stands in Qt's units, its pictures not counted."""
    at = seen = 0
    for letter in text:
        if seen == character and letter != PICTURE:
            return at
        seen += letter != PICTURE
        at += 2 if letter > "\uffff" else 1
    return at


def _characters(text: str, wanted: int) -> int:
    """How many characters of the plain text stand before unit `wanted` of `text`."""
    at = seen = 0
    for letter in text:
        if at >= wanted:
            return seen
        seen += letter != PICTURE
        at += 2 if letter > "\uffff" else 1
    return seen
