"""Back to the council from the window: what is ticked, what is written, the mail as it will be, and the files."""

from __future__ import annotations

from email import message_from_bytes, policy

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton

from ui.stages import returning as stage
from workbench import word
from workbench.desk import open_desk
from workbench.desk.council import asking, letters
from workbench.submission import Status

POOR = "sample-wigan-befriending-poor.docx"
CLEAN = "sample-stroud-retrofit.docx"


@pytest.fixture
def poor(editor, tmp_path):
    """The sheet is open for a study with much to ask."""
    editor.bring(POOR)
    editor.do("return_")
    editor.until(lambda: sheet(editor).mail.toPlainText())
    sheet(editor).folder.say(str(tmp_path / "out"))
    return editor


def sheet(editor):
    return editor.window.returning.sheet


def ticks(editor):
    return {tick.accessibleName(): tick for tick, _ in sheet(editor)._ticks}


def test_blockers_and_warnings_are_ticked_first_and_the_mail_shows_them(poor):
    by_text = ticks(poor)
    assert by_text["The solution is empty. The catalogue needs it."].isChecked()
    assert not by_text["Say 'the council', not 'us', where the council is meant."].isChecked()
    assert "The solution is empty." in sheet(poor).mail.toPlainText()
    assert "not 'us'" not in sheet(poor).mail.toPlainText()


def test_what_is_ticked_or_not_changes_the_mail(poor):
    ticks(poor)["The solution is empty. The catalogue needs it."].setChecked(False)
    poor.until(lambda: "The solution is empty." not in sheet(poor).mail.toPlainText())


def test_a_note_is_added_with_enter_and_stands_in_the_mail(poor):
    own = sheet(poor)
    own.field.setCurrentIndex(own.field.findData("impact"))
    own.note.setFocus()
    QTest.keyClicks(own.note, "Who paid for the second year?")
    QTest.keyClick(own.note, Qt.Key.Key_Return)
    poor.until(lambda: "The impact: Who paid for the second year?" in own.mail.toPlainText())
    assert own.note.text() == ""


def test_a_day_that_is_none_is_said_and_nothing_can_be_returned(poor):
    own = sheet(poor)
    own.by.setText("soon")
    own.by.textEdited.emit("soon")
    poor.until(lambda: not own.do.isEnabled())
    assert "1 December" in own.wrong.text()


def test_both_files_are_written_and_shown_and_the_study_is_returned(poor, tmp_path, workspace, monkeypatch):
    opened = []
    monkeypatch.setattr("ui.views.council.returning._open", opened.append)
    shown = poor.study.id
    sheet(poor).returned.emit()
    poor.until(lambda: poor.study.status is Status.RETURNED)
    copy, mail = sorted((tmp_path / "out").iterdir())
    assert [copy.suffix, mail.suffix] == [".docx", ".eml"]
    by_name = {each.accessibleName(): each for each in sheet(poor).findChildren(QPushButton)}
    by_name[f"Open {mail.name}"].click()
    by_name[f"Show {copy.name} in its folder"].click()
    assert opened == [mail, copy.parent]
    comments = [note for note in word.read(copy.read_bytes(), "copy").notes if note.kind == "comment"]
    message = message_from_bytes(mail.read_bytes(), policy=policy.default)
    with open_desk(workspace) as desk:
        assert len(asking.asked(desk, shown)) == len(comments) - 1
    assert [part.get_filename() for part in message.iter_attachments()] == [copy.name]
    assert poor.window.bar.notice.words.whole.startswith("Returned “Befriending")
    poor.do("undo")
    assert poor.study.status is Status.RECEIVED
    assert copy.exists()


def test_a_folder_that_cannot_be_written_is_said_in_the_sheet(poor, tmp_path):
    (tmp_path / "file").write_text("no folder")
    sheet(poor).folder.say(str(tmp_path / "file" / "out"))
    sheet(poor).returned.emit()
    poor.until(lambda: "cannot be written" in sheet(poor).wrong.text())
    assert poor.study.status is Status.RECEIVED


def test_a_broken_wording_is_said_where_it_can_be_mended(poor, workspace):
    path = letters.own(workspace)
    path.write_text("Subject: x\n\n{asked} {nobody}", "utf-8")
    sheet(poor).looked.emit()
    poor.until(lambda: "{nobody}" in sheet(poor).wrong.text())
    assert not sheet(poor).do.isEnabled()
    path.unlink()
    QApplication.sendEvent(poor.window, QEvent(QEvent.Type.WindowActivate))
    poor.until(lambda: sheet(poor).do.isEnabled())


def test_a_note_about_the_words_that_are_chosen(editor):
    editor.bring(CLEAN)
    view = editor.window.desk.study.fields["challenge"]
    text = editor.study.value("challenge").text
    start = text.index("insulation")
    cursor = view.editor.textCursor()
    at = view.editor.document().find("insulation").selectionStart()
    cursor.setPosition(at)
    cursor.setPosition(at + len("insulation"), QTextCursor.MoveMode.KeepAnchor)
    view.editor.setTextCursor(cursor)
    about = stage.selection(view.editor, "challenge", text)
    assert about == asking.Ask("insulation", "challenge", (start, start + len("insulation")))


def test_it_is_left_with_escape_and_nothing_has_happened(poor):
    QTest.keyClick(sheet(poor).findChild(QLineEdit), Qt.Key.Key_Escape)
    assert not sheet(poor).isVisible()
    assert poor.study.status is Status.RECEIVED
