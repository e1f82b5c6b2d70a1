"""What councils were asked when a study was returned to them."""

from __future__ import annotations

from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Makes the table."""
    op.execute(
        """
        CREATE TABLE asked (
            submission TEXT NOT NULL,
            "key" TEXT NOT NULL,
            number INTEGER NOT NULL,
            position INTEGER NOT NULL,
            day TEXT NOT NULL,
            reply_by TEXT NOT NULL,
            field TEXT NOT NULL,
            finding TEXT NOT NULL,
            text TEXT NOT NULL,
            excerpt TEXT NOT NULL,
            ref TEXT NOT NULL,
            comment INTEGER NOT NULL,
            PRIMARY KEY (submission, "key"),
            FOREIGN KEY(submission) REFERENCES submission (id) ON DELETE CASCADE
        )
        """
    )
