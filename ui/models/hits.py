"""The studies that a search of the catalogue found, as a Qt model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from workbench.search import Hit

Index = QModelIndex | QPersistentModelIndex
HIT = Qt.ItemDataRole.UserRole


class HitsModel(QAbstractListModel):
    """Holds the pages fetched so far; `wanted(offset)` asks for the next when the view nears the end."""

    wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._hits: list[Hit] = []
        self._total = 0
        self._asked = 0

    def rowCount(self, parent: Index | None = None) -> int:
        """How many have been fetched."""
        return 0 if parent is not None and parent.isValid() else len(self._hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The hit (`HIT`), and in words its title, council and day."""
        if not index.isValid() or index.row() >= len(self._hits):
            return None
        hit = self._hits[index.row()]
        if role == HIT:
            return hit
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{unmarked(hit.title)}, {hit.council}"
        return None

    def canFetchMore(self, parent: Index) -> bool:
        """Whether more were found than are held, and none are on their way."""
        return len(self._hits) < self._total and self._asked <= len(self._hits)

    def fetchMore(self, parent: Index) -> None:
        """Asks for the next page."""
        self._asked = len(self._hits) + 1
        self.wanted.emit(len(self._hits))

    def show_hits(self, hits: Sequence[Hit], total: int) -> None:
        """Starts anew with a first page."""
        self.beginResetModel()
        self._hits, self._total, self._asked = list(hits), total, 0
        self.endResetModel()

    def add(self, hits: Sequence[Hit]) -> None:
        """Appends a page."""
        if not hits:
            self._total = len(self._hits)
            return
        self.beginInsertRows(QModelIndex(), len(self._hits), len(self._hits) + len(hits) - 1)
        self._hits.extend(hits)
        self.endInsertRows()

    def place(self, study: str) -> int | None:
        """Where a study stands."""
        return next((place for place, hit in enumerate(self._hits) if hit.study == study), None)


def unmarked(html: str) -> str:
    """The words of a title or a snippet alone."""
    from html import unescape

    return unescape(html.replace("<mark>", "").replace("</mark>", ""))
