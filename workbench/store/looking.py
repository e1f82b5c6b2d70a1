"""The mirror searched: SQLite's full-text index finds the words, the shelf in memory counts, and the few studies of
a page are read and marked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, column, func, select, table

from workbench.search import FACETS, CatalogueQuery, Facet, Hit, SearchPage, Sort, phrases
from workbench.store import mirror
from workbench.store.fulltext import all_words
from workbench.store.marking import Marker, beginning
from workbench.store.shelf import Bits, Shelf, shelf
from workbench.store.tables import mirror_study

_words = table("mirror_words", *map(column, ("rowid", "title", "summary", "body")))
_number = mirror_study.c.number

_FOUND = "SELECT rowid FROM mirror_words WHERE mirror_words MATCH ?"
_BEST_FIRST = f"{_FOUND} ORDER BY bm25(mirror_words, 8.0, 4.0, 1.0, 4.0), rowid DESC"
"""A word counts most in the title, then in the summary and the council's name, then in the body."""

_MANY = 1000
"""From so many studies on, those with the words in the title come first, since to weigh all would take too long."""


def look(connection: Connection, query: CatalogueQuery) -> SearchPage:
    """One page of the studies that hold all words of the query, in order, with the facets over all of them.

    A facet in which something is chosen counts as if nothing were, so that its other values can be added.
    """
    known = shelf(connection)
    words = all_words(query.text)
    within = known.within(query)
    if query.text.strip():
        within &= known.bits(_found(connection, _FOUND, words) if words else ())
    chosen = _chosen(known, query, within)
    ordered = _in_order(connection, known, query.sort, words, within.bit_count())
    numbers = _first(ordered, chosen, query.offset + query.limit)
    return SearchPage(
        tuple(_page(connection, numbers[query.offset :], query)),
        chosen.bit_count(),
        _facets(known, query, within),
        mirror.place(connection).pulled_at,
        known.visible.bit_count(),
    )


def _found(connection: Connection, statement: str, words: str) -> list[int]:
    raw: Any = connection.connection.dbapi_connection
    return [row[0] for row in raw.execute(statement, (words,))]


def _chosen(known: Shelf, query: CatalogueQuery, within: Bits, besides: str = "") -> Bits:
    """Those that have what is chosen in every facet but `besides`."""
    for facet, values in query.facets.items():
        if values and facet != besides:
            within &= known.having(facet, values)
    return within


def _in_order(
    connection: Connection, known: Shelf, sort: Sort, words: str | None, count: int
) -> Iterable[int]:
    """The numbers of the studies in the order asked for, those that were not found among them."""
    if sort == "title":
        by_title = select(_number).order_by(func.lower(mirror_study.c.title), _number)
        return connection.scalars(by_title).all()
    if sort == "newest" or words is None:
        return known.newest
    return _by_relevance(connection, words, count)


def _by_relevance(connection: Connection, words: str, count: int) -> Iterator[int]:
    told: set[int] = set()
    if count >= _MANY:
        in_title = _found(connection, _BEST_FIRST, f"{{title}} : ({words})")
        yield from in_title
        told.update(in_title)
    yield from (number for number in _found(connection, _BEST_FIRST, words) if number not in told)


def _first(ordered: Iterable[int], chosen: Bits, count: int) -> list[int]:
    """The first `count` of the chosen studies."""
    digits = f"{chosen:b}"[::-1]
    known, wanted = len(digits), min(count, chosen.bit_count())
    found: list[int] = []
    for number in ordered if wanted > 0 else ():
        if number < known and digits[number] == "1":
            found.append(number)
            if len(found) == wanted:
                break
    return found


def _facets(known: Shelf, query: CatalogueQuery, within: Bits) -> tuple[Facet, ...]:
    """Every value of every facet, each facet's largest first; years run backwards."""
    counted = ((facet, known.counted(facet, _chosen(known, query, within, facet))) for facet in FACETS)
    return tuple(
        one
        for facet, values in counted
        for one in sorted(values, key=_latest if facet == "year" else _largest)
    )


def _latest(one: Facet) -> int:
    return -int(one.value)


def _largest(one: Facet) -> tuple[int, str]:
    return -one.count, one.label


def _page(connection: Connection, numbers: Sequence[int], query: CatalogueQuery) -> Iterator[Hit]:
    columns = mirror_study.c
    told = (columns.number, columns.study, columns.council, columns.published_at, columns.withdrawn)
    version = func.json_extract(columns.json, "$.version").label("version")
    texts = (_words.c.title, _words.c.summary, _words.c.body)
    joined = mirror_study.join(_words, _words.c.rowid == _number)
    chosen = select(*told, version, *texts).select_from(joined).where(_number.in_(numbers))
    rows = {row.number: row for row in connection.execute(chosen)}
    marker = Marker(phrases(query.text))
    return (_hit(rows[number], marker) for number in numbers)


def _hit(row: Row[*tuple[Any, ...]], marker: Marker) -> Hit:
    return Hit(
        study=row.study,
        title=marker.whole(row.title),
        snippet=marker.piece(row.summary) or marker.piece(row.body) or beginning(row.summary or row.body),
        council=row.council,
        published_at=datetime.fromisoformat(row.published_at),
        version=row.version,
        withdrawn=row.withdrawn,
    )
