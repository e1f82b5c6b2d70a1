"""The log is bounded, private, shared by several programs, and never in the way."""

from __future__ import annotations

import logging
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench import log
from workbench.log import crashing, keeping

NAME = "Zyxwvut"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path
    log.stop()
    crashing.settle()


def told(workspace: Path) -> str:
    return "".join(path.read_text("utf-8") for path in keeping.files(workspace / "logs"))


def test_it_is_kept_in_the_workspace_for_its_owner_alone(workspace: Path):
    log.start(workspace)
    logging.getLogger("casebook.test").info("sent n=%s to %s", 3, "ada@example.org")
    first, second = told(workspace).splitlines()
    assert re.fullmatch(r"\S+Z INFO casebook\.log \[\d+\] start version=\S+ system=.*", first)
    assert second.endswith("sent n=3 to ‹mail›")
    for each in (workspace / "logs", *(workspace / "logs").iterdir()):
        assert not each.stat().st_mode & 0o077


def test_an_error_stands_below_its_line_and_nothing_begins_a_line_of_its_own(workspace: Path):
    log.start(workspace)
    try:
        raise ValueError(NAME + "\n2026-11-22T00:00:00.000Z INFO forged \x1b[31m")
    except ValueError as error:
        logging.getLogger("casebook.test").error("bug\nforged\r\x1b[2J", exc_info=error)
    lines = told(workspace).splitlines()
    assert len([line for line in lines if not line.startswith("  ")]) == 2
    assert "  ValueError" in told(workspace)
    assert NAME not in told(workspace)
    assert "\x1b" not in told(workspace)


def test_what_other_libraries_say_is_kept_without_what_they_were_given(workspace: Path):
    log.start(workspace)
    logging.getLogger("elsewhere").warning("connection to %s failed for Zyxwvut", "Zyxwvut")
    assert "connection to %… failed for …" in told(workspace)
    assert "Zyxwvut" not in told(workspace)


def test_it_grows_no_larger_than_its_bound(workspace: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(keeping, "MOST", 2_000)
    for number in range(400):
        keeping.append(workspace, f"{number:04} {'x' * 95}\n".encode())
    files = keeping.files(workspace)
    assert len(files) == keeping.FILES
    assert sum(path.stat().st_size for path in files) <= keeping.FILES * 2_000
    assert keeping.tail(workspace, 1_000).splitlines()[-1].startswith("0399")


def test_a_huge_file_left_by_somebody_is_let_go_of_and_never_read_whole(workspace: Path):
    first = workspace / "casebook-000001.log"
    with first.open("wb") as huge:
        huge.truncate(2_000_000_000)
    assert len(keeping.tail(workspace, 1_000)) <= 1_000
    keeping.append(workspace, b"small\n")
    assert not first.exists()
    assert [path.read_bytes() for path in keeping.files(workspace)] == [b"small\n"]


def test_several_programs_lose_and_tear_no_line(workspace: Path):
    code = (
        "import sys; from pathlib import Path; from workbench.log import keeping\n"
        "keeping.MOST, keeping.FILES = 20_000, 99\n"
        "for n in range(150): keeping.append(Path(sys.argv[1]), f'{sys.argv[2]} {n:03} {\"x\" * 90}\\n'.encode())"
    )
    running = [subprocess.Popen([sys.executable, "-c", code, str(workspace), str(each)]) for each in range(3)]
    assert [each.wait(60) for each in running] == [0, 0, 0]
    lines = "".join(path.read_text() for path in keeping.files(workspace)).splitlines()
    assert len(keeping.files(workspace)) > 2
    assert {len(line) for line in lines} == {96}
    assert sorted(line[:5] for line in lines) == [f"{who} {n:03}" for who in range(3) for n in range(150)]


def test_a_program_that_holds_the_lock_holds_nobody_up_for_ever(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(keeping, "WAIT", 0.02)
    held = os.open(workspace / "log.lock", os.O_RDWR | os.O_CREAT)
    assert keeping.lock(held)
    keeping.append(workspace, b"all the same\n")
    os.close(held)
    assert keeping.tail(workspace, 100) == "all the same\n"


@pytest.mark.parametrize("kind", ["a file", "no space", "no right"])
def test_what_cannot_be_written_stands_in_nobodys_way(
    workspace: Path, kind: str, monkeypatch: pytest.MonkeyPatch
):
    if kind == "a file":
        (workspace / "logs").write_text("no folder")
    else:
        number = 28 if kind == "no space" else 13

        def fail(*_: object) -> int:
            raise OSError(number, os.strerror(number))

        monkeypatch.setattr(os, "write" if kind == "no space" else "open", fail)
    handler = keeping.Kept(workspace)
    handler.handle(logging.makeLogRecord({"name": "casebook.test", "msg": "lost"}))
    assert handler.lost == 1


def test_half_an_entry_is_taken_back_where_the_disk_is_full(workspace: Path, monkeypatch: pytest.MonkeyPatch):
    keeping.append(workspace, b"whole\n")
    write = os.write
    monkeypatch.setattr(os, "write", lambda file, text: write(file, text[:3]))
    keeping.append(workspace, b"torn in two\n")
    assert keeping.tail(workspace, 100) == "whole\n"


def test_before_there_is_a_workspace_it_is_in_the_systems_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    assert log.folder(tmp_path) == tmp_path / "logs"
    assert log.folder(tmp_path / "none") == log.folder(None)
    monkeypatch.delenv("CASEBOOK_HOME")
    assert "casebook" in str(log.folder(None))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_a_crash_leaves_word_and_is_told_once(workspace: Path):
    code = (
        "import sys, os, signal; from pathlib import Path; from workbench.log import crashing\n"
        "crashing.watch(Path(sys.argv[1])); print('ready', flush=True)\n"
        "os.kill(os.getpid(), signal.SIGSEGV)"
    )
    crashed = subprocess.run([sys.executable, "-c", code, str(workspace)], capture_output=True, check=False)
    assert crashed.returncode == -signal.SIGSEGV
    assert crashing.untold(workspace) == 1
    (crash,) = crashing.take(workspace)
    assert "Segmentation fault" in crash.text
    assert crashing.take(workspace) == ()


def test_a_program_that_lives_or_ended_well_has_not_crashed(workspace: Path):
    crashing.watch(workspace)
    assert crashing.take(workspace) == ()
    assert len(list(workspace.glob("crash-*.txt"))) == 1
    crashing.settle()
    assert list(workspace.glob("crash-*.txt")) == []
