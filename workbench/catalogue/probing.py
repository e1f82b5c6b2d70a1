"""What can be found out about the way to a catalogue without changing anything there: a test of the connection."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import Any, Literal, cast

from sqlalchemy import URL, Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from workbench.catalogue import address, proposals, roles, schema, secrets
from workbench.catalogue.failures import cause_of, surroundings
from workbench.catalogue.transactions import reading
from workbench.errors import WorldError

OLDEST_SERVER = 15
"""The oldest PostgreSQL that is promised to do."""

Refusal = Literal[
    "",
    "unreachable",
    "certificate",
    "no-tls",
    "password",
    "password-wanted",
    "login",
    "database",
    "role",
    "closed",
]
_SAID: tuple[tuple[str, Refusal], ...] = (
    ("certificate", "certificate"),
    ("does not match host name", "certificate"),
    ("does not support SSL", "no-tls"),
    ("no password supplied", "password-wanted"),
    ("authentication failed", "password"),
    ("no pg_hba.conf entry", "closed"),
    ("permission denied for database", "role"),
    ("not permitted to log in", "login"),
    ('role "', "login"),
    ('database "', "database"),
    ("SSL error", "certificate"),
)
"""What a refusal means, by what libpq or the server says of it; the first that fits counts."""


@dataclass(frozen=True, slots=True)
class Probe:
    """How far one comes at an address, and what is there. `address` holds no password.

    `refusal` says why one does not come in, "" where one does; `reason` is the server's own line. `encrypted` is None
    where nothing goes over a network; `verified` whether the certificate is checked. `version` is the server's, such
    as 15; 0 on SQLite. `form` is the catalogue's schema, "" where there is none; `unread` where this login may not
    look. `role` is the highest that the login has; `may_make` whether it could make a catalogue there.
    """

    address: str
    login: str = ""
    embedded: bool = False
    missing: bool = False
    refusal: Refusal = ""
    reason: str = ""
    encrypted: bool | None = None
    verified: bool = False
    server: str = ""
    version: int = 0
    form: str = ""
    program_form: str = schema.PROGRAM_SCHEMA
    usable: bool = False
    unread: bool = False
    role: str = ""
    may_make: bool = False
    ahead: float | None = None
    """Seconds by which the server's clock is ahead of this computer's; None where there is no other clock."""


def probe(location: str, password: str = "") -> Probe:
    """Tries an address, with this password rather than one that is kept.

    Raises `WrongUsage("catalogue-address")`, `WrongUsage("catalogue-option")`.
    """
    url = address.parse(location)
    if password:
        url = url.set(password=password)
    found = Probe(address.named(url), url.username or "", address.is_sqlite(url), address.missing(url))
    if found.missing:
        return found
    engine = address.engine(url)
    try:
        with engine.connect() as connection:
            found = _let_in(found, url, connection)
        return _inside(found, engine, url)
    except DBAPIError as error:
        return replace(found, refusal=_refusal(error), reason=_without(url, cause_of(error)))
    finally:
        engine.dispose()


def parted(location: str) -> tuple[str, str]:
    """An address without its password, and the password; "" where it holds none.

    Raises `WrongUsage("catalogue-address")`.
    """
    secured = address.parse(location)
    password = secured.password or _last(secured.query.get("password"))
    if not password:
        return location, ""
    url = address.written(location).difference_update_query(["password"])
    bare = URL.create(url.drivername, url.username, None, url.host, url.port, url.database, url.query)
    return bare.render_as_string(hide_password=False), password


def keep_for_now(location: str, password: str) -> None:
    """Keeps a password until the program ends, where no keyring does. Raises `WrongUsage("catalogue-address")`."""
    secrets.keep_for_now(address.parse(location), password)


def kept(location: str) -> Literal["keyring", "now", ""]:
    """Where a password of the address's login is kept: in the keyring, until the program ends, or nowhere."""
    return secrets.place_of(address.parse(location))


def _last(value: Any) -> str:
    return str(cast("tuple[str, ...]", value)[-1] if isinstance(value, tuple) else value or "")


def _without(url: URL, reason: str) -> str:
    reason = reason.removeprefix("connection failed: ")
    return reason.replace(url.password, "…") if url.password else reason


def _refusal(error: DBAPIError) -> Refusal:
    if surroundings(error) not in (None, "catalogue-lost"):
        return "closed"
    said = str(error.orig)
    for part, refusal in _SAID:
        if part in said:
            return refusal
    return "unreachable"


def _let_in(found: Probe, url: URL, connection: Connection) -> Probe:
    if found.embedded:
        return found
    raw: Any = connection.connection.dbapi_connection
    told = raw.info
    mode = _last(url.query.get("sslmode"))
    return replace(
        found,
        login=told.user,
        encrypted=raw.pgconn.ssl_in_use if address.is_remote(url) or raw.pgconn.ssl_in_use else None,
        verified=mode in ("verify-full", "verify-ca"),
        server=told.parameter_status("server_version") or "",
        version=told.server_version // 10_000,
        ahead=_ahead(connection),
    )


def _ahead(connection: Connection) -> float | None:
    there = connection.scalar(text("SELECT extract(epoch FROM clock_timestamp())"))
    return None if there is None else float(there) - time.time()


def _inside(found: Probe, engine: Engine, url: URL) -> Probe:
    """What the login finds there. What it may not read is told as that."""
    found = replace(found, may_make=_may_make(engine, found))
    try:
        found = replace(found, form=schema.schema_of(engine))
    except DBAPIError as error:
        if surroundings(error) != "catalogue-forbidden":
            raise
        return replace(found, unread=True)
    try:
        schema.require_current(engine, url)
    except WorldError:
        return found
    except DBAPIError as error:
        if surroundings(error) != "catalogue-forbidden":
            raise
        return replace(found, unread=True)
    with reading(engine) as connection:
        role = proposals.role_of(connection)
    return replace(found, usable=True, role=role, unread=not role)


def _may_make(engine: Engine, found: Probe) -> bool:
    if found.embedded:
        return True
    with engine.connect() as connection:
        return roles.may_make(connection)
