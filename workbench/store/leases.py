"""Leases: who is at the desk, and who has it alone. A program that is killed lets go of its leases at once.

A lease is a lock that SQLite holds on an empty file of its own: the same on every system, and seen by every program.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path

from workbench.errors import SurroundingsFailed

_CODES = {
    errno.EACCES: "desk-read-only",
    errno.EPERM: "desk-read-only",
    errno.EROFS: "desk-read-only",
    errno.ENOSPC: "desk-disk-full",
    errno.EDQUOT: "desk-disk-full",
    errno.EFBIG: "desk-disk-full",
}


def of(path: Path) -> Path:
    """The file whose lock stands for the database at `path`."""
    return path.with_suffix(".lease")


def share(path: Path, wait: float) -> sqlite3.Connection:
    """A lease on `path` beside others, held until it is closed. Waits so many seconds for one who has it alone.

    Raises sqlite3.OperationalError (SQLITE_BUSY).
    """
    return _locked(path, wait, "BEGIN", "SELECT count(*) FROM sqlite_master")


@contextmanager
def alone(path: Path, wait: float = 0) -> Generator[None]:
    """A lease on `path` that nobody else shares. Raises sqlite3.OperationalError (SQLITE_BUSY)."""
    with closing(_locked(path, wait, "BEGIN EXCLUSIVE")):
        yield


def _locked(path: Path, wait: float, *statements: str) -> sqlite3.Connection:
    create_private(path)
    connection = sqlite3.connect(path, timeout=wait, isolation_level=None, check_same_thread=False)
    try:
        for statement in statements:
            connection.execute(statement).fetchall()
    except BaseException:
        connection.close()
        raise
    return connection


def create_private(path: Path) -> None:
    """An empty file that only its owner may read; what SQLite puts beside it takes the same rights.

    A file that stands there is not opened here: closing it again would let go of the locks that this process holds
    on it through SQLite, and another process would take the desk for abandoned
    (https://www.sqlite.org/howtocorrupt.html, 2.2). Raises SurroundingsFailed: desk-read-only, desk-unreachable.
    """
    if path.exists() and not os.access(path, os.R_OK | os.W_OK):
        raise SurroundingsFailed("desk-read-only", path=str(path), reason="no right to write")
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_CLOEXEC", 0), 0o600))
    except FileExistsError:
        return
    except OSError as error:
        raise refusal(path, error) from error


def refusal(path: Path, error: OSError) -> SurroundingsFailed:
    """What the operating system said of a file of the desk, as an error of the world."""
    code = _CODES.get(error.errno or 0, "desk-unreachable")
    return SurroundingsFailed(code, path=str(path), reason=error.strerror or str(error))
