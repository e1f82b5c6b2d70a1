"""The catalogue: tables, the triggers that keep history, the views that others read."""

from __future__ import annotations

import uuid
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

MAX_ASSET = 8 * 1024 * 1024
UUID = sa.String(36).with_variant(postgresql.UUID(as_uuid=False), "postgresql")
MOMENT = sa.DateTime(timezone=True)

IMMUTABLE = (
    "study_version",
    "study_field",
    "study_theme",
    "study_authority",
    "study_image",
    "asset",
    "outcome",
    "audit",
)

LONG = {"study_version": "summary", "study_field": "html", "study_personal": "html"}
"""Columns of long texts, packed with lz4 where the server has it: it is much faster than PostgreSQL's own."""

VIEWS = {
    "studies": """
        SELECT study.uuid, study.slug, v.version, v.title, v.summary, v.template, v.template_version,
               study.first_published_at, v.published_at, v.review_by, study.change
        FROM study JOIN study_version AS v ON v.study = study.uuid AND v.version = study.current_version
        WHERE study.state = 'published'""",
    "withdrawals": """
        SELECT study.uuid, study.slug, v.version, v.title, study.note, study.change
        FROM study JOIN study_version AS v ON v.study = study.uuid AND v.version = study.current_version
        WHERE study.state = 'withdrawn'""",
    "versions": """
        SELECT study AS uuid, version, slug, title, summary, template, template_version, digest,
               published_at, published_by, review_by, batch, change
        FROM study_version""",
    "fields": """
        SELECT studies.uuid, f.position, f.field, f.label, f.html
        FROM studies JOIN study_field AS f ON f.study = studies.uuid AND f.version = studies.version""",
    "study_themes": """
        SELECT studies.uuid, t.kind, t.slug, theme.label
        FROM studies JOIN study_theme AS t ON t.study = studies.uuid AND t.version = studies.version
        JOIN theme ON theme.kind = t.kind AND theme.slug = t.slug""",
    "study_authorities": """
        SELECT studies.uuid, a.gss, a.name, a.type, a.nation, a.region
        FROM studies JOIN study_authority AS a ON a.study = studies.uuid AND a.version = studies.version""",
    "themes": """
        SELECT theme.kind, theme.slug, theme.label, count(study_themes.uuid) AS studies
        FROM theme LEFT JOIN study_themes ON study_themes.kind = theme.kind AND study_themes.slug = theme.slug
        GROUP BY theme.kind, theme.slug, theme.label""",
    "collections": "SELECT slug, label, studies FROM themes WHERE kind = 'collection'",
}


def upgrade() -> None:
    _make_shared_tables()
    _make_version_tables()
    _make_records()
    op.execute(sa.text(f"INSERT INTO catalogue (id, identity, change) VALUES (1, '{uuid.uuid4()}', 0)"))
    postgres = op.get_context().dialect.name == "postgresql"
    for statement in _postgres_guards() if postgres else _sqlite_guards():
        op.execute(sa.text(statement))
    rights = "WITH (security_invoker = true) " if postgres else ""
    for name, query in VIEWS.items():
        op.execute(sa.text(f"CREATE VIEW {name} {rights}AS {query}"))


def downgrade() -> None:
    for name in reversed(VIEWS):
        op.execute(sa.text(f"DROP VIEW {name}"))
    for table in ("audit", "outcome", "study_image", "asset", "study_authority", "authority", "study_theme"):
        op.drop_table(table)
    for table in ("theme_alias", "theme", "study_personal", "study_field", "study_version", "batch", "study"):
        op.drop_table(table)
    op.drop_table("catalogue")
    if op.get_context().dialect.name == "postgresql":
        op.execute(sa.text("DROP FUNCTION casebook_refuse()"))


def _text(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=False)


def _whole(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _primary(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=f"pk_{table}")


def _reference(table: str, columns: list[str], target: list[str]) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(columns, target, name=f"fk_{table}_{columns[0]}")


def _make_shared_tables() -> None:
    op.create_table(
        "catalogue",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("identity", UUID, nullable=False),
        sa.Column("change", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("id = 1", name="ck_catalogue_one_row"),
        _primary("catalogue", "id"),
    )
    op.create_table(
        "study",
        sa.Column("uuid", UUID, nullable=False),
        _text("slug"),
        _whole("current_version"),
        sa.Column("state", sa.String(9), nullable=False),
        _text("note"),
        sa.Column("first_published_at", MOMENT, nullable=False),
        sa.Column("change", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("state IN ('published', 'withdrawn')", name="ck_study_state"),
        sa.UniqueConstraint("slug", name="uq_study_slug"),
        _primary("study", "uuid"),
    )
    op.create_index("ix_study_change", "study", ["change"], unique=True)
    op.create_table(
        "batch",
        sa.Column("id", sa.Integer(), nullable=False),
        _text("actor"),
        _text("signed"),
        sa.Column("started_at", MOMENT, nullable=False),
        _primary("batch", "id"),
    )
    _make_vocabularies()
    op.create_table(
        "asset",
        sa.Column("sha256", sa.String(64), nullable=False),
        _text("media_type"),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(f"length(content) <= {MAX_ASSET}", name="ck_asset_bounded"),
        _primary("asset", "sha256"),
    )


def _make_vocabularies() -> None:
    op.create_table(
        "theme",
        sa.Column("kind", sa.String(16), nullable=False),
        _text("slug"),
        _text("label"),
        _primary("theme", "kind", "slug"),
    )
    op.create_table(
        "theme_alias",
        sa.Column("kind", sa.String(16), nullable=False),
        _text("slug"),
        _text("label"),
        sa.Column("until", MOMENT, nullable=False),
        _reference("theme_alias", ["kind", "slug"], ["theme.kind", "theme.slug"]),
        _primary("theme_alias", "kind", "slug", "label"),
    )
    op.create_table("authority", _text("id"), *_council(), _primary("authority", "id"))


def _council() -> tuple[sa.Column[Any], ...]:
    gss = sa.Column("gss", sa.String(16), nullable=True)
    return gss, _text("name"), _text("type"), _text("nation"), _text("region")


def _make_version_tables() -> None:
    op.create_table(
        "study_version",
        sa.Column("study", UUID, nullable=False),
        _whole("version"),
        sa.Column("publication", UUID, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        *(_text(name) for name in ("slug", "title", "summary", "template")),
        _whole("template_version"),
        sa.Column("review_by", sa.Date(), nullable=True),
        sa.Column("published_at", MOMENT, nullable=False),
        _text("published_by"),
        _whole("batch"),
        sa.Column("change", sa.BigInteger(), nullable=False),
        _reference("study_version", ["study"], ["study.uuid"]),
        _reference("study_version", ["batch"], ["batch.id"]),
        sa.UniqueConstraint("publication", name="uq_study_version_publication"),
        _primary("study_version", "study", "version"),
    )
    op.create_index("ix_study_version_review_by", "study_version", ["review_by"])
    _make_part("study_field", _text("field"), _text("label"), _text("html"))
    _make_part("study_personal", _text("field"), _text("label"), _text("html"))
    _make_part(
        "study_theme",
        sa.Column("kind", sa.String(16), nullable=False),
        _text("slug"),
        _text("label"),
        _reference("study_theme", ["kind", "slug"], ["theme.kind", "theme.slug"]),
    )
    op.create_index("ix_study_theme_kind", "study_theme", ["kind", "slug"])
    _make_part(
        "study_authority",
        _text("authority"),
        *_council(),
        _reference("study_authority", ["authority"], ["authority.id"]),
    )
    op.create_index("ix_study_authority_authority", "study_authority", ["authority"])
    _make_part(
        "study_image",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("alt", sa.Text(), nullable=True),
        *(_text("credit"), _text("media_type"), _whole("width"), _whole("height")),
        _reference("study_image", ["sha256"], ["asset.sha256"]),
    )
    op.create_index("ix_study_image_sha256", "study_image", ["sha256"])


def _make_part(table: str, *content: sa.schema.SchemaItem) -> None:
    """A table whose rows hang on a version, in order."""
    op.create_table(
        table,
        sa.Column("study", UUID, nullable=False),
        _whole("version"),
        _whole("position"),
        *content,
        _reference(table, ["study", "version"], ["study_version.study", "study_version.version"]),
        _primary(table, "study", "version", "position"),
    )


def _make_records() -> None:
    op.create_table(
        "outcome",
        sa.Column("publication", UUID, nullable=False),
        sa.Column("study", UUID, nullable=False),
        sa.Column("result", sa.String(16), nullable=False),
        _whole("version"),
        _text("code"),
        _text("reason"),
        _whole("batch"),
        _reference("outcome", ["batch"], ["batch.id"]),
        _primary("outcome", "publication"),
    )
    op.create_table(
        "audit",
        sa.Column("change", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        _text("actor"),
        sa.Column("action", sa.String(16), nullable=False),
        sa.Column("study", UUID, nullable=False),
        _whole("version"),
        sa.Column("batch", sa.Integer(), nullable=True),
        _text("reason"),
        _primary("audit", "change"),
    )


def _postgres_guards() -> list[str]:
    refuse = """
        CREATE FUNCTION casebook_refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'rows of % are never changed', TG_TABLE_NAME; END $$"""
    guard = """
        CREATE TRIGGER keep_{table} BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION casebook_refuse()"""
    return [refuse, *(guard.format(table=table) for table in IMMUTABLE), _packing()]


def _packing() -> str:
    steps = "; ".join(
        f"ALTER TABLE {table} ALTER {column} SET COMPRESSION lz4" for table, column in LONG.items()
    )
    has_lz4 = "name = 'default_toast_compression' AND 'lz4' = ANY (enumvals)"
    return f"DO $$ BEGIN IF EXISTS (SELECT FROM pg_settings WHERE {has_lz4}) THEN {steps}; END IF; END $$"


def _sqlite_guards() -> list[str]:
    guard = """
        CREATE TRIGGER keep_{table}_{event} BEFORE {event} ON {table}
        BEGIN SELECT RAISE(ABORT, 'rows of {table} are never changed'); END"""
    return [guard.format(table=table, event=event) for table in IMMUTABLE for event in ("UPDATE", "DELETE")]
