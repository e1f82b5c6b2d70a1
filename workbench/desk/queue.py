"""The queue: which submissions lie on the desk, and how each of them stands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from workbench.desk.desk import Desk
from workbench.desk.rows import QueueFilter, QueueRow
from workbench.submission import Status

if TYPE_CHECKING:
    from workbench.store.queue import Wanted


EVERYTHING = QueueFilter()


def rows(
    desk: Desk, wanted: QueueFilter = EVERYTHING, limit: int | None = None, offset: int = 0
) -> tuple[QueueRow, ...]:
    """The submissions that the filter lets through, the one due last first."""
    from workbench.store import queue

    with desk.store.reading() as connection:
        return tuple(_row(found) for found in queue.rows(connection, _wanted(desk, wanted), limit, offset))


def count(desk: Desk, wanted: QueueFilter = EVERYTHING) -> int:
    """How many submissions the filter lets through."""
    from workbench.store import queue

    with desk.store.reading() as connection:
        return queue.count(connection, _wanted(desk, wanted))


def counts(desk: Desk) -> Mapping[Status, int]:
    """How many submissions stand in each status; 0 for a status without any."""
    from workbench.store import queue

    with desk.store.reading() as connection:
        found = queue.counts(connection)
    return {status: found.get(status, 0) for status in Status}


def _wanted(desk: Desk, wanted: QueueFilter) -> Wanted:
    from workbench.store.queue import Wanted

    late_on = desk.today if wanted.late else None
    return Wanted(wanted.statuses, wanted.text, wanted.term, wanted.gss, late_on)


def _row(found: Mapping[Any, Any]) -> QueueRow:
    return QueueRow(
        id=found["id"],
        title=found["title"],
        council=found["council"],
        status=Status(found["status"]),
        template=found["template"],
        received=datetime.fromisoformat(found["received"]),
        due=date.fromisoformat(found["due"]) if found["due"] else None,
        completeness=found["completeness"],
        blockers=found["blockers"],
        warnings=found["warnings"],
        advice=found["advice"],
        unplaced=found["unplaced"],
    )
