"""The desk's copy of the vocabulary, and the terms that editors propose for it."""

from __future__ import annotations

from alembic import op

revision = "0010"
down_revision = "0009"

STEPS = (
    """
    CREATE TABLE vocabulary_theme (
        kind TEXT NOT NULL,
        slug TEXT NOT NULL,
        position INTEGER NOT NULL,
        json TEXT NOT NULL,
        PRIMARY KEY (kind, slug)
    )
    """,
    """
    CREATE TABLE vocabulary_state (
        "key" TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY ("key")
    )
    """,
    """
    CREATE TABLE term_proposal (
        id TEXT NOT NULL,
        kind TEXT NOT NULL,
        slug TEXT NOT NULL,
        json TEXT NOT NULL,
        reason TEXT NOT NULL,
        own BOOLEAN NOT NULL,
        state TEXT NOT NULL,
        became TEXT NOT NULL,
        answer TEXT NOT NULL,
        who TEXT NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (id)
    )
    """,
)


def upgrade() -> None:
    """Makes the tables, empty: until the first pull the vocabulary that came with the program holds."""
    for step in STEPS:
        op.execute(step)
