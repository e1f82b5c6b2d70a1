"""The roles of a catalogue in PostgreSQL: how they are named, made, and taken on for a migration.

Each database has roles of its own, since a server's roles are shared by all its databases: an owner of all tables
and functions, as which nobody can log in, and the groups reader, editor, publisher and admin, each a member of the
one before.
"""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from itertools import pairwise

from sqlalchemy import Connection, text

from workbench.errors import SurroundingsFailed

GROUPS = ("reader", "editor", "publisher", "admin")
"""The roles that logins are given, each with the rights of those before it."""

_LONGEST = 40
"""The most characters of a database's name in the names of its roles: PostgreSQL cuts names at 63 bytes."""


def named(database: str, kind: str) -> str:
    """The name of a role of this database, such as `casebook_studies_reader`."""
    if len(database.encode()) > _LONGEST:
        database = f"{database[: _LONGEST // 4]}_{hashlib.sha256(database.encode()).hexdigest()[:12]}"
    return f"casebook_{database}_{kind}"


def group(owner: str, kind: str) -> str:
    """The name of a group of the catalogue that `owner` owns."""
    return f"{owner.removesuffix('_owner')}_{kind}"


def quoted(connection: Connection, *names: str) -> str:
    """Names as SQL writes them, with commas between."""
    return ", ".join(connection.dialect.identifier_preparer.quote_identifier(name) for name in names)


def owner_of(connection: Connection) -> str:
    """The role that owns the catalogue's tables, "" where none was made yet."""
    query = "SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = to_regclass('public.catalogue')"
    owner = connection.scalar(text(query)) or ""
    return owner if owner.endswith("_owner") else ""


def make(connection: Connection) -> str:
    """Makes the roles of this database; gives the owner's name.

    Raises `SurroundingsFailed`: `catalogue-roles-forbidden` for a login that may not make roles or does not own the
    database, `catalogue-roles-taken` where they exist and somebody has them.
    """
    login, database = connection.execute(text("SELECT session_user, current_database()")).one()
    _require_maker(connection, login)
    owner, *groups = (named(database, kind) for kind in ("owner", *GROUPS))
    _drop_unused(connection, [owner, *groups])
    for name in (owner, *groups):
        connection.exec_driver_sql(f"CREATE ROLE {quoted(connection, name)} NOLOGIN")
    for lower, higher in pairwise(groups):
        connection.exec_driver_sql(f"GRANT {quoted(connection, lower)} TO {quoted(connection, higher)}")
    given = quoted(connection, *groups)
    connection.exec_driver_sql(f"GRANT {given} TO {quoted(connection, owner)} WITH ADMIN OPTION")
    return owner


def _require_maker(connection: Connection, login: str) -> None:
    if not may_make(connection):
        raise SurroundingsFailed("catalogue-roles-forbidden", login=login)


def may_make(connection: Connection) -> bool:
    """Whether this login may make the roles of this database, and so a catalogue in it."""
    query = """
        SELECT rolsuper OR rolcreaterole AND pg_has_role(session_user, datdba, 'MEMBER')
        FROM pg_roles, pg_database WHERE rolname = session_user AND datname = current_database()"""
    return bool(connection.scalar(text(query)))


def _drop_unused(connection: Connection, names: Sequence[str]) -> None:
    """Roles that a database of this name left behind are made anew, unless somebody has them."""
    query = """
        SELECT rolname, EXISTS (
            SELECT FROM pg_auth_members AS m JOIN pg_roles AS member ON member.oid = m.member
            WHERE m.roleid = pg_roles.oid AND member.rolcanlogin AND NOT member.rolcreaterole) AS taken
        FROM pg_roles WHERE rolname = ANY (:names)"""
    left = connection.execute(text(query), {"names": list(names)}).all()
    if any(row.taken for row in left):
        raise SurroundingsFailed("catalogue-roles-taken", roles=names[0])
    if left:
        connection.exec_driver_sql(f"DROP ROLE {quoted(connection, *(row.rolname for row in left))}")


@contextmanager
def owning(connection: Connection) -> Generator[None]:
    """What is done in it is done as the owner, where there is one: a member for as long as a migration takes."""
    if connection.dialect.name != "postgresql":
        yield
        return
    if owner := owner_of(connection):
        join(connection, owner)
        become(connection, owner)
    yield
    connection.exec_driver_sql("RESET ROLE")
    if (owner := owner_of(connection)) and not _is_superuser(connection):
        connection.exec_driver_sql(f"REVOKE {quoted(connection, owner)} FROM SESSION_USER")


def join(connection: Connection, owner: str) -> None:
    """Makes the login a member of the owner, until `owning` ends."""
    if not _is_superuser(connection):
        connection.exec_driver_sql(f"GRANT {quoted(connection, owner)} TO SESSION_USER")


def become(connection: Connection, owner: str) -> None:
    """Goes on as the owner, until the transaction ends or the role is set again."""
    connection.exec_driver_sql(f"SET LOCAL ROLE {quoted(connection, owner)}")


def _is_superuser(connection: Connection) -> bool:
    return bool(connection.scalar(text("SELECT rolsuper FROM pg_roles WHERE rolname = session_user")))
