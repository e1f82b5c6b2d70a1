"""Broken on purpose: the doctor says of each what is wrong and what to do, changes nothing, and ends in time."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import time
import tomllib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from workbench import words
from workbench.desk import open_desk
from workbench.desk.doctor import doctor, folder, holding, house, machine, shared
from workbench.desk.doctor.case import Case, Examination, Line
from workbench.desk.office import connecting, ground, workspaces
from workbench.errors import SurroundingsFailed
from workbench.log import crashing, keeping
from workbench.spelling import lexicon
from workbench.word import converting

ROOT = Path(__file__).resolve().parents[3]
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk that nobody has open, to be copied."""
    workspace = tmp_path_factory.mktemp("made") / "desk"
    with open_desk(workspace, clock=lambda: NOW):
        pass
    return workspace


@pytest.fixture
def workspace(made: Path, tmp_path: Path) -> Path:
    there = tmp_path / "desk"
    there.mkdir(mode=0o700)
    for each in made.iterdir():
        if each.is_file():
            (there / each.name).write_bytes(each.read_bytes())
    return there


def case(workspace: Path, *, catalogue: str = "", seconds: float = 9, now: datetime = NOW) -> Case:
    return Case(workspace, catalogue, now, time.monotonic() + seconds)


def found(examination: Examination, given: Case) -> dict[str, Line]:
    return {line.check: line for line in examination(given)}


def stands(line: Line, standing: str, code: str, **params: Any) -> None:
    """That the line says what the sentence `code` says, with these things filled in, and anything for the others."""
    sentence = words.say("doctor", code, **params)
    parts = (re.escape(part) for part in re.split(r"\{\w+\}", sentence))
    assert line.standing == standing, line
    assert sentence != code
    assert re.fullmatch(".+".join(parts), line.message), (line.message, sentence)


# The folder


def test_a_desk_that_is_well_is_said_to_be(workspace: Path):
    for examination in (
        folder.place,
        folder.leftovers,
        holding.desk,
        holding.sound,
        house.settings,
        house.rules,
    ):
        assert {line.standing for line in examination(case(workspace))} == {"fine"}, examination


def test_a_workspace_that_is_not_there_yet_is_no_fault(tmp_path: Path):
    stands(
        found(folder.place, case(tmp_path / "none"))["workspace"],
        "look",
        "workspace-none",
        path=tmp_path / "none",
    )
    stands(found(holding.desk, case(tmp_path / "none"))["desk"], "look", "desk-none")
    assert list(tmp_path.iterdir()) == []


def test_the_chosen_workspace_that_is_gone_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(workspaces, "known", lambda: workspaces.Known(tmp_path / "stick"))
    line = found(folder.place, case(tmp_path / "stick"))["workspace"]
    assert line.standing == "broken"
    assert line.message == words.explain(SurroundingsFailed("workspace-gone", path=str(tmp_path / "stick")))


def test_a_workspace_that_is_a_file(tmp_path: Path):
    (tmp_path / "desk").write_text("")
    stands(
        found(folder.place, case(tmp_path / "desk"))["workspace"],
        "broken",
        "workspace-no-folder",
        path=tmp_path / "desk",
    )


@pytest.mark.parametrize("where", ["there", "above"])
def test_a_workspace_without_the_right_to_write(workspace: Path, where: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(os, "access", lambda path, mode: mode == os.R_OK)
    given = case(workspace if where == "there" else workspace / "deeper")
    code = "workspace-closed" if where == "there" else "workspace-not-to-be-made"
    stands(found(folder.place, given)["workspace"], "broken", code, path=given.workspace, above=workspace)


def test_a_disk_that_is_mounted_to_be_read_only(workspace: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(os, "statvfs", lambda path: SimpleNamespace(f_flag=1, f_files=0, f_favail=0))
    stands(found(folder.place, case(workspace))["workspace"], "broken", "workspace-closed", path=workspace)
    stands(found(folder.logs, case(workspace))["log"], "look", "log-closed", path=workspace)


@pytest.mark.skipif(os.name == "nt", reason="rights are told otherwise there")
def test_a_workspace_that_others_may_look_into(workspace: Path):
    workspace.chmod(0o755)
    stands(found(folder.place, case(workspace))["workspace"], "look", "workspace-open", path=workspace)


def test_a_workspace_on_another_machine(workspace: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(
        ground,
        "NETWORK",
        frozenset({ground.file_system(Path("/proc/self/mountinfo").read_text(), workspace)}),
    )
    line = found(folder.place, case(workspace))["ground"]
    assert (line.standing, line.message.split(" is on another machine")[0]) == ("broken", str(workspace))


def test_a_workspace_in_a_folder_that_is_synced(workspace: Path, tmp_path: Path):
    (tmp_path / "OneDrive").mkdir()
    moved = workspace.rename(tmp_path / "OneDrive" / "desk")
    assert "OneDrive" in found(folder.place, case(moved))["ground"].message
    assert found(folder.place, case(moved))["ground"].standing == "look"


@pytest.mark.parametrize(
    ("free", "standing", "code"), [(10, "broken", "disk-full"), (200, "look", "disk-low")]
)
def test_a_disk_that_is_full(
    workspace: Path, free: int, standing: str, code: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(folder.shutil, "disk_usage", lambda path: SimpleNamespace(free=free * 1_000_000))
    assert {line.standing for line in folder.room(case(workspace))} == {standing}
    stands(found(folder.room, case(workspace))["disk"], standing, code, path=workspace, free=free)


def test_a_disk_that_can_take_no_other_file(workspace: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(os, "statvfs", lambda path: SimpleNamespace(f_flag=0, f_files=100, f_favail=0))
    monkeypatch.setattr(folder.shutil, "disk_usage", lambda path: SimpleNamespace(free=10**10))
    assert found(folder.room, case(workspace))["disk"].standing == "broken"


def test_no_place_for_temporary_files(workspace: Path, monkeypatch: pytest.MonkeyPatch):
    def none() -> str:
        raise FileNotFoundError

    monkeypatch.setattr(folder.tempfile, "gettempdir", none)
    stands(found(folder.room, case(workspace))["temporary"], "broken", "temporary-none")


def test_a_log_that_cannot_be_kept_or_is_huge(workspace: Path):
    (workspace / "logs").write_text("")
    stands(found(folder.logs, case(workspace))["log"], "look", "log-no-folder", path=workspace / "logs")
    (workspace / "logs").unlink()
    (workspace / "logs").mkdir()
    with (workspace / "logs" / "casebook-000001.log").open("wb") as huge:
        huge.truncate(2_000_000_000)
    line = found(folder.logs, case(workspace))["log"]
    assert (line.standing, "2000 MB" in line.message) == ("look", True)


def test_a_crash_of_last_time(workspace: Path):
    (workspace / "logs").mkdir()
    (workspace / "logs" / "crash-1-1.txt").write_text("Fatal Python error: Aborted")
    stands(found(folder.logs, case(workspace))["crashes"], "look", "crashes", n=1)
    assert crashing.untold(workspace / "logs") == 1


def test_files_that_programs_left_lying_about(workspace: Path):
    (workspace / "settings.draft").write_text("")
    (workspace / "desk.db-journal").write_text("")
    (workspace / "templates" / "earlier").mkdir(parents=True)
    (workspace / "templates" / "earlier" / "ours.1.toml.7-7.draft").write_text("")
    stands(
        found(folder.leftovers, case(workspace))["leftovers"],
        "look",
        "leftovers",
        n=3,
        file="desk.db-journal",
    )


# The desk


def test_a_desk_that_is_gone_or_empty(workspace: Path):
    (workspace / "desk.db").write_bytes(b"")
    stands(found(holding.desk, case(workspace))["desk"], "broken", "desk-gone")
    (workspace / "desk.db").unlink()
    (workspace / "backups").mkdir()
    (workspace / "backups" / "desk-20260301T090000000000-daily.db").write_bytes(b"x")
    stands(found(holding.desk, case(workspace))["desk"], "broken", "desk-gone")


def test_a_desk_that_is_no_database(workspace: Path):
    (workspace / "desk.db").write_bytes(b"nothing of the kind " * 400)
    for name, examination in (("desk", holding.desk), ("verify", holding.sound)):
        line = found(examination, case(workspace))[name]
        assert (line.standing, "casebook desk restore" in line.message or "verify" in line.message) == (
            "broken",
            True,
        )


def test_a_desk_with_a_damaged_page(workspace: Path):
    with (workspace / "desk.db").open("r+b") as damaged:
        damaged.seek(8 * 4096)
        damaged.write(b"\xff" * 60_000)
    assert found(holding.sound, case(workspace))["verify"].standing == "broken"


def changed(workspace: Path, *statements: str) -> None:
    with sqlite3.connect(workspace / "desk.db") as connection:
        for statement in statements:
            connection.execute(statement)
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()


def test_a_desk_of_a_newer_and_of_an_older_program(workspace: Path):
    changed(workspace, "UPDATE alembic_version SET version_num = '9999'")
    stands(found(holding.desk, case(workspace))["desk"], "broken", "desk-newer", found="9999")
    changed(workspace, "UPDATE alembic_version SET version_num = '0001'")
    stands(found(holding.desk, case(workspace))["desk"], "look", "desk-older", found="0001")
    assert found(holding.sound, case(workspace)) == {}


def test_a_desk_without_one_of_its_tables(workspace: Path):
    changed(workspace, "DROP TABLE picture")
    line = found(holding.sound, case(workspace))["verify"]
    assert (line.standing, "picture" in line.message) == ("broken", True)


def test_a_desk_whose_rows_or_form_cannot_be_read(workspace: Path):
    changed(
        workspace,
        "INSERT INTO journal (at, who, code, params, changes, undoable) VALUES ('', '', '', '{}', '[[', 0)",
    )
    assert found(holding.sound, case(workspace))["verify"].standing == "broken"
    changed(workspace, "DELETE FROM alembic_version")
    stands(found(holding.desk, case(workspace))["desk"], "broken", "desk-unreadable")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a pipe")
def test_settings_that_are_a_pipe_are_not_waited_for(workspace: Path):
    (workspace / "settings.toml").unlink(missing_ok=True)
    os.mkfifo(workspace / "settings.toml")
    assert found(house.settings, case(workspace))["settings"].standing == "broken"


def test_a_desk_that_is_open_and_one_whose_program_was_killed(workspace: Path, tmp_path: Path):
    with open_desk(workspace, clock=lambda: NOW) as desk:
        stands(found(holding.desk, case(workspace))["open"], "fine", "desk-open")
        with desk.store.writing() as connection:
            connection.exec_driver_sql("UPDATE mirror_state SET value = value")
            connection.exec_driver_sql("CREATE TABLE further (n INTEGER)")
        killed = tmp_path / "killed"
        killed.mkdir(mode=0o700)
        for name in ("desk.db", "desk.db-wal", "desk.lease"):
            (killed / name).write_bytes((workspace / name).read_bytes())
    before = whole(killed)
    stands(found(holding.desk, case(killed))["open"], "look", "desk-left-log")
    assert found(holding.sound, case(killed))["verify"].standing == "fine"
    assert whole(killed) == before


def test_a_desk_too_large_for_the_time_there_is(workspace: Path):
    stands(found(holding.sound, case(workspace, seconds=0))["verify"], "look", "verify-late")


def test_copies_that_are_missing_old_or_of_tomorrow(workspace: Path):
    later = datetime.now(UTC) + timedelta(days=30)
    stands(found(holding.copies, case(workspace, now=datetime.now(UTC)))["backup"], "fine", "backup-none-yet")
    stands(found(holding.copies, case(workspace, now=later))["backup"], "look", "backup-none")
    (workspace / "backups").mkdir()
    (workspace / "backups" / "desk-20260301T090000000000-daily.db").write_bytes(b"x")
    assert found(holding.copies, case(workspace))["backup"].standing == "fine"
    stands(
        found(holding.copies, case(workspace, now=NOW + timedelta(days=20)))["backup"],
        "look",
        "backup-old",
        n=21,
    )
    stands(
        found(holding.copies, case(workspace, now=NOW - timedelta(days=9)))["backup"], "look", "backup-ahead"
    )


def test_a_clock_that_went_back(workspace: Path):
    changed(
        workspace,
        "INSERT INTO journal (at, who, code, params, changes, undoable)"
        " VALUES ('2027-01-01T00:00:00+00:00', 'a', 'b', '{}', '[]', false)",
    )
    stands(found(holding.desk, case(workspace))["clock"], "look", "clock-behind", day="1 January 2027")


# The office's own files


@pytest.mark.parametrize(
    ("name", "content", "check", "examination"),
    [
        ("settings.toml", b"who = ", "settings", house.settings),
        ("settings.toml", b"\xff\xfe", "settings", house.settings),
        ("settings.toml", b'working_days = "five"', "settings", house.settings),
        ("templates/own.toml", b"[[fields]]\nid = 3", "templates", house.templates),
        ("templates/own.toml", b"\xff", "templates", house.templates),
        ("checks.toml", b"no = [", "checks", house.rules),
    ],
)
def test_a_file_of_the_office_that_cannot_be_read(
    workspace: Path, name: str, content: bytes, check: str, examination: Examination
):
    (workspace / "templates").mkdir(exist_ok=True)
    (workspace / name).write_bytes(content)
    line = found(examination, case(workspace))[check]
    assert line.standing == "broken"
    assert Path(name).name in line.message


def test_settings_that_hold_a_password(workspace: Path):
    (workspace / "settings.toml").write_text('catalogue = "postgresql://ada:zyxwvut@db.example.org/c"\n')
    stands(found(house.settings, case(workspace))["settings"], "look", "settings-password")


# The catalogue


def test_a_catalogue_nobody_knows_of(workspace: Path):
    (workspace / "settings.toml").write_text("who = ")
    stands(found(shared.catalogue, case(workspace))["catalogue"], "look", "catalogue-unknown")


def test_a_catalogue_in_a_file_that_is_gone_damaged_or_of_another_form(workspace: Path):
    stands(found(shared.catalogue, case(workspace))["catalogue"], "fine", "catalogue-not-yet")
    file = workspace / "shared.db"
    given = case(workspace, catalogue=f"sqlite:///{file}")
    stands(found(shared.catalogue, given)["catalogue"], "broken", "catalogue-no-file", path=file)
    file.write_bytes(b"nothing of the kind " * 400)
    stands(found(shared.catalogue, given)["catalogue"], "broken", "catalogue-file-damaged", path=file)
    file.unlink()
    for form, standing, code in (
        ("9999", "broken", "catalogue-file-newer"),
        ("0000", "look", "catalogue-file-older"),
    ):
        with sqlite3.connect(file) as connection:
            connection.execute("CREATE TABLE IF NOT EXISTS catalogue_schema (version_num TEXT)")
            connection.execute("DELETE FROM catalogue_schema")
            connection.execute("INSERT INTO catalogue_schema VALUES (?)", (form,))
        connection.close()
        stands(found(shared.catalogue, given)["catalogue"], standing, code, form=form)


def test_a_server_that_is_not_there_and_an_address_that_is_none(workspace: Path):
    lost = found(shared.catalogue, case(workspace, catalogue="postgresql://ada:zyxwvut@127.0.0.1:1/none"))
    assert lost["catalogue-reach"].standing == "broken"
    assert not any("zyxwvut" in line.message for line in lost.values())
    assert found(shared.catalogue, case(workspace, catalogue="nonsense://"))["catalogue"].standing == "broken"


@pytest.mark.parametrize(("ahead", "standing"), [(0.5, "fine"), (-3_700.0, "look"), (90_000.0, "look")])
def test_a_server_whose_clock_is_another(ahead: float, standing: str):
    (line,) = shared._clocks(SimpleNamespace(ahead=ahead))  # type: ignore[arg-type]
    assert line.standing == standing


def test_a_computer_without_a_keyring(workspace: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(connecting, "has_keyring", lambda: False)
    stands(found(shared.keyring, case(workspace))["keyring"], "fine", "keyring-not-needed")
    given = case(workspace, catalogue="postgresql://ada@db/c")
    stands(found(shared.keyring, given)["keyring"], "look", "keyring-none")


# This computer


def test_what_the_doctor_asks_for_is_what_the_program_declares():
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    said = {
        f"{name}[binary]" if name == "psycopg" else name: f">={least}" + (f",<{end}" if end else "")
        for name, (least, end) in machine.NEEDED.items()
    }
    said["PySide6-Essentials"] += ",!=6.12.0"
    assert {f"{name}{bound}" for name, bound in said.items()} == set(declared)


@pytest.mark.parametrize(
    ("version", "standing", "code"),
    [
        ("6.12.0", "broken", "package-excluded"),
        ("6.9.2", "look", "package-untried"),
        (None, "broken", "package-missing"),
    ],
)
def test_a_package_that_is_missing_or_of_a_wrong_version(
    version: str | None, standing: str, code: str, monkeypatch: pytest.MonkeyPatch
):
    real = metadata.version

    def told(name: str) -> str:
        if name != "PySide6-Essentials":
            return real(name)
        if version is None:
            raise metadata.PackageNotFoundError(name)
        return version

    monkeypatch.setattr(metadata, "version", told)
    (line,) = [line for line in machine.versions(case(Path())) if line.check == "packages"]
    stands(line, standing, code, name="PySide6-Essentials", found=version, least="6.10")


def test_a_python_that_is_too_old(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(machine, "PYTHON", (9, 0))
    assert next(iter(machine.versions(case(Path())))).standing == "broken"


GOOD = {
    "qt": "6.11.3",
    "platform": "xcb",
    "families": 3,
    "fonts": {"interface": "Inter", "study": "Noto Serif"},
}
NO_SCREEN = (
    "qt.qpa.xcb: could not connect to display \n"
    "qt.qpa.plugin: From 6.5.0, xcb-cursor0 or libxcb-cursor0 is needed to load the Qt xcb platform plugin.\n"
)


@pytest.mark.parametrize(
    ("said", "complained", "standing", "code", "params"),
    [
        (GOOD, "", "fine", "window-fine", {"qt": "6.11.3", "platform": "xcb"}),
        (
            {"error": "libEGL.so.1: cannot open shared object file: No such file"},
            "",
            "broken",
            "window-library",
            {"library": "libEGL.so.1"},
        ),
        ({}, NO_SCREEN.splitlines()[1], "broken", "window-library", {"library": "xcb-cursor0"}),
        ({"error": "No module named 'PySide6'"}, "", "broken", "window-broken", {}),
    ],
)
def test_what_a_try_of_the_window_came_to(
    said: dict[str, Any],
    complained: str,
    standing: str,
    code: str,
    params: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
):
    def run(*_: object, **__: object) -> Any:
        return SimpleNamespace(stdout=json.dumps(said).encode(), stderr=complained.encode())

    monkeypatch.setattr(subprocess, "run", run)
    stands(found(machine.window, case(Path()))["window"], standing, code, **params)


def test_a_server_without_a_screen(monkeypatch: pytest.MonkeyPatch):
    def run(*_: object, env: dict[str, str], **__: object) -> Any:
        unseen = env.get("QT_QPA_PLATFORM") == "offscreen"
        return SimpleNamespace(stdout=json.dumps(GOOD).encode() if unseen else b"", stderr=NO_SCREEN.encode())

    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.setattr(subprocess, "run", run)
    stands(found(machine.window, case(Path()))["window"], "look", "window-no-screen", qt="6.11.3")


@pytest.mark.parametrize(
    ("change", "standing", "code"),
    [
        ({"families": 0}, "broken", "fonts-none"),
        ({"fonts": {"interface": "", "study": "Noto Serif"}}, "look", "fonts-missing"),
    ],
)
def test_fonts_that_are_missing(change: dict[str, Any], standing: str, code: str):
    (line,) = machine._fonts(GOOD | change)
    stands(line, standing, code)


def test_a_window_that_never_opens(monkeypatch: pytest.MonkeyPatch):
    def run(*_: object, timeout: float, **__: object) -> Any:
        raise subprocess.TimeoutExpired("casebook", timeout)

    monkeypatch.setattr(subprocess, "run", run)
    stands(found(machine.window, case(Path()))["window"], "look", "window-late")


def test_helpers_that_are_missing(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(converting, "find", lambda: None)
    monkeypatch.setattr(lexicon, "hunspell", lambda: 1 / 0)
    lines = found(machine.helpers, case(Path()))
    stands(lines["libreoffice"], "look", "libreoffice-none")
    stands(lines["dictionary"], "broken", "dictionary-broken")


def test_a_clock_that_cannot_be_right():
    stands(
        found(machine.clock, case(Path(), now=datetime(1970, 1, 1, tzinfo=UTC)))["clock"],
        "broken",
        "clock-wrong",
    )


# All of it


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Puts these examinations in the place of all."""
    yield lambda *examinations: monkeypatch.setattr(doctor, "EXAMINATIONS", examinations)


def test_what_hangs_is_left_and_what_breaks_is_a_line(workspace: Path, slow: Callable[..., None]):
    def hangs(_: Case) -> Iterator[Line]:
        time.sleep(30)
        yield Line("never", "fine", "")

    def breaks(_: Case) -> Iterator[Line]:
        raise KeyError("".join(("Zyx", "wvut")))
        yield

    slow(hangs, breaks, house.settings)
    begun = time.monotonic()
    lines = doctor.examine(workspace, within=0.3)
    assert time.monotonic() - begun < 5
    assert [(line.check, line.standing) for line in lines] == [
        ("hangs", "look"),
        ("breaks", "look"),
        ("settings", "fine"),
    ]
    assert "KeyError" in lines[1].message
    assert "Zyxwvut" not in lines[1].message


def whole(folder: Path) -> dict[str, tuple[str, int]]:
    return {
        str(path.relative_to(folder)): (sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_nothing_is_changed_and_the_worst_decides(workspace: Path, casebook: Any, tmp_path: Path):
    before = whole(workspace)
    assert doctor.worst(doctor.examine(workspace)) in ("fine", "look")
    assert whole(workspace) == before
    (workspace / "desk.db").write_bytes(b"nothing of the kind " * 400)
    before = whole(workspace)
    answer = casebook("--workspace", workspace, "doctor", "--json", "--report", tmp_path / "report.txt")
    assert answer.status == 3
    standing = {row["check"]: row["standing"] for row in answer.rows}
    assert (standing["desk"], standing["settings"]) == ("broken", "fine")
    assert whole(workspace) == before
    report = (tmp_path / "report.txt").read_text("utf-8")
    assert "BROKEN desk" in report
    assert str(workspace) not in report
    assert casebook("--workspace", workspace, "doctor", "--report", tmp_path).status == 3


def test_the_log_of_a_desk_is_in_the_report(workspace: Path):
    keeping.append(
        workspace / "logs", b"2026-03-02T09:00:00.000Z WARNING casebook.told sent to ada@example.org\n"
    )
    report = doctor.report((), workspace, NOW)
    assert "casebook.told sent to ‹mail›" in report
