"""The first desk."""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None

SCHEMA = Path(__file__).with_name("r0001_the_first_desk.sql")


def upgrade() -> None:
    """Makes every table of the first desk, as the file beside this one lists them."""
    for statement in SCHEMA.read_text("utf-8").split(";\n"):
        if statement.strip():
            op.execute(statement)
