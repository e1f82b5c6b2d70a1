"""Counting the words of a document while it is typed in: only the paragraphs that changed are counted again."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QTextDocument

from ui.content import PICTURE

_UNKNOWN = -1

PAUSE = 100
"""Milliseconds between two tellings."""


class WordCount(QObject):
    """How many words a reader would count in `document`. `changed(n)` when that is another number."""

    changed = Signal(int)

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._document = document
        self._told = 0
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self._tell)
        document.contentsChange.connect(self._forget)

    def count(self) -> int:
        """The number of words now."""
        total = 0
        block = self._document.begin()
        while block.isValid():
            if block.userState() == _UNKNOWN:
                block.setUserState(len(block.text().replace(PICTURE, "").split()))
            total += block.userState()
            block = block.next()
        return total

    def _forget(self, position: int, _removed: int, added: int) -> None:
        block = self._document.findBlock(position)
        while block.isValid() and block.position() <= position + added:
            block.setUserState(_UNKNOWN)
            block = block.next()
        if not self._timer.isActive():
            self._timer.start()

    def _tell(self) -> None:
        now = self.count()
        if now != self._told:
            self._told = now
            self.changed.emit(now)
