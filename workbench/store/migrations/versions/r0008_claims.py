"""Who has taken up which file; one letter found as fast as two; the mirror pulled anew, with digests."""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision = "0007"

STEPS = (
    """
    CREATE TABLE claim (
        id TEXT NOT NULL,
        source TEXT NOT NULL,
        study TEXT NOT NULL,
        council TEXT NOT NULL,
        title TEXT NOT NULL,
        own BOOLEAN NOT NULL,
        who TEXT NOT NULL,
        at TEXT,
        number INTEGER NOT NULL,
        PRIMARY KEY (id)
    )
    """,
    "CREATE INDEX claim_by_source ON claim (source)",
    "CREATE INDEX claim_by_study ON claim (study)",
    "CREATE TABLE kept AS SELECT rowid AS number, title, summary, body, council FROM mirror_words",
    "DROP TABLE mirror_words",
    """
    CREATE VIRTUAL TABLE mirror_words USING fts5(
        title, summary, body, council, tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3'
    )
    """,
    (
        "INSERT INTO mirror_words (rowid, title, summary, body, council)"
        " SELECT number, title, summary, body, council FROM kept"
    ),
    "DROP TABLE kept",
    "UPDATE mirror_state SET value = '0' WHERE key = 'change'",
)


def upgrade() -> None:
    for step in STEPS:
        op.execute(step)
