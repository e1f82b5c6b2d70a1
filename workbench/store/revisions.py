"""Which submissions have something to be said of their files."""

from __future__ import annotations

from sqlalchemy import Connection, select

from workbench.store.tables import outbox, revision, submission


def asked(connection: Connection) -> tuple[str, ...]:
    """The submissions of which nobody has said yet what they are, the first to come first."""
    return _with_state(connection, "asked")


def waiting(connection: Connection) -> tuple[str, ...]:
    """The submissions with a newer version that has not been laid beside them, the first to come first."""
    return _with_state(connection, "waiting")


def was_sent(connection: Connection, submission_id: str) -> bool:
    """Whether a submission has ever been in the outbox, so that others may know its study."""
    query = select(outbox.c.publication).where(outbox.c.submission == submission_id).limit(1)
    return connection.execute(query).first() is not None


def _with_state(connection: Connection, state: str) -> tuple[str, ...]:
    query = (
        select(submission.c.id)
        .join(revision, revision.c.submission == submission.c.id)
        .where(revision.c.state == state, submission.c.present)
        .order_by(submission.c.number)
        .distinct()
    )
    return tuple(connection.scalars(query))
