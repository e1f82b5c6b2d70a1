"""How the catalogue's migrations run: in the caller's transaction, alone, and never waiting for long."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection, text

from workbench.catalogue import roles, tables
from workbench.catalogue.schema import VERSION_TABLE

_LOCK = 0x43617365  # "Case": any number that only this program uses
_PATIENCE = ("SET LOCAL lock_timeout = '10s'", "SET LOCAL statement_timeout = '10min'")


def _alone(connection: Connection) -> None:
    """Lets one migration through at a time. On SQLite the transaction itself is the lock."""
    if connection.dialect.name != "postgresql":
        return
    for statement in _PATIENCE:
        connection.execute(text(statement))
    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=tables.metadata,
        version_table=VERSION_TABLE,
        transactional_ddl=True,
    )
    _alone(connection)
    with roles.owning(connection), context.begin_transaction():
        context.run_migrations()


_run(context.config.attributes["connection"])
