"""The queue: filtered, ordered and counted in SQL."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Connection,
    Executable,
    Float,
    Integer,
    RowMapping,
    Select,
    Table,
    Text,
    and_,
    column,
    exists,
    func,
    literal_column,
    or_,
    select,
    table,
    tuple_,
)

from workbench.store.fulltext import all_words
from workbench.store.tables import (
    REVIEW,
    authority,
    mirror_facet,
    mirror_study,
    refusal,
    revision,
    saved_filter,
    submission,
    tag,
)
from workbench.submission import EDITABLE, Status

WORDS = table(
    "words", column("rowid", Integer), column("words", Text), column("answers", Text), column("rank", Float)
)
"""The full-text index; the column that is named as the table stands for all of them."""


@dataclass(frozen=True, slots=True)
class Order:
    """What rows are sorted by, all of it one way, so that an index can be read along it or back."""

    columns: tuple[ColumnElement[Any], ...]
    backwards: bool = False

    @property
    def clauses(self) -> tuple[ColumnElement[Any], ...]:
        """For the statement."""
        return tuple(column.desc() if self.backwards else column.asc() for column in self.columns)

    def before(self, place: Iterable[Any]) -> ColumnElement[bool]:
        """Whether a row stands before the one with these values."""
        here, there = tuple_(*self.columns), tuple_(*place)
        return here > there if self.backwards else here < there


_row = submission.c

ORDERS: Mapping[str, Order] = MappingProxyType(
    {
        "due": Order((_row.urgency, _row.number)),
        "worst": Order((_row.worst, _row.urgency, _row.number)),
        "received": Order((_row.received, _row.number), backwards=True),
        "age": Order((_row.received, _row.number)),
        "completeness": Order((_row.completeness, _row.number), backwards=True),
        "title": Order((_row.title, _row.number)),
        "council": Order((_row.council, _row.number)),
    }
)


_COMING = tuple(
    exists()
    .where(revision.c.submission == _row.id, revision.c.state == state)
    .correlate(submission)
    .label(state)
    for state in ("waiting", "asked")
)
"""Whether a newer version waits, and whether it is in question what a submission is."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which submissions are asked for, and in which of `ORDERS`: all where nothing is set.

    `terms` keeps those that carry any of these themes, by kind and slug.
    `late_on` keeps those that wait and were due before that day, `due_by` those due until then; `worst` is a place in
    `SEVERITIES`, or their number for those where nothing is open; `waiting` keeps those with a newer version, `asked`
    those of which nobody has said yet what they are; `missing` is "topic" or "council", "tags" for
    either in one that may still be tagged, "answer" where there no theme was taken or refused; `review_by`
    keeps the published ones that are to be looked at again until that day; `among` none but those with these ids.
    """

    statuses: frozenset[Status] = frozenset()
    text: str = ""
    terms: tuple[tuple[str, str], ...] = ()
    gss: str | None = None
    late_on: date | None = None
    due_by: date | None = None
    worst: int | None = None
    unplaced: bool = False
    waiting: bool = False
    asked: bool = False
    missing: str | None = None
    review_by: date | None = None
    among: tuple[str, ...] = ()
    order: str = "due"

    @property
    def among_few(self) -> bool:
        """Whether what it asks of the files of a submission leaves only few."""
        return self.waiting or self.asked

    @property
    def by_text_alone(self) -> bool:
        """Whether the full-text index alone can tell how many there are."""
        return self == Wanted(text=self.text, order=self.order)


def rows(
    connection: Connection, wanted: Wanted, limit: int | None, offset: int, total: int | None = None
) -> Iterable[RowMapping]:
    """The rows of `submission` that are wanted, in their order, with what is to be said of their files.

    `total` is how many there are, if that is known.
    """
    found = _condition(connection, wanted, total)
    query = select(submission, *_COMING).where(found).order_by(*ORDERS[wanted.order].clauses)
    return connection.execute(query.limit(limit).offset(offset)).mappings()


def ids(connection: Connection, wanted: Wanted) -> tuple[str, ...]:
    """The ids of all that are wanted, in their order."""
    found = _condition(connection, wanted)
    return tuple(connection.scalars(select(_row.id).where(found).order_by(*ORDERS[wanted.order].clauses)))


def count(connection: Connection, wanted: Wanted) -> int:
    """How many are wanted."""
    query = _full_text(wanted.text) if wanted.by_text_alone else None
    if query is not None:
        return connection.execute(query.with_only_columns(func.count())).scalar_one()
    found = _condition(connection, wanted)
    return connection.execute(select(func.count()).select_from(submission).where(found)).scalar_one()


def place(connection: Connection, wanted: Wanted, submission_id: str) -> int | None:
    """How many of those wanted stand before this one; None where it is not among them."""
    order, found = ORDERS[wanted.order], _condition(connection, wanted)
    own = connection.execute(select(*order.columns).where(found, _row.id == submission_id)).one_or_none()
    if own is None:
        return None
    before = select(func.count()).select_from(submission).where(found, order.before(own))
    return connection.execute(before).scalar_one()


def counts(connection: Connection) -> Mapping[Status, int]:
    """How many submissions stand in each status."""
    return dict(zip(Status, connection.execute(_counted()).one(), strict=True))


@cache
def _counted() -> Executable:
    """Each status counted along its own stretch of `queue_by_status`, which costs a tenth of grouping."""
    return select(
        *(
            select(func.count()).where(_row.present, _row.status == status).scalar_subquery().label(status)
            for status in Status
        )
    )


def saved(connection: Connection) -> Iterable[tuple[str, Mapping[str, Any]]]:
    """The filters that an editor has named: name and what is wanted, by name."""
    order = func.lower(saved_filter.c.name)
    return [(row.name, row.wanted) for row in connection.execute(select(saved_filter).order_by(order))]


def _condition(connection: Connection, wanted: Wanted, total: int | None = None) -> ColumnElement[bool]:
    return and_(*_of_its_parts(connection, wanted, total), *_of_the_row(wanted))


def _of_the_row(wanted: Wanted) -> Iterable[ColumnElement[bool]]:
    """What the columns of `queue_by_due` tell."""
    if wanted.statuses:
        yield _row.status.in_(sorted(wanted.statuses))
    if wanted.late_on:
        yield _row.urgency < f"0{wanted.late_on}"
    if wanted.due_by:
        yield _row.urgency <= f"0{wanted.due_by}"
    if wanted.worst is not None:
        yield _row.worst == wanted.worst
    if wanted.unplaced:
        yield _row.unplaced > 0
    if wanted.missing == "topic":
        yield _row.topics == 0
    elif wanted.missing == "council":
        yield _row.councils == 0
    elif wanted.missing:
        yield and_(_row.status.in_(sorted(EDITABLE)), or_(_row.topics == 0, _row.councils == 0))


def _of_its_parts(connection: Connection, wanted: Wanted, total: int | None) -> Iterable[ColumnElement[bool]]:
    if wanted.text.strip():
        yield from _matching(connection, wanted, total)
    elif wanted.among_few:
        yield _PRESENT
    else:
        yield _row.present
    if wanted.terms:
        yield _has(tag, or_(*(and_(tag.c.kind == kind, tag.c.slug == slug) for kind, slug in wanted.terms)))
    if wanted.gss:
        yield _has(authority, authority.c.gss == wanted.gss)
    if wanted.waiting:
        yield _has(revision, revision.c.state == "waiting")
    if wanted.asked:
        yield _has(revision, revision.c.state == "asked")
    if wanted.among:
        named = func.json_each(json.dumps(wanted.among)).table_valued("value")
        yield _row.id.in_(select(named.c.value))
    if wanted.missing == "answer":
        yield and_(~_has(tag), ~_has(refusal))
    if wanted.review_by:
        yield and_(_row.status == Status.PUBLISHED, _row.study.in_(_reviewed_by(wanted.review_by)))


def _reviewed_by(day: date) -> Select[tuple[str]]:
    """The studies that readers see and that are to be looked at again until that day."""
    facet = mirror_facet.c
    due = select(facet.number).where(facet.facet == REVIEW, facet.value <= day.isoformat())
    return select(mirror_study.c.study).where(~mirror_study.c.withdrawn, mirror_study.c.number.in_(due))


def _has(owned: Table, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return _row.id.in_(select(owned.c.submission).where(*conditions))


_PRESENT = literal_column("+submission.present", Boolean)
"""The sign of a sum keeps SQLite from the indexes of the orders: what is wanted are few, looked up and sorted."""

FEW = 1_000
"""Up to so many matches are looked up and sorted; more are met soon enough by walking along the order."""

_NAME = re.compile(r"CB-\d{4}(-\d*)?", re.IGNORECASE)


def _matching(connection: Connection, wanted: Wanted, total: int | None) -> Iterable[ColumnElement[bool]]:
    """The sign of a sum keeps SQLite from the one index or the other; by itself it takes the wrong one."""
    found = _full_text(wanted.text)
    if found is None:
        name = wanted.text.strip().upper()
        return (_row.present, _row.id.between(name, f"{name}~"))
    if wanted.among_few:
        return (_PRESENT, (_row.number + 0).in_(found))
    if total is None:
        total = connection.execute(found.with_only_columns(func.count())).scalar_one()
    if total <= FEW:
        return (_PRESENT, _row.number.in_(found))
    return (_row.present, (_row.number + 0).in_(found))


def _full_text(text: str) -> Select[tuple[int]] | None:
    """The numbers of the submissions that hold all words of `text`; None where the text is the name of one."""
    query = all_words(text)
    if query is None or _NAME.fullmatch(text.strip()):
        return None
    return select(WORDS.c.rowid).where(WORDS.c.words.op("MATCH")(query))
