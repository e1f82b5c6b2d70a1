"""The desk's copy of the catalogue, followed change by change; `looking` searches it.

Everything here happens inside a transaction of the caller, so that a page of changes and the place it leads to are
kept together or not at all.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from secrets import token_hex

from sqlalchemy import Connection, delete, func, select
from sqlalchemy.dialects.sqlite import insert as upsert

from workbench import richtext
from workbench.publication import Publication, Study, study_from_json, study_to_json
from workbench.store.tables import REVIEW, mirror_facet, mirror_state, mirror_study

_number = mirror_study.c.number


@dataclass(frozen=True, slots=True)
class Place:
    """How far the mirror has followed: which catalogue, up to which change, and when it last asked.

    `head` is the link of the catalogue's audit that it saw last, at change `linked`: none may be rewritten before it.
    """

    identity: str = ""
    change: int = 0
    pulled_at: datetime | None = None
    linked: int = 0
    head: str = ""


# Following


def place(connection: Connection) -> Place:
    """How far the mirror has followed."""
    state = {row.key: row.value for row in connection.execute(select(mirror_state))}
    pulled = state.get("pulled_at")
    moment = datetime.fromisoformat(pulled) if pulled else None
    link = (int(state.get("linked", "0")), state.get("head", ""))
    return Place(state.get("identity", ""), int(state.get("change", "0")), moment, *link)


def set_place(connection: Connection, reached: Place) -> None:
    """Writes down how far the mirror has followed."""
    pulled_at = reached.pulled_at.isoformat() if reached.pulled_at else ""
    state = {"identity": reached.identity, "change": str(reached.change), "pulled_at": pulled_at}
    _set_state(connection, state | {"linked": str(reached.linked), "head": reached.head})


def torn(connection: Connection) -> Mapping[str, str]:
    """The titles of the studies, by UUID, that did not arrive as they were published, and so were not taken."""
    found = connection.scalar(select(mirror_state.c.value).where(mirror_state.c.key == "torn"))
    return json.loads(found) if found else {}


def set_torn(connection: Connection, titles: Mapping[str, str]) -> None:
    """Writes down which studies did not arrive as they were published."""
    _set_state(connection, {"torn": json.dumps(titles)})


def _set_state(connection: Connection, state: Mapping[str, str]) -> None:
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
    _renew(connection)


def take(connection: Connection, studies: Iterable[Study]) -> None:
    """Puts studies as they stand now in the place of what the mirror held of them."""
    for study in studies:
        number = _take_row(connection, study)
        _take_words(connection, number, study.publication)
        connection.execute(delete(mirror_facet).where(mirror_facet.c.number == number))
        if rows := [{"number": number, **row} for row in _facets_of(study)]:
            connection.execute(upsert(mirror_facet).on_conflict_do_nothing(), rows)
    _renew(connection)


def _renew(connection: Connection) -> None:
    """Another edition: what was worked out from the one before no longer holds."""
    _set_state(connection, {"edition": token_hex(8)})


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
    connection.exec_driver_sql("DELETE FROM mirror_words WHERE rowid = ?", (number,))
    connection.exec_driver_sql(
        "INSERT INTO mirror_words (rowid, title, summary, body, council) VALUES (?, ?, ?, ?, ?)",
        (number, publication.title, publication.summary, body, publication.councils),
    )


def _plain(html: str) -> str:
    return richtext.plain(richtext.from_html(html))


def _facets_of(study: Study) -> Iterator[dict[str, str]]:
    for term in study.terms:
        yield {"facet": term.kind, "value": term.slug, "label": term.label}
    for council in study.publication.authorities:
        yield {"facet": "council", "value": council.gss or council.name, "label": council.name}
        if council.type:
            yield {"facet": "council_type", "value": council.type, "label": ""}
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
