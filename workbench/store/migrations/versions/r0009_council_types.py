"""Published studies are counted by the types of their councils too."""

from __future__ import annotations

from alembic import op

revision = "0009"
down_revision = "0008"

STEPS = (
    """
    INSERT OR IGNORE INTO mirror_facet (facet, value, number, label)
    SELECT 'council_type', json_extract(council.value, '$.type'), study.number, ''
    FROM mirror_study AS study, json_each(study.json, '$.publication.authorities') AS council
    WHERE json_extract(council.value, '$.type') <> ''
    """,
    "UPDATE mirror_state SET value = lower(hex(randomblob(8))) WHERE key = 'edition'",
)


def upgrade() -> None:
    for step in STEPS:
        op.execute(step)
