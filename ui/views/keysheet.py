"""The sheet of keys: every command by what it is about, with its key; typing narrows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.phrases import say
from ui.views.overlay import Overlay
from ui.views.parts import clear, label
from workbench import fuzzy

COLUMN = 360
"""About how many pixels a column of keys needs; there are three at most."""


@dataclass(frozen=True, slots=True)
class Line:
    """A command on the sheet: what it does and its keycap, "" where it has no key."""

    text: str
    key: str


class KeySheet(Overlay):
    """Floats above `window` with `groups`, a heading with its lines each. It is thrown away when it goes."""

    help_page = "keys"

    def __init__(self, window: QWidget, groups: Mapping[str, Sequence[Line]]) -> None:
        super().__init__(window)
        self._groups = groups
        self.setAccessibleName(say("keys-title"))
        self.line = QLineEdit()
        self.line.setAccessibleName(say("keys-find"))
        self.line.setPlaceholderText(say("keys-find"))
        self.line.setFixedWidth(260)
        self.line.textChanged.connect(self._show)
        self._columns = QHBoxLayout()
        self._columns.setSpacing(36)
        self._page = QWidget()
        self._page.setLayout(self._columns)
        self._lay_out()
        self._show("")
        self.appear(self.line)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(label(say("keys-title"), "viewTitle"), 1)
        head.addWidget(self.line)
        self._scroll = QScrollArea()
        self._scroll.setWidget(self._page)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 18, 16, 18)
        box.setSpacing(14)
        box.addLayout(head)
        box.addWidget(self._scroll, 1)
        box.addWidget(label(say("keys-change"), "small"))

    def _room(self) -> int:
        """How many columns the window has room for."""
        return min(max(self.window_.width() // COLUMN, 1), 3)

    def shown(self) -> list[str]:
        """What the sheet lists now."""
        listed = (each for each in self._page.findChildren(QLabel) if each.isVisibleTo(self._page))
        return [each.accessibleName() for each in listed if each.accessibleName()]

    def place(self) -> None:
        """In the middle of the window, as large as it needs to be and the window allows."""
        wanted = self._page.sizeHint()
        wide = min(max(wanted.width() + 64, 760), self.window_.width() - 40)
        high = min(wanted.height() + 124, self.window_.height() - 60)
        self.setGeometry((self.window_.width() - wide) // 2, (self.window_.height() - high) // 2, wide, high)

    def hideEvent(self, event: object) -> None:
        """Once gone it is not needed."""
        self.deleteLater()

    def _show(self, typed: str) -> None:
        clear(self._columns)
        found = {
            group: [each for each in lines if _fits(typed, group, each)]
            for group, lines in self._groups.items()
        }
        for column in _spread(self._room(), [(group, lines) for group, lines in found.items() if lines]):
            self._columns.addLayout(_column(column))
        if not any(found.values()):
            self._columns.addWidget(label(say("keys-none"), "small"))


def _fits(typed: str, group: str, each: Line) -> bool:
    return (
        not typed.strip()
        or fuzzy.fit(typed, f"{each.text} {group}") > 0
        or typed.casefold() == each.key.casefold()
    )


Group = tuple[str, Sequence[Line]]


def _spread(room: int, groups: Sequence[Group]) -> list[list[Group]]:
    """The groups in their order in at most `room` columns, the highest of which is as low as can be."""
    highest = sum(_height(each) for each in groups)
    cuts = (_cut(groups, limit) for limit in range(max(map(_height, groups), default=0), highest + 1))
    return next((columns for columns in cuts if len(columns) <= room), [])


def _cut(groups: Sequence[Group], limit: int) -> list[list[Group]]:
    """The groups in columns none of which is higher than `limit`, as long as no group is."""
    columns: list[list[Group]] = []
    for each in groups:
        if columns and sum(map(_height, columns[-1])) + _height(each) <= limit:
            columns[-1].append(each)
        else:
            columns.append([each])
    return columns


def _height(group: Group) -> int:
    return len(group[1]) + 2


def _column(groups: Sequence[tuple[str, Sequence[Line]]]) -> QVBoxLayout:
    made = QVBoxLayout()
    made.setSpacing(6)
    for group, lines in groups:
        made.addWidget(label(group, "section"))
        made.addLayout(_grid(lines))
        made.addSpacing(12)
    made.addStretch(1)
    return made


def _grid(lines: Sequence[Line]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(5)
    for row, each in enumerate(lines):
        words = label(each.text)
        words.setAccessibleName(
            ", ".join(filter(None, (each.text, each.key and say("key-is", key=each.key))))
        )
        grid.addWidget(words, row, 0)
        if each.key:
            grid.addWidget(label(each.key, "keycap"), row, 1, Qt.AlignmentFlag.AlignRight)
    return grid
