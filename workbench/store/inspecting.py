"""A desk looked at without changing a byte of it or beside it, also one that may not open any more."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Generator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from workbench.store import leases, tables, verifying
from workbench.store.outbox import UNSETTLED
from workbench.store.verifying import Flaw

MOST_COPIED = 400_000_000
"""Bytes of a desk that is copied to be looked at, which is needed where a killed program left its log behind."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands in a desk: its form, the moment of its last step, what waits to be sent, when it last pulled.

    Moments are ISO texts; "" where there is none, also of the form.
    """

    form: str
    known: bool
    last_step: str = ""
    waiting: int = 0
    pulled_at: str = ""


_asking = threading.Lock()
"""Who asks has the lease alone for a moment, and would be taken for a program by another thread that asks."""


def is_held(path: Path) -> bool:
    """Whether any program has the desk at `path` open."""
    with _asking:
        return leases.of(path).is_file() and all(_is_busy(leases.of(path)) for _ in range(3))


def _is_busy(lease: Path) -> bool:
    """Whether somebody shares the lease now. One who only asks as we do is gone a moment later."""
    try:
        with closing(sqlite3.connect(f"{lease.absolute().as_uri()}?mode=rw", uri=True, timeout=0)) as asked:
            asked.isolation_level = None
            asked.execute("BEGIN EXCLUSIVE")
            asked.execute("ROLLBACK")
    except sqlite3.Error as error:
        time.sleep(0.01)
        return getattr(error, "sqlite_errorname", "").startswith("SQLITE_BUSY")
    return False


def left_log(path: Path) -> int:
    """Bytes of what a program wrote beside the desk and did not take in, as one that was killed."""
    with suppress(OSError):
        return path.with_name(f"{path.name}-wal").stat().st_size
    return 0


def standing(path: Path) -> Standing:
    """What stands in the desk at `path`. Raises sqlite3.Error for a file that is none, OSError."""
    with opened(path) as connection:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        form = str(row[0]) if row else ""
        if form != tables.HEAD:
            return Standing(form, form in tables.KNOWN)
        marks = ", ".join("?" * len(UNSETTLED))
        waiting = f"SELECT count(*) FROM outbox WHERE state IN ({marks})"
        return Standing(
            form,
            True,
            _text(connection, "SELECT max(at) FROM journal"),
            int(connection.execute(waiting, UNSETTLED).fetchone()[0]),
            _text(connection, "SELECT value FROM mirror_state WHERE key = 'pulled_at'"),
        )


def form_of(path: Path, table: str) -> tuple[str, str]:
    """What SQLite says of a file's soundness, `ok` where it is, and the form that stands in its table of versions.

    Raises sqlite3.Error for a file that is no database or has no such table, TypeError for an empty one, OSError.
    """
    with opened(path) as connection:
        (sound,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        (form,) = connection.execute(f"SELECT version_num FROM {table}").fetchone()
    return sound, form


def flaws(path: Path, until: float) -> tuple[Flaw, ...]:
    """What is wrong with the desk at `path`, save its indexes for searching, which only a writer may examine.

    Raises TimeoutError where it is not done at the moment `until` of the monotonic clock; OSError.
    """
    with opened(path) as connection:
        connection.set_progress_handler(lambda: time.monotonic() > until, 10_000)
        connection.row_factory = sqlite3.Row
        try:
            found = tuple(verifying.looked_through(connection, Counter()))
        except sqlite3.Error as error:
            found = (Flaw("flaw-unreadable", {"reason": str(error)}),)
    if time.monotonic() > until:
        raise TimeoutError
    return found


@contextmanager
def opened(path: Path) -> Generator[sqlite3.Connection]:
    """The desk, to be read: as its programs see it, or as a copy where one of them was killed, else as it lies there.

    Only a file whose log nobody holds has to be copied: SQLite would take the log in.
    """
    with tempfile.TemporaryDirectory(prefix="casebook-") as aside:
        held = is_held(path)
        if not held and left_log(path):
            path = _copied(path, Path(aside))
        way = "mode=ro" if held or path.parent == Path(aside) else "mode=ro&immutable=1"
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?{way}", uri=True, timeout=2)) as connection:
            connection.isolation_level = None
            connection.execute("PRAGMA trusted_schema = OFF")
            yield connection


def _copied(path: Path, aside: Path) -> Path:
    beside = path.with_name(f"{path.name}-wal")
    if path.stat().st_size + beside.stat().st_size > MOST_COPIED:
        raise TimeoutError
    for each in (path, beside):
        shutil.copyfile(each, aside / each.name)
    return aside / path.name


def _text(connection: sqlite3.Connection, query: str) -> str:
    row = connection.execute(query).fetchone()
    return str(row[0] or "") if row else ""
