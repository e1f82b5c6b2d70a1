"""What the world did is a notice that says what to do; what we did wrong is a report with details to copy."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from threading import Thread

from PySide6.QtCore import qWarning
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QLabel

from ui.models.lines import LINE
from ui.program.application import make_window
from workbench import words
from workbench.desk import open_desk
from workbench.desk.doctor import doctor, troubles
from workbench.errors import Refused, SurroundingsFailed
from workbench.log import keeping


def test_a_refusal_is_a_notice_in_words(editor):
    error = Refused("reason-needed")
    editor.window.fail(error)
    assert editor.notice == words.explain(error)
    assert editor.window.bar.problems.text().endswith("1 problem")


def test_a_mistake_of_ours_has_details_to_copy_and_none_of_what_it_was_about(editor):
    def broken(desk):
        raise KeyError("".join(("Mrs ", "Zyx", "wvut")))

    editor.window.bridge.ask(broken, print)
    editor.settle()
    editor.do("problems")
    view = editor.window.problems.view
    assert view.isVisible()
    view.detail.copy_.click()
    copied = QGuiApplication.clipboard().text()
    assert "KeyError" in copied
    assert "ui/bridge.py:" in copied
    assert "casebook=" in copied
    assert "Zyxwvut" not in copied


def listed(editor):
    view = editor.window.problems.view
    return [view.model.index(row, 0).data(LINE) for row in range(view.model.rowCount())]


def test_problems_and_faded_notices_are_read_again_and_count_until_they_are_seen(editor, tmp_path):
    window = editor.window
    window.tell("Nine studies came in.")
    for code in ("catalogue-closed", "conflict-open"):
        window.fail(SurroundingsFailed(code, host="db", reason="no", title="T", id="1"))
    assert window.problems.unseen == 2
    editor.do("problems")
    assert not window.bar.problems.isVisible()
    assert [line.heading for line in listed(editor)] == ["New", "", "Notices of this session"]
    assert listed(editor)[-1].title == "Nine studies came in."
    window.problems.view.list.setCurrentIndex(window.problems.view.model.index(1, 0))
    window.problems.view.detail.action.click()
    assert (window.stage, window.problems.view.isVisible()) == ("settings", False)
    kept = troubles.remembered(tmp_path)
    assert [each.code for each in kept.troubles] == ["catalogue-closed", "conflict-open"]
    assert kept.unseen == ()


def test_what_was_not_seen_and_a_crash_are_told_after_a_restart(editor_at, tmp_path):
    logs = tmp_path / "logs"
    logs.mkdir(exist_ok=True)
    (logs / "crash-4711-1.txt").write_text("Fatal Python error: Segmentation fault\n", "utf-8")
    before = troubles.Trouble(datetime.now(UTC), "refused", "locked", "plan.docx is in use")
    troubles.remember(tmp_path, [before])
    editor = editor_at(partial(open_desk, tmp_path / "desk"))
    editor.until(lambda: editor.window.bar.problems.isVisible())
    assert editor.window.bar.problems.text().endswith("2 problems")
    editor.do("problems")
    assert {line.outcome for line in listed(editor)} == {"problem-refused", "problem-crash"}
    editor.window.problems.view.clear.click()
    assert troubles.remembered(tmp_path).troubles == ()
    assert listed(editor) == []


def test_a_report_is_shown_before_it_is_saved_and_holds_nothing_personal(editor, tmp_path, monkeypatch):
    lines = (doctor.Line("disk", "broken", "The disk at /home/zyxwvut/desk is full"),)
    monkeypatch.setattr(doctor, "examine", lambda workspace: lines)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "report.txt"), ""))
    editor.window.fail(Refused("reason-needed"))
    editor.do("check_computer")
    view = editor.window.problems.view
    editor.until(lambda: view.examined.whole.text() == "One thing is broken.")
    view.report.click()
    assert "BROKEN disk" in view.preview.whole
    assert "reason-needed" in view.preview.whole
    assert "zyxwvut" not in view.preview.whole
    view.preview.save_wanted.emit(view.preview.whole)
    assert (tmp_path / "report.txt").read_text("utf-8") == view.preview.whole
    assert "report.txt" in editor.notice


def test_what_no_thread_caught_is_told_and_what_qt_complains_of_is_kept(editor, tmp_path, monkeypatch):
    monkeypatch.setattr(editor.window._watch, "_before_threads", lambda ended: None)
    monkeypatch.setattr(editor.window._watch, "_before_qt", lambda *said: None)
    thread = Thread(target=lambda: 1 / 0)
    thread.start()
    thread.join()
    editor.until(lambda: editor.window.problems.unseen == 1)
    qWarning("QPainter::begin: Paint device returned engine == 0")
    kept = keeping.tail(tmp_path / "logs", 10_000)
    assert "ZeroDivisionError" in kept
    assert "WARNING casebook.qt" in kept


def test_a_workspace_that_cannot_be_opened_is_said_in_words(qapp, qtbot, tmp_path):
    error = SurroundingsFailed("desk-newer", path="desk.db", found="9", known="1")

    def opener():
        raise error

    window = make_window(qapp, tmp_path, opener)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: window.bar.notice.words.whole == words.explain(error))
    said = [label for label in window.desk.findChildren(QLabel, "emptyText") if label.isVisible()]
    assert [label.text() for label in said] == [words.explain(error)], "nothing else is offered to be read"
    assert window.problems.unseen == 1, "however many of the views asked"
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
    assert editor.window.bar.problems.text().endswith("3 problems")


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
