"""The catalogue's schema: made, brought up to date, and looked at.

Each migration is a numbered file in `migrations/versions`. They run in one transaction, under a lock that lets
one administrator through at a time, with timeouts, since the shared database is other people's workplace.
"""

from __future__ import annotations

import logging
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import URL, Connection, Engine, Row, func, inspect, select, text
from sqlalchemy.exc import DBAPIError

from workbench import words
from workbench.catalogue import address, amending, chain, proposals, tables
from workbench.catalogue.failures import explained
from workbench.catalogue.reading import audited, forged, links
from workbench.catalogue.transactions import reading
from workbench.errors import SurroundingsFailed

_log = logging.getLogger("casebook.catalogue")

PROGRAM_SCHEMA = "0004"
"""The newest migration this program knows."""

VERSION_TABLE = "catalogue_schema"

Did = Literal["", "created", "exists", "upgraded", "current"]


@dataclass(frozen=True, slots=True)
class Standing:
    """How a catalogue stands. `address` never holds a password; `reason` is a sentence where something is amiss.

    `schema` is the number of its newest migration, "" where none was made; `did` what was just done to it. `role` is
    the highest that this login has. `audit` is `whole` where every link of the audit's chain fits, `broken` where one
    does not, "" where this login may not read it.
    """

    address: str
    reachable: bool
    schema: str = ""
    program_schema: str = PROGRAM_SCHEMA
    studies: int = 0
    withdrawn: int = 0
    last_change: int = 0
    policy: str = "self"
    role: str = ""
    proposals: int = 0
    audit: Literal["", "whole", "broken"] = ""
    reason: str = ""
    did: Did = ""


def init(location: str) -> Standing:
    """Makes the catalogue's tables, or says that they exist. On PostgreSQL the database itself must exist."""
    url = address.parse(location)
    with connected(url, create=True) as engine:
        did = make(engine, url)
        return replace(_standing(engine, url), did=did)


def make(engine: Engine, url: URL) -> Did:
    """Makes the catalogue's tables where there are none."""
    if schema_of(engine):
        return "exists"
    _migrate(engine, url)
    return "created"


def upgrade(location: str) -> Standing:
    """Brings an older catalogue up to this program's schema. What it held stays.

    Raises `SurroundingsFailed`: `catalogue-uninitialised`, `catalogue-newer`.
    """
    url = address.parse(location)
    with connected(url) as engine:
        existing = schema_of(engine)
        if not existing or existing > PROGRAM_SCHEMA:
            raise _amiss(url, existing)
        if existing < PROGRAM_SCHEMA:
            _migrate(engine, url)
        return replace(_standing(engine, url), did="current" if existing == PROGRAM_SCHEMA else "upgraded")


def status(location: str, *, audit: bool = True) -> Standing:
    """How the catalogue stands, reachable or not; `WrongUsage` only for an address that names none.

    Without `audit` its chain is left aside, which is read from its beginning and takes the longer the more was done.
    """
    url = address.parse(location)
    try:
        with connected(url) as engine:
            return _standing(engine, url, audit=audit)
    except SurroundingsFailed as failure:
        return Standing(address.named(url), reachable=False, reason=words.explain(failure))


@contextmanager
def connected(url: URL, *, create: bool = False) -> Generator[Engine]:
    """An engine whose database answered, as `reach` gives it; closed at the end."""
    engine = reach(url, create=create)
    try:
        with explained(address.named(url)):
            yield engine
    finally:
        engine.dispose()


def reach(url: URL, *, create: bool = False) -> Engine:
    """An engine whose database answered. Only `create` may make a SQLite file.

    Raises `SurroundingsFailed`: `catalogue-unreachable`, and `catalogue-uninitialised` for a missing file.
    """
    if address.missing(url) and not create:
        raise SurroundingsFailed("catalogue-uninitialised", host=address.named(url))
    if create and address.is_sqlite(url):
        _make_private(url)
    engine = address.engine(url)
    try:
        with explained(address.named(url), connecting=True):
            engine.connect().close()
    except BaseException:
        engine.dispose()
        raise
    return engine


def _make_private(url: URL) -> None:
    """An empty file for its owner alone, where there is none; SQLite then says what is in the way of one."""
    with suppress(OSError):
        Path(url.database or "").touch(mode=0o600)


def schema_of(engine: Engine) -> str:
    """The number of the newest migration made, or "" where there is no catalogue."""
    with engine.connect() as connection:
        if not inspect(connection).has_table(VERSION_TABLE):
            return ""
        return connection.scalar(text(f"SELECT version_num FROM {VERSION_TABLE}")) or ""


def require_current(engine: Engine, url: URL) -> None:
    """Raises `SurroundingsFailed` unless this program may work with the schema: `catalogue-` newer, older,
    uninitialised. A newer catalogue names the oldest schema whose programs it still serves."""
    existing = schema_of(engine)
    if existing == PROGRAM_SCHEMA or (existing > PROGRAM_SCHEMA and _serves(engine)):
        return
    raise _amiss(url, existing)


def _amiss(url: URL, existing: str) -> SurroundingsFailed:
    amiss = "newer" if existing > PROGRAM_SCHEMA else "older" if existing else "uninitialised"
    where = {"host": address.named(url), "schema": existing, "known": PROGRAM_SCHEMA}
    return SurroundingsFailed(f"catalogue-{amiss}", **where)


def _serves(engine: Engine) -> bool:
    """Whether a newer catalogue still serves the programs of this schema."""
    with engine.connect() as connection:
        oldest = connection.scalar(select(tables.catalogue.c.oldest_client))
    return oldest is not None and oldest <= PROGRAM_SCHEMA


def _standing(engine: Engine, url: URL, *, audit: bool = True) -> Standing:
    """The counts are 0 where the schema is not one that this program can count in."""
    standing = Standing(address.named(url), reachable=True, schema=schema_of(engine))
    try:
        require_current(engine, url)
    except SurroundingsFailed as failure:
        return replace(standing, reason=words.explain(failure))
    with reading(engine) as connection:
        counts = _counts(connection)
        role = proposals.role_of(connection)
        waiting = len(proposals.listed(connection, settled=False)) if role in _AUDITORS else 0
    standing = replace(
        standing,
        studies=counts.published,
        withdrawn=counts.withdrawn,
        last_change=counts.change,
        policy=counts.policy,
        role=role,
        proposals=waiting,
    )
    return _audited(engine, standing) if audit and role in _AUDITORS else standing


_AUDITORS = ("editor", "publisher", "admin")
"""The roles that may read the audit and what was proposed."""


def _audited(engine: Engine, standing: Standing) -> Standing:
    """The standing with whether the audit is whole."""
    with reading(engine) as connection:
        broken = chain.first_broken(audited(connection, 0), links(connection))
        broken = forged(connection) if broken is None else broken
        broken = amending.forged(connection) if broken is None else broken
    if broken is None:
        return replace(standing, audit="whole")
    reason = words.say("errors", "catalogue-audit-broken", host=standing.address, change=broken)
    return replace(standing, audit="broken", reason=reason)


def _counts(connection: Connection) -> Row[*tuple[Any, ...]]:
    def counted(state: str) -> Any:
        query = select(func.count()).select_from(tables.study).where(tables.study.c.state == state)
        return query.scalar_subquery().label(state)

    return connection.execute(
        select(
            counted("published"), counted("withdrawn"), tables.catalogue.c.change, tables.catalogue.c.policy
        )
    ).one()


def _migrate(engine: Engine, url: URL) -> None:
    """All migrations that are missing, or none."""
    from alembic import command
    from alembic.config import Config

    _log.info("migrating catalogue to=%s", PROGRAM_SCHEMA)
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
    try:
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except DBAPIError as error:
        if "already exists" in str(error.orig):
            raise SurroundingsFailed("catalogue-occupied", host=address.named(url)) from error
        raise
