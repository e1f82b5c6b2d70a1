"""Which submissions have something to be said of their files."""

from __future__ import annotations

from sqlalchemy import Connection, select

from workbench.store.tables import revision, submission


def asked(connection: Connection) -> tuple[str, ...]:
    """The submissions of which nobody has said yet what they are, the first to come first."""
    return _with_state(connection, "asked")


def waiting(connection: Connection) -> tuple[str, ...]:
    """The submissions with a newer version that has not been laid beside them, the first to come first."""
    return _with_state(connection, "waiting")


def _with_state(connection: Connection, state: str) -> tuple[str, ...]:
    query = (
        select(submission.c.id)
        .join(revision, revision.c.submission == submission.c.id)
        .where(revision.c.state == state, submission.c.present)
        .order_by(submission.c.number)
        .distinct()
    )
    return tuple(connection.scalars(query))
