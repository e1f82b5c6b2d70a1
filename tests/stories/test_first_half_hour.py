"""A new editor's first half hour, from a computer on which Casebook was never started: no dead end on the way.

The walk is the one that the pictures of the guide are taken on.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

import ui.program.session
from docs.first_day import FirstDay
from ui.program.session import Session
from workbench import config
from workbench.desk.office import workspaces
from workbench.submission import Status


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CASEBOOK_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    (tmp_path).chmod(0o700)
    return tmp_path / "home"


@pytest.fixture
def day(qapp: QApplication, home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FirstDay]:
    """Somebody who has just started Casebook; practice has two studies, to be done sooner."""
    monkeypatch.setattr(
        ui.program.session,
        "SAMPLES",
        (ui.program.session.SAMPLES[0], "sample-medway-street-trees-tracked.docx"),
    )
    session = Session(qapp)
    yield FirstDay(session, home / "made", sent_back="Medway")
    if session.window is not None:
        session.window.close()
    if session.first is not None:
        session.first.close()
    qapp.setQuitOnLastWindowClosed(True)


def test_who_passes_over_everything_has_a_desk_to_work_at(
    day: FirstDay, home: Path, qapp: QApplication
) -> None:
    assert day.session.start(None)
    day.settle()
    screen = qapp.primaryScreen().availableGeometry()
    assert screen.contains(day.session.first.frameGeometry()), "the buttons at its foot are on the screen"
    assert day.page.begin.isEnabled() and day.page.skip.isVisible()
    assert not home.exists(), "nothing is made before somebody says so"
    day.page.begin.click()
    day.until(lambda: day.window is not None)
    day.settle()
    assert day.window.desk.queue.isVisible() and not day.window.practice
    assert day.window.frameGeometry().bottom() <= screen.bottom(), (
        "and so is the bar at the foot of the window"
    )
    assert workspaces.to_open() == home / "casebook"
    assert config.read(home / "casebook") == config.Settings()

    assert not workspaces.is_first_start(), "at the next start nothing is asked"


def test_the_first_half_hour(day: FirstDay, home: Path) -> None:
    day.session.start(None)
    seen: list[str] = []
    for stop in day.stops():
        seen.append(stop)
        if check := CHECKS.get(stop):
            check(day, home)
        if stop == "own-desk":
            break
    assert set(CHECKS) | {"outbox", "help"} <= set(seen)
    assert not (home / "practice").exists()
    assert (home / "casebook" / "desk.db").is_file()


def _practising(day: FirstDay, home: Path) -> None:
    assert day.window.practice and day.window.banner.isVisible()
    assert day.window.desk.model.rowCount() == 2
    assert workspaces.to_open() == home / "casebook", "the next start is at real work"
    assert config.read(home / "casebook").who == config.read(home / "practice").who == "Ada Example"


def _published(day: FirstDay, home: Path) -> None:
    assert "Durham" in day.window.catalogue.study.publication.title


def _written(day: FirstDay, home: Path) -> None:
    assert (home / "made" / "website" / "index.html").is_file()
    assert day.window.bar.notice._action is not None, "the website can be looked at"


def _returned(day: FirstDay, home: Path) -> None:
    assert day.study.status is Status.RETURNED
    assert [path.suffix for path in (home / "made").iterdir() if path.suffix == ".docx"] == [".docx"]


def _found(day: FirstDay, home: Path) -> None:
    assert day.window.settings.rows["working_days"].isVisibleTo(day.window.settings)
    assert not day.window.settings.rows["who"].isVisibleTo(day.window.settings)


def _at_home(day: FirstDay, home: Path) -> None:
    assert not day.window.practice
    assert day.window.desk.model.rowCount() == 0
    assert day.window.desk._middle.currentWidget() is day.window.desk._fresh


CHECKS: dict[str, Any] = {
    "practice": _practising,
    "catalogue": _published,
    "website": _written,
    "returned": _returned,
    "settings-found": _found,
    "own-desk": _at_home,
}
"""What is seen at some of the stops."""


def test_a_desk_that_was_unplugged_is_told_and_found_again(
    day: FirstDay, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = workspaces.begin(workspaces.Plan(tmp_path / "stick"))
    stick.rename(tmp_path / "away")
    day.session.start(None)
    day.settle()
    assert "stick" in day.page.folder.gone.words.text() and day.page.folder.gone.isVisible()
    assert not stick.exists()
    opened: list[Path] = []
    monkeypatch.setattr(day.session, "open", opened.append)
    (tmp_path / "away").rename(stick)
    day.page.folder.again.click()
    assert opened == [stick]


def test_what_cannot_be_is_said_where_it_is_asked(day: FirstDay, home: Path) -> None:
    day.session.start(None)
    day.page.folder.take(Path("/proc/casebook"))
    day.settle()
    assert not day.page.begin.isEnabled()
    assert "choose" in day.page.folder.verdict.words.text()
    day.page.folder.take(home / "casebook")
    day.settle()
    day.page.go(2)
    form = day.page.database.form
    day.page.database.shared.dot.click()
    form.address.setText("postgresql://ada:hush@127.0.0.1:9/casebook")
    form.test.click()
    day.settle()
    assert (form.address.text(), form.password.text()) == ("postgresql://ada@127.0.0.1:9/casebook", "hush")
    assert form.found.points and "127.0.0.1" in form.found.request.toPlainText()
    assert "hush" not in form.found.request.toPlainText()
    form.address.setText("http://nothing")
    day.page.begin.click()
    day.settle()
    assert day.window is None and form.found.outcome.isVisible()
