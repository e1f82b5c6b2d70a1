"""The office's own words: seen, added, removed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QVBoxLayout, QWidget

from ui.phrases import say
from ui.views.parts import button, label
from ui.views.settings.settings import holds


class HouseWords(QWidget):
    """The words in the order of the alphabet. `add(word)` and `remove(word)` when the editor wants it."""

    help_page = "settings#house-words"

    add = Signal(str)
    remove = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.line = QLineEdit()
        self.line.setPlaceholderText(say("words-add"))
        self.line.setAccessibleName(say("words-add"))
        self.line.returnPressed.connect(self._add)
        self.list = _Words()
        self.list.setObjectName("boxed")
        self.list.setAccessibleName(say("words-list"))
        self.list.deleted.connect(self._remove)
        self.list.currentTextChanged.connect(self._allow)
        self._empty = label(say("words-empty"), "emptyText", wrap=True)
        self.away = button(say("words-remove"), self._remove, key="Del")
        self._lay_out()
        self.show_words(())

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.line, 1)
        top.addWidget(button(say("words-add-button"), self._add))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addLayout(top)
        box.addWidget(self._empty)
        box.addWidget(self.list)
        box.addWidget(self.away, 0, Qt.AlignmentFlag.AlignLeft)
        box.addStretch(1)
        self.setMaximumWidth(560)

    def show_words(self, words: Sequence[str]) -> None:
        """Shows the words; the place in the list is kept."""
        at = self.list.currentRow()
        self.list.clear()
        self.list.addItems(list(words))
        self.list.setCurrentRow(min(max(at, 0), self.list.count() - 1))
        for each in (self.list, self.away):
            each.setVisible(bool(words))
        self._empty.setVisible(not words)

    def narrow(self, typed: str) -> int:
        """Shows the words that are written so, and says how many there are."""
        items = [self.list.item(at) for at in range(self.list.count())]
        for item in items:
            item.setHidden(not holds(typed, item.text()))
        return sum(not item.isHidden() for item in items)

    def _add(self) -> None:
        if word := self.line.text().strip():
            self.line.clear()
            self.add.emit(word)

    def _remove(self) -> None:
        if item := self.list.currentItem():
            self.remove.emit(item.text())

    def _allow(self, word: str) -> None:
        self.away.setEnabled(bool(word))
        self.away.setAccessibleName(say("words-remove-of", word=word))


class _Words(QListWidget):
    """Delete takes a word out."""

    deleted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.deleted.emit()
            return
        super().keyPressEvent(event)
