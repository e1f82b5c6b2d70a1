"""Lines with an outcome: what the outbox, the list of batches and the report of one are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from ui.phrases import say
from workbench.publication import BatchItem

Index = QModelIndex | QPersistentModelIndex
LINE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Line:
    """A title, what there is to know of it, and its outcome in one word.

    `picked` is None where there is nothing to pick, `free` whether it may be; `heading` stands above the first line
    of a group.
    """

    title: str
    below: str
    outcome: str
    picked: bool | None = None
    free: bool = True
    heading: str = ""


def spoken(line: Line) -> str:
    """All of a line, for the ear."""
    parts = (line.heading, line.title, line.below, say(f"outcome-{line.outcome}"))
    return ", ".join(part for part in parts if part)


def of_item(item: BatchItem, kind: str) -> Line:
    """What became of one publication of a batch."""
    version = say("as-version", version=item.version) if item.version else ""
    below = " · ".join(filter(None, (item.council, item.reason or version)))
    outcome = "restored" if kind == "undo" and item.result == "published" else item.result
    return Line(item.title or say("untitled"), below, outcome)


class LinesModel(QAbstractListModel):
    """Lines to be looked at, each with the value it stands for (`UserRole`)."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: Sequence[tuple[Line, Any]] = ()

    def rowCount(self, parent: Index | None = None) -> int:
        """How many there are."""
        return 0 if parent is not None and parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The line, its title, all of it in words, and its value."""
        if not index.isValid() or index.row() >= len(self._lines):
            return None
        line, value = self._lines[index.row()]
        by_role = {LINE: line, Qt.ItemDataRole.UserRole: value, Qt.ItemDataRole.DisplayRole: line.title}
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(line)
        return by_role.get(role)

    def show_lines(self, lines: Sequence[tuple[Line, Any]]) -> None:
        """Shows these lines."""
        self.beginResetModel()
        self._lines = tuple(lines)
        self.endResetModel()
