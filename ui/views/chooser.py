"""One way to ask for something: a line to type in and a list that follows. The palette, tags, councils, reasons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
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
from ui.views.overlay import Overlay
from ui.views.parts import Elided, label
from workbench import fuzzy

WIDTH = 560
ROW = 34
BELOW = 12
STEP = 18
"""How much further in each level of a tree stands, in pixels."""

Finder = Callable[[str], "Sequence[Choice]"]
"""The choices for what was typed, the best first."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be chosen: what it is called, a word on it, the key that does the same, why it cannot be.

    `by` are the words it was found by where they are not its name; `level` how far in it stands in a tree.
    """

    text: str
    value: Any
    detail: str = ""
    key: str = ""
    why: str = ""
    by: str = ""
    level: int = 0

    @property
    def sentence(self) -> str:
        """All of it, for the ear."""
        return ", ".join(filter(None, (self.named, self.detail, self.key, self.why)))

    @property
    def named(self) -> str:
        """What it is called, behind the words it was found by."""
        return f"{self.by} → {self.text}" if self.by else self.text


class Chooser(Overlay):
    """Floats above its window until something is chosen or Escape is pressed; then the keyboard goes back."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._find: Finder = lambda typed: ()
        self._then: Callable[[Any], object] = lambda _: None
        self._free = False
        self.title = label("", "strong")
        self.line = QLineEdit()
        self.list = QListWidget()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._delegate = ChoiceDelegate()
        self.list.setItemDelegate(self._delegate)
        self.list.itemClicked.connect(self._take)
        self.line.textChanged.connect(self._filter)
        self.line.installEventFilter(self)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(14, 12, 14, 12)
        self._box.setSpacing(8)
        for part in (self.title, self.line, self.list):
            self._box.addWidget(part)

    def ask(
        self,
        title: str,
        choices: Sequence[Choice],
        then: Callable[[Any], object],
        *,
        free: bool = False,
        prompt: str = "",
        find: Finder | None = None,
    ) -> None:
        """Asks for one of `choices`, or of those that `find` has for what is typed.

        With `free`, any words will do, and `then` gets them.
        """
        self._find = find or among(choices)
        self._then, self._free = then, free
        self.title.setText(title)
        self.setAccessibleName(title)
        self.line.setAccessibleName(title)
        self.list.setAccessibleName(title)
        self.line.setPlaceholderText(prompt or say("type-to-find"))
        self.line.clear()
        self._filter("")
        self.appear(self.line)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys that move in the list while the typing goes on."""
        if watched is self.line and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        steps = {Qt.Key.Key_Down.value: 1, Qt.Key.Key_Up.value: -1}
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._accept()
        elif event.key() in steps and self.list.count():
            self.list.setCurrentRow((self.list.currentRow() + steps[event.key()]) % self.list.count())
        else:
            return False
        return True

    def _accept(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self._take(item)
        elif self._free and self.line.text().strip():
            self._end(self.line.text().strip())

    def _take(self, item: QListWidgetItem) -> None:
        chosen: Choice = item.data(Qt.ItemDataRole.UserRole)
        if not chosen.why:
            self._end(chosen.value)

    def _end(self, value: Any) -> None:
        then = self._then
        self.close_()
        then(value)

    def _filter(self, text: str) -> None:
        self.list.clear()
        for choice in self._find(text):
            item = QListWidgetItem()
            item.setData(Qt.ItemDataRole.UserRole, choice)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, choice.sentence)
            item.setToolTip(choice.why or choice.detail)
            self.list.addItem(item)
        if self.list.count() and not (self._free and not text):
            self.list.setCurrentRow(0)
        self.place()

    def place(self) -> None:
        """At the upper middle of the window, as high as there are choices and room for them."""
        window = self.window_
        self.list.setVisible(self.list.count() > 0)
        self.list.setFixedHeight(min(self.list.count(), 10) * ROW + 4)
        wide = min(WIDTH, window.width() - 40)
        top = min(90, window.height() // 8)
        over = self._box.sizeHint().height() - (window.height() - top - BELOW)
        if over > 0 and self.list.isVisibleTo(self):
            self.list.setFixedHeight(max(self.list.height() - over, 2 * ROW))
        high = self._box.sizeHint().height()
        self.setGeometry(QRect((window.width() - wide) // 2, top, wide, high))


def among(choices: Sequence[Choice]) -> Finder:
    """Finds those of `choices` that fit what is typed by their names, or by what is told of them."""
    return partial(_matching, choices)


def _matching(choices: Sequence[Choice], typed: str, limit: int = 60) -> list[Choice]:
    """The choices that fit what was typed, the best first; those that cannot be taken after those that can."""
    fits = {
        id(c): max(fuzzy.fit(typed, c.text), 0.5 * fuzzy.fit(typed, f"{c.text} {c.detail}")) for c in choices
    }
    found = [c for c in choices if fits[id(c)] > 0]
    return sorted(found, key=lambda c: (bool(c.why), -fits[id(c)]))[:limit]


class ChoiceDelegate(QStyledItemDelegate):
    """Paints a choice on one line: what it was found by, its name, a word on it, its key."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Every choice is as high as the next."""
        return QSize(100, ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """The choice."""
        choice: Choice = index.data(Qt.ItemDataRole.UserRole)
        rect: QRect = option.rect  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:  # type: ignore[attr-defined]
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("accent_soft"))
            painter.drawRoundedRect(QRectF(rect), 6, 6)
        line = rect.adjusted(10 + STEP * choice.level, 0, -10, 0)
        if choice.key:
            line.setRight(_paint_key(painter, line, choice.key) - 8)
        _paint_words(painter, line, choice)
        painter.restore()


def _paint_words(painter: QPainter, line: QRect, choice: Choice) -> None:
    """The name has its room first; what is told of it beside takes what is left."""
    painter.setFont(sans())
    before = f"{choice.by} → " if choice.by else ""
    metrics = painter.fontMetrics()
    by = metrics.elidedText(before, Qt.TextElideMode.ElideRight, line.width() * 2 // 5)
    name = metrics.elidedText(
        choice.text, Qt.TextElideMode.ElideRight, line.width() - metrics.horizontalAdvance(by)
    )
    at = line.adjusted(0, 0, 0, 0)
    for words, ink in ((by, "ink2"), (name, "ink2" if choice.why else "ink")):
        painter.setPen(colour(ink))
        painter.drawText(at, Qt.AlignmentFlag.AlignVCenter, words)
        at.setLeft(at.left() + metrics.horizontalAdvance(words))
    painter.setFont(sans(12))
    painter.setPen(colour("ink2"))
    at.setLeft(at.left() + 12)
    told = painter.fontMetrics().elidedText(
        choice.why or choice.detail, Qt.TextElideMode.ElideRight, at.width()
    )
    painter.drawText(at, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, told)


def _paint_key(painter: QPainter, line: QRect, key: str) -> int:
    """The key at the right; where it begins."""
    painter.setFont(sans(11))
    wide = painter.fontMetrics().horizontalAdvance(key) + 11
    cap = QRectF(line.right() - wide, line.center().y() - 8, wide, 17)
    painter.setPen(QPen(colour("line"), 1))
    painter.setBrush(colour("panel"))
    painter.drawRoundedRect(cap.translated(QPointF(0.5, 0.5)), 3, 3)
    painter.setPen(colour("ink2"))
    painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, key)
    return round(cap.left())


def choice_row(choice: Choice) -> QWidget:
    """A choice on one line: its name, a word on it, its key."""
    made = QWidget()
    made.setMinimumHeight(ROW)
    box = QHBoxLayout(made)
    box.setContentsMargins(10, 0, 10, 0)
    box.addWidget(label(choice.text, "faint" if choice.why else ""))
    detail = Elided(choice.why or choice.detail, "small")
    detail.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    box.addWidget(detail, 1)
    if choice.key:
        box.addWidget(label(choice.key, "keycap"))
    return made
