"""What waits in the outbox, with what sending it would do and whether it is picked, as a Qt model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from ui.phrases import say
from workbench.desk.rows import OutboxRow, RehearsalRow

Index = QModelIndex | QPersistentModelIndex
ITEM = Qt.ItemDataRole.UserRole

SENDABLE = frozenset({"new", "update", "unchanged"})
WAITING = frozenset({"waiting", "sending"})


@dataclass(frozen=True, slots=True)
class Item:
    """A publication that waits, and what the last rehearsal said of it."""

    row: OutboxRow
    rehearsed: RehearsalRow | None = None

    @property
    def outcome(self) -> str:
        """In one word, what sending it would do, or what became of it when it was last sent."""
        return self.rehearsed.outcome if self.rehearsed else self.row.state

    @property
    def reason(self) -> str:
        """Why, where it is not plain."""
        return (self.rehearsed.reason if self.rehearsed else "") or self.row.reason

    @property
    def sendable(self) -> bool:
        """Whether it can be picked for sending."""
        foreseen = self.rehearsed is None or self.rehearsed.outcome in SENDABLE
        return foreseen and self.row.state in WAITING


class OutboxModel(QAbstractListModel):
    """The items in the order of the outbox. `picked_changed` when another number of them is picked."""

    picked_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._items: list[Item] = []
        self._left_out: set[str] = set()

    def rowCount(self, parent: Index | None = None) -> int:
        """How many wait."""
        return 0 if parent is not None and parent.isValid() else len(self._items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The item (`ITEM`), its title, whether it is picked, and all of it in words."""
        if not index.isValid() or index.row() >= len(self._items):
            return None
        item = self._items[index.row()]
        if role == ITEM:
            return item
        if role == Qt.ItemDataRole.DisplayRole:
            return item.row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(
                filter(None, (item.row.title, item.row.council, say(f"outcome-{item.outcome}"), item.reason))
            )
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if self.is_picked(item) else Qt.CheckState.Unchecked
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Picks or leaves out an item."""
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        publication = self._items[index.row()].row.publication
        if Qt.CheckState(value) == Qt.CheckState.Checked:
            self._left_out.discard(publication)
        else:
            self._left_out.add(publication)
        self.dataChanged.emit(index, index)
        self.picked_changed.emit()
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """What cannot be sent cannot be picked."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        if self._items[index.row()].sendable:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def show_items(self, items: Sequence[Item]) -> None:
        """Shows these items."""
        self.beginResetModel()
        self._items = list(items)
        self.endResetModel()
        self.picked_changed.emit()

    def is_picked(self, item: Item) -> bool:
        """Whether an item is to be sent."""
        return item.sendable and item.row.publication not in self._left_out

    @property
    def items(self) -> tuple[Item, ...]:
        """All items."""
        return tuple(self._items)

    @property
    def picked(self) -> tuple[Item, ...]:
        """The items that are to be sent."""
        return tuple(item for item in self._items if self.is_picked(item))
