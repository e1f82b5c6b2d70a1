"""Studies of the catalogue by their words: tsvector on PostgreSQL, FTS5 on SQLite.

Both find what the desk's own search finds (`workbench.search` says what is meant); the order of the found may differ.
Publishing does not wait for the index: it is brought up to date after a batch and before a search.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from sqlalchemy import Connection, Select, column, delete, exists, insert, select, table, text
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from workbench import richtext
from workbench.catalogue import reading, tables
from workbench.catalogue.transactions import is_postgresql
from workbench.publication import Publication
from workbench.search import Phrase, phrases

PAGE = 500
"""Studies that are taken into the index in one transaction."""

_FIND = text("""
    SELECT CAST(study.uuid AS text) FROM study_words JOIN study ON study.uuid = study_words.study,
        to_tsquery('simple', :asked) AS asked
    WHERE study_words.words @@ asked AND study.state = 'published'
    ORDER BY ts_rank('{0.125, 0, 0.5, 1}', study_words.words, asked) DESC, study.change DESC LIMIT :most""")

_FIND_EMBEDDED = text("""
    SELECT study.uuid FROM study_words JOIN study_indexed ON study_indexed.number = study_words.rowid
        JOIN study ON study.uuid = study_indexed.study
    WHERE study_words MATCH :asked AND study.state = 'published'
    ORDER BY bm25(study_words, 8.0, 4.0, 1.0, 4.0), study.change DESC LIMIT :most""")

_words = table("study_words", *map(column, ("rowid", "title", "summary", "body", "council")))
_indexed = table("study_indexed", *map(column, ("number", "study", "version")))


def find(connection: Connection, typed: str, most: int) -> tuple[str, ...]:
    """The UUIDs of the published studies that hold all that was typed, the best first; none where no word was."""
    asked = phrases(typed)
    if not asked:
        return ()
    if is_postgresql(connection):
        query, told = _FIND, " & ".join(map(_tsquery, asked))
    else:
        query, told = _FIND_EMBEDDED, " ".join(map(_fts5, asked))
    return tuple(connection.scalars(query, {"asked": told, "most": most}))


def _tsquery(phrase: Phrase) -> str:
    words = [f"'{_bare(word)}'" for word in phrase.words]
    return f"({' <-> '.join(words)}{'' if phrase.whole else ':*'})"


def _bare(word: str) -> str:
    """The word without the accents of other scripts too, as `casebook_fold` leaves it."""
    return "".join(sign for sign in unicodedata.normalize("NFD", word) if not unicodedata.combining(sign))


def _fts5(phrase: Phrase) -> str:
    return f'"{" ".join(phrase.words)}"{"" if phrase.whole else "*"}'


def is_behind(connection: Connection) -> bool:
    """Whether studies were published that the index does not know yet, and may be told here: not on a replica."""
    if is_postgresql(connection) and connection.scalar(text("SELECT pg_is_in_recovery()")):
        return False
    return connection.scalar(_stale(connection).limit(1)) is not None


def catch_up(connection: Connection) -> int:
    """Takes some of the studies that changed into the index, within the caller's transaction; gives their number."""
    if is_postgresql(connection):
        return connection.scalar(text("SELECT casebook_index(:most)"), {"most": PAGE}) or 0
    stale = connection.scalars(_stale(connection).limit(PAGE)).all()
    found = reading.studies(connection, reading.current().where(tables.study.c.uuid.in_(stale)))
    for study in found:
        _take(connection, study.publication, study.version)
    return len(found)


def _stale(connection: Connection) -> Select[tuple[str]]:
    """The studies whose current version the index does not know."""
    name = "study_words" if is_postgresql(connection) else "study_indexed"
    known = table(name, *map(column, ("study", "version")))
    study = tables.study.c
    told = exists().where(known.c.study == study.uuid, known.c.version == study.current_version)
    return select(study.uuid).where(~told).order_by(study.change)


def _take(connection: Connection, publication: Publication, version: int) -> None:
    place = sqlite_insert(_indexed).values(study=publication.study, version=version)
    place = place.on_conflict_do_update(index_elements=["study"], set_={"version": version})
    number = connection.execute(place.returning(_indexed.c.number)).scalar_one()
    connection.execute(delete(_words).where(_words.c.rowid == number))
    connection.execute(insert(_words), dict(_told(publication)) | {"rowid": number})


def _told(publication: Publication) -> Iterator[tuple[str, str]]:
    yield "title", publication.title
    yield "summary", publication.summary
    yield "body", "\n".join(richtext.plain(richtext.from_html(field.html)) for field in publication.fields)
    yield "council", publication.councils
