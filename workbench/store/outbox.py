"""The outbox's rows: publications that wait, and what became of those that were sent.

A row is also a slot of its submission, so that taking it out of the outbox can be undone like any edit.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, cast

from sqlalchemy import ColumnElement, Connection, Row, and_, exists, func, literal_column, or_, select, update

from workbench.publication import BatchItem, Outcome, Publication, from_json, to_json
from workbench.store.tables import batch, outbox, study_day, submission
from workbench.submission import Status

State = Literal["waiting", "sending", "published", "proposed", "unchanged", "conflict", "failed", "undone"]

UNSETTLED = ("waiting", "sending")
"""The states in which a publication is still to be sent, or sent again."""

SENT_BACK = ("conflict", "failed")
"""The states in which a publication came back to its editor."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row of the outbox.

    `batch` is what it was told to go with, if it was; `tried` whether it was ever handed to the catalogue, where it
    may have arrived; `embargo` the day that it waits for.
    """

    publication: Publication
    submission: str
    state: State
    queued_at: datetime
    tried: bool
    version: int = 0
    reason: str = ""
    batch: str | None = None
    embargo: date | None = None

    def waits(self, today: date) -> bool:
        """Whether it may not be sent yet."""
        return self.embargo is not None and self.embargo > today


def new(publication: Publication, queued_at: datetime) -> dict[str, Any]:
    """The value of the slot that a new publication takes."""
    return {
        "json": to_json(publication),
        "state": "waiting",
        "version": 0,
        "reason": "",
        "queued_at": queued_at.isoformat(),
        "sent_at": None,
        "batch": None,
    }


def unsettled(connection: Connection, submissions: Collection[str] | None = None) -> tuple[Waiting, ...]:
    """What is still to be sent, of these submissions or of all, in the order it was queued."""
    return _rows(connection, _of(submissions, *UNSETTLED))


def proposed(connection: Connection) -> tuple[Waiting, ...]:
    """What waits for a second person."""
    return _rows(connection, _of(None, "proposed"))


def to_go(connection: Connection, submissions: Collection[str] | None, *, alone: bool) -> tuple[Waiting, ...]:
    """What was told to go, batch after batch; what another program is sending only where we are `alone`."""
    rows = _rows(connection, and_(_of(submissions, *(UNSETTLED if alone else ("waiting",))), _TOLD))
    return tuple(sorted(rows, key=lambda row: row.batch or ""))


def of_batch(connection: Connection, batch: str) -> tuple[BatchItem, ...]:
    """What is still to be sent of a batch."""
    rows = _rows(connection, and_(_of(None, *UNSETTLED), outbox.c.batch == batch))
    return tuple(
        BatchItem(p.uuid, p.study, row.submission, p.title, p.councils, row.state)
        for row in rows
        for p in (row.publication,)
    )


def reviving(connection: Connection, batch: str) -> frozenset[str]:
    """The publications of a batch that brought a withdrawn study back."""
    revives = func.json_extract(outbox.c.json, "$.revives")
    query = select(outbox.c.publication).where(outbox.c.batch == batch, revives)
    return frozenset(connection.scalars(query))


def shown(connection: Connection) -> tuple[Waiting, ...]:
    """What an editor should see: all that is unsettled or proposed, what came back and was not taken up."""
    later = outbox.alias("later")
    overtaken = exists().where(
        later.c.submission == outbox.c.submission, later.c.queued_at > outbox.c.queued_at
    )
    approved = exists().where(submission.c.id == outbox.c.submission, submission.c.status == Status.APPROVED)
    came_back = and_(outbox.c.state.in_(SENT_BACK), approved, ~overtaken)
    newest = select(batch.c.id).where(batch.c.kind == "publish").order_by(batch.c.number.desc()).limit(1)
    last = outbox.c.batch == newest.scalar_subquery()
    return _rows(connection, or_(outbox.c.state.in_((*UNSETTLED, "proposed")), came_back, last))


_TOLD = outbox.c.batch.is_not(None)
_embargo = (
    select(study_day.c.day)
    .where(study_day.c.submission == outbox.c.submission, study_day.c.key == "embargo")
    .scalar_subquery()
)


def _of(submissions: Collection[str] | None, *states: State) -> ColumnElement[bool]:
    found = outbox.c.state.in_(states)
    return found if submissions is None else and_(found, outbox.c.submission.in_(submissions))


def _rows(connection: Connection, condition: ColumnElement[bool]) -> tuple[Waiting, ...]:
    query = select(outbox, _embargo.label("embargo")).where(condition)
    ordered = query.order_by(outbox.c.queued_at, literal_column("outbox.rowid"))
    return tuple(map(_waiting, connection.execute(ordered)))


def _waiting(row: Row[*tuple[Any, ...]]) -> Waiting:
    return Waiting(
        publication=from_json(row.json),
        submission=row.submission,
        state=cast("State", row.state),
        queued_at=datetime.fromisoformat(row.queued_at),
        tried=row.sent_at is not None,
        version=row.version,
        reason=row.reason,
        batch=row.batch,
        embargo=date.fromisoformat(row.embargo) if row.embargo else None,
    )


def tell(connection: Connection, publications: Sequence[str], batch: str) -> None:
    """Tells publications that wait to go, as one batch. Those that were told already stay with theirs."""
    _update(connection, publications, {"batch": batch}, outbox.c.batch.is_(None))


def begin(connection: Connection, publications: Sequence[str], at: datetime) -> None:
    """Marks publications as on their way."""
    _update(connection, publications, {"state": "sending", "sent_at": at.isoformat()})


def put_back(connection: Connection, publications: Sequence[str]) -> None:
    """Lets publications wait again for the catalogue's answer; they go on where they are."""
    _update(connection, publications, {"state": "waiting"})


def call_off(connection: Connection, publications: Sequence[str]) -> None:
    """Lets publications wait to be told once more, as if they had never been sent."""
    _update(connection, publications, {"state": "waiting", "sent_at": None, "batch": None})


def _update(
    connection: Connection,
    publications: Sequence[str],
    values: dict[str, Any],
    *further: ColumnElement[bool],
) -> None:
    for start in range(0, len(publications), 500):
        chosen = outbox.c.publication.in_(publications[start : start + 500])
        connection.execute(
            update(outbox).where(chosen, outbox.c.state.in_(UNSETTLED), *further).values(values)
        )


def settle(connection: Connection, outcome: Outcome, *states: State) -> Waiting | None:
    """Writes down what became of a publication that is in one of `states`; None where it is not any more."""
    values = {"state": outcome.result, "version": outcome.version, "reason": outcome.reason}
    chosen = outbox.c.publication == outcome.publication
    found = _rows(connection, and_(chosen, outbox.c.state.in_(states)))
    connection.execute(update(outbox).where(chosen, outbox.c.state.in_(states)).values(values))
    return found[0] if found else None


def last_of(connection: Connection, submission: str) -> Waiting | None:
    """What was queued last of a submission, whatever became of it."""
    rows = _rows(connection, outbox.c.submission == submission)
    return rows[-1] if rows else None


def slug_owner(connection: Connection, slug: str) -> str | None:
    """The UUID of the study that a waiting publication puts under this slug."""
    told = func.json_extract(outbox.c.json, "$.slug") == slug
    query = select(func.json_extract(outbox.c.json, "$.study")).where(told, outbox.c.state.in_(UNSETTLED))
    return connection.scalar(query.limit(1))


def earlier_slug(connection: Connection, study: str) -> str | None:
    """The slug under which this study was last queued."""
    return _earlier(connection, study, "slug")


def earlier_salt(connection: Connection, study: str) -> str | None:
    """The salt with which this study was last queued."""
    return _earlier(connection, study, "salt")


def _earlier(connection: Connection, study: str, member: str) -> str | None:
    told = func.json_extract(outbox.c.json, "$.study") == study
    query = select(func.json_extract(outbox.c.json, f"$.{member}")).where(told)
    return connection.scalar(query.order_by(outbox.c.queued_at.desc()).limit(1))
