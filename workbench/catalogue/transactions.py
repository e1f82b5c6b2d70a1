"""Transactions of a catalogue: those that write, which do not wait for ever, and those that read one moment."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, text

PATIENCE = ("SET LOCAL lock_timeout = '20s'", "SET LOCAL statement_timeout = '120s'")
"""How long PostgreSQL waits for other writers, and works on one statement."""


def is_postgresql(at: Connection | Engine) -> bool:
    return at.dialect.name == "postgresql"


@contextmanager
def writing(engine: Engine) -> Generator[Connection]:
    """A transaction that may write, and does not wait for ever."""
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        if is_postgresql(connection):
            for statement in PATIENCE:
                connection.execute(text(statement))
        yield connection


@contextmanager
def reading(engine: Engine) -> Generator[Connection]:
    """A transaction that sees one moment of the catalogue."""
    with engine.connect() as connection:
        if is_postgresql(connection):
            connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        with connection.begin():
            yield connection
