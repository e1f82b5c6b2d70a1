"""The desk's copy of the catalogue: followed change by change, searched with SQLite's full-text index.

Everything here happens inside a transaction of the caller, so that a page of changes and the place it leads to are
kept together or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from html import escape
from typing import Any, Literal, cast

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    column,
    delete,
    exists,
    func,
    literal_column,
    or_,
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


def count(connection: Connection, search: Search) -> int:
    """How many studies are found."""
    return connection.scalar(select(func.count()).select_from(mirror_study).where(_condition(search))) or 0


def page(connection: Connection, search: Search, sort: Sort, limit: int, offset: int) -> tuple[Found, ...]:
    """One page of what is found, in order. Relevance needs words; without any it is newest first."""
    query = full_text(search.text)
    ordered = _ordered(search, sort if query or sort != "relevance" else "newest")
    numbers = list(connection.scalars(ordered.limit(limit).offset(offset)))
    rows = {row.number: row for row in connection.execute(select(mirror_study).where(_number.in_(numbers)))}
    marked = _marked(connection, numbers, query)
    return tuple(_found(rows[number], marked.get(number)) for number in numbers)


def _ordered(search: Search, sort: Sort) -> Select[int]:
    query = select(_number).where(_condition(search))
    newest = (mirror_study.c.published_at.desc(), _number.desc())
    if sort == "title":
        return query.order_by(func.lower(mirror_study.c.title), _number)
    if sort == "newest":
        return query.order_by(*newest)
    joined = query.join(_words, _words.c.rowid == _number).where(_match.op("MATCH")(full_text(search.text)))
    return joined.order_by(literal_column(f"bm25(mirror_words, {_WEIGHTS})"), *newest)


def facets(connection: Connection, search: Search) -> tuple[tuple[str, str, str, int], ...]:
    """Facet, value, label and number of studies, each facet's largest first.

    A facet in which something is chosen counts as if nothing were, so that its other values can be added.
    """
    open_facets = [name for name in FACETS if not search.facets.get(name)]
    rows = list(_counted(connection, search, open_facets))
    for chosen in (name for name in FACETS if search.facets.get(name)):
        others = {name: values for name, values in search.facets.items() if name != chosen}
        rows += _counted(connection, _with_facets(search, others), [chosen])
    return tuple(sorted(rows, key=lambda row: (FACETS.index(row[0]), *_rank(row))))


def _rank(row: tuple[str, str, str, int]) -> tuple[int, str]:
    """Years run backwards; anything else by its number, then its label."""
    facet, value, label, number = row
    return (-int(value), "") if facet == "year" else (-number, label)


def _with_facets(search: Search, others: Mapping[str, frozenset[str]]) -> Search:
    return Search(search.text, others, search.published_from, search.published_to, search.withdrawn)


def _counted(
    connection: Connection, search: Search, names: Sequence[str]
) -> Iterator[tuple[str, str, str, int]]:
    columns = mirror_facet.c
    found = select(_number).where(_condition(search))
    query = (
        select(columns.facet, columns.value, func.max(columns.label), func.count())
        .where(columns.facet.in_(names), columns.number.in_(found))
        .group_by(columns.facet, columns.value)
    )
    for row in connection.execute(query):
        yield cast("tuple[str, str, str, int]", tuple(row))


def full_text(text: str) -> str | None:
    """The query that finds all words of `text`, each as the beginning of one; None where there is no word.

    Only letters and digits of the text reach the query, so that no sign in it can be taken for an operator.
    """
    words = re.findall(r"[^\W_]+", text)
    return " ".join(f'"{word}"*' for word in words) or None


def _condition(search: Search) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = []
    if not search.withdrawn:
        conditions.append(mirror_study.c.withdrawn.is_(False))
    if search.text.strip():
        conditions.append(_matching(search.text))
    if search.published_from:
        conditions.append(mirror_study.c.published_at >= search.published_from.isoformat())
    if search.published_to:
        conditions.append(mirror_study.c.published_at < (search.published_to + timedelta(days=1)).isoformat())
    conditions += [_has(facet, values) for facet, values in search.facets.items() if values]
    return and_(True, *conditions)


def _matching(text: str) -> ColumnElement[bool]:
    query = full_text(text)
    if query is None:
        return or_(False)
    return _number.in_(select(_words.c.rowid).where(_match.op("MATCH")(query)))


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
    found = connection.execute(selected.where(_match.op("MATCH")(query), _words.c.rowid.in_(numbers)))
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
