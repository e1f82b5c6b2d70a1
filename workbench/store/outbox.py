"""The outbox's rows: publications that wait, and what became of those that were sent.

A row is also a slot of its submission, so that taking it out of the outbox can be undone like any edit.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, cast

from sqlalchemy import ColumnElement, Connection, Row, and_, exists, func, literal_column, or_, select, update

from workbench.publication import Outcome, Publication, from_json, to_json
from workbench.store.tables import outbox, submission
from workbench.submission import Status

State = Literal["waiting", "sending", "published", "proposed", "unchanged", "conflict", "failed"]

UNSETTLED = ("waiting", "sending")
"""The states in which a publication is still to be sent, or sent again."""

SENT_BACK = ("conflict", "failed")
"""The states in which a publication came back to its editor."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row of the outbox. `tried` is whether it was ever handed to the catalogue, where it may have arrived."""

    publication: Publication
    submission: str
    state: State
    queued_at: datetime
    tried: bool
    version: int = 0
    reason: str = ""


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
    condition = outbox.c.state.in_(UNSETTLED)
    if submissions is not None:
        condition = and_(condition, outbox.c.submission.in_(submissions))
    return _rows(connection, condition)


def shown(connection: Connection) -> tuple[Waiting, ...]:
    """What an editor should see: all that is unsettled, what came back and was not taken up, and the last sending."""
    newest = select(func.max(outbox.c.batch)).scalar_subquery()
    later = outbox.alias("later")
    overtaken = exists().where(
        later.c.submission == outbox.c.submission, later.c.queued_at > outbox.c.queued_at
    )
    approved = exists().where(submission.c.id == outbox.c.submission, submission.c.status == Status.APPROVED)
    came_back = and_(outbox.c.state.in_(SENT_BACK), approved, ~overtaken)
    return _rows(connection, or_(outbox.c.state.in_(UNSETTLED), came_back, outbox.c.batch == newest))


def _rows(connection: Connection, condition: ColumnElement[bool]) -> tuple[Waiting, ...]:
    query = select(outbox).where(condition).order_by(outbox.c.queued_at, literal_column("outbox.rowid"))
    return tuple(map(_waiting, connection.execute(query)))


def _waiting(row: Row[*tuple[Any, ...]]) -> Waiting:
    return Waiting(
        publication=from_json(row.json),
        submission=row.submission,
        state=cast("State", row.state),
        queued_at=datetime.fromisoformat(row.queued_at),
        tried=row.sent_at is not None,
        version=row.version,
        reason=row.reason,
    )


def begin(connection: Connection, publications: Sequence[str], at: datetime) -> None:
    """Marks publications as on their way, in a sending named by its moment."""
    values = {"state": "sending", "sent_at": at.isoformat(), "batch": at.isoformat()}
    _update(connection, publications, values)


def put_back(connection: Connection, publications: Sequence[str], *, unsent: bool) -> None:
    """Lets publications wait again. Only those known to be `unsent` may then be taken out of the outbox."""
    values: dict[str, Any] = {"state": "waiting"}
    _update(connection, publications, values | {"sent_at": None, "batch": None} if unsent else values)


def _update(connection: Connection, publications: Sequence[str], values: dict[str, Any]) -> None:
    for start in range(0, len(publications), 500):
        chosen = outbox.c.publication.in_(publications[start : start + 500])
        connection.execute(update(outbox).where(chosen, outbox.c.state.in_(UNSETTLED)).values(values))


def settle(connection: Connection, outcome: Outcome) -> str | None:
    """Writes down what became of a publication; gives its submission, or None where it was settled before."""
    values = {"state": outcome.result, "version": outcome.version, "reason": outcome.reason}
    chosen = update(outbox).where(outbox.c.publication == outcome.publication, outbox.c.state.in_(UNSETTLED))
    return connection.scalar(chosen.values(values).returning(outbox.c.submission))


def slug_owner(connection: Connection, slug: str) -> str | None:
    """The UUID of the study that a waiting publication puts under this slug."""
    told = func.json_extract(outbox.c.json, "$.slug") == slug
    query = select(func.json_extract(outbox.c.json, "$.study")).where(told, outbox.c.state.in_(UNSETTLED))
    return connection.scalar(query.limit(1))


def earlier_slug(connection: Connection, study: str) -> str | None:
    """The slug under which this study was last queued."""
    told = func.json_extract(outbox.c.json, "$.study") == study
    query = select(func.json_extract(outbox.c.json, "$.slug")).where(told).order_by(outbox.c.queued_at.desc())
    return connection.scalar(query.limit(1))
