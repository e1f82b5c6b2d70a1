"""What the world did is a notice that says what to do; what we did wrong is a report with details to copy."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtGui import QGuiApplication

from ui.application import make_window
from ui.problems import Report
from workbench import words
from workbench.desk import open_desk
from workbench.errors import Refused, SurroundingsFailed


def test_a_refusal_is_a_notice_in_words(editor):
    error = Refused("reason-needed")
    editor.window.fail(error)
    assert editor.notice == words.explain(error)
    assert editor.window.findChild(Report) is None


def test_a_mistake_of_ours_is_a_report_with_details_to_copy(editor):
    editor.window.bridge.ask(lambda desk: 1 / 0, print)
    editor.settle()
    report = editor.window.findChild(Report)
    assert report.isVisible()
    report.copy()
    assert "ZeroDivisionError" in QGuiApplication.clipboard().text()
    assert "Casebook" in QGuiApplication.clipboard().text()


def test_a_workspace_that_cannot_be_opened_is_said_in_words(qapp, qtbot, tmp_path):
    error = SurroundingsFailed("desk-newer", path="desk.db", found="9", known="1")

    def opener():
        raise error

    window = make_window(qapp, tmp_path, opener)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: window.bar.notice.words.whole == words.explain(error))
    window.close()


def test_bad_files_are_refused_one_by_one_and_the_rest_comes_in(editor, tmp_path):
    good = editor.samples / "sample-stroud-retrofit.docx"
    (tmp_path / "letter.docx").write_bytes(b"%PDF-1.4 not Word")
    (tmp_path / "nothing.docx").write_bytes(b"")
    (tmp_path / "half.docx").write_bytes(good.read_bytes()[:5000])
    (tmp_path / "good.docx").write_bytes(good.read_bytes())
    editor.window.import_paths([tmp_path])
    editor.settle()
    assert editor.window.arrivals.isVisible()
    assert "1 new" in editor.notice
    assert "3 refused" in editor.notice
    assert editor.window.desk.model.rowCount() == 1


def test_a_folder_without_word_files_is_said_in_words(editor, tmp_path):
    (tmp_path / "notes.txt").write_text("nothing")
    editor.window.import_paths([tmp_path])
    editor.settle()
    assert editor.window.desk.model.rowCount() == 0
    assert editor.notice


def test_a_catalogue_that_cannot_be_reached_is_said_and_nothing_is_lost(qapp, qtbot, tmp_path, editor_at):
    lost = "postgresql://nobody@127.0.0.1:1/none"
    editor = editor_at(partial(open_desk, tmp_path / "far", catalogue=lost))
    editor.bring("sample-durham-carers-passport.docx")
    for command in ("approve", "queue", "rehearse"):
        editor.do(command)
    assert editor.notice
    assert editor.window.bar.connection.text() == "○ Offline"
    editor.do("publish")
    assert [item.row.state for item in editor.window.outbox.model.items] == ["waiting"]


def test_an_import_can_be_cancelled_and_keeps_what_was_finished(editor):
    paths = sorted(Path(editor.samples).glob("*.docx"))
    editor.window.import_paths(paths)
    editor.until(lambda: editor.window.jobs.current and editor.window.jobs.current.items)
    editor.window.bar.cancelled.emit()
    editor.settle()
    count = editor.window.desk.model.rowCount()
    assert 0 < count < len(paths)
    assert editor.window.arrivals.isVisible()
