"""The outbox: what will be sent, in one word what that does, and the difference that the chosen item makes."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QScrollArea,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ui.models.outbox import ITEM, WAITING, Item, OutboxModel
from ui.phrases import day, say
from ui.theme import colour, sans, serif
from ui.views.compared import compared
from ui.views.page import PageView
from ui.views.parts import Elided, Empty, Pill, Tone, button, clear, label, paint_pill, pill_width
from ui.views.queue import title_font
from ui.views.source import Sheet
from workbench.desk.rows import FieldDifference, Rehearsal

ROW_HEIGHT = 61

TONES: dict[str, Tone] = {
    "new": "good",
    "update": "accent",
    "conflict": "blocker",
    "blocked": "warning",
    "failed": "blocker",
    "published": "good",
    "proposed": "accent",
}


class OutboxDelegate(QStyledItemDelegate):
    """Paints an item: tick, title, council or reason, outcome."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Every row is as high as the next."""
        return QSize(300, ROW_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """The row."""
        painter.save()
        rect: QRect = option.rect  # type: ignore[attr-defined]
        if option.state & QStyle.StateFlag.State_Selected:  # type: ignore[attr-defined]
            painter.fillRect(rect, colour("accent_soft"))
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), colour("accent"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), colour("line"))
        item: Item = index.data(ITEM)
        if item.row.state in WAITING:
            picked = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
            _tick(painter, _box(rect), picked=picked, free=item.sendable)
        self._words(painter, rect, item)
        painter.restore()

    def _words(self, painter: QPainter, rect: QRect, item: Item) -> None:
        said = say(f"outcome-{item.outcome}")
        wide = pill_width(said)
        paint_pill(
            painter,
            QRectF(rect.right() - 24 - wide, rect.top() + 12, wide, 20),
            said,
            TONES.get(item.outcome, "quiet"),
        )
        room = rect.width() - 56 - 24 - wide - 12
        painter.setPen(colour("ink"))
        painter.setFont(title_font())
        elide = Qt.TextElideMode.ElideRight
        painter.drawText(
            rect.left() + 56,
            rect.top() + 26,
            QFontMetrics(title_font()).elidedText(item.row.title or say("untitled"), elide, room),
        )
        painter.setPen(colour("ink2"))
        painter.setFont(sans(12))
        below = " · ".join(_below(item))
        painter.drawText(
            rect.left() + 56,
            rect.top() + 45,
            QFontMetrics(sans(12)).elidedText(below, elide, rect.width() - 80),
        )

    def editorEvent(self, event: QEvent, model: object, option: QStyleOptionViewItem, index: object) -> bool:
        """A press on the tick turns it."""
        if event.type() == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent):
            rect: QRect = option.rect  # type: ignore[attr-defined]
            if _box(rect).adjusted(-8, -8, 8, 8).contains(event.position().toPoint()):
                turn(model, index)  # type: ignore[arg-type]
                return True
        return False


def turn(model: OutboxModel, index: QModelIndex) -> None:
    """Picks an item that was left out, or the other way about."""
    if model.flags(index) & Qt.ItemFlag.ItemIsUserCheckable:
        picked = model.data(index, Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        other = Qt.CheckState.Unchecked if picked else Qt.CheckState.Checked
        model.setData(index, other, Qt.ItemDataRole.CheckStateRole)


def _box(rect: QRect) -> QRect:
    return QRect(rect.left() + 24, rect.top() + 14, 16, 16)


def _tick(painter: QPainter, box: QRect, *, picked: bool, free: bool) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour("accent" if picked else "ink2" if free else "line"), 1.2))
    painter.setBrush(colour("accent") if picked else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    if picked:
        painter.setPen(QPen(colour("on_accent"), 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        x, y = box.left(), box.top()
        painter.drawPolyline(
            [
                (QRectF(x + 4, y + 8, 0, 0)).topLeft(),
                QRectF(x + 7, y + 11, 0, 0).topLeft(),
                QRectF(x + 12, y + 5, 0, 0).topLeft(),
            ]
        )


def _below(item: Item) -> Iterator[str]:
    yield item.row.council
    if item.reason:
        yield item.reason
    elif item.rehearsed and item.rehearsed.outcome == "update":
        yield say("fields-differ", n=len(item.rehearsed.differences), version=item.rehearsed.live_version)
    elif item.row.state in WAITING:
        yield say("queued-on", day=day(item.row.queued.astimezone()))


class OutboxView(QWidget):
    """`chosen(item)` when another is to be shown; `asked(command)` for the buttons."""

    chosen = Signal(object)
    asked = Signal(str)

    def __init__(self, model: OutboxModel) -> None:
        super().__init__()
        self.model = model
        self.list = _List(model)
        self.difference = DifferenceView()
        self._about = label("", "small", wrap=True)
        self.publish = button("", lambda: self.asked.emit("publish"), name="primary", command="publish")
        self.rehearse = button(say("rehearse"), lambda: self.asked.emit("rehearse"))
        self.back = button(say("command-unqueue-short"), lambda: self.asked.emit("unqueue"), name="quiet")
        self._middle = QStackedWidget()
        self._middle.addWidget(self.list)
        self._middle.addWidget(Empty(say("outbox-empty-title"), say("outbox-empty")))
        self._lay_out()
        model.picked_changed.connect(self._count)
        self.list.selectionModel().currentChanged.connect(lambda now, _: self.chosen.emit(now.data(ITEM)))
        self._count()

    def _lay_out(self) -> None:
        side = QWidget()
        side.setObjectName("side")
        side.setProperty("edge", True)
        side.setFixedWidth(520)
        head = QVBoxLayout()
        head.setContentsMargins(24, 18, 24, 14)
        head.setSpacing(5)
        head.addWidget(label(say("stage-outbox"), "pageTitle"))
        head.addWidget(self._about)
        line = QFrame()
        line.setObjectName("rule")
        foot = QWidget()
        foot.setObjectName("foot")
        feet = QHBoxLayout(foot)
        feet.setContentsMargins(24, 13, 16, 13)
        feet.addWidget(self.publish)
        feet.addWidget(self.rehearse)
        feet.addStretch(1)
        feet.addWidget(self.back)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(line)
        column.addWidget(self._middle, 1)
        column.addWidget(foot)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(side)
        box.addWidget(self.difference, 1)

    def show_about(self, rehearsal: Rehearsal | None) -> None:
        """Says what the words on the items rest on."""
        if rehearsal is None:
            self._about.setText(say("not-rehearsed"))
        else:
            when = f"{rehearsal.at.astimezone():%H:%M}"
            self._about.setText(say("rehearsed", at=when, catalogue=rehearsal.catalogue))

    def _count(self) -> None:
        n = len(self.model.picked)
        self.publish.setText(say("publish-n", n=n))
        self.publish.setAccessibleName(say("publish-n", n=n))
        self.publish.setEnabled(n > 0)
        self.publish.updateGeometry()
        self.rehearse.setEnabled(self.model.rowCount() > 0)
        self.back.setEnabled(self.model.rowCount() > 0)
        self._middle.setCurrentIndex(0 if self.model.rowCount() else 1)


class _List(QListView):
    def __init__(self, model: OutboxModel) -> None:
        super().__init__()
        self.setModel(model)
        self._delegate = OutboxDelegate()
        self.setItemDelegate(self._delegate)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(say("stage-outbox"))

    def keyboardSearch(self, text: str) -> None:
        """Letters are commands here, not a search."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space turns the tick."""
        model = self.model()
        if (
            event.key() == Qt.Key.Key_Space
            and isinstance(model, OutboxModel)
            and self.currentIndex().isValid()
        ):
            turn(model, self.currentIndex())
            return
        super().keyPressEvent(event)


class DifferenceView(QStackedWidget):
    """What sending one item would change for readers: field by field, or the whole page where it is new."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        self.page = PageView()
        self._pill = Pill()
        self._why = Elided("", "small")
        self._title = label("", wrap=True)
        self._title.setFont(serif(20, QFont.Weight.DemiBold))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(14)
        self._item: Item | None = None
        self.addWidget(Empty(say("difference-empty-title"), say("difference-empty")))
        self.addWidget(self._differences())
        self.addWidget(self._page())

    def _differences(self) -> QWidget:
        page = QWidget()
        page.setObjectName("page")
        top = QHBoxLayout()
        top.addWidget(self._pill)
        top.addWidget(self._why, 1)
        box = QVBoxLayout(page)
        box.setContentsMargins(36, 20, 36, 24)
        box.setSpacing(10)
        box.addLayout(top)
        box.addWidget(self._title)
        box.addLayout(self._rows)
        box.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(page)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return scroll

    def _page(self) -> QWidget:
        made = QWidget()
        sheet = Sheet(self.page)
        sheet.setMaximumWidth(760)
        box = QHBoxLayout(made)
        box.setContentsMargins(36, 20, 36, 24)
        box.addStretch(1)
        box.addWidget(sheet, 100)
        box.addStretch(1)
        return made

    def show_item(self, item: Item | None) -> None:
        """Shows the difference of an item; the caller sets `page` for one that has none."""
        self._item = item
        differences = item.rehearsed.differences if item and item.rehearsed else ()
        if item is None:
            self.setCurrentIndex(0)
            return
        if not differences and not item.reason:
            self.setCurrentIndex(2)
            return
        self._pill.set(say(f"outcome-{item.outcome}"), TONES.get(item.outcome, "quiet"))
        self._why.say(item.reason or say("fields-changed", n=len(differences)))
        self._title.setText(item.row.title)
        clear(self._rows)
        for difference in differences:
            self._rows.addWidget(_field(difference))
        self.setCurrentIndex(1)

    def redress(self) -> None:
        """Shows the same in the colours that hold now."""
        self.show_item(self._item)
        self.page.redress()


def _field(difference: FieldDifference) -> QWidget:
    made = QWidget()
    box = QVBoxLayout(made)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(6)
    box.addWidget(label(difference.label, "strong"))
    sides = QHBoxLayout()
    sides.setSpacing(16)
    sides.addWidget(_side(say("live-now"), _told(difference, mine=False), current=False), 1)
    sides.addWidget(_side(say("yours"), _told(difference, mine=True), current=True), 1)
    box.addLayout(sides)
    return made


def _side(title: str, html: str, *, current: bool) -> QFrame:
    made = QFrame()
    made.setObjectName("card")
    made.setProperty("current", current)
    text = QLabel(html or f"<i>{escape(say('nothing'))}</i>")
    text.setTextFormat(Qt.TextFormat.RichText)
    text.setWordWrap(True)
    text.setFont(serif(14))
    text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    box = QVBoxLayout(made)
    box.setContentsMargins(14, 11, 14, 12)
    box.setSpacing(6)
    box.addWidget(label(title, "section"))
    box.addWidget(text)
    box.addStretch(1)
    return made


def _told(difference: FieldDifference, *, mine: bool) -> str:
    return compared(difference.live, difference.mine)[mine]
