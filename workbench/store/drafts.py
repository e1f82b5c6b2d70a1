"""What was typed and not saved, by submission and field."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from workbench.store.tables import draft


def put(connection: Connection, submission: str, field: str, html: str) -> None:
    """Keeps a draft in the place of an older one."""
    row = insert(draft).values(submission=submission, key=field, html=html)
    connection.execute(row.on_conflict_do_update(index_elements=("submission", "key"), set_={"html": html}))


def of(connection: Connection, submission: str) -> dict[str, str]:
    """The drafts of a submission by their fields."""
    rows = connection.execute(select(draft.c.key, draft.c.html).where(draft.c.submission == submission))
    return {row.key: row.html for row in rows}


def drop(connection: Connection, submission: str, field: str) -> None:
    """Forgets a draft."""
    connection.execute(delete(draft).where(draft.c.submission == submission, draft.c.key == field))
