"""The migrations and the tables are one schema, and an older desk is brought up to date whole or not at all."""

from __future__ import annotations

import shutil
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine

from workbench.errors import SurroundingsFailed
from workbench.store import copies, open_store, tables
from workbench.store.migrating import configuration, migrate

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
SHADOWS = ("words", "mirror_words", "sqlite_", "alembic_version")


def connect(path: Path) -> Connection:
    return create_engine(f"sqlite:///{path}", isolation_level="AUTOCOMMIT").connect()


def schema(path: Path) -> dict[str, str]:
    """Every table and index with the SQL that made it, space set aside."""
    with sqlite3.connect(path) as database:
        rows = database.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    return {name: "".join(sql.split()) for name, sql in rows}


def migrated(path: Path) -> Path:
    with connect(path) as connection:
        command.upgrade(configuration(connection), "head")
    return path


def test_a_new_desk_is_what_the_migrations_make(tmp_path: Path) -> None:
    open_store(tmp_path / "new.db", NOW).close()
    assert schema(tmp_path / "new.db") == schema(migrated(tmp_path / "migrated.db"))


def test_the_tables_describe_what_the_migrations_make(tmp_path: Path) -> None:
    with connect(migrated(tmp_path / "desk.db")) as connection:
        context = MigrationContext.configure(
            connection,
            opts={"include_name": lambda name, kind, _: kind != "table" or not str(name).startswith(SHADOWS)},
        )
        assert compare_metadata(context, tables.metadata) == []


def test_the_program_knows_every_revision_and_the_newest(tmp_path: Path) -> None:
    with connect(tmp_path / "desk.db") as connection:
        scripts = ScriptDirectory.from_config(configuration(connection))
        assert scripts.get_current_head() == tables.HEAD
        assert tuple(script.revision for script in reversed(list(scripts.walk_revisions()))) == tables.KNOWN


def test_a_copy_is_whole_and_for_its_owner_alone(tmp_path: Path) -> None:
    with open_store(tmp_path / "desk.db", NOW) as store, store.writing() as connection:
        connection.exec_driver_sql("INSERT INTO blob VALUES ('ab', x'00')")
    with connect(tmp_path / "desk.db") as connection:
        copy = copies.make(tmp_path / "desk.db", connection, NOW, "migration").path
    assert copy == tmp_path / "backups" / "desk-20260302T093000000000-migration.db"
    assert copy.stat().st_mode & 0o077 == 0
    with sqlite3.connect(copy) as database:
        assert database.execute("SELECT sha256 FROM blob").fetchall() == [("ab",)]


def test_a_migration_that_fails_leaves_the_desk_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "desk.db"
    open_store(path, NOW).close()
    before = schema(path)

    def fail(configuration: object, to: str) -> None:
        connection.exec_driver_sql("DROP TABLE learned")
        raise RuntimeError(to)

    monkeypatch.setattr("workbench.store.migrating.command.upgrade", fail)
    with connect(path) as connection, pytest.raises(RuntimeError):
        migrate(path, connection, NOW, "0002")
    assert schema(path) == before
    assert [copy.reason for copy in copies.all_of(path)] == ["migration"]


def test_a_newer_desk_is_refused_in_words_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    open_store(path, NOW).close()
    with sqlite3.connect(path) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    shutil.copy(path, tmp_path / "before.db")
    with pytest.raises(SurroundingsFailed) as caught:
        open_store(path, NOW)
    assert caught.value.code == "desk-newer"
    assert path.read_bytes() == (tmp_path / "before.db").read_bytes()


def test_a_desk_that_was_migrated_meanwhile_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    with open_store(path, NOW) as store:
        with sqlite3.connect(path) as database:
            database.execute("UPDATE alembic_version SET version_num = '9999'")
        with pytest.raises(SurroundingsFailed, match="desk-newer"), store.writing():
            pytest.fail("a newer desk was written")
