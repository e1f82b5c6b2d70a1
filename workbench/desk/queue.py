"""The queue: which submissions lie on the desk, and how each of them stands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from workbench.desk import filters
from workbench.desk.desk import Desk
from workbench.desk.rows import Listing, QueueFilter, QueueRow
from workbench.submission import SEVERITIES, Status

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from workbench.store.queue import Wanted


EVERYTHING = QueueFilter()
LATE = QueueFilter(late=True)


def listing(
    desk: Desk, wanted: QueueFilter, page: int, offset: int = 0, around: str | None = None
) -> Listing:
    """The queue at one moment, with the page of `page` rows that holds the place `offset`.

    Where the submission `around` has moved to another page, that one is given instead.
    """
    from workbench.store import queue

    asked = _wanted(desk, wanted)
    with desk.store.reading() as connection:
        standing = counts(desk)
        alone = wanted == QueueFilter(statuses=wanted.statuses, order=wanted.order)
        total = _in(standing, wanted.statuses) if alone else queue.count(connection, asked)
        offset = min(offset, max(total - 1, 0)) // page * page
        found = _page(connection, asked, page, offset, total)
        if around and all(row.id != around for row in found):
            moved = queue.place(connection, asked, around)
            if moved is not None:
                offset = moved // page * page
                found = _page(connection, asked, page, offset, total)
        said = filters.criteria(desk, wanted)
        return Listing(standing, _late(desk), total, offset, found, said, filters.saved(desk))


def rows(
    desk: Desk, wanted: QueueFilter = EVERYTHING, limit: int | None = None, offset: int = 0
) -> tuple[QueueRow, ...]:
    """The submissions that the filter lets through, in its order."""
    from workbench.store import queue

    with desk.store.reading() as connection:
        return tuple(map(_row, queue.rows(connection, _wanted(desk, wanted), limit, offset)))


def ids(desk: Desk, wanted: QueueFilter = EVERYTHING) -> tuple[str, ...]:
    """The ids of all submissions that the filter lets through, in its order."""
    from workbench.store import queue

    with desk.store.reading() as connection:
        return queue.ids(connection, _wanted(desk, wanted))


def count(desk: Desk, wanted: QueueFilter = EVERYTHING) -> int:
    """How many submissions the filter lets through."""
    from workbench.store import queue

    with desk.store.reading() as connection:
        return queue.count(connection, _wanted(desk, wanted))


def counts(desk: Desk) -> Mapping[Status, int]:
    """How many submissions stand in each status; 0 for a status without any."""
    from workbench.store import queue

    return desk.store.remembered("counts", queue.counts)


def _late(desk: Desk) -> int:
    from workbench.store import queue

    wanted = _wanted(desk, LATE)
    return desk.store.remembered(f"late on {desk.today}", lambda found: queue.count(found, wanted))


def _page(connection: Connection, wanted: Wanted, page: int, offset: int, total: int) -> tuple[QueueRow, ...]:
    from workbench.store import queue

    return tuple(map(_row, queue.rows(connection, wanted, page, offset, total)))


def _in(standing: Mapping[Status, int], statuses: frozenset[Status]) -> int:
    return sum(n for status, n in standing.items() if not statuses or status in statuses)


def _wanted(desk: Desk, wanted: QueueFilter) -> Wanted:
    from workbench.store.queue import Wanted

    soon, ahead = wanted.due_within, wanted.review_within
    return Wanted(
        wanted.statuses,
        wanted.text,
        _filed(desk, wanted.term) if wanted.term else (),
        wanted.gss,
        late_on=desk.today if wanted.late else None,
        due_by=None if soon is None else desk.today + timedelta(days=soon),
        worst=None if wanted.worst is None else (*SEVERITIES, "none").index(wanted.worst),
        unplaced=wanted.unplaced,
        waiting=wanted.waiting,
        asked=wanted.asked,
        missing=wanted.missing,
        review_by=None if ahead is None else desk.today + timedelta(days=ahead),
        among=wanted.among,
        order=wanted.order,
    )


def _filed(desk: Desk, term: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    """The term, and those where its studies are now: a filter that was kept outlives a change of the vocabulary."""
    heirs = (theme.key for theme in desk.vocabulary.resolve(*term))
    return tuple(dict.fromkeys((term, *heirs)))


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
        waiting=found["waiting"],
        asked=found["asked"],
    )
