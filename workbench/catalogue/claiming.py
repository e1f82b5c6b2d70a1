"""Who has taken up which file: so that two editors with one mailbox do not do the same work."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection, func, select, text

from workbench.catalogue import tables
from workbench.catalogue.transactions import is_postgresql
from workbench.publication import Claim


def is_allowed(connection: Connection) -> bool:
    """Whether this login may take claims down; anybody may on SQLite."""
    right = text("SELECT has_function_privilege('casebook_claim(jsonb)', 'EXECUTE')")
    return not is_postgresql(connection) or bool(connection.scalar(right))


def claim(connection: Connection, claims: Sequence[Claim], who: str) -> None:
    """Takes claims down, each once however often it is sent. A server says itself who it was and when."""
    told = [
        {"id": one.id, "source": one.source, "study": one.study, "council": one.council, "title": one.title}
        for one in claims
    ]
    if is_postgresql(connection):
        rows = [row | {"signed": who} for row in told]
        connection.execute(text("SELECT casebook_claim(CAST(:told AS jsonb))"), {"told": json.dumps(rows)})
        return
    column = tables.claim.c
    known = set(connection.scalars(select(column.id).where(column.id.in_([one.id for one in claims]))))
    last = connection.scalar(select(func.max(column.number))) or 0
    new = [row for row in told if row["id"] not in known]
    for number, row in enumerate(new, last + 1):
        by = {"actor": who, "signed": who, "at": datetime.now(UTC)}
        connection.execute(tables.claim.insert(), row | by | {"number": number})


def claims(connection: Connection, since: int, limit: int) -> tuple[Claim, ...]:
    """The claims after a number, in order."""
    told = tables.claim.c
    rows = connection.execute(
        select(tables.claim).where(told.number > since).order_by(told.number).limit(limit)
    )
    return tuple(
        Claim(row.id, row.source, row.study, row.council, row.title, row.actor, row.at, row.number)
        for row in rows
    )
