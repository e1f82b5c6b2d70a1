"""Which themes were refused for which study, and what suggestions have learned."""

from __future__ import annotations

from alembic import op

revision = "0012"
down_revision = "0011"

STEPS = (
    """
    CREATE TABLE refusal (
        submission TEXT NOT NULL,
        "key" TEXT NOT NULL,
        kind TEXT NOT NULL,
        slug TEXT NOT NULL,
        label TEXT NOT NULL,
        PRIMARY KEY (submission, "key"),
        FOREIGN KEY(submission) REFERENCES submission (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE lesson (
        "key" TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY ("key")
    )
    """,
)


def upgrade() -> None:
    """Makes the tables, empty: until something is learned what came with the program holds."""
    for step in STEPS:
        op.execute(step)
