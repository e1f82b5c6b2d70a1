"""Word files made of source files which were none."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Makes the table of conversions."""
    op.execute(
        """
        CREATE TABLE conversion (
            source TEXT NOT NULL,
            word TEXT NOT NULL,
            PRIMARY KEY (source),
            FOREIGN KEY(source) REFERENCES blob (sha256) ON DELETE CASCADE,
            FOREIGN KEY(word) REFERENCES blob (sha256) ON DELETE CASCADE
        )
        """
    )
