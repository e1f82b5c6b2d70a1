"""What waits in the outbox, with what sending it would do and whether it is picked, as a Qt model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from ui.models.lines import LINE, Line, spoken
from ui.phrases import day, say
from workbench.desk.rows import OutboxRow, RehearsalRow

Index = QModelIndex | QPersistentModelIndex
ITEM = Qt.ItemDataRole.UserRole

SENDABLE = frozenset({"new", "update", "unchanged"})
WAITING = frozenset({"waiting", "sending"})
GROUPS = (
    "under-way",
    "waiting",
    "new",
    "update",
    "unchanged",
    "conflict",
    "blocked",
    "proposed",
    "back",
    "last",
)
"""The groups of the outbox in their order: what goes first, what does not go, what came back, what has gone."""


@dataclass(frozen=True, slots=True)
class Item:
    """A publication that waits, and what the last rehearsal said of it."""

    row: OutboxRow
    rehearsed: RehearsalRow | None = None

    @property
    def outcome(self) -> str:
        """In one word, what sending it would do, or what became of it when it was last sent."""
        if self.rehearsed:
            return self.rehearsed.outcome
        return "blocked" if self.row.embargo else self.row.state

    @property
    def reason(self) -> str:
        """Why, where it is not plain."""
        if self.row.state == "proposed":
            return say("waits-for-second")
        if self.row.embargo:
            return say("waits-until", day=day(self.row.embargo))
        return (self.rehearsed.reason if self.rehearsed else "") or self.row.reason

    @property
    def sendable(self) -> bool:
        """Whether it can be picked for sending."""
        foreseen = self.rehearsed is None or self.rehearsed.outcome in SENDABLE
        return foreseen and self.row.state in WAITING and not self.row.embargo

    @property
    def group(self) -> str:
        """The group it stands in, one of `GROUPS`."""
        if self.row.state in ("conflict", "failed"):
            return "back"
        if self.row.state not in WAITING:
            return "proposed" if self.row.state == "proposed" else "last"
        return "under-way" if self.row.under_way and self.sendable else self.outcome

    @property
    def below(self) -> str:
        """What stands below its title: council, and what there is to know of it in few words."""
        return " · ".join(filter(None, (self.row.council, self.reason or self._standing())))

    def _standing(self) -> str:
        if self.rehearsed and self.rehearsed.outcome == "update":
            n = len(self.rehearsed.differences)
            return say("fields-differ", n=n, version=self.rehearsed.live_version)
        if self.row.under_way:
            return say("told-to-go")
        if self.row.state in WAITING:
            return say("queued-on", day=day(self.row.queued.astimezone()))
        return say("as-version", version=self.row.version) if self.row.version else ""


def _lines(items: Sequence[Item]) -> Iterator[Line]:
    """The items as they are painted, each group below its heading."""
    counts = Counter(item.group for item in items)
    before = ""
    for item in items:
        group = item.group
        heading = say(f"group-of-{group}", n=counts[group]) if group != before else ""
        title = item.row.title or say("untitled")
        yield Line(title, item.below, item.outcome, free=item.sendable, heading=heading)
        before = group


class OutboxModel(QAbstractListModel):
    """The items, group after group. `picked_changed` when another number of them is picked."""

    picked_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._items: list[Item] = []
        self._lines: list[Line] = []
        self._left_out: set[str] = set()

    def rowCount(self, parent: Index | None = None) -> int:
        """How many there are."""
        return 0 if parent is not None and parent.isValid() else len(self._items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The item (`ITEM`), how it is painted (`LINE`), its title, whether it is picked, and all of it in words."""
        if not index.isValid() or index.row() >= len(self._items):
            return None
        item = self._items[index.row()]
        if role == ITEM:
            return item
        if role == LINE:
            return self._line(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return item.row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(self._line(index.row()))
        if role == Qt.ItemDataRole.CheckStateRole and item.row.state in WAITING:
            return Qt.CheckState.Checked if self.is_picked(item) else Qt.CheckState.Unchecked
        return None

    def _line(self, at: int) -> Line:
        item, line = self._items[at], self._lines[at]
        return replace(line, picked=self.is_picked(item)) if item.row.state in WAITING else line

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

    def pick_all(self, picked: bool) -> None:
        """Picks everything that can be sent, or leaves everything out."""
        names = {item.row.publication for item in self._items}
        self._left_out = self._left_out - names if picked else self._left_out | names
        if self._items:
            self.dataChanged.emit(self.index(0), self.index(len(self._items) - 1))
        self.picked_changed.emit()

    def flags(self, index: Index) -> Qt.ItemFlag:
        """What cannot be sent cannot be picked."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        if self._items[index.row()].sendable:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def show_items(self, items: Sequence[Item]) -> None:
        """Shows these items, group after group."""
        self.beginResetModel()
        self._items = sorted(items, key=lambda item: GROUPS.index(item.group))
        self._lines = list(_lines(self._items))
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
