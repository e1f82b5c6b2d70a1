"""The vocabulary as data: what is known of each theme, what became of it, and what studies are filed under today."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

import resources
from workbench.catalogue import roles

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

UUID = sa.String(36).with_variant(postgresql.UUID(as_uuid=False), "postgresql")
MOMENT = sa.DateTime(timezone=True)
SQL = Path(__file__).parent.parent / "sql" / revision
FILES = ("topics", "support_types", "collections", "programmes")

COLUMNS = (
    "status varchar(8) NOT NULL DEFAULT 'active'",
    "parent text",
    "scope_note text NOT NULL DEFAULT ''",
    "cues text NOT NULL DEFAULT '{}'",
    "narrow boolean NOT NULL DEFAULT false",
    "page_title text NOT NULL DEFAULT ''",
    "introduction text NOT NULL DEFAULT ''",
    "ordering integer NOT NULL DEFAULT 0",
    "opens date",
    "closes date",
    "place integer NOT NULL DEFAULT 0",
)
"""What a theme has from now on."""

STATUSES = "status IN ('active', 'retired', 'merged', 'split', 'unlisted')"

GRANTS = {
    "reader": (
        "SELECT ON theme_alias, theme_successor, study_term, vocabulary_change, refiling, term_proposal",
    ),
    "editor": ("EXECUTE ON FUNCTION casebook_propose_term",),
    "admin": (
        "EXECUTE ON FUNCTION casebook_hold_vocabulary, casebook_change_vocabulary, casebook_decide_term",
    ),
}
FUNCTIONS = (
    "casebook_change_vocabulary(bigint, text, text, text, bigint, text, text)",
    "casebook_hold_vocabulary()",
    "casebook_put_themes(jsonb)",
    "casebook_take_out_themes(jsonb)",
    "casebook_require_sound_vocabulary()",
    "casebook_tell_vocabulary(bigint, text, text, bigint, text, text)",
    "casebook_refiled(bigint)",
    "casebook_propose_term(uuid, text, text, text)",
    "casebook_decide_term(uuid, text, text, text)",
    "casebook_filed(uuid[])",
    "casebook_file(uuid[])",
    "casebook_followed(uuid[])",
    "casebook_heirs()",
)

VIEWS = {
    "study_themes": """
        SELECT studies.uuid, t.kind, t.slug, theme.label
        FROM studies JOIN study_term AS t ON t.study = studies.uuid
        JOIN theme ON theme.kind = t.kind AND theme.slug = t.slug""",
    "themes": """
        SELECT theme.kind, theme.slug, theme.label,
               (SELECT count(*) FROM study_term AS t JOIN study ON study.uuid = t.study AND study.state = 'published'
                WHERE t.kind = theme.kind AND t.slug = theme.slug) AS studies,
               theme.status, theme.parent, theme.scope_note, theme.page_title, theme.introduction, theme.ordering,
               theme.opens, theme.closes
        FROM theme""",
    "collections": """
        SELECT slug, label, studies, status, page_title, introduction, ordering, opens, closes
        FROM themes WHERE kind = 'collection'""",
    "theme_aliases": "SELECT kind, slug, label, since, until FROM theme_alias",
    "theme_successors": "SELECT kind, slug, successor, place FROM theme_successor",
    "vocabulary_changes": """
        SELECT number, at, actor, change, differences, studies, reason, undoes FROM vocabulary_change""",
}
"""What other programs read: the views that change, and new ones. Their columns are a promise."""

BEFORE = {
    "study_themes": """
        SELECT studies.uuid, t.kind, t.slug, theme.label
        FROM studies JOIN study_theme AS t ON t.study = studies.uuid AND t.version = studies.version
        JOIN theme ON theme.kind = t.kind AND theme.slug = t.slug""",
    "themes": """
        SELECT theme.kind, theme.slug, theme.label, count(study_themes.uuid) AS studies
        FROM theme LEFT JOIN study_themes ON study_themes.kind = theme.kind AND study_themes.slug = theme.slug
        GROUP BY theme.kind, theme.slug, theme.label""",
    "collections": "SELECT slug, label, studies FROM themes WHERE kind = 'collection'",
}
"""The views as they were."""

TABLES = ("term_proposal", "refiling", "vocabulary_change", "study_term", "theme_successor")


def upgrade() -> None:
    _drop_views(BEFORE)
    _make_themes()
    _make_aliases()
    _make_filing()
    _make_history()
    _make_views(VIEWS)
    _seed()
    _file_what_is_published()
    if _on_a_server():
        for script in sorted(SQL.glob("*.sql")):
            _run(script.read_text("utf-8"))
        _give_rights()
    else:
        for statement in _guards():
            _run(statement)
        # An older program would publish without filing.
        _run("UPDATE catalogue SET oldest_client = '0004'")


def downgrade() -> None:
    _drop_views(VIEWS)
    if _on_a_server():
        for function in FUNCTIONS:
            _run(f"DROP FUNCTION {function}")
        for name in ("0002/4_writing.sql", "0002/7_undoing.sql"):
            _run(
                (SQL.parent / name)
                .read_text("utf-8")
                .replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
            )
    for table in TABLES:
        op.drop_table(table)
    _make_aliases_as_before()
    if _on_a_server():
        _run("ALTER TABLE theme DROP CONSTRAINT ck_theme_status")
    for column in COLUMNS:
        _run(f"ALTER TABLE theme DROP COLUMN {column.split()[0]}")
    if not _on_a_server():
        _run("UPDATE catalogue SET oldest_client = '0002'")
    _make_views(BEFORE)


def _on_a_server() -> bool:
    return op.get_context().dialect.name == "postgresql"


def _run(statement: str) -> None:
    op.get_bind().execution_options(no_parameters=True).exec_driver_sql(statement)


def _drop_views(views: Mapping[str, str]) -> None:
    for name in reversed(list(views)):
        _run(f"DROP VIEW {name}")


def _make_views(views: Mapping[str, str]) -> None:
    rights = "WITH (security_invoker = true) " if _on_a_server() else ""
    for name, query in views.items():
        _run(f"CREATE VIEW {name} {rights}AS {query}")
    if _on_a_server():
        owner = roles.owner_of(op.get_bind())
        _run(f"GRANT SELECT ON {', '.join(views)} TO {_group(owner, 'reader')}")


def _group(owner: str, kind: str) -> str:
    return roles.quoted(op.get_bind(), roles.group(owner, kind))


def _make_themes() -> None:
    for column in COLUMNS:
        _run(f"ALTER TABLE theme ADD COLUMN {column}")
    if _on_a_server():
        _run(f"ALTER TABLE theme ADD CONSTRAINT ck_theme_status CHECK ({STATUSES})")
    op.create_table(
        "theme_successor",
        sa.Column("kind", sa.String(16), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("slug", "successor")),
        sa.Column("place", sa.Integer(), nullable=False),
        _of_theme("theme_successor", "slug", "fk_theme_successor_kind"),
        _of_theme("theme_successor", "successor", "fk_theme_successor_successor"),
        sa.PrimaryKeyConstraint("kind", "slug", "successor", name="pk_theme_successor"),
    )


def _of_theme(table: str, column: str, name: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["kind", column], ["theme.kind", "theme.slug"], name=name)


def _make_aliases() -> None:
    """The aliases anew: with a place, and with days that may be unknown."""
    known = (
        op.get_bind()
        .execute(sa.text("SELECT kind, slug, label, until FROM theme_alias ORDER BY until"))
        .all()
    )
    op.drop_table("theme_alias")
    aliases = op.create_table(
        "theme_alias",
        sa.Column("kind", sa.String(16), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("slug", "label")),
        sa.Column("place", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Date(), nullable=True) for name in ("since", "until")),
        _of_theme("theme_alias", "slug", "fk_theme_alias_kind"),
        sa.PrimaryKeyConstraint("kind", "slug", "label", name="pk_theme_alias"),
    )
    rows = [
        dict(zip(("kind", "slug", "label"), row[:3], strict=True)) | {"place": n}
        for n, row in enumerate(known)
    ]
    for row, (*_, until) in zip(rows, known, strict=True):
        moment = until if not isinstance(until, str) else sa.func.date(until)
        op.execute(aliases.insert().values(**row, until=moment))


def _make_aliases_as_before() -> None:
    op.drop_table("theme_alias")
    op.create_table(
        "theme_alias",
        sa.Column("kind", sa.String(16), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("slug", "label")),
        sa.Column("until", MOMENT, nullable=False),
        _of_theme("theme_alias", "slug", "fk_theme_alias_kind"),
        sa.PrimaryKeyConstraint("kind", "slug", "label", name="pk_theme_alias"),
    )
    if _on_a_server():
        _run(f"GRANT SELECT ON theme_alias TO {_group(roles.owner_of(op.get_bind()), 'reader')}")


def _make_filing() -> None:
    op.create_table(
        "study_term",
        sa.Column("study", UUID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["study"], ["study.uuid"], name="fk_study_term_study"),
        _of_theme("study_term", "slug", "fk_study_term_kind"),
        sa.UniqueConstraint("kind", "slug", "study", name="uq_study_term_kind"),
        sa.PrimaryKeyConstraint("study", "position", name="pk_study_term"),
    )


def _make_history() -> None:
    op.create_table(
        "vocabulary_change",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("actor", "signed", "change", "differences")
        ),
        sa.Column("studies", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("undoes", sa.BigInteger(), nullable=True),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_vocabulary_change"),
    )
    op.create_table(
        "refiling",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("study", UUID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("before", "after")),
        sa.ForeignKeyConstraint(["study"], ["study.uuid"], name="fk_refiling_study"),
        sa.PrimaryKeyConstraint("number", "study", name="pk_refiling"),
    )
    op.create_table(
        "term_proposal",
        sa.Column("id", UUID, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("slug", "told", "reason", "actor", "signed")
        ),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("state", sa.String(8), nullable=False, server_default="proposed"),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        *(sa.Column(name, sa.Text(), nullable=False, server_default="") for name in ("why", "became")),
        sa.PrimaryKeyConstraint("id", name="pk_term_proposal"),
    )


def _seed() -> None:
    """The vocabulary that travels with the program: new terms, and what was not known of terms that are there.

    The label of a term that is there stays, and so does every term that only the catalogue has.
    """
    connection = op.get_bind()
    known = {(kind, slug) for kind, slug in connection.execute(sa.text("SELECT kind, slug FROM theme"))}
    beside = sa.text("UPDATE theme SET place = :place WHERE kind = :kind AND slug = :slug")
    shipped = list(_shipped())
    own = sorted(known - {(each["kind"], each["slug"]) for each in shipped})
    for place, (kind, slug) in enumerate(own, len(shipped)):
        connection.execute(beside, {"place": place, "kind": kind, "slug": slug})
    for place, each in enumerate(shipped):
        row = {"place": place, **_row(each)}
        statement = _UPDATE if (each["kind"], each["slug"]) in known else _INSERT
        connection.execute(sa.text(statement), row)
        _seed_aliases(each)


_DETAILS = ("parent", "scope_note", "cues", "narrow", "page_title", "ordering", "place")
_INSERT = f"""
    INSERT INTO theme (kind, slug, label, {", ".join(_DETAILS)})
    VALUES (:kind, :slug, :label, {", ".join(f":{name}" for name in _DETAILS)})"""
_UPDATE = f"""
    UPDATE theme SET {", ".join(f"{name} = :{name}" for name in _DETAILS)} WHERE kind = :kind AND slug = :slug"""


def _shipped() -> Iterator[dict[str, Any]]:
    for name in FILES:
        told = resources.toml("themes", f"{name}.toml")
        yield from ({"kind": told["kind"], **entry} for entry in told["terms"])


def _row(told: Mapping[str, Any]) -> dict[str, Any]:
    row = {name: told[name] for name in ("kind", "slug", "label")}
    row |= {
        "parent": told.get("parent"),
        "narrow": told.get("narrow", False),
        "ordering": told.get("order", 0),
    }
    row |= {name: told.get(name, "") for name in ("scope_note", "page_title")}
    return row | {"cues": json.dumps({name: told.get(name, []) for name in ("strong", "cues", "weak")})}


def _seed_aliases(told: Mapping[str, Any]) -> None:
    insert = sa.text(
        "INSERT INTO theme_alias (kind, slug, label, place) VALUES (:kind, :slug, :label, :place) "
        "ON CONFLICT (kind, slug, label) DO NOTHING"
    )
    for place, label in enumerate(told.get("aliases", ()), 1_000):
        row = {"kind": told["kind"], "slug": told["slug"], "label": label, "place": place}
        op.get_bind().execute(insert, row)


def _file_what_is_published() -> None:
    _run("""
        INSERT INTO study_term (study, position, kind, slug)
        SELECT study.uuid, row_number() OVER (PARTITION BY study.uuid ORDER BY min(t.position)) - 1, t.kind, t.slug
        FROM study JOIN study_theme AS t ON t.study = study.uuid AND t.version = study.current_version
        GROUP BY study.uuid, t.kind, t.slug""")


def _guards() -> Iterator[str]:
    for table in ("vocabulary_change", "refiling"):
        for event in ("UPDATE", "DELETE"):
            yield f"""
                CREATE TRIGGER keep_{table}_{event} BEFORE {event} ON {table}
                BEGIN SELECT RAISE(ABORT, 'rows of {table} are never changed'); END"""


def _give_rights() -> None:
    owner = roles.owner_of(op.get_bind())
    for kind, grants in GRANTS.items():
        for granted in grants:
            _run(f"GRANT {granted} TO {_group(owner, kind)}")
    _run("ALTER TABLE term_proposal ENABLE ROW LEVEL SECURITY")
    _run(f"CREATE POLICY only_editors ON term_proposal FOR SELECT TO {_group(owner, 'editor')} USING (true)")
