"""Whether a desk is sound: what SQLite says of the file, and what our own rows promise one another.

Nothing that stands in it is changed. Each check yields its flaws; what cannot be read any more is a flaw as well.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from workbench import edits
from workbench.edits import Change
from workbench.errors import SurroundingsFailed
from workbench.publication import from_json, study_from_json
from workbench.store import outbox, tables
from workbench.submission import Status

Check = Callable[[sqlite3.Connection, Counter[str]], Iterator["Flaw"]]

MOST = 20
"""Flaws told of one kind."""


@dataclass(frozen=True)
class Flaw:
    """What is wrong: a code with a sentence in the words for errors, and what fills it."""

    code: str
    params: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found, and how much was looked at."""

    flaws: tuple[Flaw, ...]
    looked_at: MappingProxyType[str, int]


def verify(path: Path) -> Verdict:
    """Everything that is wrong with the desk, or the copy of one, at `path`.

    Raises SurroundingsFailed("desk-missing").
    """
    if not path.is_file():
        raise SurroundingsFailed("desk-missing", path=str(path))
    looked_at: Counter[str] = Counter()
    flaws = tuple(_examined(path, looked_at))
    return Verdict(flaws, MappingProxyType(dict(looked_at)))


def _examined(path: Path, looked_at: Counter[str]) -> Iterator[Flaw]:
    try:
        with closing(sqlite3.connect(path, timeout=20, isolation_level=None)) as connection:
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA trusted_schema = OFF")
            if (yield from looked_through(connection, looked_at)):
                yield from _searched(connection, looked_at)
    except (sqlite3.Error, SurroundingsFailed) as error:
        yield Flaw("flaw-unreadable", {"reason": str(error)})


def looked_through(connection: sqlite3.Connection, looked_at: Counter[str]) -> Generator[Flaw, None, bool]:
    """What is wrong with the file and its rows, all of them as of one moment; nothing is written for it.

    Returns whether the file and its schema are sound, so that its rows could be looked at.
    """
    connection.execute("BEGIN")
    flaws = (*_of_file(connection), *_of_schema(connection))
    yield from flaws or _asked(_CHECKS, connection, looked_at)
    connection.execute("ROLLBACK")
    return not flaws


def _searched(connection: sqlite3.Connection, looked_at: Counter[str]) -> Iterator[Flaw]:
    """What is wrong with the indexes, which SQLite examines only for one who may write."""
    connection.execute("BEGIN IMMEDIATE")
    yield from _asked((_full_text,), connection, looked_at)
    connection.execute("ROLLBACK")


def _asked(
    checks: tuple[Check, ...], connection: sqlite3.Connection, looked_at: Counter[str]
) -> Iterator[Flaw]:
    for check in checks:
        try:
            yield from check(connection, looked_at)
        except (sqlite3.Error, ValueError, TypeError, KeyError) as error:
            yield Flaw("flaw-unreadable", {"reason": str(error)})


def _of_file(connection: sqlite3.Connection) -> Iterator[Flaw]:
    for (said,) in connection.execute(f"PRAGMA integrity_check({MOST})"):
        if said != "ok":
            yield Flaw("flaw-file", {"reason": said})


def _of_schema(connection: sqlite3.Connection) -> Iterator[Flaw]:
    present = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if tables.version.name not in present:
        yield Flaw("flaw-no-desk", {})
        return
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    if row is None or row[0] != tables.HEAD:
        found = row[0] if row else "?"
        yield Flaw("flaw-form", {"found": found, "known": tables.HEAD})
        return
    for name in sorted({*tables.metadata.tables, *tables.FULL_TEXT_NAMES} - present):
        yield Flaw("flaw-table", {"table": name})


def _references(connection: sqlite3.Connection, looked_at: Counter[str]) -> Iterator[Flaw]:
    for row in connection.execute("PRAGMA foreign_key_check").fetchmany(MOST):
        yield Flaw("flaw-reference", {"table": row[0], "of": row[2]})


def _blobs(connection: sqlite3.Connection, looked_at: Counter[str]) -> Iterator[Flaw]:
    for row in connection.execute("SELECT sha256, data FROM blob"):
        looked_at["files"] += 1
        if row["data"] and hashlib.sha256(row["data"]).hexdigest() != row["sha256"]:
            yield Flaw("flaw-blob", {"sha256": row["sha256"]})


def _sources(connection: sqlite3.Connection, looked_at: Counter[str]) -> Iterator[Flaw]:
    """Every file and picture that a submission names is there, or was there until it was forgotten."""
    for table in ("source_file", "picture"):
        query = f"SELECT submission, name FROM {table} WHERE key NOT IN (SELECT sha256 FROM blob)"
        for row in connection.execute(query).fetchmany(MOST):
            yield Flaw("flaw-source", {"id": row["submission"], "file": row["name"]})


def _journal(connection: sqlite3.Connection, looked_at: Counter[str]) -> Iterator[Flaw]:
    """Each step starts from what the one before it left, and the last one left what stands.

    So every step that may be undone can be. The outbox is left aside: what becomes of a sending is no step.
    """
    stands: dict[tuple[str, edits.Slot, str], Any] = {}
    for row in connection.execute("SELECT id, changes FROM journal ORDER BY id"):
        looked_at["steps"] += 1
        for change in (Change(*each) for each in json.loads(row["changes"])):
            place = (change.submission, change.slot, change.key)
            if change.slot != "outbox" and stands.get(place, change.before) != change.before:
                yield Flaw("flaw-step", {"entry": row["id"], "id": change.submission})
            stands[place] = change.after
    for place, value in stands.items():
        if place[1] != "outbox" and _standing(connection, *place) != value:
            yield Flaw("flaw-standing", {"id": place[0], "slot": place[1], "key": place[2]})


def _standing(connection: sqlite3.Connection, submission: str, slot: edits.Slot, key: str) -> Any:
    """What stands in a slot, as the journal writes it."""
    if slot == "submission":
        row = connection.execute(f'SELECT "{key}" FROM submission WHERE id = ?', (submission,)).fetchone()
        return bool(row[0]) if row and key == "present" else row[0] if row else None
    table, column = tables.SLOTS[slot]
    owned, values = ("submission = ? AND ", (submission, key)) if submission else ("", (key,))
    row = connection.execute(f"SELECT * FROM {table.name} WHERE {owned}{column} = ?", values).fetchone()
    return None if row is None else {each.name: _read(each, row[each.name]) for each in _columns(slot)}


def _columns(slot: edits.Slot) -> list[Any]:
    table, key = tables.SLOTS[slot]
    return [column for column in table.columns if column.name not in ("submission", key)]


def _read(column: Any, value: Any) -> Any:
    return json.loads(value) if value is not None and isinstance(column.type, tables.JSON) else value


def _outbox(connection: sqlite3.Connection, looked_at: Counter[str]) -> Iterator[Flaw]:
    """Every publication can be read, and what is queued waits in the outbox, and the other way round."""
    for row in connection.execute("SELECT publication, submission, state, json FROM outbox"):
        looked_at["publications"] += 1
        try:
            sound = from_json(row["json"]).uuid == row["publication"]
        except (ValueError, KeyError, TypeError):
            sound = False
        if not sound:
            yield Flaw("flaw-publication", {"id": row["submission"]})
    marks = ", ".join("?" * len(outbox.UNSETTLED))
    waiting = f"SELECT submission FROM outbox WHERE state IN ({marks})"
    query = f"SELECT id FROM submission WHERE (status = ?) <> (id IN ({waiting}))"
    for row in connection.execute(query, (Status.QUEUED, *outbox.UNSETTLED)).fetchmany(MOST):
        yield Flaw("flaw-waiting", {"id": row["id"]})


def _mirror(connection: sqlite3.Connection, looked_at: Counter[str]) -> Iterator[Flaw]:
    for row in connection.execute("SELECT study, json FROM mirror_study"):
        looked_at["studies"] += 1
        try:
            sound = study_from_json(row["json"]).publication.study == row["study"]
        except (ValueError, KeyError, TypeError):
            sound = False
        if not sound:
            yield Flaw("flaw-mirror", {"study": row["study"]})


def _full_text(connection: sqlite3.Connection, looked_at: Counter[str]) -> Iterator[Flaw]:
    """The indexes hold what their own content says, and a row for each that can be searched, and no other."""
    indexed = {
        "words": "SELECT number FROM submission WHERE present",
        "mirror_words": "SELECT number FROM mirror_study",
    }
    for name, wanted in indexed.items():
        try:
            connection.execute(f"INSERT INTO {name}({name}) VALUES ('integrity-check')")
        except sqlite3.DatabaseError as error:
            yield Flaw("flaw-index", {"index": name, "reason": str(error)})
            continue
        rows = {row[0] for row in connection.execute(f"SELECT rowid FROM {name}")}
        if odd := rows ^ {row[0] for row in connection.execute(wanted)}:
            yield Flaw("flaw-index", {"index": name, "reason": f"{len(odd)} rows"})


def _submissions(connection: sqlite3.Connection, looked_at: Counter[str]) -> Iterator[Flaw]:
    """Every submission came by a step of the journal: none was left half made."""
    query = "SELECT id FROM submission WHERE id NOT IN (SELECT submission FROM journal_submission)"
    looked_at["submissions"] = connection.execute("SELECT count(*) FROM submission").fetchone()[0]
    for row in connection.execute(query).fetchmany(MOST):
        yield Flaw("flaw-half-made", {"id": row["id"]})


_CHECKS: tuple[Check, ...] = (
    _references,
    _submissions,
    _blobs,
    _sources,
    _journal,
    _outbox,
    _mirror,
)
