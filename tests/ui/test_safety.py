"""What the window does for the desk's own safety: tells of damage at the start, and leaves a copy each day."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from tests.ui.conftest import READY, SAMPLES
from workbench.desk import open_desk
from workbench.desk.arriving.arrivals import import_paths
from workbench.desk.keeping import backups


@pytest.fixture
def desk_of_yesterday(workspace):
    """A desk with a study that came in yesterday."""
    yesterday = datetime.now(UTC) - timedelta(days=1)
    with open_desk(workspace, clock=lambda: yesterday) as desk:
        assert list(import_paths(desk, [SAMPLES / READY]))
    return workspace


def lose_a_table(path):
    with closing(sqlite3.connect(path)) as database:
        database.execute("DROP TABLE journal_submission")


def lose_the_file(path):
    path.write_bytes(b"not what it was" * 1000)


def lose_a_stretch(path):
    content = bytearray(path.read_bytes())
    content[16384:] = bytes(len(content) - 16384)
    path.write_bytes(content)


@pytest.mark.parametrize("damage", [lose_a_table, lose_the_file, lose_a_stretch])
def test_a_damaged_desk_is_told_at_the_start_with_what_helps(editor_at, desk_of_yesterday, damage):
    damage(desk_of_yesterday / "desk.db")
    editor = editor_at(partial(open_desk, desk_of_yesterday))
    editor.until(lambda: "casebook desk restore" in editor.notice)


def test_the_first_opening_of_a_day_leaves_a_copy_and_the_next_none(editor_at, desk_of_yesterday):
    editor = editor_at(partial(open_desk, desk_of_yesterday))
    editor.until(lambda: backups.copies(desk_of_yesterday))
    editor.window.close()
    editor_at(partial(open_desk, desk_of_yesterday)).settle()
    assert [copy.reason for copy in backups.copies(desk_of_yesterday)] == ["daily"]


def test_a_desk_that_began_today_needs_no_copy_yet(at_study, workspace):
    assert backups.copies(workspace) == ()


def test_while_the_window_is_open_nothing_is_put_back(at_study, workspace):
    from workbench.errors import SurroundingsFailed

    with open_desk(workspace) as desk:
        backups.back_up(desk)
    with pytest.raises(SurroundingsFailed, match="desk-in-use"):
        backups.restore(workspace)
    at_study.window.close()
    backups.restore(workspace)
