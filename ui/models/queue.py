"""The queue as a Qt model that fetches rows a page at a time, so that ten thousand scroll as ten do."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QStringListModel, Qt, Signal

from ui.phrases import day, say, status
from workbench.desk.rows import QueueRow
from workbench.submission import EDITABLE, Status

PAGE = 100

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole


class QueueModel(QStringListModel):
    """Knows how many rows there are and holds those that were shown.

    The rows are counted by a model of Qt's own, which a view asks for each row it lays out: in Python a hundred
    thousand of those questions would take a second.

    `wanted(offset)` asks for the page that begins there; `put` answers it. Rows that may have changed are shown as
    they were until their page comes again, so that nothing flickers.
    """

    wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._rows: dict[int, QueueRow] = {}
        self._fresh: set[int] = set()
        self._asked: set[int] = set()

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A row can be chosen; it is neither written in nor dragged."""
        row = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return row if index.isValid() else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The row itself (`ROW`), its title, and all of it in words for those who listen."""
        if not index.isValid():
            return None
        self._want(index.row())
        row = self._rows.get(index.row())
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return (row.title or row.id) if row else ""
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(row) if row else say("loading")
        return None

    def expect(self, total: int) -> None:
        """There are `total` rows now, and any of them may have changed."""
        self._fresh.clear()
        self._asked.clear()
        here = self.rowCount()
        if total > here:
            self.insertRows(here, total - here)
        elif total < here:
            self._rows = {place: row for place, row in self._rows.items() if place < total}
            self.removeRows(total, here - total)

    def put(self, offset: int, rows: Sequence[QueueRow]) -> None:
        """Takes in a page."""
        self._fresh.add(offset // PAGE)
        self._asked.add(offset // PAGE)
        self._rows.update(enumerate(rows, offset))
        if rows:
            self.dataChanged.emit(
                self.index(offset), self.index(min(offset + len(rows), self.rowCount()) - 1)
            )

    def forget(self) -> None:
        """Starts anew, as with another filter."""
        self._rows.clear()
        self._fresh.clear()
        self._asked.clear()
        self.setStringList(())

    def at(self, place: int) -> QueueRow | None:
        """The row at `place` if it has been fetched."""
        return self._rows.get(place)

    def place(self, submission: str) -> int | None:
        """Where a submission stands, as far as rows have been fetched since anything changed."""
        return next(iter(self.places((submission,))), None)

    def places(self, submissions: Collection[str]) -> tuple[int, ...]:
        """Where submissions stand, of those whose rows have been fetched since anything changed."""
        pages = (range(page * PAGE, page * PAGE + PAGE) for page in sorted(self._fresh))
        rows = ((place, self._rows.get(place)) for page in pages for place in page)
        return tuple(place for place, row in rows if row is not None and row.id in submissions)

    def _want(self, place: int) -> None:
        page = place // PAGE
        if page not in self._asked:
            self._asked.add(page)
            self.wanted.emit(page * PAGE)


def spoken(row: QueueRow) -> str:
    """A row in words alone."""
    parts = [row.title or say("untitled"), row.council, status(row.status)]
    parts += [say(f"row-{each}-spoken") for each in coming(row)]
    parts.append(say("complete", share=round(row.completeness * 100)))
    parts += [say(f"count-{kind}", n=n) for kind, n in counts(row) if n]
    if row.due is not None and row.status in EDITABLE:
        parts.append(say("reply-due" if row.status is Status.RETURNED else "due", day=day(row.due)))
    return ", ".join(part for part in parts if part)


def coming(row: QueueRow) -> tuple[str, ...]:
    """What is to be said of its files: "asked" what it is, and that a newer version is "waiting"."""
    said = (("asked", row.asked), ("waiting", row.waiting))
    return tuple(name for name, so in said if so)


def counts(row: QueueRow) -> tuple[tuple[str, int], ...]:
    """How many findings of each severity, and how many passages have no place."""
    return (
        ("blocker", row.blockers),
        ("warning", row.warnings),
        ("advice", row.advice),
        ("unplaced", row.unplaced),
    )
