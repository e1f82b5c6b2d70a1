"""PostgreSQL as the catalogue of a team: publications are staged, and the database's own functions do the rest.

The functions (`migrations/sql`) know the rules, the rights and the actor; this module only calls them. The rules are
those of `sending`, which serve SQLite.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, cast

from sqlalchemy import Connection, Row, text
from sqlalchemy.exc import DBAPIError

from workbench.catalogue.sending import Ready, told
from workbench.catalogue.writing import authority_id
from workbench.publication import Outcome, Publication, PublishedImage, members

_SCALARS = (
    *("study", "base_version", "revives", "personal_digest", "salt", "slug", "title", "summary"),
    *("template", "template_version", "review_by"),
)
_LISTS = ("fields", "personal", "authorities", "terms", "images")
_STAGE = f"COPY staging (position, publication, digest, {', '.join((*_SCALARS, *_LISTS))}) FROM STDIN"


_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode


def begin(connection: Connection, who: str, undoes: int | None = None) -> int:
    """The number of a new batch, which `who` signs; the database says who it was."""
    query = text("SELECT casebook_begin(:signed, :undoes)")
    return connection.execute(query, {"signed": who, "undoes": undoes}).scalar_one()


def ready(publication: Publication) -> Ready:
    """The publication as it is staged."""
    digest = publication.digest
    return Ready(publication, digest, tuple(_staged(publication, digest)))


def publish(connection: Connection, chunk: Sequence[Ready], batch: int, who: str) -> Mapping[str, Outcome]:
    """What becomes of each publication of a chunk, in which no study stands twice, by its UUID."""
    _stage(connection, chunk)
    rows = connection.execute(text("SELECT * FROM casebook_publish(:batch)"), {"batch": batch})
    return {str(row.publication): outcome_of(row) for row in rows}


def put_asset(connection: Connection, image: PublishedImage, content: bytes) -> None:
    """Stores a picture unless it is there."""
    values = {"hash": image.sha256, "kind": image.media_type, "bytes": content}
    connection.execute(text("SELECT casebook_put_asset(:hash, :kind, :bytes)"), values)


def withdraw(
    connection: Connection, study: str, base_version: int, reason: str, note: str, who: str
) -> Outcome:
    """Takes a study away from readers."""
    values = {"study": study, "base": base_version, "why": reason, "note": note}
    query = text("SELECT * FROM casebook_withdraw(CAST(:study AS uuid), :base, :why, :note)")
    return outcome_of(connection.execute(query, values).one())


def undo(connection: Connection, batch: int, undone: int, study: str, who: str) -> Outcome:
    """Takes back what the batch `undone` did to a study, within `batch`."""
    values = {"batch": batch, "undone": undone, "study": study}
    query = text("SELECT * FROM casebook_undo(:batch, :undone, CAST(:study AS uuid))")
    return outcome_of(connection.execute(query, values).one())


def outcome_of(row: Row[*tuple[Any, ...]]) -> Outcome:
    """The outcome that a function of the database gave."""
    names = str(row.publication or ""), str(row.study)
    return told(*names, row.result, row.version, row.code, row.params, row.reason)


def _stage(connection: Connection, chunk: Iterable[Ready]) -> None:
    """COPY is the fastest way in."""
    import psycopg

    driver = cast("psycopg.Connection[Any]", connection.connection.driver_connection)
    try:
        with driver.cursor() as cursor, cursor.copy(_STAGE.encode()) as copy:
            for position, each in enumerate(chunk):
                copy.write_row((position, *each.row))
    except psycopg.Error as error:
        raise DBAPIError.instance(_STAGE, None, error, psycopg.Error, dialect=connection.dialect) from error


def _staged(publication: Publication, digest: str) -> Iterator[Any]:
    yield from (publication.uuid, digest)
    for name in _SCALARS:
        yield getattr(publication, name)
    for name in _LISTS:
        rows = [members(each) for each in getattr(publication, name)]
        if name == "authorities":
            rows = [
                {"authority": authority_id(council), **row}
                for council, row in zip(publication.authorities, rows, strict=True)
            ]
        yield _encode(rows)
