"""Full-text search, redaction of what is personal, and claims of who has taken up which file."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from workbench.catalogue import roles

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

UUID = sa.String(36).with_variant(postgresql.UUID(as_uuid=False), "postgresql")
SQL = Path(__file__).parent.parent / "sql" / revision

GRANTS = {
    "reader": ("SELECT ON study_words, redaction, claim", "EXECUTE ON FUNCTION casebook_index"),
    "editor": ("EXECUTE ON FUNCTION casebook_claim",),
    "admin": ("EXECUTE ON FUNCTION casebook_redact",),
}
FUNCTIONS = (
    *(
        "casebook_index(integer)",
        "casebook_words(uuid, integer)",
        "casebook_words_within(uuid, integer, integer)",
        "casebook_plain(text)",
        "casebook_fold(text)",
    ),
    *("casebook_redact(uuid, text[], text)", "casebook_without(jsonb, text[])", "casebook_claim(jsonb)"),
)

EMBEDDED = (
    """
    CREATE VIRTUAL TABLE study_words USING fts5(
        title, summary, body, council, tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3'
    )
    """,
    """
    CREATE TABLE study_indexed (
        number INTEGER NOT NULL PRIMARY KEY,
        study VARCHAR(36) NOT NULL UNIQUE REFERENCES study (uuid),
        version INTEGER NOT NULL
    )
    """,
    *(
        f"""
        CREATE TRIGGER keep_redaction_{event} BEFORE {event} ON redaction
        BEGIN SELECT RAISE(ABORT, 'rows of redaction are never changed'); END
        """
        for event in ("UPDATE", "DELETE")
    ),
)


def upgrade() -> None:
    _make_tables()
    if op.get_context().dialect.name == "postgresql":
        for script in sorted(SQL.glob("*.sql")):
            _run(script.read_text("utf-8"))
        _give_rights()
    else:
        for statement in EMBEDDED:
            _run(statement)


def downgrade() -> None:
    if op.get_context().dialect.name == "postgresql":
        for function in FUNCTIONS:
            _run(f"DROP FUNCTION {function}")
    else:
        _run("DROP TABLE study_indexed")
    for table in ("study_words", "claim", "redaction"):
        _run(f"DROP TABLE {table}")


def _make_tables() -> None:
    op.create_table(
        "redaction",
        sa.Column("change", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("study", UUID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["study"], ["study.uuid"], name="fk_redaction_study"),
        sa.PrimaryKeyConstraint("change", name="pk_redaction"),
    )
    op.create_index("ix_redaction_study", "redaction", ["study"])
    op.create_table(
        "claim",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", UUID, nullable=False),
        sa.Column("source", sa.String(64), nullable=False),
        sa.Column("study", UUID, nullable=False),
        sa.Column("council", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("signed", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("id", name="uq_claim_id"),
        sa.PrimaryKeyConstraint("number", name="pk_claim"),
    )


def _run(statement: str) -> None:
    op.get_bind().execution_options(no_parameters=True).exec_driver_sql(statement)


def _give_rights() -> None:
    connection = op.get_bind()
    owner = roles.owner_of(connection)
    for kind, grants in GRANTS.items():
        for granted in grants:
            _run(f"GRANT {granted} TO {roles.quoted(connection, roles.group(owner, kind))}")
    editors = roles.quoted(connection, roles.group(owner, "editor"))
    _run("ALTER TABLE claim ENABLE ROW LEVEL SECURITY")
    _run(f"CREATE POLICY only_editors ON claim FOR SELECT TO {editors} USING (true)")
