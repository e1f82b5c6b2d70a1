"""Finding and replacing: what is looked for, where, each place it was found, and what would come there."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from html import escape
from typing import Literal

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.phrases import say
from ui.theme import tokens
from ui.views.controls import IconButton, Picker, Tick
from ui.views.parts import Elided, button, clear, label
from workbench.desk.rows import Replacement
from workbench.richtext.finding import Wanted

Scope = Literal["field", "study", "selection"]
SCOPES: tuple[Scope, ...] = ("field", "study", "selection")
OPTIONS = ("case", "word", "pattern")

PAUSE = 250
"""Milliseconds of rest before what is being typed is looked for."""

SHOWN = 200
"""Places that are listed; more are counted."""

TALL = 220
WIDE_PLACE = 220


class ReplacePanel(QFrame):
    """Stands above the study while something is looked for.

    `looked` when something else is to be found; `stepped(±1)` to the next place or the one before; `one` and `all_`
    to replace; `closed` at the end.
    """

    help_page = "writing#find-and-replace"

    looked = Signal()
    stepped = Signal(int)
    one = Signal()
    all_ = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("finder")
        self.setAccessibleName(say("find-title"))
        self.sought = self._line("find-what")
        self.new = self._line("find-with")
        self.options = {name: self._option(name) for name in OPTIONS}
        self.scope = Picker(say("find-where"))
        for scope in SCOPES:
            self.scope.addItem(say(f"find-in-{scope}"), scope)
        self.scope.setCurrentIndex(1)
        self.count = label("", "small")
        self.wrong = label("", "warn", wrap=True)
        self._boxes: list[tuple[Tick, Replacement]] = []
        self._second = QWidget()
        self._list = QWidget()
        self._scroll = QScrollArea()
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._lay_out()
        self._connect()
        self.hide()

    def _line(self, name: str) -> QLineEdit:
        made = QLineEdit()
        made.setPlaceholderText(say(name))
        made.setAccessibleName(say(name))
        return made

    def _option(self, name: str) -> Tick:
        made = Tick(say(f"find-{name}"))
        made.setToolTip(say(f"find-{name}-tip"))
        return made

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(6)
        first.addWidget(self.sought, 1)
        first.addWidget(self.count)
        first.addWidget(IconButton("up", say("find-previous"), partial(self.stepped.emit, -1)))
        first.addWidget(IconButton("down", say("find-next"), partial(self.stepped.emit, 1)))
        first.addWidget(IconButton("close", say("close"), self.close_))
        second = QHBoxLayout(self._second)
        second.setContentsMargins(0, 0, 0, 0)
        second.setSpacing(6)
        self._one = button(say("find-replace-one"), self.one.emit)
        self._all = button(say("find-replace-all"), self.all_.emit, name="primary")
        for part in (self._one, self._all):
            second.addWidget(part)
        second.insertWidget(0, self.new, 1)
        third = QHBoxLayout()
        third.setSpacing(14)
        third.addWidget(self.scope)
        for option in self.options.values():
            third.addWidget(option)
        third.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(32, 10, 20, 10)
        box.setSpacing(8)
        for part in (first, third):
            box.addLayout(part)
        box.insertWidget(1, self._second)
        self.wrong.hide()
        box.addWidget(self.wrong)
        box.addWidget(self._listing())

    def _listing(self) -> QScrollArea:
        rows = QVBoxLayout(self._list)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(2)
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(self._list)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return self._scroll

    def _connect(self) -> None:
        self._timer.timeout.connect(self.looked)
        for line in (self.sought, self.new):
            line.textChanged.connect(self._timer.start)
        for option in self.options.values():
            option.toggled.connect(self._timer.start)
        self.scope.currentIndexChanged.connect(self._timer.start)

    # What is wanted

    def wanted(self) -> Wanted:
        """What is looked for, and what comes in its place."""
        chosen = {name: option.isChecked() for name, option in self.options.items()}
        return Wanted(self.sought.text(), self.new.text(), **chosen)

    def where(self) -> Scope:
        """Where it is looked for."""
        return self.scope.currentData()

    @property
    def replacing(self) -> bool:
        """Whether something is to come in its place."""
        return not self._second.isHidden()

    def open(self, *, replacing: bool, words: str = "") -> None:
        """Comes up with the keyboard in it, with the words that were chosen in the text."""
        self._second.setVisible(replacing)
        self._scroll.setVisible(False)
        if words and "\n" not in words:
            self.sought.setText(words)
        self.show()
        self.sought.setFocus(Qt.FocusReason.OtherFocusReason)
        self.sought.selectAll()
        self._timer.start()

    def close_(self) -> None:
        """Goes away."""
        self.hide()
        self.closed.emit()

    # What was found

    def show_found(self, found: Sequence[Replacement], current: int) -> None:
        """Lists every place with what would come there, and says at which the editor is."""
        self.wrong.hide()
        clear(self._list.layout())  # type: ignore[arg-type]
        self._boxes = []
        if self.replacing:
            for row in found[:SHOWN]:
                self._add(row, several=self.where() == "selection")
            if len(found) > SHOWN:
                self._list.layout().addWidget(label(say("find-more", n=len(found) - SHOWN), "small"))  # type: ignore[union-attr]
        self._scroll.setVisible(bool(self._boxes))
        self._scroll.setFixedHeight(min(TALL, 26 * len(self._boxes) + 8))
        self.show_current(current, len(found))
        changed = sum(row.allowed and row.before != row.after for row in found)
        self._one.setEnabled(bool(changed))
        self._all.setEnabled(bool(changed))
        self._all.setText(say("find-replace-n", n=changed))

    def show_current(self, current: int, total: int) -> None:
        """Says which of the places is the one shown."""
        if not self.sought.text():
            self.count.setText("")
        else:
            self.count.setText(say("find-at", at=current + 1, n=total) if total else say("find-none"))

    def complain(self, sentence: str) -> None:
        """Says why it cannot be looked for."""
        self.show_found((), 0)
        self.wrong.setText(sentence)
        self.wrong.show()

    def chosen(self, found: Sequence[Replacement]) -> tuple[Replacement, ...]:
        """The places that are ticked, and those too many to be listed."""
        return (
            *(row for box, row in self._boxes if box.isChecked()),
            *(r for r in found[SHOWN:] if r.allowed),
        )

    def _add(self, row: Replacement, *, several: bool) -> None:
        made = QWidget()
        line = QHBoxLayout(made)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        box = Tick()
        box.setChecked(row.allowed)
        box.setEnabled(row.allowed)
        place = f"{row.submission} · {row.label}" if several else row.label
        box.setAccessibleName(f"{place}: {say('fix-is', before=row.before, after=row.after)}")
        words = QLabel(change(row))
        words.setTextFormat(Qt.TextFormat.RichText)
        words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        line.addWidget(box)
        where = Elided(place if row.allowed else f"{place} · {say('find-decided')}", "small")
        where.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        where.setFixedWidth(WIDE_PLACE if several or not row.allowed else WIDE_PLACE // 2)
        line.addWidget(where)
        line.addWidget(words, 1)
        self._list.layout().addWidget(made)  # type: ignore[union-attr]
        self._boxes.append((box, row))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, with Shift back; in the second line it replaces. Escape ends."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_()
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif self.new.hasFocus():
            self.one.emit()
        else:
            self.stepped.emit(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)


def change(row: Replacement) -> str:
    """The line with what goes struck through and what comes marked, as HTML."""
    colours = tokens()
    gone = f'<s style="color:{colours.blocker}; background-color:{colours.blocker_soft}">{_shown(row.before)}</s>'
    come = (
        f'<span style="color:{colours.good}; background-color:{colours.good_soft}">{_shown(row.after)}</span>'
    )
    return f"{_shown(row.left[-28:])}{gone}{come if row.after else ''}{_shown(row.right[:40])}"


def _shown(text: str) -> str:
    return escape(text).replace(" ", "\u00a0").replace("\t", "\u00a0→\u00a0")
