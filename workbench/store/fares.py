"""How the questions of templates fared: who was asked what, and what came of it, read from the desk's rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from workbench.store import tables


def used(connection: Connection) -> dict[str, dict[int, int]]:
    """How many submissions there are under each template, by its version."""
    table = tables.submission.c
    query = select(table.template, table.template_version, func.count()).where(table.present)
    found: dict[str, dict[int, int]] = {}
    for name, version, count in connection.execute(query.group_by(table.template, table.template_version)):
        found.setdefault(name, {})[version] = count
    return found


@dataclass(frozen=True, slots=True)
class Sent:
    """A submission under a template: its version, its council as the queue names it, and when it came."""

    id: str
    version: int
    council: str
    title: str


def sent(connection: Connection, template: str) -> tuple[Sent, ...]:
    """The submissions under a template, the first one first."""
    table = tables.submission.c
    query = select(table.id, table.template_version, table.council, table.title)
    query = query.where(table.present, table.template == template).order_by(table.number)
    return tuple(Sent(*row) for row in connection.execute(query).tuples())


def rows(connection: Connection, slot: str, template: str, *columns: str) -> Iterator[dict[str, Any]]:
    """Of all submissions under a template the rows of a slot (`field_value`, `finding`, …), each with `submission`,
    `key` and the columns named."""
    table, owner = tables.metadata.tables[slot], tables.submission
    wanted = [table.c.submission, table.c.key, *(table.c[name] for name in columns)]
    query = select(*wanted).join(owner, owner.c.id == table.c.submission)
    for row in connection.execute(query.where(owner.c.present, owner.c.template == template)).mappings():
        yield dict(row)
