"""The outbox through the window: groups, days to wait for, the light, batches, taking back, looking again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from tests.catalogue.given import lay
from tests.ui.conftest import Editor
from ui.sending import PAUSES
from workbench.desk import Desk, actions, open_desk, study
from workbench.desk.catalogue import administration, publishing, reviewing, sharing
from workbench.desk.rows import QueueFilter
from workbench.errors import SurroundingsFailed
from workbench.submission import Status


def queued(desk: Desk, *numbers: int) -> list[str]:
    ids = [lay(desk, number) for number in numbers]
    publishing.queue(desk, ids)
    return ids


@pytest.fixture
def three(editor: Editor, workspace: Path) -> list[str]:
    """Three studies in the outbox, the second under embargo, with the outbox open."""
    with open_desk(workspace) as desk:
        ids = queued(desk, 1, 2, 3)
        actions.carry_out(desk, ids[1:2], actions.embargo_until(desk.today + timedelta(days=9)))
    see(editor)
    return ids


def see(editor: Editor) -> None:
    editor.do("show_outbox")
    editor.window.outbox.refresh()
    editor.settle()


def outcomes(editor: Editor) -> list[str]:
    return [item.outcome for item in editor.window.outbox.model.items]


def standing(workspace: Path, ids: list[str]) -> list[Status]:
    with open_desk(workspace) as desk:
        return [study.show(desk, one).status for one in ids]


def test_what_goes_stands_first_and_what_waits_says_for_what(editor: Editor, three: list[str]) -> None:
    editor.until(lambda: outcomes(editor) == ["new", "new", "blocked"])
    outbox = editor.window.outbox
    assert outbox.view.list.hasFocus()
    assert [item.row.submission for item in outbox.model.picked] == [three[0], three[2]]
    assert outbox.view.publish.text() == "Publish 2"
    assert outbox.model.items[2].below.startswith("Leeds City Council · waits until")
    editor.do("pick_all")
    assert outbox.model.picked == ()
    editor.do("pick_all")
    assert len(outbox.model.picked) == 2


def test_the_day_it_waits_for_can_be_changed_in_the_outbox(editor: Editor, three: list[str]) -> None:
    outbox = editor.window.outbox
    editor.until(lambda: outcomes(editor) == ["new", "new", "blocked"])
    outbox.view.list.setCurrentIndex(outbox.model.index(2))
    editor.do("set_embargo")
    editor.choose("It need not wait")
    editor.until(lambda: outcomes(editor) == ["new"] * 3)


def test_a_batch_is_reported_kept_copied_and_taken_back(
    editor: Editor, three: list[str], workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outbox = editor.window.outbox
    editor.until(lambda: "new" in outcomes(editor))
    editor.do("publish")
    editor.until(lambda: outcomes(editor).count("published") == 2)
    assert editor.notice == "2 published."
    gone = next(place for place, said in enumerate(outcomes(editor)) if said == "published")
    outbox.view.list.setCurrentIndex(outbox.model.index(gone))
    editor.settle()
    page = outbox.view.difference.page.study
    assert page is not None and page.version == 1, "as it went, not as it would go next"

    editor.do("show_batches")
    editor.until(lambda: outbox.report is not None)
    assert outbox.view.report.model.rowCount() == 2
    file = tmp_path / "report.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    editor.do("save_report")
    assert "Repair café number 1" in file.read_text("utf-8-sig")
    editor.do("copy_report")
    assert "published: Repair café number 1" in QGuiApplication.clipboard().text()

    editor.do("undo_batch")
    foreseen = editor.window.foreseen
    assert foreseen.isVisible() and foreseen.do.text() == "Take back 2"
    foreseen.do.click()
    editor.settle()
    editor.until(lambda: outbox.view.batches.rowCount() == 2)
    assert editor.notice == "2 withdrawn."
    assert standing(workspace, three) == [Status.WITHDRAWN, Status.QUEUED, Status.WITHDRAWN]
    assert not outbox.view.undo.isEnabled(), "what took a batch back cannot be taken back itself"


def test_what_was_published_without_a_network_goes_by_itself(
    editor_at: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path / 'team.db'}"
    administration.init(url)
    open_shared, status = sharing.open_shared, administration.status
    lost: list[str] = []

    def reach(desk: Desk) -> Any:
        if lost:
            raise SurroundingsFailed("catalogue-unreachable", host="there", reason="no network")
        return open_shared(desk)

    def look(address: str, **asked: bool) -> Any:
        found = status(address, **asked)
        return replace(found, reachable=False, reason="no network") if lost else found

    monkeypatch.setattr(publishing, "open_shared", reach)
    monkeypatch.setattr(administration, "status", look)
    monkeypatch.setattr("ui.sending.PAUSES", (1,))
    with open_desk(tmp_path / "far", catalogue=url) as desk:
        ids = queued(desk, 1, 2)
    editor = editor_at(partial(open_desk, tmp_path / "far", who="A. Editor", catalogue=url))
    window = editor.window
    see(editor)
    editor.until(lambda: outcomes(editor) == ["new", "new"])
    assert window.bar.connection.text() == "● Connected"

    lost.append("in a tunnel")
    editor.do("publish")
    editor.until(lambda: window.bar.connection.text() == "○ Paused")
    assert window.sending.light.sentence.startswith("2 studies are held up.")
    editor.until(lambda: [item.group for item in window.outbox.model.items] == ["under-way"] * 2)
    assert standing(tmp_path / "far", ids) == [Status.QUEUED] * 2

    lost.clear()
    editor.until(lambda: outcomes(editor) == ["published", "published"])
    assert standing(tmp_path / "far", ids) == [Status.PUBLISHED] * 2
    editor.until(lambda: window.bar.connection.text() == "● Connected")
    assert window.sending.light.sentence == ""


def test_what_was_held_up_goes_when_the_window_opens_again(editor_at: Any, tmp_path: Path) -> None:
    with open_desk(tmp_path / "desk", catalogue="postgresql://nobody@127.0.0.1:1/none") as train:
        ids = queued(train, 1)
        with pytest.raises(SurroundingsFailed):
            list(publishing.publish(train))
        kept = queued(train, 2)
    editor = editor_at(partial(open_desk, tmp_path / "desk", who="A. Editor"))
    editor.until(lambda: standing(tmp_path / "desk", ids) == [Status.PUBLISHED])
    assert standing(tmp_path / "desk", kept) == [Status.QUEUED]


def test_a_published_study_is_found_right_and_goes_out_again(at_study: Editor, workspace: Path) -> None:
    window = at_study.window
    at_study.do("set_review")
    at_study.choose((window.desk.today + timedelta(days=20)).isoformat())
    for command in ("approve", "queue", "rehearse", "publish", "show_desk"):
        at_study.do(command)
    at_study.until(lambda: at_study.study.status is Status.PUBLISHED)
    window.desk.queue.show_filter(QueueFilter(review_within=30))
    at_study.settle()
    assert window.desk.model.rowCount() == 1
    one = at_study.study.id
    at_study.do("reviewed")
    at_study.until(lambda: window.desk.model.rowCount() == 0)
    assert at_study.notice.startswith("Looked at “County Durham")
    assert standing(workspace, [one]) == [Status.QUEUED]
    with open_desk(workspace) as desk:
        assert study.show(desk, one).review_on == reviewing.next_review(desk)


def test_the_pauses_grow_and_end_at_five_minutes() -> None:
    assert list(PAUSES) == sorted(PAUSES) and PAUSES[-1] == 300
