"""Transactions, begun and ended by hand: the driver itself begins none."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection


@contextmanager
def transaction(connection: Connection, begin: str) -> Generator[None]:
    """All of what happens inside is kept, or, after an error, none. `begin` is the statement that begins it."""
    connection.exec_driver_sql(begin)
    try:
        yield
        connection.exec_driver_sql("COMMIT")
    except BaseException:
        if is_open(connection):
            connection.exec_driver_sql("ROLLBACK")
        raise


def is_open(connection: Connection) -> bool:
    """Whether a transaction has begun and not ended; SQLite ends one of its own accord when the disk is full."""
    raw: Any = connection.connection.dbapi_connection
    return bool(raw.in_transaction)
