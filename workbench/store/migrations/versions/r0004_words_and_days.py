"""The office's own words, and the days a study has to wait for."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Makes the table of house words and the table of days."""
    op.execute(
        """
        CREATE TABLE house_word (
            "key" TEXT NOT NULL,
            word TEXT NOT NULL,
            PRIMARY KEY ("key")
        )
        """
    )
    op.execute(
        """
        CREATE TABLE study_day (
            submission TEXT NOT NULL,
            "key" TEXT NOT NULL,
            day TEXT NOT NULL,
            PRIMARY KEY (submission, "key"),
            FOREIGN KEY(submission) REFERENCES submission (id) ON DELETE CASCADE
        )
        """
    )
