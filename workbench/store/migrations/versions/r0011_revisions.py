"""What a file that comes later is, and the marks by which files that share words are found."""

from __future__ import annotations

from alembic import op

from workbench.intake.likeness import sketch

revision = "0011"
down_revision = "0010"

STEPS = (
    """
    CREATE TABLE revision (
        submission TEXT NOT NULL,
        "key" TEXT NOT NULL,
        state TEXT NOT NULL,
        "of" TEXT NOT NULL,
        made TEXT NOT NULL,
        because JSON NOT NULL,
        PRIMARY KEY (submission, "key"),
        FOREIGN KEY(submission) REFERENCES submission (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE sketch (
        mark INTEGER NOT NULL,
        file TEXT NOT NULL,
        PRIMARY KEY (mark, file)
    ) WITHOUT ROWID
    """,
)

FIRST_FILES = """
    SELECT source_file.key, words.answers FROM source_file
    JOIN submission ON submission.id = source_file.submission
    JOIN words ON words.rowid = submission.number
    WHERE source_file.position = 0
"""


def upgrade() -> None:
    for step in STEPS:
        op.execute(step)
    connection = op.get_bind()
    for file, answers in connection.exec_driver_sql(FIRST_FILES).all():
        for mark in sketch(answers or ""):
            connection.exec_driver_sql("INSERT OR IGNORE INTO sketch VALUES (?, ?)", (mark, file))
