"""A file that is opened with Casebook comes into the window that is open already, or into a new one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ui.program.application import receive
from ui.program.door import Door

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "resources" / "samples"

LATER = """
import sys
from pathlib import Path
from ui.program.door import Door
door = Door(Path(sys.argv[1]), None)
sys.exit(0 if not door.enter() and door.hand_over([Path(name) for name in sys.argv[2:]]) else 1)
"""
"""Somebody who comes later: ends with 0 where the window behind the door took what they brought."""


@pytest.fixture(autouse=True)
def runtime(tmp_path, monkeypatch):
    """A person's folder for locks and sockets, of this test alone."""
    folder = tmp_path / "runtime"
    folder.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    return folder


def test_a_second_start_hands_its_files_to_the_window_that_is_open(editor, qapp, workspace):
    door = Door(workspace, None)
    assert door.enter()
    receive(qapp, editor.window, door, [SAMPLES / "sample-exeter-school-streets.docx"])
    editor.window.bridge.idle.emit()
    editor.settle()
    assert editor.window.desk.model.rowCount() == 1
    told = subprocess.Popen(
        [sys.executable, "-c", LATER, str(workspace), str(SAMPLES / "sample-durham-carers-passport.docx")],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd=SAMPLES,
    )
    editor.until(lambda: told.poll() is not None and editor.window.desk.model.rowCount() == 2)
    assert told.returncode == 0


def test_each_desk_and_each_catalogue_has_a_door_of_its_own(tmp_path):
    doors = [Door(tmp_path / "a", None), Door(tmp_path / "b", None), Door(tmp_path / "a", "sqlite:///c")]
    assert [door.enter() for door in doors] == [True, True, True]
    assert not Door(tmp_path / "a", None).enter()


def test_where_nobody_answers_one_opens_a_window_of_ones_own(tmp_path, monkeypatch):
    monkeypatch.setattr("ui.program.door.PATIENCE", 100)
    first = Door(tmp_path, None)
    assert first.enter()
    assert not Door(tmp_path, None).hand_over([])


def test_one_whose_window_has_ended_is_the_first_again(tmp_path):
    first = Door(tmp_path, None)
    assert first.enter()
    del first
    assert Door(tmp_path, None).enter()


def test_a_lock_that_cannot_be_written_keeps_nobody_out(tmp_path, runtime, monkeypatch):
    monkeypatch.setattr("ui.program.door._place", lambda: tmp_path / "nowhere")
    assert Door(tmp_path, None).enter()
