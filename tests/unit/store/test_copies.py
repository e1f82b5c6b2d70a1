"""Copies of the desk: whole, private, bounded in number, put back whole or not at all."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import OperationalError

from workbench.errors import Refused, SurroundingsFailed, WrongUsage
from workbench.store import Store, copies, open_store
from workbench.store.copies import NEWEST, WEEKLY, Copy

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "desk.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with open_store(path, NOW) as opened:
        yield opened


def put(store: Store, name: str) -> None:
    with store.writing() as connection:
        connection.exec_driver_sql("INSERT INTO blob VALUES (?, x'00')", (name,))


def names(path: Path) -> list[str]:
    with sqlite3.connect(path) as database:
        return [row[0] for row in database.execute("SELECT sha256 FROM blob ORDER BY 1")]


def test_a_copy_holds_what_was_done_until_then_while_others_write(path: Path, store: Store) -> None:
    put(store, "a")
    with open_store(path, NOW) as other, other.writing() as connection:
        connection.exec_driver_sql("INSERT INTO blob VALUES ('b', x'00')")
        copy = store.back_up(NOW, "asked")
    assert names(copy.path) == ["a"]
    assert names(path) == ["a", "b"]


def test_a_copy_is_for_its_owner_alone_and_leaves_no_draft(path: Path, store: Store) -> None:
    store.back_up(NOW, "asked")
    for each in (path.parent / "backups").iterdir():
        assert each.stat().st_mode & 0o077 == 0, each
        assert each.suffix != ".draft"


def test_two_copies_of_one_moment_are_two(path: Path, store: Store) -> None:
    store.back_up(NOW, "asked")
    store.back_up(NOW, "asked")
    assert len(copies.all_of(path)) == 2


def test_what_a_killed_program_left_is_cleared_away(path: Path, store: Store) -> None:
    store.back_up(NOW, "asked")
    left = path.parent / "backups" / "desk-20260301T093000000000-daily.db.draft"
    left.write_bytes(b"half a copy")
    store.back_up(NOW, "asked")
    assert not left.exists()


def test_a_copy_that_fails_leaves_nothing(path: Path, store: Store) -> None:
    put(store, "a")
    with store.reading(), pytest.raises(OperationalError):
        store.back_up(NOW, "asked")
    assert copies.all_of(path) == ()
    assert not list((path.parent / "backups").glob("*.draft"))


def test_a_copy_put_back_brings_back_what_was_and_keeps_what_is(path: Path) -> None:
    with open_store(path, NOW) as store:
        put(store, "a")
        copy = store.back_up(NOW, "asked")
        put(store, "b")
    aside = copies.restore(path, copy.path, NOW)
    assert names(path) == ["a"]
    assert aside and names(aside) == ["a", "b"]
    assert {each.reason for each in copies.all_of(path)} == {"asked", "restore"}


def test_putting_back_what_was_set_aside_is_the_way_forward_again(path: Path) -> None:
    with open_store(path, NOW) as store:
        copy = store.back_up(NOW, "asked")
        put(store, "a")
    aside = copies.restore(path, copy.path, NOW)
    assert aside
    copies.restore(path, aside, NOW)
    assert names(path) == ["a"]


def test_nothing_is_put_back_while_another_program_has_the_desk(path: Path) -> None:
    with open_store(path, NOW) as store:
        copy = store.back_up(NOW, "asked")
        put(store, "a")
        with pytest.raises(SurroundingsFailed, match="desk-in-use"):
            copies.restore(path, copy.path, NOW)
        put(store, "b")
    assert names(path) == ["a", "b"]


def test_a_program_that_was_killed_does_not_hold_the_desk(path: Path) -> None:
    code = (
        "import datetime, pathlib, sys, time; from workbench.store import open_store;"
        f"open_store(pathlib.Path({str(path)!r}), datetime.datetime.now(datetime.UTC));"
        "print('open', flush=True); time.sleep(60)"
    )
    with open_store(path, NOW) as store:
        copy = store.back_up(NOW, "asked")
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as other:
        assert other.stdout and other.stdout.readline() == b"open\n"
        with pytest.raises(SurroundingsFailed, match="desk-in-use"):
            copies.restore(path, copy.path, NOW)
        other.kill()
    copies.restore(path, copy.path, NOW)


@pytest.mark.parametrize("content", [b"", b"no database at all" * 300])
def test_a_damaged_desk_is_kept_as_it_is_beside_the_copy(path: Path, content: bytes) -> None:
    with open_store(path, NOW) as store:
        put(store, "a")
        copy = store.back_up(NOW, "asked")
    path.write_bytes(content)
    aside = copies.restore(path, copy.path, NOW)
    assert names(path) == ["a"]
    assert aside and aside.read_bytes() == content


def test_a_desk_that_is_gone_comes_back(path: Path) -> None:
    with open_store(path, NOW) as store:
        put(store, "a")
        copy = store.back_up(NOW, "asked")
    path.unlink()
    assert copies.restore(path, copy.path, NOW) is None
    assert names(path) == ["a"]


def test_a_newer_copy_is_refused_and_the_desk_left_alone(path: Path) -> None:
    with open_store(path, NOW) as store:
        copy = store.back_up(NOW, "asked")
        put(store, "a")
    with sqlite3.connect(copy.path) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(Refused, match="copy-newer"):
        copies.restore(path, copy.path, NOW)
    assert names(path) == ["a"]


@pytest.mark.parametrize("size", [0, 100, 5000, 40_000])
def test_half_a_copy_is_refused(path: Path, size: int) -> None:
    with open_store(path, NOW) as store:
        copy = store.back_up(NOW, "asked")
        put(store, "a")
    copy.path.write_bytes(copy.path.read_bytes()[:size])
    with pytest.raises(Refused, match="copy-damaged"):
        copies.restore(path, copy.path, NOW)
    assert names(path) == ["a"]


def test_the_newest_sound_copy_is_chosen_where_none_is_named(path: Path) -> None:
    with open_store(path, NOW) as store:
        sound = store.back_up(NOW, "asked")
        store.back_up(NOW + timedelta(hours=1), "daily").path.write_bytes(b"torn")
    assert copies.newest_sound(path) == sound.path


def test_without_a_copy_it_is_said(path: Path) -> None:
    with pytest.raises(WrongUsage, match="no-copies"):
        copies.newest_sound(path)


def daily(days: list[int]) -> list[Copy]:
    moments = sorted({NOW - timedelta(days=day) for day in days}, reverse=True)
    return [Copy(Path(f"{at:%Y%m%d}"), at, "daily", 1) for at in moments]


def test_a_year_of_days_leaves_seven_days_and_four_weeks() -> None:
    kept: list[Copy] = []
    for day in range(365):
        kept = [Copy(Path(f"{day}"), NOW + timedelta(days=day), "daily", 1), *kept]
        dropped = copies.surplus(kept)
        kept = [copy for copy in kept if copy not in dropped]
    ages = [(kept[0].at - copy.at).days for copy in kept]
    assert ages[:7] == list(range(7))
    assert len(ages) == 7 + WEEKLY
    weeks = [copy.at.isocalendar()[:2] for copy in kept[7:]]
    assert len(set(weeks)) == WEEKLY
    assert 28 <= ages[-1] <= 42


@settings(deadline=None)
@given(st.lists(st.integers(0, 400), max_size=60))
def test_the_newest_copies_are_never_dropped_and_the_number_is_bounded(days: list[int]) -> None:
    given = daily(days)
    dropped = copies.surplus(given)
    assert not set(dropped) & set(given[: NEWEST["daily"]])
    assert len(given) - len(dropped) <= NEWEST["daily"] + WEEKLY
    assert copies.surplus([copy for copy in given if copy not in dropped]) == ()
