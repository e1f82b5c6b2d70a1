"""Lists whose rows are a title with a pill beside it and lines below; Enter does what a row is for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QListWidget, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.theme import colour, sans
from ui.views.parts import Tone, paint_pill, pill_width
from ui.views.queue.queue import title_font

Index = QModelIndex | QPersistentModelIndex

SHOWN = Qt.ItemDataRole.UserRole
"""What a row stands for."""

_TITLE, _LINE, _MARGIN = 20, 19, 9


@dataclass(frozen=True, slots=True)
class Words:
    """What a row says: its title, the lines below, and in a word, with its tone, how it stands."""

    title: str
    lines: tuple[str, ...]
    sign: str = ""
    tone: Tone = "quiet"


class RowList(QListWidget):
    """Rows of so many lines below the title, each saying what `words` makes of what it stands for.

    `entered` at Enter or a double click.
    """

    entered = Signal()

    def __init__(self, name: str, lines: int, words: Callable[[Any], Words]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._delegate = _Delegate(_TITLE + 2 + _LINE * lines + 2 * _MARGIN, words)
        self.setItemDelegate(self._delegate)
        self.itemDoubleClicked.connect(lambda _: self.entered.emit())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter does what the row is for."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, text: str) -> None:
        """Letters are commands here, not a search."""


class _Delegate(QStyledItemDelegate):
    def __init__(self, height: int, words: Callable[[Any], Words]) -> None:
        super().__init__()
        self._height = height
        self._words = words

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All are as high as one another."""
        return QSize(200, self._height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The row: where one is, where the keyboard is, and its words."""
        painter.save()
        rect: QRect = option.rect  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, colour("accent_soft"))
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), colour("accent"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), colour("line"))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(colour("accent"), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -2))
        _paint_words(painter, rect.adjusted(18, _MARGIN, -14, -_MARGIN), self._words(index.data(SHOWN)))
        painter.restore()


def _paint_words(painter: QPainter, room: QRect, words: Words) -> None:
    wide = pill_width(words.sign) if words.sign else 0
    elide, middle = Qt.TextElideMode.ElideRight, Qt.AlignmentFlag.AlignVCenter
    line = QRect(room.left(), room.top(), room.width(), _TITLE)
    painter.setPen(colour("ink"))
    painter.setFont(title_font())
    title = QFontMetrics(title_font()).elidedText(words.title, elide, room.width() - wide - 8)
    painter.drawText(line, middle, title)
    painter.setPen(colour("ink2"))
    painter.setFont(sans(12))
    for at, told in enumerate(words.lines, 1):
        shown = QFontMetrics(sans(12)).elidedText(told, elide, room.width())
        painter.drawText(line.translated(0, 2 + _LINE * at), middle, shown)
    if words.sign:
        pill = QRectF(room.right() - wide + 1, room.top(), wide, _TITLE)
        paint_pill(painter, pill, words.sign, words.tone)
