"""The published versions that work on this desk began from, kept once the mirror has gone on to a newer one."""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Makes the table; what was published from this desk is found in its outbox."""
    op.execute(
        """
        CREATE TABLE base_study (
            study TEXT NOT NULL,
            version INTEGER NOT NULL,
            json TEXT NOT NULL,
            PRIMARY KEY (study, version)
        )
        """
    )
