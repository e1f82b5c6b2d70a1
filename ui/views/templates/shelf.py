"""The templates in a list: what each is, how much it is used, which of them are being written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ui.phrases import say
from ui.theme import colour, sans
from ui.views.parts import Flow, Tone, button, label, paint_pill, pill_width
from ui.views.queue.queue import title_font

Index = QModelIndex | QPersistentModelIndex
Kind = Literal["template", "sketch", "damaged", "taught"]

ROW = 80
ENTRY = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Entry:
    """Something on the shelf: a template, one that is being written, a file that is none, the taught headings.

    `below` and `more` tell of it, each in a line, `sign` in a word.
    """

    kind: Kind
    id: str
    title: str
    below: str
    sign: str = ""
    tone: Tone = "quiet"
    more: str = ""

    @property
    def spoken(self) -> str:
        """All of it, for the ear."""
        return ", ".join(filter(None, (self.title, self.sign, self.below, self.more)))


class Shelf(QWidget):
    """The left pane. `chosen(entry)` when another one is to be shown, `asked(command)`."""

    chosen = Signal(object)
    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("side")
        self.setProperty("edge", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.list = _List()
        self.list.currentItemChanged.connect(self._tell)
        self.list.asked.connect(self.asked)
        head = QVBoxLayout()
        head.setContentsMargins(16, 14, 16, 10)
        head.setSpacing(8)
        head.addWidget(label(say("stage-templates"), "viewTitle"))
        head.addWidget(label(say("templates-about"), "small", wrap=True))
        beginnings = QWidget()
        flow = Flow(beginnings)
        for command in ("copy_template", "learn_template"):
            flow.addWidget(
                button(
                    say(f"command-{command}-short"),
                    partial(self.asked.emit, command),
                    name="compact",
                    command=command,
                    says=say(f"command-{command}"),
                )
            )
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 10, 16, 12)
        foot.addWidget(beginnings, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(head)
        box.addWidget(self.list, 1)
        box.addLayout(foot)

    @property
    def entry(self) -> Entry | None:
        """What is chosen."""
        item = self.list.currentItem()
        return item.data(ENTRY) if item is not None else None

    def show_entries(self, entries: Sequence[Entry], wanted: tuple[str, str] | None = None) -> None:
        """Lists these; `wanted`, a kind and an id, is chosen, or else what was, or else the first. Tells nobody."""
        before = self.entry
        wanted = wanted or ((before.kind, before.id) if before else None)
        self.list.blockSignals(True)
        self.list.clear()
        for entry in entries:
            item = QListWidgetItem(entry.title)
            item.setData(ENTRY, entry)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, entry.spoken)
            item.setToolTip(entry.title)
            self.list.addItem(item)
        at = next((n for n, each in enumerate(entries) if (each.kind, each.id) == wanted), 0)
        self.list.setCurrentRow(at if entries else -1)
        self.list.blockSignals(False)

    def choose(self, kind: str, name: str) -> bool:
        """Chooses one of the list; whether it is there."""
        for at in range(self.list.count()):
            entry: Entry = self.list.item(at).data(ENTRY)
            if (entry.kind, entry.id) == (kind, name):
                self.list.setCurrentRow(at)
                return True
        return False

    def redress(self) -> None:
        """Draws the same in the colours that hold now."""
        self.list.viewport().update()

    def _tell(self, *_: object) -> None:
        self.chosen.emit(self.entry)


class _List(QListWidget):
    """`asked(command)`: Enter changes what is chosen."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(say("stage-templates"))
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._delegate = _Delegate()
        self.setItemDelegate(self._delegate)
        self.itemDoubleClicked.connect(lambda _: self.asked.emit("change_template"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on to change it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.asked.emit("change_template")
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, text: str) -> None:
        """Letters are commands here, not a search."""


class _Delegate(QStyledItemDelegate):
    """Paints an entry: its title with a pill beside it, and a line below."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All are as high as one another."""
        return QSize(200, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The entry."""
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
        _paint_words(painter, rect.adjusted(18, 9, -14, -9), index.data(ENTRY))
        painter.restore()


def _paint_words(painter: QPainter, room: QRect, entry: Entry) -> None:
    wide = pill_width(entry.sign) if entry.sign else 0
    elide = Qt.TextElideMode.ElideRight
    title = QFontMetrics(title_font()).elidedText(entry.title, elide, room.width() - wide - 8)
    painter.setPen(colour("ink"))
    painter.setFont(title_font())
    line = QRect(room.left(), room.top(), room.width(), 20)
    painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, title)
    painter.setPen(colour("ink2"))
    painter.setFont(sans(12))
    for at, told in enumerate((entry.below, entry.more), 1):
        shown = QFontMetrics(sans(12)).elidedText(told, elide, room.width())
        painter.drawText(line.translated(0, 2 + 19 * at), Qt.AlignmentFlag.AlignVCenter, shown)
    if entry.sign:
        pill = QRectF(room.right() - wide + 1, room.top(), wide, 20)
        paint_pill(painter, pill, entry.sign, entry.tone)
