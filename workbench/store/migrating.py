"""Bringing an older desk up to the schema of this program. Loaded only when there is something to migrate."""

from __future__ import annotations

import logging
from datetime import datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from workbench.errors import SurroundingsFailed
from workbench.store import copies, tables
from workbench.store.transactions import transaction

_log = logging.getLogger("casebook.desk")

MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(path: Path, connection: Connection, now: datetime, to: str = tables.HEAD) -> None:
    """Brings the desk at `path` to the revision `to`: all the way, or, after an error, not at all.

    A copy is kept in `backups` beside it first. Another process that opens the desk meanwhile waits. Raises
    SurroundingsFailed("desk-damaged") for a desk that is not of the form it says it is of.
    """
    _log.info("migrating desk from=%s to=%s", _form(connection), to)
    copies.make(path, connection, now, "migration")
    connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
    try:
        with transaction(connection, "BEGIN IMMEDIATE"):
            command.upgrade(configuration(connection), to)
    except DBAPIError as error:
        if getattr(error.orig, "sqlite_errorname", "") != "SQLITE_ERROR":
            raise
        raise SurroundingsFailed("desk-damaged", path=str(path), reason=str(error.orig)) from error
    finally:
        connection.exec_driver_sql("PRAGMA foreign_keys = ON")
    _log.info("migrated desk to=%s", to)


def _form(connection: Connection) -> str:
    return str(connection.exec_driver_sql(f"SELECT version_num FROM {tables.version.name}").scalar())


def configuration(connection: Connection) -> Config:
    """Alembic's settings for the desk's migrations, over an open connection."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
