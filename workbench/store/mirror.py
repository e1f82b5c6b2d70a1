"""The desk's copy of the catalogue: followed change by change, searched with SQLite's full-text index.

Everything here happens inside a transaction of the caller, so that a page of changes and the place it leads to are
kept together or not at all.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from html import escape
from typing import Any

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
from workbench.search import FACETS, CatalogueQuery, Facet, Hit, SearchPage, Sort
from workbench.store.fulltext import all_words
from workbench.store.tables import mirror_facet, mirror_state, mirror_study

_words = table("mirror_words", column("rowid"))
_match: ColumnElement[Any] = literal_column("mirror_words")
_number = mirror_study.c.number

_WEIGHTS = "8.0, 4.0, 1.0, 4.0"
"""How much a word counts in the title, the summary, the body and the council's name."""

REVIEW = "review"
"""The facet that holds the day on which a study is looked at again. Nobody searches by it."""

_OPEN, _CLOSE = "\x02", "\x03"
"""Marks that SQLite puts around found words. They become tags after everything else was escaped."""


@dataclass(frozen=True, slots=True)
class Place:
    """How far the mirror has followed: which catalogue, up to which change, and when it last asked."""

    identity: str = ""
    change: int = 0
    pulled_at: datetime | None = None


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
        "council": publication.councils,
        "published_at": study.published_at.isoformat(),
        "withdrawn": study.withdrawn,
        "json": study_to_json(study),
    }
    statement = upsert(mirror_study).on_conflict_do_update(index_elements=["study"], set_=values)
    return connection.execute(statement.returning(_number), values).scalar_one()


def _take_words(connection: Connection, number: int, publication: Publication) -> None:
    body = "\n".join(_plain(field.html) for field in publication.fields)
    words = (publication.title, publication.summary, body, publication.councils)
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
    if study.publication.review_by:
        yield {"facet": REVIEW, "value": study.publication.review_by.isoformat(), "label": ""}


# Reading


def get(connection: Connection, study: str) -> Study | None:
    """The study of that UUID as the catalogue last had it."""
    found = connection.scalar(select(mirror_study.c.json).where(mirror_study.c.study == study))
    return None if found is None else study_from_json(found)


def of_councils(connection: Connection, gss: Iterable[str]) -> tuple[Study, ...]:
    """The studies of these councils that readers can see."""
    numbers = select(mirror_facet.c.number).where(
        mirror_facet.c.facet == "council", mirror_facet.c.value.in_(list(gss))
    )
    query = select(mirror_study.c.json).where(_number.in_(numbers), ~mirror_study.c.withdrawn)
    return tuple(study_from_json(found) for found in connection.scalars(query.order_by(_number)))


def due_for_review(connection: Connection, until: date) -> tuple[Study, ...]:
    """The studies that readers can see and that are to be looked at again until that day, the longest due first."""
    due = select(mirror_study.c.json).join(mirror_facet, mirror_facet.c.number == _number)
    due = due.where(mirror_facet.c.facet == REVIEW, mirror_facet.c.value <= until.isoformat())
    query = due.where(~mirror_study.c.withdrawn).order_by(mirror_facet.c.value, _number)
    return tuple(study_from_json(found) for found in connection.scalars(query))


def slug_owner(connection: Connection, slug: str) -> str | None:
    """The UUID of the study that stands under this slug."""
    is_there = func.json_extract(mirror_study.c.json, "$.publication.slug") == slug
    return connection.scalar(select(mirror_study.c.study).where(is_there).limit(1))


def look(connection: Connection, query: CatalogueQuery) -> SearchPage:
    """One page of the studies that hold all words of the query, in order, with the facets over all of them.

    Words are found by their beginning. A facet in which something is chosen counts as if nothing were, so that its
    other values can be added.
    """
    words = all_words(query.text)
    by_relevance = query.sort == "relevance" and words is not None
    matched = _matched(connection, words, by_relevance) if query.text.strip() else None
    condition = _condition(query, matched)
    page = slice(query.offset, query.offset + query.limit)
    if by_relevance and matched is not None:
        found = set(connection.scalars(select(_number).where(condition)))
        numbers = [number for number in matched if number in found][page]
    else:
        ordered = select(_number).where(condition).order_by(*_order(query.sort)).slice(page.start, page.stop)
        numbers = list(connection.scalars(ordered))
    total = connection.scalar(select(func.count()).select_from(mirror_study).where(condition)) or 0
    return SearchPage(
        _page(connection, numbers, words),
        total,
        _facets(connection, query, matched),
        place(connection).pulled_at,
    )


def _matched(connection: Connection, words: str | None, by_relevance: bool) -> Sequence[int]:
    """All studies that hold the words, asked of the index once: the best first, or in any order."""
    if words is None:
        return ()
    found = select(_words.c.rowid).where(_match.op("MATCH")(words))
    if by_relevance:
        found = found.order_by(literal_column(f"bm25(mirror_words, {_WEIGHTS})"), _words.c.rowid.desc())
    return connection.scalars(found).all()


def _order(sort: Sort) -> Sequence[ColumnElement[Any]]:
    if sort == "title":
        return func.lower(mirror_study.c.title), _number
    return mirror_study.c.published_at.desc(), _number.desc()


def _page(connection: Connection, numbers: Sequence[int], words: str | None) -> tuple[Hit, ...]:
    rows = {row.number: row for row in connection.execute(select(mirror_study).where(_number.in_(numbers)))}
    marked = _marked(connection, numbers, words)
    return tuple(_hit(rows[number], marked.get(number)) for number in numbers)


def _facets(
    connection: Connection, query: CatalogueQuery, matched: Sequence[int] | None
) -> tuple[Facet, ...]:
    """Every value of every facet, each facet's largest first."""
    open_facets = [name for name in FACETS if not query.facets.get(name)]
    counted = list(_counted(connection, _condition(query, matched), open_facets))
    for chosen in (name for name in FACETS if query.facets.get(name)):
        others = {name: values for name, values in query.facets.items() if name != chosen}
        counted += _counted(connection, _condition(replace(query, facets=others), matched), [chosen])
    return tuple(sorted(counted, key=lambda one: (FACETS.index(one.facet), *_rank(one))))


def _rank(one: Facet) -> tuple[int, str]:
    """Years run backwards; anything else by its number, then its label."""
    return (-int(one.value), "") if one.facet == "year" else (-one.count, one.label)


def _counted(connection: Connection, condition: ColumnElement[bool], names: Sequence[str]) -> Iterator[Facet]:
    columns = mirror_facet.c
    query = (
        select(columns.facet, columns.value, func.max(columns.label), func.count())
        .where(columns.facet.in_(names), columns.number.in_(select(_number).where(condition)))
        .group_by(columns.facet, columns.value)
    )
    for row in connection.execute(query):
        yield Facet(*row)


def _condition(query: CatalogueQuery, matched: Sequence[int] | None) -> ColumnElement[bool]:
    """What a study must hold; `matched` are those with the words, None where none are asked for."""
    conditions: list[ColumnElement[bool]] = []
    if not query.withdrawn:
        conditions.append(mirror_study.c.withdrawn.is_(False))
    if matched is not None:
        numbers = func.json_each(json.dumps(list(matched))).table_valued("value")
        conditions.append(_number.in_(select(numbers.c.value)))
    if query.published_from:
        conditions.append(mirror_study.c.published_at >= query.published_from.isoformat())
    if query.published_to:
        conditions.append(mirror_study.c.published_at < (query.published_to + timedelta(days=1)).isoformat())
    conditions += [_has(facet, values) for facet, values in query.facets.items() if values]
    return and_(True, *conditions)


def _has(facet: str, values: frozenset[str]) -> ColumnElement[bool]:
    columns = mirror_facet.c
    return exists().where(
        columns.number == _number, columns.facet == facet, columns.value.in_(sorted(values))
    )


def _marked(connection: Connection, numbers: Sequence[int], words: str | None) -> Mapping[int, Sequence[str]]:
    """Title, piece of the summary and piece of the body with the found words between the marks."""
    if words is None:
        return {}
    marks = f"'{_OPEN}', '{_CLOSE}'"
    pieces = (
        f"highlight(mirror_words, 0, {marks})",
        f"snippet(mirror_words, 1, {marks}, '…', 28)",
        f"snippet(mirror_words, 2, {marks}, '…', 28)",
    )
    selected = select(_words.c.rowid, *map(literal_column, pieces))
    # The plus makes SQLite walk the index once rather than once for each study.
    on_page = literal_column("+mirror_words.rowid").in_(numbers)
    found = connection.execute(selected.where(_match.op("MATCH")(words), on_page))
    return {row[0]: row[1:] for row in found}


def _hit(row: Any, marked: Sequence[str] | None) -> Hit:
    study = study_from_json(row.json)
    title, *pieces = marked or (row.title, study.publication.summary, "")
    piece = next((piece for piece in pieces if _OPEN in piece), pieces[0] or pieces[1])
    return Hit(
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
