"""Where a catalogue is, and a connection to it."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Dialect, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from workbench.catalogue import secrets
from workbench.errors import WrongUsage

CONNECT_TIMEOUT = 5
"""Seconds to wait for a database that does not answer."""

BUSY_TIMEOUT = 10
"""Seconds to wait for another writer."""

_DRIVERS = {
    "sqlite": "sqlite+pysqlite",
    "sqlite+pysqlite": "sqlite+pysqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}
_HERE = ("", "localhost", "127.0.0.1", "::1")


def parse(address: str) -> URL:
    """The address with its driver. Raises `WrongUsage("catalogue-address")` for one that names no catalogue."""
    try:
        url = written(address)
        url = url.set(drivername=_DRIVERS[url.drivername])
        _require_sound(url)
        return _secured(url)
    except (ArgumentError, KeyError, ValueError):
        raise WrongUsage("catalogue-address") from None


def written(address: str) -> URL:
    """The address as it is written. Raises ArgumentError or ValueError for what is none."""
    return _file(address) or make_url(address)


def _file(address: str) -> URL | None:
    """A SQLite file by its path as it is, since a folder's name may hold what an address takes for options."""
    kind, here, path = address.partition(":///")
    return URL.create(kind, database=path) if here and kind.startswith("sqlite") else None


def _require_sound(url: URL) -> None:
    """Raises ValueError for a database in memory, an @ that was not escaped (it would show part of a password), a
    NUL, at which libpq would stop reading, and a time-out that is no number."""
    in_memory = is_sqlite(url) and url.database in (None, "", ":memory:")
    ended_early = any("\0" in (part or "") for part in (url.username, url.password, url.host, url.database))
    if (
        in_memory
        or ended_early
        or "@" in (url.host or "")
        or not str(url.query.get("connect_timeout", "0")).isdecimal()
    ):
        raise ValueError(url.drivername)


def _secured(url: URL) -> URL:
    """TLS with a verified certificate for any other host, unless the address says otherwise."""
    if is_sqlite(url) or not is_remote(url) or "sslmode" in url.query:
        return url
    return url.update_query_dict({"sslmode": "verify-full", "sslrootcert": "system"})


def is_remote(url: URL) -> bool:
    """Whether the server is another machine."""
    hosts = (url.host or _said(url, "host"), _said(url, "hostaddr"))
    return any(host not in _HERE and not host.startswith("/") for host in hosts)


def _said(url: URL, name: str) -> str:
    """What the address says of its server; where it is silent, what PostgreSQL's own variables do."""
    return str(url.query.get(name) or os.environ.get(f"PG{name.upper()}", ""))


def is_sqlite(url: URL) -> bool:
    return url.get_backend_name() == "sqlite"


def named(url: URL) -> str:
    """The address for people: never with a password or options."""
    if is_sqlite(url):
        return url.database or ""
    host = url.host or str(url.query.get("host", "")) or "localhost"
    return f"{host}/{url.database or ''}"


def keep_password(address: str, password: str) -> None:
    """Keeps a login's password in the operating system's keyring; "" forgets it.

    Raises `WrongUsage("catalogue-address")`, `SurroundingsFailed("no-keyring")`.
    """
    url = parse(address)
    if password:
        secrets.keep(url, password)
    else:
        secrets.forget(url)


def missing(url: URL) -> bool:
    """Whether the address names a SQLite file that does not exist."""
    return is_sqlite(url) and not Path(url.database or "").is_file()


def engine(url: URL) -> Engine:
    """Connections to the catalogue, opened as they are needed."""
    return _sqlite(url) if is_sqlite(url) else _postgresql(url)


def _postgresql(url: URL) -> Engine:
    usual = {"connect_timeout": CONNECT_TIMEOUT, "application_name": "casebook"}
    # Nothing is prepared on the server, which a pooler between may change from one transaction to the next.
    options = {name: url.query.get(name, value) for name, value in usual.items()} | {
        "prepare_threshold": None
    }
    made = create_engine(url, connect_args=options, pool_size=1, pool_pre_ping=True, hide_parameters=True)
    event.listen(made, "do_connect", partial(_connect, url))
    return made


def _connect(url: URL, dialect: Dialect, _: object, arguments: list[Any], options: dict[str, Any]) -> Any:
    """A connection; where the server wants a password that the address does not hold, with that of the keyring."""
    import psycopg

    try:
        return dialect.connect(*arguments, **options)
    except psycopg.ProgrammingError as error:
        raise WrongUsage("catalogue-option", reason=str(error).strip()) from None
    except psycopg.OperationalError as error:
        asked = url.password is None and getattr(error.pgconn, "needs_password", False)
        password = secrets.kept(url) if asked else None
        if password is None:
            raise
        return dialect.connect(*arguments, **options, password=password)


def _sqlite(url: URL) -> Engine:
    options = {"timeout": BUSY_TIMEOUT, "check_same_thread": False}
    made = create_engine(url, connect_args=options, hide_parameters=True)
    event.listen(made, "connect", _prepare)
    event.listen(made, "begin", _begin)
    return made


def _prepare(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin(connection: Connection) -> None:
    """Takes the write lock at once where the work will write: asked for later, it could be refused."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
