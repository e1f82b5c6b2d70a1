"""The queue: filtered, ordered and counted in SQL."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Float,
    Integer,
    RowMapping,
    Text,
    and_,
    column,
    desc,
    exists,
    func,
    select,
    table,
)

from workbench.store.fulltext import all_words
from workbench.store.tables import authority, submission, tag
from workbench.submission import EDITABLE, Status

WORDS = table(
    "words", column("rowid", Integer), column("words", Text), column("answers", Text), column("rank", Float)
)
"""The full-text index; the column that is named as the table stands for all of them."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which submissions are asked for: all where nothing is set. `late_on` keeps those due before that day."""

    statuses: frozenset[Status] = frozenset()
    text: str = ""
    term: tuple[str, str] | None = None
    gss: str | None = None
    late_on: date | None = None


def rows(connection: Connection, wanted: Wanted, limit: int | None, offset: int) -> Iterable[RowMapping]:
    """The rows of `submission` that are wanted, the one due last first."""
    order = (desc(submission.c.due), desc(submission.c.number))
    query = select(submission).where(_condition(wanted)).order_by(*order).limit(limit).offset(offset)
    return connection.execute(query).mappings()


def count(connection: Connection, wanted: Wanted) -> int:
    """How many are wanted."""
    return connection.execute(
        select(func.count()).select_from(submission).where(_condition(wanted))
    ).scalar_one()


def counts(connection: Connection) -> Mapping[str, int]:
    """How many submissions stand in each status."""
    query = (
        select(submission.c.status, func.count()).where(submission.c.present).group_by(submission.c.status)
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def _condition(wanted: Wanted) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = [submission.c.present]
    if wanted.statuses:
        conditions.append(submission.c.status.in_(sorted(wanted.statuses)))
    if wanted.text.strip():
        conditions.append(_matching(wanted.text))
    if wanted.term:
        kind, slug = wanted.term
        conditions.append(_has(tag, tag.c.kind == kind, tag.c.slug == slug))
    if wanted.gss:
        conditions.append(_has(authority, authority.c.gss == wanted.gss))
    if wanted.late_on:
        conditions.append(submission.c.due < wanted.late_on.isoformat())
        conditions.append(submission.c.status.in_(sorted(EDITABLE)))
    return and_(*conditions)


def _has(table: Any, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(table.c.submission == submission.c.id, *conditions)


def _matching(text: str) -> ColumnElement[bool]:
    by_id = submission.c.id == text.strip().upper()
    query = all_words(text)
    if query is None:
        return by_id
    found = select(WORDS.c.rowid).where(WORDS.c.words.op("MATCH")(query))
    return submission.c.number.in_(found) | by_id
