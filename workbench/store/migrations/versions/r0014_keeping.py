"""What is kept longer than the house keeps it otherwise, and what was kept no longer."""

from __future__ import annotations

from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Makes both tables."""
    op.execute(
        """
        CREATE TABLE hold (
            submission TEXT NOT NULL,
            "key" TEXT NOT NULL,
            reason TEXT NOT NULL,
            PRIMARY KEY (submission, "key"),
            FOREIGN KEY(submission) REFERENCES submission (id) ON DELETE CASCADE
        )
        """
    )
    op.execute(
        """
        CREATE TABLE removal (
            submission TEXT NOT NULL,
            "key" TEXT NOT NULL,
            at TEXT NOT NULL,
            since TEXT NOT NULL,
            months INTEGER NOT NULL,
            PRIMARY KEY (submission, "key"),
            FOREIGN KEY(submission) REFERENCES submission (id) ON DELETE CASCADE
        )
        """
    )
