"""Bars below one another, each with its name and number: painted quietly, told in words, gone through by keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.theme import colour, sans

Index = QModelIndex | QPersistentModelIndex

ROW = 28
BAR = Qt.ItemDataRole.UserRole
PATTERNS = (
    Qt.BrushStyle.SolidPattern,
    Qt.BrushStyle.BDiagPattern,
    Qt.BrushStyle.Dense5Pattern,
    Qt.BrushStyle.CrossPattern,
    Qt.BrushStyle.VerPattern,
)
"""By what the parts of a bar are told apart, beside their order: never by colour."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: its name, its number as it is written, how long its parts are, and all of it in words for the ear.

    `value` is what it stands for.
    """

    name: str
    number: str
    parts: tuple[float, ...]
    spoken: str
    value: Any = field(default=None, compare=False)


class Bars(QListWidget):
    """`moved(value)` when another bar is current; `opened(value)` at Enter or a press."""

    moved = Signal(object)
    opened = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName("boxed")
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self._delegate = _Delegate(self)
        self.setItemDelegate(self._delegate)
        self.longest = 1.0
        self.currentItemChanged.connect(
            lambda item, _: self.moved.emit(item.data(BAR).value if item else None)
        )
        self.itemClicked.connect(lambda item: self.opened.emit(item.data(BAR).value))

    def show_bars(self, bars: Sequence[Bar], longest: float = 0) -> None:
        """Shows these, all of them at once, drawn to one measure: `longest`, or else the longest of them."""
        before = self.currentRow()
        self.longest = max(longest, max((sum(bar.parts) for bar in bars), default=0)) or 1
        self.blockSignals(True)
        self.clear()
        for bar in bars:
            item = QListWidgetItem(bar.name)
            item.setData(BAR, bar)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, bar.spoken)
            item.setToolTip(bar.spoken)
            self.addItem(item)
        self.setCurrentRow(min(max(before, 0), len(bars) - 1))
        self.blockSignals(False)
        self.setFixedHeight(len(bars) * ROW + 8)
        self.setVisible(bool(bars))

    @property
    def current(self) -> Any:
        """What the current bar stands for."""
        item = self.currentItem()
        return item.data(BAR).value if item is not None else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens what the bar stands for."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentItem() is not None:
            self.opened.emit(self.current)
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, text: str) -> None:
        """Letters are commands here, not a search."""


class _Delegate(QStyledItemDelegate):
    """Paints a bar between its name at the left and its number at the right."""

    def __init__(self, bars: Bars) -> None:
        super().__init__(bars)
        self._bars = bars

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All are as high as one another."""
        return QSize(200, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The bar."""
        painter.save()
        rect: QRect = option.rect  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        bar: Bar = index.data(BAR)
        if state & QStyle.StateFlag.State_Selected and self._bars.hasFocus():
            painter.setPen(QPen(colour("accent"), 1))
            painter.setBrush(colour("accent_soft"))
            painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), 5, 5)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, colour("raised"))
        names = min(300, rect.width() * 2 // 5)
        _paint_name(painter, rect.adjusted(10, 0, names - rect.width(), 0), bar.name)
        _paint_parts(painter, rect.adjusted(names + 12, 6, -104, -6), bar.parts, self._bars.longest)
        painter.setPen(colour("ink2"))
        painter.setFont(sans(12))
        right = rect.adjusted(rect.width() - 100, 0, -10, 0)
        painter.drawText(right, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, bar.number)
        painter.restore()


def _paint_name(painter: QPainter, room: QRect, name: str) -> None:
    painter.setPen(colour("ink"))
    painter.setFont(sans(12))
    shown = QFontMetrics(painter.font()).elidedText(name, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)


def _paint_parts(painter: QPainter, room: QRect, parts: Sequence[float], longest: float) -> None:
    left = float(room.left())
    for part, pattern in zip(parts, PATTERNS, strict=False):
        wide = room.width() * part / longest
        if wide > 0:
            paint_part(painter, QRectF(left, room.top(), wide, room.height()), pattern)
            left += wide
    painter.fillRect(QRectF(room.left(), room.top() - 2, 1, room.height() + 4), colour("line"))


def paint_part(painter: QPainter, rect: QRectF, pattern: Qt.BrushStyle) -> None:
    """Paints a part of a bar: its edge, and the pattern it is told by."""
    painter.setPen(QPen(colour("accent"), 1))
    painter.setBrush(colour("panel"))
    painter.drawRect(rect)
    painter.fillRect(rect, QBrush(colour("accent"), pattern))
