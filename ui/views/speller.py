"""Misspelt words under a line of dots while a field is written in, and what they may have been meant to be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QSyntaxHighlighter, QTextCharFormat, QTextCursor, QTextDocument

from ui import theme
from ui.content import LINE_BREAK, PICTURE
from ui.places import units

Spans = tuple[tuple[int, int], ...]
"""Where misspelt words stand in a line."""

PAUSE = 400
"""Milliseconds of rest before a line that is being typed is looked at."""

REMEMBERED = 2_000
"""Lines whose misspelt words are kept in mind."""

_WORD = re.compile(r"\w+(?:['’]\w+)*")


class Speller(QSyntaxHighlighter):
    """Marks the misspelt words of each line, once it knows them; until then those it has met before.

    `wanted(lines)` asks which words of these lines are misspelt; `learn` takes the answer, however late it comes: an
    answer is about a line as it read, and is never put on any other.
    """

    wanted = Signal(object)

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._known: dict[str, Spans] = {}
        self._misspelt: set[str] = set()
        self._asked: dict[str, None] = {}
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self._ask)

    def learn(self, answers: Mapping[str, Spans]) -> None:
        """Which words are misspelt in lines that were asked about."""
        if len(self._known) > REMEMBERED:
            self._known.clear()
        self._known.update(answers)
        self._misspelt.update(line[a:b] for line, spans in answers.items() for a, b in spans)
        block = self.document().begin()
        while block.isValid():
            if _line(block.text()) in answers:
                self.rehighlightBlock(block)
            block = block.next()

    def forget(self) -> None:
        """A word was learned: everything is looked at anew."""
        self._known.clear()
        self._misspelt.clear()
        self.rehighlight()

    def word_at(self, position: int) -> QTextCursor | None:
        """The misspelt word at a place of the document, chosen; None where none is."""
        block = self.document().findBlock(position)
        for start, end in self._spans(block.text()):
            if block.position() + start <= position <= block.position() + end:
                cursor = QTextCursor(block)
                cursor.setPosition(block.position() + start)
                cursor.setPosition(block.position() + end, QTextCursor.MoveMode.KeepAnchor)
                return cursor
        return None

    def highlightBlock(self, text: str) -> None:
        """Marks what is known of a line, and asks about it where nothing is."""
        line = _line(text)
        if line.strip() and line not in self._known:
            self._asked[line] = None
            self._timer.start()
        for start, end in self._spans(text):
            self.setFormat(start, end - start, _mark())

    def _spans(self, text: str) -> Iterable[tuple[int, int]]:
        """Where misspelt words stand in a line, in Qt's units."""
        line = _line(text)
        spans = self._known.get(line)
        if spans is None:
            spans = tuple(m.span() for m in _WORD.finditer(line) if m.group() in self._misspelt)
        return [(units(line, start), units(line, end)) for start, end in spans]

    def _ask(self) -> None:
        lines, self._asked = tuple(self._asked), {}
        if lines:
            self.wanted.emit(lines)


def _line(text: str) -> str:
    """A line as the dictionary is asked about it, character for character."""
    return text.replace(PICTURE, " ").replace(LINE_BREAK, "\n")


def _mark() -> QTextCharFormat:
    made = QTextCharFormat()
    made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
    made.setUnderlineColor(theme.colour("blocker"))
    return made
