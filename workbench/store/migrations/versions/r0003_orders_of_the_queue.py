"""Orders and filters of the queue, and the names that editors give to filters."""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0003"
down_revision = "0002"

SCHEMA = Path(__file__).with_name("r0003_orders_of_the_queue.sql")

KEPT = (
    "number, id, study, template, template_version, received, present, status, due, base_version, title, council,"
    " completeness, blockers, warnings, advice, unplaced"
)


def upgrade() -> None:
    """Makes `submission` anew with what the queue is ordered and filtered by, and the table of named filters.

    A column that is worked out cannot be added before the constraints of a table, where a new desk has it.
    """
    op.execute("CREATE TEMPORARY TABLE kept AS SELECT * FROM submission")
    op.execute("DROP TABLE submission")
    for statement in SCHEMA.read_text("utf-8").split(";\n"):
        if statement.strip():
            op.execute(statement)
    op.execute(
        f"""
        INSERT INTO submission ({KEPT}, topics, councils)
        SELECT {KEPT},
            (SELECT count(*) FROM tag WHERE tag.submission = kept.id AND tag.kind = 'topic'),
            (SELECT count(*) FROM authority WHERE authority.submission = kept.id)
        FROM kept
        """
    )
    op.execute("DROP TABLE kept")
    op.execute("DELETE FROM words WHERE rowid IN (SELECT number FROM submission WHERE NOT present)")
