"""Misspelt words under a line of dots while a field is written in, and what they may have been meant to be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextCursor, QTextDocument, QTextLayout

from ui import theme
from ui.gradual import Gradual
from ui.text.content import LINE_BREAK, PICTURE, choose
from ui.text.places import units

Spans = tuple[tuple[int, int], ...]
"""Where misspelt words stand in a line."""

PAUSE = 400
"""Milliseconds of rest before a line that is being typed is looked at."""

AT_ONCE = 20_000
"""Characters that are asked about at once, so that a saving need not wait long behind them."""

_WORD = re.compile(r"\w+(?:['’]\w+)*")


class Speller(QObject):
    """From `begin` to `end`, marks the misspelt words of each line, once it knows them; until then those it has met.

    `wanted(lines)` asks which words of these lines are misspelt; `learn` takes the answer, however late it comes: an
    answer is about a line as it read, and is never put on any other. Of a long text a slice is marked at a time.
    """

    wanted = Signal(object)

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._document = document
        self._marking = False
        self._known: dict[str, Spans] = {}
        self._misspelt: set[str] = set()
        self._asked: dict[str, None] = {}
        self._gradual = Gradual(self)
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self._ask)
        document.contentsChange.connect(self._follow)

    def begin(self) -> None:
        """The words are being written from now on."""
        self._marking = True
        self._go_through()

    def end(self) -> None:
        """Marks nothing any more."""
        self._marking = False
        self._timer.stop()
        self._asked.clear()
        self._go_through()

    def learn(self, answers: Mapping[str, Spans]) -> None:
        """Which words are misspelt in lines that were asked about."""
        self._known.update(answers)
        self._misspelt.update(line[a:b] for line, spans in answers.items() for a, b in spans)
        self._go_through()

    def forget(self) -> None:
        """A word was learned: everything is looked at anew."""
        self._known.clear()
        self._misspelt.clear()
        self._go_through()

    def word_at(self, position: int) -> QTextCursor | None:
        """The misspelt word at a place of the document, chosen; None where none is."""
        block = self._document.findBlock(position)
        for start, end in self._spans(block.text()) if self._marking else ():
            if block.position() + start <= position <= block.position() + end:
                return choose(self._document, block.position() + start, block.position() + end)
        return None

    def _follow(self, position: int, _removed: int, added: int) -> None:
        if not self._marking:
            return
        block = self._document.findBlock(position)
        while block.isValid() and block.position() <= position + added:
            self._mark(block)
            block = block.next()

    def _go_through(self) -> None:
        self._gradual.start(self._all_marked(), lambda: None)

    def _all_marked(self) -> Iterator[None]:
        """Marks one line after another; what no line says any more need not be known."""
        met: dict[str, Spans] = {}
        at = 0
        while at < self._document.blockCount():
            line = self._mark(self._document.findBlockByNumber(at))
            if line in self._known:
                met[line] = self._known[line]
            at += 1
            yield
        self._known = met

    def _mark(self, block: QTextBlock) -> str:
        """Marks what is known of a line, and asks about it where nothing is. Returns what it says."""
        text = block.text()
        line = _line(text)
        if self._marking and line.strip() and line not in self._known:
            self._asked[line] = None
            self._timer.start()
        marks = [_mark(start, end - start) for start, end in self._spans(text)] if self._marking else []
        layout = block.layout()
        if marks != layout.formats() and not layout.preeditAreaText():
            layout.setFormats(marks)
            self._document.markContentsDirty(block.position(), block.length())
        return line

    def _spans(self, text: str) -> Iterable[tuple[int, int]]:
        """Where misspelt words stand in a line, in Qt's units."""
        line = _line(text)
        spans = self._known.get(line)
        if spans is None:
            spans = tuple(m.span() for m in _WORD.finditer(line) if m.group() in self._misspelt)
        return [(units(line, start), units(line, end)) for start, end in spans]

    def _ask(self) -> None:
        lines, room = list[str](), AT_ONCE
        while self._asked and room > 0:
            lines.append(line := next(iter(self._asked)))
            del self._asked[line]
            room -= len(line)
        if lines:
            self.wanted.emit(tuple(lines))


def _line(text: str) -> str:
    """A line as the dictionary is asked about it, character for character."""
    return text.replace(PICTURE, " ").replace(LINE_BREAK, "\n")


def _mark(start: int, length: int) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start, made.length = start, length
    form = QTextCharFormat()
    form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
    form.setUnderlineColor(theme.colour("blocker"))
    made.format = form
    return made
