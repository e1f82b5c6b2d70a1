"""How Alembic runs the desk's migrations: on the connection and in the transaction that `migrating` has opened."""

from __future__ import annotations

from alembic import context

from workbench.store import tables

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=tables.metadata,
    transactional_ddl=False,
    render_as_batch=True,
)
context.run_migrations()
