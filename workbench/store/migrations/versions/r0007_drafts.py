"""What was typed and waits for a choice between it and what others wrote meanwhile."""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Makes the table."""
    op.execute(
        """
        CREATE TABLE draft (
            submission TEXT NOT NULL,
            "key" TEXT NOT NULL,
            html TEXT NOT NULL,
            PRIMARY KEY (submission, "key"),
            FOREIGN KEY(submission) REFERENCES submission (id) ON DELETE CASCADE
        )
        """
    )
