"""Batches: what was told to go together, and what became of each of its publications.

A batch of the kind `publish` holds what an editor sent; one of the kind `undo` what taking such a batch back did.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, cast
from uuid import uuid4

from sqlalchemy import (
    Connection,
    Row,
    RowMapping,
    delete,
    exists,
    func,
    insert,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import insert as upsert

from workbench.publication import Batch, BatchItem
from workbench.store.outbox import UNSETTLED
from workbench.store.tables import batch, batch_item, outbox

Kind = Literal["publish", "undo"]


def begin(connection: Connection, kind: Kind, at: datetime, who: str, undoes: str | None = None) -> str:
    """Makes a batch and gives its UUID."""
    made = str(uuid4())
    values = {"id": made, "kind": kind, "began_at": at.isoformat(), "who": who, "undoes": undoes}
    connection.execute(insert(batch).values(catalogue="", **values))
    return made


def name_catalogue(connection: Connection, batches: Sequence[str], catalogue: str) -> None:
    """Writes down where these batches go."""
    connection.execute(update(batch).where(batch.c.id.in_(batches)).values(catalogue=catalogue))


def note(connection: Connection, of: str, item: BatchItem) -> None:
    """Writes down what became of one publication, in the place of what was known of it before."""
    values = {name: getattr(item, name) for name in BatchItem.__slots__} | {"batch": of}
    statement = upsert(batch_item)
    connection.execute(
        statement.on_conflict_do_update(index_elements=["batch", "publication"], set_=values), values
    )


def settle(connection: Connection, at: datetime) -> None:
    """Ends every batch of which nothing is still to be sent; one of which nothing was sent never was."""
    waits = exists().where(outbox.c.batch == batch.c.id, outbox.c.state.in_(UNSETTLED))
    told = exists().where(batch_item.c.batch == batch.c.id)
    done = (batch.c.ended_at.is_(None), ~waits)
    connection.execute(delete(batch).where(*done, ~told, batch.c.kind == "publish"))
    connection.execute(update(batch).where(*done).values(ended_at=at.isoformat()))


_later, _earlier = batch.alias("later"), batch.alias("earlier")
_undone_by = select(func.max(_later.c.number)).where(_later.c.undoes == batch.c.id)
_undoes = select(_earlier.c.number).where(_earlier.c.id == batch.c.undoes)
_waiting = select(func.count()).where(outbox.c.batch == batch.c.id, outbox.c.state.in_(UNSETTLED))
_told = select(
    batch,
    _undone_by.scalar_subquery().label("undone_by"),
    _undoes.scalar_subquery().label("of"),
    _waiting.scalar_subquery().label("waiting"),
)


def newest(connection: Connection, limit: int) -> tuple[Batch, ...]:
    """The latest batches, the newest first."""
    rows = connection.execute(_told.order_by(batch.c.number.desc()).limit(limit)).all()
    return _batches(connection, rows)


def find(connection: Connection, name: str) -> Batch | None:
    """The batch of that number or UUID."""
    number = int(name) if name.isascii() and name.isdecimal() and len(name) < 18 else -1
    rows = connection.execute(_told.where(or_(batch.c.id == name, batch.c.number == number))).all()
    return next(iter(_batches(connection, rows)), None)


def items(connection: Connection, of: str) -> tuple[BatchItem, ...]:
    """What became of each publication of a batch, in the order in which it was known."""
    query = select(batch_item).where(batch_item.c.batch == of).order_by(literal_column("batch_item.rowid"))
    return tuple(BatchItem(**_without_batch(row)) for row in connection.execute(query).mappings())


def _without_batch(row: RowMapping) -> dict[str, Any]:
    return {name: row[name] for name in BatchItem.__slots__}


def _batches(connection: Connection, rows: Sequence[Row[*tuple[Any, ...]]]) -> tuple[Batch, ...]:
    results = _results(connection, [row.id for row in rows])
    return tuple(_batch(row, results.get(row.id, {})) for row in rows)


def _results(connection: Connection, of: Sequence[str]) -> Mapping[str, Mapping[str, int]]:
    """For each of these batches how many publications came to which result."""
    query = select(batch_item.c.batch, batch_item.c.result, func.count())
    query = query.where(batch_item.c.batch.in_(of)).group_by(batch_item.c.batch, batch_item.c.result)
    told: dict[str, dict[str, int]] = {}
    for name, result, count in connection.execute(query):
        told.setdefault(name, {})[result] = count
    return told


def _batch(row: Row[*tuple[Any, ...]], results: Mapping[str, int]) -> Batch:
    return Batch(
        id=row.id,
        number=row.number,
        kind=cast("Kind", row.kind),
        began_at=datetime.fromisoformat(row.began_at),
        who=row.who,
        catalogue=row.catalogue,
        ended_at=datetime.fromisoformat(row.ended_at) if row.ended_at else None,
        undoes=row.of,
        undone_by=row.undone_by,
        results=results,
        waiting=row.waiting,
    )
