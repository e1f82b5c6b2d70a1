"""PostgreSQL as the catalogue of a team: publications are handed to the database's own functions, which do the rest.

The functions (`migrations/sql`) know the rules, the rights and the actor; this module only calls them. The rules are
those of `sending`, which serve SQLite.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, text

from workbench.catalogue.sending import Ready, told
from workbench.publication import Outcome, PublishedImage

_PUBLISH = """SELECT * FROM casebook_publish(
    %b, %b::text[]::uuid[], %b::integer[], %b::boolean[], %b::text[], %b::text[], %b::text[])"""
"""In binary, in which long texts go as they are."""


def begin(connection: Connection, who: str, undoes: int | None = None) -> int:
    """The number of a new batch, which `who` signs; the database says who it was."""
    query = text("SELECT casebook_begin(:signed, :undoes)")
    return connection.execute(query, {"signed": who, "undoes": undoes}).scalar_one()


def publish(connection: Connection, chunk: Sequence[Ready], batch: int, who: str) -> Mapping[str, Outcome]:
    """What becomes of each publication of a chunk, in which no study stands twice, by its UUID."""
    sent = (list(column) for column in zip(*map(_sent, chunk), strict=True))
    rows = connection.exec_driver_sql(_PUBLISH, (batch, *sent))
    return {str(row.publication): outcome_of(row) for row in rows}


def _sent(each: Ready) -> tuple[str, int, bool, str, str, str]:
    publication = each.publication
    given = (publication.uuid, publication.base_version, publication.revives)
    return *given, each.covered, publication.sealed_words, publication.salt


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
