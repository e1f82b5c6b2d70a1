"""Opening the desk's file: new, at once from several sides, damaged, full, not ours."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from workbench.errors import SurroundingsFailed
from workbench.store import Store, open_store, opening
from workbench.store.border import border

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "desk.db"


def pragma(store: Store, name: str) -> object:
    with store.reading() as connection:
        return connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()


def put(store: Store, name: str) -> None:
    with store.writing() as connection:
        connection.exec_driver_sql("INSERT INTO blob VALUES (?, x'00')", (name,))


def names(store: Store) -> list[str]:
    with store.reading() as connection:
        return [row[0] for row in connection.exec_driver_sql("SELECT sha256 FROM blob ORDER BY 1")]


def test_a_new_desk_is_durable_and_private(path: Path) -> None:
    with open_store(path, NOW) as store:
        assert pragma(store, "journal_mode") == "wal"
        assert pragma(store, "synchronous") == 2
        assert pragma(store, "foreign_keys") == 1
        put(store, "a")
        for file in path.parent.iterdir():
            assert file.stat().st_mode & 0o077 == 0, file


def test_opening_a_new_desk_leaves_alembic_alone(path: Path) -> None:
    code = (
        "import sys, datetime, pathlib; from workbench.store import open_store;"
        f"open_store(pathlib.Path({str(path)!r}), datetime.datetime.now()).close();"
        "sys.exit('alembic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_several_processes_may_make_the_same_desk_at_once(path: Path) -> None:
    code = (
        "import datetime, pathlib; from workbench.store import open_store;"
        f"open_store(pathlib.Path({str(path)!r}), datetime.datetime.now()).close()"
    )
    started = [subprocess.Popen([sys.executable, "-c", code]) for _ in range(4)]
    assert [process.wait() for process in started] == [0, 0, 0, 0]
    open_store(path, NOW).close()


def test_what_failed_is_not_kept(path: Path) -> None:
    with open_store(path, NOW) as store:
        with pytest.raises(RuntimeError), store.writing() as connection:
            connection.exec_driver_sql("INSERT INTO blob VALUES ('a', x'00')")
            raise RuntimeError
        assert names(store) == []
        put(store, "b")
        assert names(store) == ["b"]


def test_a_transaction_inside_another_joins_it(path: Path) -> None:
    with open_store(path, NOW) as store:
        with pytest.raises(RuntimeError), store.writing():
            put(store, "a")
            assert names(store) == ["a"]
            raise RuntimeError
        assert names(store) == []


def test_a_reader_sees_one_moment(path: Path) -> None:
    with open_store(path, NOW) as reader, open_store(path, NOW) as writer:
        with reader.reading():
            assert names(reader) == []
            put(writer, "a")
            assert names(reader) == []
        assert names(reader) == ["a"]


def test_only_what_others_write_counts_as_changed_elsewhere(path: Path) -> None:
    with open_store(path, NOW) as mine, open_store(path, NOW) as other:
        put(mine, "a")
        assert not mine.changed_elsewhere()
        put(other, "b")
        assert mine.changed_elsewhere()
        assert not mine.changed_elsewhere()


def test_a_writer_that_never_ends_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "BUSY_SECONDS", 0.05)
    with (
        open_store(path, NOW) as mine,
        open_store(path, NOW) as other,
        other.writing(),
        pytest.raises(SurroundingsFailed, match="desk-busy"),
        mine.writing(),
    ):
        pytest.fail("two writers at once")


@pytest.mark.parametrize(
    "content", [b"Dear colleague, this is no database." * 40, b"SQLite format 3\x00" + b"\x07" * 5000]
)
def test_what_is_no_desk_is_refused(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(SurroundingsFailed, match="desk-damaged"):
        open_store(path, NOW)
    assert path.read_bytes() == content


def test_another_programs_database_is_refused(path: Path) -> None:
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE recipe (name TEXT)")
    with pytest.raises(SurroundingsFailed, match="desk-damaged"):
        open_store(path, NOW)


def test_a_folder_in_the_place_of_the_desk(path: Path) -> None:
    path.mkdir()
    with pytest.raises(SurroundingsFailed, match="desk-unreachable"):
        open_store(path, NOW)


def test_a_full_disk_keeps_what_was_there(path: Path) -> None:
    with open_store(path, NOW) as store:
        put(store, "a")
        pages = pragma(store, "page_count")
        with store.reading() as connection:
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(SurroundingsFailed, match="desk-disk-full"), store.writing() as connection:
            connection.exec_driver_sql("INSERT INTO blob VALUES ('b', zeroblob(1000000))")
        assert names(store) == ["a"]


def test_a_desk_that_may_not_be_written(path: Path) -> None:
    with open_store(path, NOW) as store:
        with store.reading() as connection:
            connection.exec_driver_sql("PRAGMA query_only = ON")
        with pytest.raises(SurroundingsFailed, match="desk-read-only"):
            put(store, "a")
        assert names(store) == []


def test_our_own_mistakes_pass_the_border(path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError), border(path):
        sqlite3.connect(":memory:").execute("SELECT nonsense FROM nowhere")
