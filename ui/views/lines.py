"""Lists of lines with an outcome: painted rows with a tick, a title, a word on it, and a pill."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.models.lines import LINE, Line
from ui.phrases import say
from ui.theme import colour, sans
from ui.views.parts import Tone, beginning, paint_pill, pill_width
from ui.views.queue.queue import title_font

Index = QModelIndex | QPersistentModelIndex
ROW, HEADING = 61, 30

TONES: dict[str, Tone] = {
    "new": "good",
    "update": "accent",
    "conflict": "blocker",
    "blocked": "warning",
    "failed": "blocker",
    "published": "good",
    "proposed": "accent",
    "sending": "accent",
    "held-up": "warning",
    "restored": "good",
    "problem-world": "warning",
    "problem-refused": "warning",
    "problem-ours": "blocker",
    "problem-crash": "blocker",
}


class LineDelegate(QStyledItemDelegate):
    """Paints a line: heading, tick, title, what there is to know, outcome."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """A line with a heading is higher by that."""
        return QSize(300, ROW + (HEADING if index.data(LINE).heading else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The line, below its heading."""
        painter.save()
        line: Line = index.data(LINE)
        rect: QRect = option.rect  # type: ignore[attr-defined]
        if line.heading:
            _paint_heading(painter, rect, line.heading, option.direction)  # type: ignore[attr-defined]
            rect = rect.adjusted(0, HEADING, 0, 0)
        side = partial(QStyle.visualRect, option.direction, rect)  # type: ignore[attr-defined]
        if option.state & QStyle.StateFlag.State_Selected:  # type: ignore[attr-defined]
            painter.fillRect(rect, colour("accent_soft"))
            painter.fillRect(side(QRect(rect.left(), rect.top(), 3, rect.height())), colour("accent"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), colour("line"))
        if line.picked is not None:
            _paint_tick(painter, side(_box(rect)), picked=line.picked, free=line.free)
        _paint_words(painter, rect, line, option.direction)  # type: ignore[attr-defined]
        if option.state & QStyle.StateFlag.State_HasFocus:  # type: ignore[attr-defined]
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
            painter.setPen(QPen(colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(1, 1, -1, -2))
        painter.restore()

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """A press on the tick turns it."""
        line: Line = index.data(LINE)
        released = event.type() == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent)
        if released and line.picked is not None:
            rect: QRect = option.rect  # type: ignore[attr-defined]
            rect = rect.adjusted(0, HEADING if line.heading else 0, 0, 0)
            box = QStyle.visualRect(option.direction, rect, _box(rect))  # type: ignore[attr-defined]
            if box.adjusted(-8, -8, 8, 8).contains(event.position().toPoint()):  # type: ignore[attr-defined]
                turn(model, index)
                return True
        return False


def turn(model: QAbstractItemModel, index: Index) -> None:
    """Picks a line that was left out, or the other way about."""
    if model.flags(index) & Qt.ItemFlag.ItemIsUserCheckable:
        picked = model.data(index, Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        other = Qt.CheckState.Unchecked if picked else Qt.CheckState.Checked
        model.setData(index, other, Qt.ItemDataRole.CheckStateRole)


class LineList(QListView):
    """A list of lines, by mouse and by keyboard; Space turns a tick. `moved(value)` when another line is current."""

    moved = Signal(object)

    def __init__(self, model: QAbstractItemModel, name: str) -> None:
        super().__init__()
        self.setModel(model)
        self._delegate = LineDelegate()
        self.setItemDelegate(self._delegate)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(name)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tells what the line stands for."""
        super().currentChanged(current, previous)
        self.moved.emit(current.data(Qt.ItemDataRole.UserRole))

    def explain(self, point: QPoint | None) -> object:
        """What the outcome of a line means."""
        from ui.views.help import things

        line: Line | None = (self.indexAt(point) if point else self.currentIndex()).data(LINE)
        return things.outcome(line.outcome) if line is not None else None

    def keyboardSearch(self, text: str) -> None:
        """Letters are commands here, not a search."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space turns the tick."""
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            turn(self.model(), self.currentIndex())
            return
        super().keyPressEvent(event)


def _paint_heading(painter: QPainter, rect: QRect, heading: str, direction: Qt.LayoutDirection) -> None:
    font = sans(11, QFont.Weight.DemiBold)
    painter.setPen(colour("ink2"))
    painter.setFont(font)
    room = rect.width() - 48
    shown = QFontMetrics(font).elidedText(heading, Qt.TextElideMode.ElideRight, room)
    words = QRect(rect.left() + 24, rect.top() + 6, room, 20)
    painter.drawText(words, beginning(direction), shown)
    painter.fillRect(QRect(rect.left(), rect.top() + HEADING - 1, rect.width(), 1), colour("line"))


def _paint_words(painter: QPainter, rect: QRect, line: Line, direction: Qt.LayoutDirection) -> None:
    side = partial(QStyle.visualRect, direction, rect)
    said = say(f"outcome-{line.outcome}")
    wide = pill_width(said)
    pill = QRect(rect.right() - 24 - wide, rect.top() + 12, wide, 20)
    paint_pill(painter, QRectF(side(pill)), said, TONES.get(line.outcome, "quiet"))
    left = rect.left() + (24 if line.picked is None else 56)
    elide = Qt.TextElideMode.ElideRight
    painter.setPen(colour("ink"))
    painter.setFont(title_font())
    room = pill.left() - left - 12
    title = QFontMetrics(title_font()).elidedText(line.title, elide, room)
    painter.drawText(side(QRect(left, rect.top() + 12, room, 20)), beginning(direction), title)
    painter.setPen(colour("ink2"))
    painter.setFont(sans(12))
    under = QRect(left, rect.top() + 31, rect.right() - 24 - left, 20)
    below = QFontMetrics(sans(12)).elidedText(line.below, elide, under.width())
    painter.drawText(side(under), beginning(direction), below)


def _box(rect: QRect) -> QRect:
    return QRect(rect.left() + 24, rect.top() + 14, 16, 16)


def _paint_tick(painter: QPainter, box: QRect, *, picked: bool, free: bool) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour("accent" if picked else "ink2" if free else "ink3"), 1.2))
    painter.setBrush(colour("accent") if picked else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    if picked:
        painter.setPen(QPen(colour("on_accent"), 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        x, y = box.left(), box.top()
        painter.drawPolyline([QPointF(x + 4, y + 8), QPointF(x + 7, y + 11), QPointF(x + 12, y + 5)])
