"""The desk's copy of the catalogue: followed change by change, searched with SQLite's full-text index.

Everything here happens inside a transaction of the caller, so that a page of changes and the place it leads to are
kept together or not at all.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from html import escape
from typing import Any, Literal, cast

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    column,
    delete,
    exists,
    func,
    literal_column,
    select,
    table,
)
from sqlalchemy.dialects.sqlite import insert as upsert

from workbench import richtext
from workbench.publication import Publication, Study, study_from_json, study_to_json
from workbench.store.tables import mirror_facet, mirror_state, mirror_study

FACETS = ("topic", "support_type", "collection", "council", "region", "year")

Sort = Literal["relevance", "newest", "title"]

_words = table("mirror_words", column("rowid"))
_match: ColumnElement[Any] = literal_column("mirror_words")
_number = mirror_study.c.number

_WEIGHTS = "8.0, 4.0, 1.0, 4.0"
"""How much a word counts in the title, the summary, the body and the council's name."""

_OPEN, _CLOSE = "\x02", "\x03"
"""Marks that SQLite puts around found words. They become tags after everything else was escaped."""


@dataclass(frozen=True, slots=True)
class Place:
    """How far the mirror has followed: which catalogue, up to which change, and when it last asked."""

    identity: str = ""
    change: int = 0
    pulled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Search:
    """What is searched for. All of `facets` must hold, in each any of its values; days are in UTC and included."""

    text: str = ""
    facets: Mapping[str, frozenset[str]] = field(default_factory=dict[str, "frozenset[str]"])
    published_from: date | None = None
    published_to: date | None = None
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A study found. `title` and `snippet` are safe HTML, the found words in `<mark>`."""

    study: str
    title: str
    snippet: str
    council: str
    published_at: datetime
    version: int
    withdrawn: bool


Counted = tuple[str, str, str, int]
"""A facet, one of its values, the value's label, and how many studies have it."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What a search gives: a page of studies, how many were found in all, and the facets over all of them."""

    page: tuple[Found, ...]
    total: int
    facets: tuple[Counted, ...]


# Following


def place(connection: Connection) -> Place:
    """How far the mirror has followed."""
    state = {row.key: row.value for row in connection.execute(select(mirror_state))}
    pulled = state.get("pulled_at")
    moment = datetime.fromisoformat(pulled) if pulled else None
    return Place(state.get("identity", ""), int(state.get("change", "0")), moment)


def set_place(connection: Connection, reached: Place) -> None:
    """Writes down how far the mirror has followed."""
    pulled_at = reached.pulled_at.isoformat() if reached.pulled_at else ""
    state = {"identity": reached.identity, "change": str(reached.change), "pulled_at": pulled_at}
    statement = upsert(mirror_state)
    statement = statement.on_conflict_do_update(
        index_elements=["key"], set_={"value": statement.excluded.value}
    )
    connection.execute(statement, [{"key": key, "value": value} for key, value in state.items()])


def clear(connection: Connection) -> None:
    """Forgets everything, to follow another catalogue from its beginning."""
    for emptied in (mirror_facet, mirror_study, mirror_state):
        connection.execute(delete(emptied))
    connection.exec_driver_sql("DELETE FROM mirror_words")


def take(connection: Connection, studies: Iterable[Study]) -> None:
    """Puts studies as they stand now in the place of what the mirror held of them."""
    for study in studies:
        number = _take_row(connection, study)
        _take_words(connection, number, study.publication)
        connection.execute(delete(mirror_facet).where(mirror_facet.c.number == number))
        if rows := [{"number": number, **row} for row in _facets_of(study)]:
            connection.execute(upsert(mirror_facet).on_conflict_do_nothing(), rows)


def _take_row(connection: Connection, study: Study) -> int:
    publication = study.publication
    values = {
        "study": publication.study,
        "change": study.change,
        "title": publication.title,
        "council": ", ".join(council.name for council in publication.authorities),
        "published_at": study.published_at.isoformat(),
        "withdrawn": study.withdrawn,
        "json": study_to_json(study),
    }
    statement = upsert(mirror_study).on_conflict_do_update(index_elements=["study"], set_=values)
    return connection.execute(statement.returning(_number), values).scalar_one()


def _take_words(connection: Connection, number: int, publication: Publication) -> None:
    body = "\n".join(_plain(field.html) for field in publication.fields)
    councils = ", ".join(council.name for council in publication.authorities)
    words = (publication.title, publication.summary, body, councils)
    connection.exec_driver_sql("DELETE FROM mirror_words WHERE rowid = ?", (number,))
    connection.exec_driver_sql(
        "INSERT INTO mirror_words (rowid, title, summary, body, council) VALUES (?, ?, ?, ?, ?)",
        (number, *(text.replace(_OPEN, "").replace(_CLOSE, "") for text in words)),
    )


def _plain(html: str) -> str:
    return richtext.plain(richtext.from_html(html))


def _facets_of(study: Study) -> Iterator[dict[str, str]]:
    for term in study.publication.terms:
        yield {"facet": term.kind, "value": term.slug, "label": term.label}
    for council in study.publication.authorities:
        yield {"facet": "council", "value": council.gss or council.name, "label": council.name}
        if council.region:
            yield {"facet": "region", "value": council.region, "label": council.region}
    year = str(study.published_at.year)
    yield {"facet": "year", "value": year, "label": year}


# Reading


def get(connection: Connection, study: str) -> Study | None:
    """The study of that UUID as the catalogue last had it."""
    found = connection.scalar(select(mirror_study.c.json).where(mirror_study.c.study == study))
    return None if found is None else study_from_json(found)


def slug_owner(connection: Connection, slug: str) -> str | None:
    """The UUID of the study that stands under this slug."""
    is_there = func.json_extract(mirror_study.c.json, "$.publication.slug") == slug
    return connection.scalar(select(mirror_study.c.study).where(is_there).limit(1))


def look(connection: Connection, search: Search, sort: Sort, limit: int, offset: int) -> Looked:
    """One page of what is found, in order, with the facets over all of it.

    Relevance needs words; without any it is newest first. A facet in which something is chosen counts as if nothing
    were, so that its other values can be added.
    """
    query = full_text(search.text)
    by_relevance = sort == "relevance" and query is not None
    matched = _matched(connection, query, by_relevance) if search.text.strip() else None
    condition = _condition(search, matched)
    if by_relevance and matched is not None:
        found = set(connection.scalars(select(_number).where(condition)))
        numbers = [number for number in matched if number in found][offset : offset + limit]
    else:
        ordered = select(_number).where(condition).order_by(*_order(sort)).limit(limit).offset(offset)
        numbers = list(connection.scalars(ordered))
    total = connection.scalar(select(func.count()).select_from(mirror_study).where(condition)) or 0
    return Looked(_page(connection, numbers, query), total, _facets(connection, search, matched))


def _matched(connection: Connection, query: str | None, by_relevance: bool) -> Sequence[int]:
    """All studies that hold the words, asked of the index once: the best first, or in any order."""
    if query is None:
        return ()
    found = select(_words.c.rowid).where(_match.op("MATCH")(query))
    if by_relevance:
        found = found.order_by(literal_column(f"bm25(mirror_words, {_WEIGHTS})"), _words.c.rowid.desc())
    return connection.scalars(found).all()


def _order(sort: Sort) -> Sequence[ColumnElement[Any]]:
    if sort == "title":
        return func.lower(mirror_study.c.title), _number
    return mirror_study.c.published_at.desc(), _number.desc()


def _page(connection: Connection, numbers: Sequence[int], query: str | None) -> tuple[Found, ...]:
    rows = {row.number: row for row in connection.execute(select(mirror_study).where(_number.in_(numbers)))}
    marked = _marked(connection, numbers, query)
    return tuple(_found(rows[number], marked.get(number)) for number in numbers)


def _facets(connection: Connection, search: Search, matched: Sequence[int] | None) -> tuple[Counted, ...]:
    """Facet, value, label and number of studies, each facet's largest first."""
    open_facets = [name for name in FACETS if not search.facets.get(name)]
    rows = list(_counted(connection, _condition(search, matched), open_facets))
    for chosen in (name for name in FACETS if search.facets.get(name)):
        others = {name: values for name, values in search.facets.items() if name != chosen}
        rows += _counted(connection, _condition(replace(search, facets=others), matched), [chosen])
    return tuple(sorted(rows, key=lambda row: (FACETS.index(row[0]), *_rank(row))))


def _rank(row: Counted) -> tuple[int, str]:
    """Years run backwards; anything else by its number, then its label."""
    facet, value, label, number = row
    return (-int(value), "") if facet == "year" else (-number, label)


def _counted(
    connection: Connection, condition: ColumnElement[bool], names: Sequence[str]
) -> Iterator[Counted]:
    columns = mirror_facet.c
    query = (
        select(columns.facet, columns.value, func.max(columns.label), func.count())
        .where(columns.facet.in_(names), columns.number.in_(select(_number).where(condition)))
        .group_by(columns.facet, columns.value)
    )
    for row in connection.execute(query):
        yield cast("Counted", tuple(row))


def full_text(text: str) -> str | None:
    """The query that finds all words of `text`, each as the beginning of one; None where there is no word.

    Only letters and digits of the text reach the query, so that no sign in it can be taken for an operator.
    """
    words = re.findall(r"[^\W_]+", text)
    return " ".join(f'"{word}"*' for word in words) or None


def _condition(search: Search, matched: Sequence[int] | None) -> ColumnElement[bool]:
    """What a study must hold; `matched` are those with the words, None where none are asked for."""
    conditions: list[ColumnElement[bool]] = []
    if not search.withdrawn:
        conditions.append(mirror_study.c.withdrawn.is_(False))
    if matched is not None:
        numbers = func.json_each(json.dumps(list(matched))).table_valued("value")
        conditions.append(_number.in_(select(numbers.c.value)))
    if search.published_from:
        conditions.append(mirror_study.c.published_at >= search.published_from.isoformat())
    if search.published_to:
        conditions.append(mirror_study.c.published_at < (search.published_to + timedelta(days=1)).isoformat())
    conditions += [_has(facet, values) for facet, values in search.facets.items() if values]
    return and_(True, *conditions)


def _has(facet: str, values: frozenset[str]) -> ColumnElement[bool]:
    columns = mirror_facet.c
    return exists().where(
        columns.number == _number, columns.facet == facet, columns.value.in_(sorted(values))
    )


def _marked(connection: Connection, numbers: Sequence[int], query: str | None) -> Mapping[int, Sequence[str]]:
    """Title, piece of the summary and piece of the body with the found words between the marks."""
    if query is None:
        return {}
    marks = f"'{_OPEN}', '{_CLOSE}'"
    pieces = (
        f"highlight(mirror_words, 0, {marks})",
        f"snippet(mirror_words, 1, {marks}, '…', 28)",
        f"snippet(mirror_words, 2, {marks}, '…', 28)",
    )
    selected = select(_words.c.rowid, *map(literal_column, pieces))
    on_page = literal_column("+mirror_words.rowid").in_(
        numbers
    )  # the plus: one walk of the index, not one a study
    found = connection.execute(selected.where(_match.op("MATCH")(query), on_page))
    return {row[0]: row[1:] for row in found}


def _found(row: Any, marked: Sequence[str] | None) -> Found:
    study = study_from_json(row.json)
    title, *pieces = marked or (row.title, study.publication.summary, "")
    piece = next((piece for piece in pieces if _OPEN in piece), pieces[0] or pieces[1])
    return Found(
        study=row.study,
        title=_safe(title),
        snippet=_safe(piece),
        council=row.council,
        published_at=study.published_at,
        version=study.version,
        withdrawn=row.withdrawn,
    )


def _safe(text: str) -> str:
    return escape(text).replace(_OPEN, "<mark>").replace(_CLOSE, "</mark>")
