"""Each sending is a batch with a number and a report of its own; published studies are found by their review date."""

from __future__ import annotations

from uuid import uuid4

from alembic import op
from sqlalchemy import Connection, text

revision = "0005"
down_revision = "0004"

TABLES = (
    """
    CREATE TABLE batch (
        number INTEGER NOT NULL,
        id TEXT NOT NULL,
        kind TEXT NOT NULL,
        began_at TEXT NOT NULL,
        ended_at TEXT,
        who TEXT NOT NULL,
        catalogue TEXT NOT NULL,
        undoes TEXT,
        PRIMARY KEY (number),
        UNIQUE (id),
        FOREIGN KEY(undoes) REFERENCES batch (id)
    )
    """,
    """
    CREATE TABLE batch_item (
        batch TEXT NOT NULL,
        publication TEXT NOT NULL,
        study TEXT NOT NULL,
        submission TEXT NOT NULL,
        title TEXT NOT NULL,
        council TEXT NOT NULL,
        result TEXT NOT NULL,
        version INTEGER NOT NULL,
        reason TEXT NOT NULL,
        PRIMARY KEY (batch, publication),
        FOREIGN KEY(batch) REFERENCES batch (id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX outbox_by_batch ON outbox (batch)",
    (
        "INSERT INTO mirror_facet (facet, value, number, label)"
        " SELECT 'review', json_extract(json, '$.publication.review_by'), number, '' FROM mirror_study"
        " WHERE json_extract(json, '$.publication.review_by') IS NOT NULL"
    ),
)


def upgrade() -> None:
    """Makes the tables, and makes a batch of each sending there was."""
    for statement in TABLES:
        op.execute(statement)
    connection = op.get_bind()
    for (at,) in connection.execute(
        text("SELECT DISTINCT batch FROM outbox WHERE batch IS NOT NULL ORDER BY 1")
    ).fetchall():
        _make_batch(connection, at)


def _make_batch(connection: Connection, at: str) -> None:
    """A sending was named by its moment; what became of it stands in the outbox."""
    made = {"id": str(uuid4()), "at": at}
    for statement in (
        (
            "INSERT INTO batch (id, kind, began_at, ended_at, who, catalogue)"
            " VALUES (:id, 'publish', :at, :at, '', '')"
        ),
        (
            "INSERT INTO batch_item"
            " SELECT :id, publication, json_extract(json, '$.study'), submission, json_extract(json, '$.title'),"
            " coalesce(json_extract(json, '$.authorities[0].name'), ''), state, version, reason"
            " FROM outbox WHERE batch = :at AND state NOT IN ('waiting', 'sending')"
        ),
        "UPDATE outbox SET batch = :id WHERE batch = :at",
    ):
        connection.execute(text(statement), made)
