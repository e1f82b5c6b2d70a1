"""Who has taken up which file: this desk's own claims until they are sent, and those of others as last heard."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from workbench.publication import Claim
from workbench.store.tables import claim

_c = claim.c


def add(connection: Connection, source: str, study: str, council: str, title: str) -> None:
    """Notes that this desk has taken up a file, to be told with the next contact."""
    told = {"source": source, "study": study, "council": council, "title": title}
    row = told | {"id": str(uuid4()), "own": True, "who": "", "at": None, "number": 0}
    connection.execute(insert(claim), row)


def unsent(connection: Connection) -> tuple[Claim, ...]:
    """The own claims that the catalogue has not confirmed."""
    return _claims(connection.execute(select(claim).where(_c.own, _c.number == 0)))


def of_others(connection: Connection, sources: Iterable[str], study: str) -> tuple[Claim, ...]:
    """What others have claimed of these files or of this study, the first claim first."""
    named = _c.source.in_(list(sources)) | (_c.study == study)
    return _claims(connection.execute(select(claim).where(~_c.own, named).order_by(_c.number)))


def last(connection: Connection) -> int:
    """The number of the newest claim that was heard of."""
    return connection.scalar(select(func.max(_c.number))) or 0


def hear(connection: Connection, told: Iterable[Claim]) -> None:
    """Keeps what the catalogue tells of claims, the own ones among them."""
    for one in told:
        said = {"who": one.who, "at": one.at.isoformat() if one.at else None, "number": one.number}
        about = {"id": one.id, "source": one.source, "study": one.study}
        row = about | {"council": one.council, "title": one.title, "own": False} | said
        connection.execute(upsert(claim).on_conflict_do_update(index_elements=["id"], set_=said), row)


def forget(connection: Connection) -> None:
    """Starts anew with another catalogue: its claims are not yet heard, the own ones are told again."""
    connection.execute(delete(claim).where(~_c.own))
    connection.execute(update(claim).values(number=0))


def _claims(rows: Iterable[Row[*tuple[Any, ...]]]) -> tuple[Claim, ...]:
    return tuple(
        Claim(
            *(row.id, row.source, row.study, row.council, row.title, row.who),
            datetime.fromisoformat(row.at) if row.at else None,
            row.number,
        )
        for row in rows
    )
