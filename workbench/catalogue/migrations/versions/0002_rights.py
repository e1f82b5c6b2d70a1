"""The catalogue as a shared workplace: rights, proposals, an audit that is chained, and functions to do it all with.

On PostgreSQL clients lose every right to write: they hand publications to functions, and the functions decide.
On SQLite, which knows no logins, the program does the same.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from workbench.catalogue import roles

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

UUID = sa.String(36).with_variant(postgresql.UUID(as_uuid=False), "postgresql")
SQL = Path(__file__).parent.parent / "sql" / revision

POLICIES = "policy IN ('self', 'second-person')"
COLUMNS = (
    f"catalogue ADD COLUMN policy text NOT NULL DEFAULT 'self' CONSTRAINT ck_catalogue_policy CHECK ({POLICIES})",
    "catalogue ADD COLUMN oldest_client text NOT NULL DEFAULT '0002'",
    "batch ADD COLUMN undoes integer",
    "study_version ADD COLUMN personal_digest text NOT NULL DEFAULT ''",
    "outcome ADD COLUMN params text NOT NULL DEFAULT '{}'",
    "audit ADD COLUMN digest text NOT NULL DEFAULT ''",
)
INDEXES = {"study_version": "batch", "outcome": "batch", "audit": "study"}

READ = (
    *(
        "catalogue",
        "catalogue_schema",
        "study",
        "study_version",
        "study_field",
        "study_personal",
        "study_salt",
    ),
    *(
        "study_theme",
        "study_authority",
        "study_image",
        "theme",
        "theme_alias",
        "authority",
        "asset",
        "audit_link",
    ),
    *("studies", "withdrawals", "versions", "fields", "study_themes", "study_authorities", "themes"),
    "collections",
)
GRANTS = {
    "reader": (f"SELECT ON {', '.join(READ)}",),
    "editor": (
        "SELECT ON batch, outcome, audit, proposal, proposals",
        "EXECUTE ON FUNCTION casebook_begin, casebook_put_asset, casebook_publish, casebook_revoke",
    ),
    "publisher": (
        "EXECUTE ON FUNCTION casebook_withdraw, casebook_undo, casebook_approve, casebook_decline",
    ),
    "admin": ("EXECUTE ON FUNCTION casebook_set_policy, casebook_grant",),
}
"""What each role may do beyond the one before it. Nothing else is granted to anybody."""

PERSONAL = ("study_personal", "study_salt")
"""Tables whose rows are for editors alone."""


def upgrade() -> None:
    for change in COLUMNS:
        op.execute(sa.text(f"ALTER TABLE {change}"))
    for table, column in INDEXES.items():
        op.create_index(f"ix_{table}_{column}", table, [column])
    _make_tables()
    if op.get_context().dialect.name == "postgresql":
        _make_workplace()
    else:
        _guard_sqlite()
        _link_sqlite()


def downgrade() -> None:
    postgres = op.get_context().dialect.name == "postgresql"
    if postgres:
        _close_workplace()
    else:
        op.execute(sa.text("DROP TRIGGER keep_batch_UPDATE"))
        op.execute(sa.text("DROP TRIGGER keep_batch_DELETE"))
    for table in ("study_salt", "audit_link"):
        op.drop_table(table)
    for table, column in INDEXES.items():
        op.drop_index(f"ix_{table}_{column}", table)
    for change in COLUMNS:
        table, _, _, column = change.split()[:4]
        op.execute(sa.text(f"ALTER TABLE {table} DROP COLUMN {column}"))


def _make_tables() -> None:
    op.create_table(
        "study_salt",
        sa.Column("study", UUID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["study", "version"], ["study_version.study", "study_version.version"], name="fk_study_salt_study"
        ),
        sa.PrimaryKeyConstraint("study", "version", name="pk_study_salt"),
    )
    op.create_table(
        "audit_link",
        sa.Column("change", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("head", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("change", name="pk_audit_link"),
    )


def _make_workplace() -> None:
    connection = op.get_bind()
    login = connection.scalar(sa.text("SELECT session_user"))
    owner = roles.make(connection)
    roles.join(connection, owner)
    for script in sorted(SQL.glob("*.sql")):
        _run(script.read_text("utf-8"))
    _run("SELECT casebook_seal()")
    _hand_over(owner)
    _let_in(owner)
    roles.become(connection, owner)
    _give_rights(owner)
    _run(f"GRANT {_quoted(roles.group(owner, 'admin'))} TO {_quoted(login)}")


def _run(statement: str) -> None:
    op.get_bind().execution_options(no_parameters=True).exec_driver_sql(statement)


def _quoted(*names: str) -> str:
    return roles.quoted(op.get_bind(), *names)


def _hand_over(owner: str) -> None:
    """Gives the owner all that was made so far."""
    _run(f"GRANT CREATE, USAGE ON SCHEMA public TO {_quoted(owner)}")
    made = """
        SELECT CASE relkind WHEN 'v' THEN 'VIEW' ELSE 'TABLE' END, oid::regclass::text
        FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v')
        UNION ALL SELECT 'FUNCTION', oid::regprocedure::text FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace AND proname LIKE 'casebook%'
        UNION ALL SELECT 'TYPE', unnest(ARRAY['casebook_outcome', 'casebook_sent'])"""
    for kind, name in op.get_bind().execute(sa.text(made)).all():
        _run(f"ALTER {kind} {name} OWNER TO {_quoted(owner)}")


def _let_in(owner: str) -> None:
    """Only readers, and so all who have a role, may connect and look; PUBLIC might by default."""
    database = _quoted(op.get_bind().scalar(sa.text("SELECT current_database()")))
    reader = _quoted(roles.group(owner, "reader"))
    _run(f"REVOKE ALL ON DATABASE {database} FROM PUBLIC")
    _run(f"GRANT CONNECT ON DATABASE {database} TO {reader}")
    _run("REVOKE ALL ON SCHEMA public FROM PUBLIC")
    _run(f"GRANT USAGE ON SCHEMA public TO {reader}")


def _give_rights(owner: str) -> None:
    """What each role may, now and in later migrations, which run as the owner; nobody else anything."""
    _run(f"ALTER DEFAULT PRIVILEGES FOR ROLE {_quoted(owner)} REVOKE ALL ON FUNCTIONS FROM PUBLIC")
    for kind in ("TABLES", "SEQUENCES", "FUNCTIONS"):
        _run(f"REVOKE ALL ON ALL {kind} IN SCHEMA public FROM PUBLIC")
    for kind, grants in GRANTS.items():
        for granted in grants:
            _run(f"GRANT {granted} TO {_quoted(roles.group(owner, kind))}")
    for table in PERSONAL:
        _run(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        editors = _quoted(roles.group(owner, "editor"))
        _run(f"CREATE POLICY only_editors ON {table} FOR SELECT TO {editors} USING (true)")


def _close_workplace() -> None:
    """All back to the login, without functions and rights; the roles stay, since logins may have them."""
    connection = op.get_bind()
    owner = roles.owner_of(connection)
    groups = _quoted(*(roles.group(owner, kind) for kind in roles.GROUPS))
    _run("RESET ROLE")
    _run(f"DROP OWNED BY {groups}")
    _run(f"REASSIGN OWNED BY {_quoted(owner)} TO CURRENT_USER")
    _run(f"DROP OWNED BY {_quoted(owner)}")
    _run("DROP TABLE proposal CASCADE")
    for table in ("batch", "study", "catalogue"):
        _run(f"DROP TRIGGER keep_{table} ON {table}")
    _run("DROP TRIGGER keep_beginning ON study; DROP TRIGGER keep_identity ON catalogue")
    for table in PERSONAL:
        _run(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
    made = """
        SELECT oid::regprocedure::text FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace AND proname LIKE 'casebook%' AND proname <> 'casebook_refuse'"""
    for name in connection.scalars(sa.text(made)).all():
        _run(f"DROP FUNCTION {name} CASCADE")
    _run("DROP TYPE casebook_outcome, casebook_sent CASCADE")


def _guard_sqlite() -> None:
    guard = """
        CREATE TRIGGER keep_{table}_{event} BEFORE {event} ON {table}
        BEGIN SELECT RAISE(ABORT, 'rows of {table} are never changed'); END"""
    for table in ("batch", "audit_link"):
        for event in ("UPDATE", "DELETE"):
            op.execute(sa.text(guard.format(table=table, event=event)))


def _link_sqlite() -> None:
    """The first link of the chain, over all that was audited before."""
    columns = "change, at, actor, action, study, version, batch, digest, reason"
    rows = op.get_bind().exec_driver_sql(f"SELECT {columns} FROM audit ORDER BY change").all()
    if rows:
        told = "".join(_told(row) for row in rows)
        head = hashlib.sha256(told.encode()).hexdigest()
        op.get_bind().exec_driver_sql("INSERT INTO audit_link VALUES (?, ?)", (rows[-1].change, head))


def _told(row: Any) -> str:
    """A row of the audit as text: each value led by its length."""
    values = ("" if value is None else str(value) for value in row)
    return "".join(
        f"{len(value)}:{value}"
        for value in (each.replace(" ", "T", 1) if n == 1 else each for n, each in enumerate(values))
    )
