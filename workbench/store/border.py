"""Where SQLite's complaints become errors of the world."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from workbench.errors import SurroundingsFailed

_CODES = (
    ("SQLITE_FULL", "desk-disk-full"),
    ("SQLITE_BUSY", "desk-busy"),
    ("SQLITE_LOCKED", "desk-busy"),
    ("SQLITE_READONLY", "desk-read-only"),
    ("SQLITE_PERM", "desk-read-only"),
    ("SQLITE_AUTH", "desk-read-only"),
    ("SQLITE_CANTOPEN", "desk-unreachable"),
    ("SQLITE_IOERR", "desk-unreachable"),
    ("SQLITE_CORRUPT", "desk-damaged"),
    ("SQLITE_NOTADB", "desk-damaged"),
)


@contextmanager
def border(path: Path) -> Generator[None]:
    """Turns what SQLite says about the file at `path` into `SurroundingsFailed`.

    Codes: desk-disk-full, desk-busy, desk-read-only, desk-unreachable, desk-damaged. What is our own doing (a
    broken constraint, wrong SQL) passes as it is.
    """
    from sqlalchemy.exc import DBAPIError

    try:
        yield
    except DBAPIError as error:
        _raise_translated(path, error.orig, error)
        raise
    except sqlite3.Error as error:
        _raise_translated(path, error, error)
        raise


def _raise_translated(path: Path, told: BaseException | None, cause: Exception) -> None:
    name = getattr(told, "sqlite_errorname", "")
    for prefix, code in _CODES:
        if name.startswith(prefix):
            raise SurroundingsFailed(code, path=str(path), reason=str(told)) from cause
