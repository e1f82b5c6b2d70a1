"""Bringing an older desk up to the schema of this program. Loaded only when there is something to migrate."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from workbench.errors import SurroundingsFailed
from workbench.store import tables
from workbench.store.transactions import transaction

MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(path: Path, connection: Connection, now: datetime, to: str = tables.HEAD) -> None:
    """Brings the desk at `path` to the revision `to`: all the way, or, after an error, not at all.

    A copy is kept in `backups` beside it first. Another process that opens the desk meanwhile waits.
    """
    keep_copy(path, connection, now)
    connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
    try:
        with transaction(connection, "BEGIN IMMEDIATE"):
            command.upgrade(configuration(connection), to)
    finally:
        connection.exec_driver_sql("PRAGMA foreign_keys = ON")


def keep_copy(path: Path, connection: Connection, now: datetime) -> Path:
    """A whole and consistent copy of the desk in `backups` beside it, named by the moment `now`."""
    folder = path.parent / "backups"
    copy = folder / f"{path.stem}-{now:%Y%m%dT%H%M%S%f}.db"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise SurroundingsFailed("desk-read-only", path=str(folder), reason=str(error)) from error
    connection.exec_driver_sql("VACUUM INTO ?", (str(copy),))
    copy.chmod(0o600)
    return copy


def configuration(connection: Connection) -> Config:
    """Alembic's settings for the desk's migrations, over an open connection."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
