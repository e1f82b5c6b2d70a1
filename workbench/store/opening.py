"""Opening the desk's file: making it, recognising its schema, and giving out transactions."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Generator
from contextlib import ExitStack, closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event, insert, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import StaticPool

from workbench.errors import SurroundingsFailed
from workbench.store import leases, tables
from workbench.store.border import border
from workbench.store.transactions import is_open, transaction

if TYPE_CHECKING:
    from workbench.store import copies

T = TypeVar("T")

BUSY_SECONDS = 20
"""How long a writer waits for another process before it gives up."""


class Store:
    """An open desk file. Not for several threads at once; other processes may have it open too.

    `reading` and `writing` give transactions; one inside another joins it.
    """

    def __init__(self, path: Path, engine: Engine, lease: sqlite3.Connection) -> None:
        self.path = path
        self._lease = lease
        self._engine = engine
        self._connection = engine.connect()
        self._writing = False
        self._seen = self._data_version()
        self._memory: tuple[tuple[int, int], dict[str, Any]] = ((0, 0), {})

    @contextmanager
    def reading(self) -> Generator[Connection]:
        """A transaction that sees one moment of the desk."""
        with border(self.path):
            if is_open(self._connection):
                yield self._connection
            else:
                with transaction(self._connection, "BEGIN"):
                    yield self._connection

    @contextmanager
    def writing(self) -> Generator[Connection]:
        """A transaction that may write: all of it is kept, or, after an error, none.

        Raises SurroundingsFailed("desk-newer") where another program has migrated the file meanwhile.
        """
        with border(self.path):
            if self._writing:
                yield self._connection
                return
            with transaction(self._connection, "BEGIN IMMEDIATE"):
                self._writing = True
                try:
                    require_known(self.path, revision(self._connection))
                    yield self._connection
                finally:
                    self._writing = False

    def remembered(self, name: str, find: Callable[[Connection], T]) -> T:
        """What `find` found under this name, found anew once anything on the desk has changed.

        For what is asked again and again, such as while somebody types.
        """
        with self.reading() as connection:
            if self._writing:
                return find(connection)
            raw: Any = connection.connection.dbapi_connection
            moment = (self._data_version(), int(raw.total_changes))
            if self._memory[0] != moment:
                self._memory = (moment, {})
            known = self._memory[1]
            if name not in known:
                known[name] = find(connection)
            return known[name]

    def changed_elsewhere(self) -> bool:
        """Whether another process has written since the last time this was asked."""
        with border(self.path):
            seen, self._seen = self._seen, self._data_version()
            return seen != self._seen

    def back_up(self, now: datetime, reason: copies.Reason) -> copies.Copy:
        """Makes a copy of the desk as it stands, beside it, while others may work on.

        Raises SurroundingsFailed: desk-disk-full, desk-read-only, desk-busy, desk-damaged.
        """
        from workbench.store import copies

        return copies.make(self.path, self._connection, now, reason)

    def tidy(self) -> bool:
        """Takes what was let go of out of the file and its log; False where another program is in the way.

        Then the next opening tries again.
        """
        with border(self.path):
            return tidied(self._connection)

    def close(self) -> None:
        """Lets go of the file. A second time does nothing."""
        self._connection.close()
        self._engine.dispose()
        self._lease.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def _data_version(self) -> int:
        return int(self._connection.exec_driver_sql("PRAGMA data_version").scalar_one())


def open_store(path: Path, now: datetime) -> Store:
    """The desk in the file at `path`, made at need, or migrated after a backup where it is older.

    Raises SurroundingsFailed: desk-newer, desk-damaged, desk-emptied, desk-busy, desk-read-only, desk-disk-full,
    desk-unreachable.
    """
    with border(path), ExitStack() as opened:
        lease = opened.enter_context(closing(leases.share(leases.of(path), BUSY_SECONDS)))
        leases.create_private(path)
        engine = _engine(path)
        opened.callback(engine.dispose)
        _bring_up_to_date(path, engine, now)
        store = Store(path, engine, lease)
        opened.pop_all()
        return store


def revision(connection: Connection) -> str | None:
    """The schema's revision in the file, or None for a file that has none yet."""
    present = present_tables(connection)
    if not present:
        return None
    if tables.version.name not in present:
        raise SurroundingsFailed("desk-damaged", path=connection.engine.url.database, reason="not a desk")
    return connection.execute(select(tables.version.c.version_num)).scalar_one_or_none()


def present_tables(connection: Connection) -> frozenset[str]:
    """The names of the tables in the file."""
    names = "SELECT name FROM sqlite_master WHERE type = 'table'"
    return frozenset(row[0] for row in connection.exec_driver_sql(names))


def missing_tables(connection: Connection) -> tuple[str, ...]:
    """The tables of this program's schema that the file lacks."""
    wanted = {*tables.metadata.tables, *tables.FULL_TEXT_NAMES}
    return tuple(sorted(wanted - present_tables(connection)))


def require_known(path: Path, found: str | None) -> None:
    """Raises SurroundingsFailed("desk-newer") for a revision this program cannot know."""
    if found not in (None, *tables.KNOWN):
        raise SurroundingsFailed("desk-newer", path=str(path), found=found, known=tables.HEAD)


def _engine(path: Path) -> Engine:
    """Transactions are begun by `Store` alone, hence the driver's autocommit."""
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        poolclass=StaticPool,
        isolation_level="AUTOCOMMIT",
        hide_parameters=True,
        connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
    )
    event.listen(engine, "connect", _prepare)
    return engine


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "trusted_schema = OFF"):
        connection.execute(f"PRAGMA {pragma}")


def _bring_up_to_date(path: Path, engine: Engine, now: datetime) -> None:
    with engine.connect() as connection:
        found = revision(connection)
        require_known(path, found)
        if found is None:
            _require_new(path)
            _create(connection)
        elif found == tables.HEAD:
            _require_whole(path, connection)
            if connection.exec_driver_sql("PRAGMA user_version").scalar_one() == UNTIDY:
                tidied(connection)
        else:
            from workbench.store.migrating import migrate

            migrate(path, connection, now)


UNTIDY = 1
"""SQLite's `user_version` of a desk whose free pages or log may still hold what was to be forgotten."""


def leave_untidy(connection: Connection) -> None:
    """Marks, inside a transaction, that the desk is to be tidied."""
    connection.exec_driver_sql(f"PRAGMA user_version = {UNTIDY}")


def tidied(connection: Connection) -> bool:
    """Writes the file anew without free pages and empties its log; False where another program is in the way."""
    try:
        rebuild_words(connection)
        connection.exec_driver_sql("VACUUM")
        if _log_is_busy(connection):
            return False
        connection.exec_driver_sql("PRAGMA user_version = 0")
        return not _log_is_busy(connection)
    except OperationalError as error:
        if not getattr(error.orig, "sqlite_errorname", "").startswith("SQLITE_BUSY"):
            raise
        return False


def rebuild_words(connection: Connection) -> None:
    """Builds the full-text indexes anew: they keep words of rows that are gone until then."""
    for name in tables.FULL_TEXT_NAMES:
        connection.exec_driver_sql(f"INSERT INTO {name}({name}) VALUES ('rebuild')")


def _log_is_busy(connection: Connection) -> bool:
    return bool(connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()[0])


def _require_whole(path: Path, connection: Connection) -> None:
    if missing := missing_tables(connection):
        reason = f"without its table {missing[0]}"
        raise SurroundingsFailed("desk-damaged", path=str(path), reason=reason)


def _require_new(path: Path) -> None:
    """A desk of which there are copies has been there before: it is not begun anew over what was lost."""
    from workbench.store import copies

    if found := copies.all_of(path):
        raise SurroundingsFailed("desk-emptied", path=str(path), copy=found[0].path.name)


def _create(connection: Connection) -> None:
    with transaction(connection, "BEGIN IMMEDIATE"):
        if revision(connection) is None:
            tables.metadata.create_all(connection, checkfirst=False)
            connection.execute(insert(tables.version).values(version_num=tables.HEAD))
