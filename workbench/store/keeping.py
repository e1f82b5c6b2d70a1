"""What the desk keeps of studies that are done with, and taking it away when it is kept no longer."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, cast

from sqlalchemy import Connection, Row, func, select

from workbench.edits import Change, Value
from workbench.store import forgetting, tables
from workbench.store.forgetting import Person
from workbench.submission import Status

Kind = Literal["files", "contacts"]
KINDS: tuple[Kind, ...] = ("files", "contacts")

SETTLED = (Status.PUBLISHED, Status.REJECTED, Status.WITHDRAWN)
"""Where a submission stands that is done with."""

HOLD = "keep"
"""The key under which a submission is held."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A study all of whose submissions are done with: since when, whether it is held, and what has gone of it."""

    study: str
    submissions: tuple[str, ...]
    templates: tuple[str, ...]
    title: str
    council: str
    status: Status
    since: datetime
    held: str
    removed: Mapping[Kind, datetime]


@dataclass(frozen=True, slots=True)
class Holding:
    """What there is of a study that may go: its files and pictures by name, letters, authors, filled fields."""

    files: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    letters: int = 0
    authors: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    sent: tuple[str, ...] = ()
    """The names of the copies that were returned to the council: they stand outside the desk."""


def settled(connection: Connection, ids: Collection[str] | None = None) -> Iterator[Settled]:
    """The studies on the desk that are done with, the one that came first first; of these submissions, or all."""
    held = select(tables.hold.c.submission, tables.hold.c.reason).where(tables.hold.c.key == HOLD)
    holds = {str(row[0]): str(row[1]) for row in connection.execute(held)}
    removals: dict[str, dict[Kind, datetime]] = {}
    for row in connection.execute(select(tables.removal)):
        removals.setdefault(row.submission, {})[row.key] = datetime.fromisoformat(row.at)
    for rows in _by_study(connection).values():
        if all(row.status in SETTLED for row in rows) and _is_asked(rows, ids):
            yield _settled(connection, rows, holds, removals)


def _is_asked(rows: list[Row[*tuple[Any, ...]]], ids: Collection[str] | None) -> bool:
    return ids is None or any(row.id in ids for row in rows)


def _by_study(connection: Connection) -> dict[str, list[Row[*tuple[Any, ...]]]]:
    table = tables.submission.c
    query = select(table.id, table.study, table.template, table.title, table.council, table.status)
    found: dict[str, list[Row[*tuple[Any, ...]]]] = {}
    for row in connection.execute(query.where(table.present).order_by(table.number)):
        found.setdefault(row.study, []).append(row)
    return found


def _settled(
    connection: Connection,
    rows: list[Row[*tuple[Any, ...]]],
    holds: Mapping[str, str],
    removals: Mapping[str, Mapping[Kind, datetime]],
) -> Settled:
    since, newest = max(
        ((_since(connection, row.id, row.status), row) for row in rows), key=lambda each: each[0]
    )
    ids = tuple(row.id for row in rows)
    gone = [removals.get(name, {}) for name in ids]
    return Settled(
        newest.study,
        ids,
        tuple(dict.fromkeys(row.template for row in rows)),
        newest.title,
        newest.council,
        Status(newest.status),
        since,
        next((holds[name] for name in ids if name in holds), ""),
        {kind: min(each[kind] for each in gone) for kind in KINDS if all(kind in each for each in gone)},
    )


def _since(connection: Connection, submission: str, status: str) -> datetime:
    """When a submission came to stand where it does: the newest step that brought it there."""
    table, own = tables.journal.c, tables.journal_submission.c
    query = select(table.at, table.changes).join(tables.journal_submission, own.entry == table.id)
    query = query.where(own.submission == submission).order_by(table.id.desc())
    steps = connection.execute(query).all()
    arrived = (at for at, changes in steps if any(_leads_to(each, submission, status) for each in changes))
    return datetime.fromisoformat(next(arrived, steps[-1][0]))


def _leads_to(change: list[Any], submission: str, status: str) -> bool:
    owner, slot, key, _, after = change
    return (owner, slot, key, after) == (submission, "submission", "status", status)


def holding(connection: Connection, submissions: Collection[str], fields: Collection[str]) -> Holding:
    """What there is of these submissions; `fields` are those that are personal."""
    told = tables.note.c
    notes = [
        row
        for row in connection.execute(select(told.kind, told.author).where(told.submission.in_(submissions)))
        if row.author
    ]
    value = tables.field_value.c
    filled = select(value.key).where(
        value.submission.in_(submissions), value.key.in_(fields), value.html != ""
    )
    return Holding(
        tuple(_names(connection, tables.source_file, submissions)),
        tuple(_names(connection, tables.picture, submissions)),
        sum(row.kind == "mail" for row in notes),
        tuple(dict.fromkeys(row.author for row in notes if row.kind != "mail")),
        tuple(dict.fromkeys(connection.scalars(filled))),
        tuple(_sent(connection, submissions)),
    )


def _names(connection: Connection, table: Any, submissions: Collection[str]) -> Iterator[str]:
    """The names of what is not emptied, nor stands there as readers see it already."""
    held = select(tables.blob.c.sha256).where(func.length(tables.blob.c.data) > 0)
    query = select(table.c.name).where(table.c.submission.in_(submissions), table.c.key.in_(held))
    if table is tables.picture:
        query = query.where(table.c.key.not_in(_published(connection)))
    yield from dict.fromkeys(connection.scalars(query.order_by(table.c.submission, table.c.position)))


def _published(connection: Connection) -> Any:
    """What stands in the place of others is as readers see it."""
    return select(tables.conversion.c.word)


def _sent(connection: Connection, submissions: Collection[str]) -> Iterator[str]:
    table, own = tables.journal.c, tables.journal_submission.c
    query = select(func.json_extract(table.params, "$.file"))
    query = query.join(tables.journal_submission, own.entry == table.id)
    query = query.where(own.submission.in_(submissions), table.code == "send-back").order_by(table.id)
    yield from dict.fromkeys(str(name) for name in connection.scalars(query) if name)


def pictures(connection: Connection, submissions: Collection[str]) -> tuple[str, ...]:
    """The pictures of these submissions as they came, by SHA-256."""
    table = tables.picture.c
    query = select(table.key).where(
        table.submission.in_(submissions), table.key.not_in(_published(connection))
    )
    return tuple(connection.scalars(query.distinct()))


def spared(connection: Connection, submissions: Collection[str]) -> frozenset[str]:
    """The files and pictures that submissions besides these still need."""
    gone = select(tables.removal.c.submission).where(tables.removal.c.key == "files")
    found: set[str] = set()
    for table in (tables.source_file, tables.picture):
        others = (table.c.submission.not_in(submissions), table.c.submission.not_in(gone))
        found |= {*connection.scalars(select(table.c.key).where(*others).distinct())}
    return frozenset(found)


def remove(connection: Connection, who: Person, originals: Collection[str]) -> int:
    """Takes away the files of a study, its pictures as they came, and what `who` names; the number of files."""
    files = forgetting.scrub(connection, who)
    return files + forgetting.empty(connection, set(originals) - who.spared)


def files_alone(study: str, submissions: tuple[str, ...], spared: frozenset[str]) -> Person:
    """A study of which files go and letters, and no answer."""
    return Person(study, submissions, frozenset(), frozenset(), letters=True, spared=spared)


def removal(connection: Connection, submission: str, kind: Kind) -> dict[str, Any] | None:
    """When and why something of a submission went; None where it did not."""
    table = tables.removal
    query = select(table.c.at, table.c.since, table.c.months)
    row = (
        connection.execute(query.where(table.c.submission == submission, table.c.key == kind))
        .mappings()
        .first()
    )
    return None if row is None else cast("dict[str, Any]", dict(row))


def would_bring_back(change: Change) -> Iterator[Kind]:
    """What a change would bring back that has gone: a file, a letter, or an answer that is empty on both sides."""
    if change.slot in ("file", "revision") or any(
        value and value.get("kind") == "mail"
        for value in (change.before, change.after)
        if change.slot == "note"
    ):
        yield from KINDS
    if change.slot == "field" and not _says(change.before) and not _says(change.after):
        yield "contacts"


def _says(value: Value) -> bool:
    return bool(value and value["html"])
