"""What editors have taught: which field a heading means in a template."""

from __future__ import annotations

from sqlalchemy import Connection, select

from workbench.store.tables import learned


def all_of(connection: Connection) -> dict[tuple[str, str], str]:
    """(template, normalised heading) to field, as placing takes it."""
    query = select(learned.c.template, learned.c.heading, learned.c.field).order_by(learned.c.key)
    return {(template, heading): field for template, heading, field in connection.execute(query)}
