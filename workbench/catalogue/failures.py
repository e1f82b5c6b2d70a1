"""What a database error means: the surroundings failed, one item cannot be stored, or the program is wrong."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from workbench.errors import Refused, SurroundingsFailed

_POSTGRESQL = {
    "08": "catalogue-lost",
    "57P": "catalogue-lost",
    "25006": "catalogue-forbidden",
    "42501": "catalogue-forbidden",
    "28": "catalogue-forbidden",
    "53": "catalogue-full",
    "58": "catalogue-full",
    "55P03": "catalogue-busy",
    "57014": "catalogue-busy",
    "40": "catalogue-busy",
}
"""Codes by the beginning of PostgreSQL's SQLSTATE."""

_SQLITE = {
    sqlite3.SQLITE_BUSY: "catalogue-busy",
    sqlite3.SQLITE_LOCKED: "catalogue-busy",
    sqlite3.SQLITE_FULL: "catalogue-full",
    sqlite3.SQLITE_IOERR: "catalogue-full",
    sqlite3.SQLITE_READONLY: "catalogue-forbidden",
    sqlite3.SQLITE_PERM: "catalogue-forbidden",
    sqlite3.SQLITE_CANTOPEN: "catalogue-unreachable",
    sqlite3.SQLITE_NOTADB: "catalogue-damaged",
    sqlite3.SQLITE_CORRUPT: "catalogue-damaged",
}
"""Codes by SQLite's primary result code."""

_DECLINED = {
    "CB001": "proposal-unknown",
    "CB002": "proposal-own",
    "CB003": "proposal-not-yours",
    "CB004": "login-unknown",
    "CB005": "own-role",
    "CB006": "vocabulary-moved",
    "CB007": "term-proposal-unknown",
}
"""Codes by the SQLSTATE with which the catalogue's own functions decline."""

_PRIMARY = 0xFF

_NOT_LET_IN = (
    "authentication failed",
    "no password supplied",
    "permission denied for database",
    "not permitted to log in",
    "no pg_hba.conf entry",
    "does not exist",
)
"""What a PostgreSQL server that answers says to a login; libpq gives no code for it."""


def surroundings(error: DBAPIError) -> str | None:
    """The code of what failed around the work, or None where the item or the program is at fault."""
    cause = error.orig
    if isinstance(cause, sqlite3.Error):
        code = getattr(cause, "sqlite_errorcode", None)
        return None if code is None else _SQLITE.get(code & _PRIMARY)
    state = getattr(cause, "sqlstate", None)
    if state is None:
        return "catalogue-lost" if error.connection_invalidated or _is_operational(cause) else None
    return next((code for start, code in _POSTGRESQL.items() if state.startswith(start)), None)


def _is_operational(cause: BaseException | None) -> bool:
    """A client-side failure of the connection: the server gave no code because it said nothing any more."""
    return type(cause).__name__ == "OperationalError"


def _is_closed(error: DBAPIError) -> bool:
    """Whether the server answered and did not let this login in, which no waiting changes."""
    return any(said in str(error.orig) for said in _NOT_LET_IN)


def cause_of(error: DBAPIError) -> str:
    """The database's own first line."""
    return str(error.orig).strip().partition("\n")[0]


@contextmanager
def explained(address: str, *, connecting: bool = False) -> Generator[None]:
    """Turns a failure of the surroundings into `SurroundingsFailed`; lets every other error through."""
    try:
        yield
    except DBAPIError as error:
        code = surroundings(error)
        if code is None:
            raise
        if connecting and code == "catalogue-lost":
            code = "catalogue-closed" if _is_closed(error) else "catalogue-unreachable"
        raise SurroundingsFailed(code, host=address, reason=cause_of(error)) from error


@contextmanager
def declining() -> Generator[None]:
    """Turns what the catalogue's own functions decline into `Refused`, with what they name as `what`."""
    try:
        yield
    except DBAPIError as error:
        code = _DECLINED.get(getattr(error.orig, "sqlstate", None) or "")
        if code is None:
            raise
        told = getattr(error.orig, "diag", None)
        raise Refused(code, what=getattr(told, "message_detail", None) or "") from error
