"""How the questions of templates fared: who was asked what, and what came of it, read from the desk's rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import starmap
from typing import Any

from sqlalchemy import Connection, func, select

from workbench.edits import Change
from workbench.store import tables

PLACED = "place"
"""The step by which an editor brings a passage to a field."""


def used(connection: Connection) -> dict[str, dict[int, int]]:
    """How many submissions there are under each template, by its version."""
    table = tables.submission.c
    query = select(table.template, table.template_version, func.count()).where(table.present)
    found: dict[str, dict[int, int]] = {}
    for name, version, count in connection.execute(query.group_by(table.template, table.template_version)):
        found.setdefault(name, {})[version] = count
    return found


def last(connection: Connection) -> dict[str, datetime]:
    """When the newest submission under each template came in."""
    table = tables.submission.c
    query = select(table.template, func.max(table.received)).where(table.present).group_by(table.template)
    return {name: datetime.fromisoformat(received) for name, received in connection.execute(query)}


@dataclass(frozen=True, slots=True)
class Sent:
    """A submission under a template in some version; its council as the queue names it."""

    id: str
    template: str
    version: int
    council: str
    title: str


def sent(connection: Connection, template: str = "") -> tuple[Sent, ...]:
    """The submissions under a template, or under any of them, the first one first."""
    table = tables.submission.c
    query = select(table.id, table.template, table.template_version, table.council, table.title)
    query = query.where(table.present).order_by(table.number)
    query = query.where(table.template == template) if template else query
    return tuple(Sent(*row) for row in connection.execute(query))


def rows(connection: Connection, slot: str, template: str, *columns: str) -> Iterator[dict[str, Any]]:
    """Of all submissions under a template the rows of a slot (`field_value`, `finding`, …), each with `submission`,
    `key` and the columns named."""
    table, owner = tables.metadata.tables[slot], tables.submission
    wanted = [table.c.submission, table.c.key, *(table.c[name] for name in columns)]
    query = select(*wanted).join(owner, owner.c.id == table.c.submission)
    for row in connection.execute(query.where(owner.c.present, owner.c.template == template)).mappings():
        yield dict(row)


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the journal as far as it changed answers: of which submission, which field, what stood there before.

    `before` is the HTML, "" for nothing; `placed` says that it brought a passage there and was not taken back.
    """

    submission: str
    field: str
    before: str
    placed: bool


def steps(connection: Connection, template: str) -> Iterator[Step]:
    """The steps that changed answers of submissions under a template, the first one first."""
    journal, touched, owner = tables.journal, tables.journal_submission, tables.submission
    own = select(touched.c.entry).join(owner, owner.c.id == touched.c.submission)
    own = own.where(owner.c.present, owner.c.template == template)
    query = select(journal.c.code, journal.c.changes, journal.c.undoes, journal.c.undone_by)
    for code, changes, undoes, undone_by in connection.execute(
        query.where(journal.c.id.in_(own)).order_by(journal.c.id)
    ):
        placed = code == PLACED and undoes is None and undone_by is None
        for change in starmap(Change, changes):
            if change.slot == "field":
                yield Step(
                    change.submission, change.key, change.before["html"] if change.before else "", placed
                )
