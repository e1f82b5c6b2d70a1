"""Accepted publications into the tables of an embedded catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import chain
from typing import Any

from sqlalchemy import Connection, Table, insert, select
from sqlalchemy.dialects import sqlite

from workbench.catalogue import tables, thesaurus
from workbench.publication import Outcome, Publication, members
from workbench.submission import Authority

Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Accepted:
    """A publication that becomes a version, with its digest, its number and its place among all changes."""

    publication: Publication
    digest: str
    version: int
    change: int


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who does it and when; `batch` is the sending it belongs to."""

    actor: str
    at: datetime
    batch: int | None = None


def write(
    connection: Connection, accepted: Sequence[Accepted], stamp: Stamp, action: str = "publish"
) -> None:
    """Writes the new versions and all that hangs on them, and the audit of it as `action`."""
    thesaurus.learn(connection, chain.from_iterable(each.publication.terms for each in accepted))
    _learn_authorities(connection, chain.from_iterable(each.publication.authorities for each in accepted))
    newest = {each.publication.study: _study(each, stamp) for each in accepted}
    _put_plain(connection, tables.study, list(newest.values()), _RENEWED)
    _put_plain(connection, tables.study_version, [_version(each, stamp) for each in accepted])
    for table, rows in _parts(accepted).items():
        _put_rows(connection, table, ("study", "version", "position", *_PARTS[table]), rows)
    thesaurus.file(connection, {each.publication.study: each.publication.terms for each in accepted})
    _put_plain(connection, tables.study_salt, [_salt(each) for each in accepted if each.publication.salt])
    _put_plain(connection, tables.audit, [_audited(each, stamp, action) for each in accepted])


_RENEWED = """ON CONFLICT (uuid) DO UPDATE SET slug = excluded.slug, current_version = excluded.current_version,
    state = excluded.state, note = excluded.note, change = excluded.change"""
"""A study that is there goes on; its beginning stays."""


def record(connection: Connection, outcomes: Iterable[Outcome], batch: int) -> None:
    """Writes down what was settled, so that sending it again is answered the same."""
    _put_plain(connection, tables.outcome, [{**members(outcome), "batch": batch} for outcome in outcomes])


def put(connection: Connection, table: Table, rows: Rows) -> None:
    """Inserts rows that all have the same columns."""
    if rows:
        connection.execute(insert(table), rows)


def _put_plain(connection: Connection, table: Table, rows: Rows, clause: str = "") -> None:
    """The same for many rows: the driver takes them as they are, but for days and moments."""
    if rows:
        stored = [tuple([_stored(it) if isinstance(it, date) else it for it in row.values()]) for row in rows]
        _put_rows(connection, table.name, tuple(rows[0]), stored, clause)


def _put_rows(
    connection: Connection,
    table: str,
    names: Sequence[str],
    rows: Sequence[tuple[Any, ...]],
    clause: str = "",
) -> None:
    """The same for rows as they are stored."""
    if rows:
        marks = ", ".join("?" * len(names))
        statement = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks}) {clause}"
        connection.exec_driver_sql(statement, rows)


def _stored(day: date) -> str:
    """A day or a moment as the tables' own types keep it in SQLite."""
    return f"{day.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}" if isinstance(day, datetime) else day.isoformat()


def put_once(connection: Connection, table: Table, row: Mapping[str, Any]) -> None:
    """Inserts a row unless its primary key exists."""
    connection.execute(sqlite.insert(table).on_conflict_do_nothing(), row)


def upsert(connection: Connection, table: Table, rows: Rows, *, keep: Sequence[str]) -> None:
    """Inserts rows, or updates all but the columns in `keep` where the primary key exists."""
    if not rows:
        return
    statement = sqlite.insert(table)
    changed = {name: statement.excluded[name] for name in rows[0] if name not in keep}
    key = list(table.primary_key.columns)
    connection.execute(statement.on_conflict_do_update(index_elements=key, set_=changed), rows)


def _study(each: Accepted, stamp: Stamp) -> dict[str, Any]:
    return {
        "uuid": each.publication.study,
        "slug": each.publication.slug,
        "current_version": each.version,
        "state": "published",
        "note": "",
        "first_published_at": stamp.at,
        "change": each.change,
    }


def _version(each: Accepted, stamp: Stamp) -> dict[str, Any]:
    publication = each.publication
    return {
        "study": publication.study,
        "version": each.version,
        "publication": publication.uuid,
        "digest": each.digest,
        "personal_digest": publication.personal_digest,
        "slug": publication.slug,
        "title": publication.title,
        "summary": publication.summary,
        "template": publication.template,
        "template_version": publication.template_version,
        "review_by": publication.review_by,
        "published_at": stamp.at,
        "published_by": stamp.actor,
        "batch": stamp.batch,
        "change": each.change,
    }


def _salt(each: Accepted) -> dict[str, Any]:
    return {"study": each.publication.study, "version": each.version, "salt": each.publication.salt}


def _parts(accepted: Sequence[Accepted]) -> Mapping[str, list[tuple[Any, ...]]]:
    """The rows that hang on versions, by their table: study, version, place, and what stands there."""
    parts: dict[str, list[tuple[Any, ...]]] = {name: [] for name in _PARTS}
    for each in accepted:
        study, version = each.publication.study, each.version
        for name, contents in _contents(each.publication):
            parts[name].extend((study, version, place, *row) for place, row in enumerate(contents))
    return parts


_PARTS = {
    "study_field": ("field", "label", "html"),
    "study_personal": ("field", "label", "html"),
    "study_theme": ("kind", "slug", "label"),
    "study_authority": ("authority", "gss", "name", "type", "nation", "region"),
    "study_image": ("sha256", "alt", "credit", "media_type", "width", "height"),
}
"""What stands in the rows that hang on a version, in the order of `_contents`."""


def _contents(publication: Publication) -> Iterator[tuple[str, Iterable[tuple[Any, ...]]]]:
    yield "study_field", ((each.id, each.label, each.html) for each in publication.fields)
    yield "study_personal", ((each.id, each.label, each.html) for each in publication.personal)
    yield "study_theme", ((term.kind, term.slug, term.label) for term in publication.terms)
    yield (
        "study_authority",
        ((authority_id(each), *members(each).values()) for each in publication.authorities),
    )
    yield "study_image", (tuple(members(image).values()) for image in publication.images)


def _audited(each: Accepted, stamp: Stamp, action: str) -> dict[str, Any]:
    study = each.publication.study
    return audited(action, study, each.version, each.change, stamp, digest=each.digest)


def audited(
    action: str, study: str, version: int, change: int, stamp: Stamp, reason: str = "", digest: str = ""
) -> dict[str, Any]:
    """The audit's row for one change."""
    return {
        "change": change,
        "at": stamp.at,
        "actor": stamp.actor,
        "action": action,
        "study": study,
        "version": version,
        "batch": stamp.batch,
        "digest": digest,
        "reason": reason,
    }


def authority_id(council: Authority) -> str:
    """By what a council is known: its register code, or its name, the same as `casebook_authority` of PostgreSQL."""
    words = council.name.encode().lower().split()
    return council.gss or f"name:{b' '.join(words).decode()}"


def _learn_authorities(connection: Connection, councils: Iterable[Authority]) -> None:
    wanted = {authority_id(council): council for council in councils}
    query = select(tables.authority).where(tables.authority.c.id.in_(list(wanted)))
    known = {row.id: Authority(*row[1:]) for row in connection.execute(query)}
    new = [{"id": key, **members(council)} for key, council in wanted.items() if known.get(key) != council]
    upsert(connection, tables.authority, new, keep=("id",))
