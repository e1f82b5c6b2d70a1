"""An editor's day at the window, from the post to the catalogue, by named commands and by keys.

The submissions are the invented samples that travel with Casebook.
"""

# The fixtures of the window are those of its own tests.
# ruff: noqa: F401, F811

from __future__ import annotations

import zipfile
from collections import Counter
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeySequence, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.conftest import Editor, editor, editor_at, workspace
from workbench.desk import open_desk
from workbench.submission import Status

CLEAN = "sample-durham-carers-passport.docx"


def test_from_the_post_to_the_catalogue_and_back(editor: Editor) -> None:
    window = editor.window

    # The post: a folder of files is dropped on the window, and each is told of.
    window.import_paths(
        [editor.samples / CLEAN, editor.samples / "sample-dorset-care-technology-unplaced.docx"]
    )
    editor.settle()
    assert window.desk.model.rowCount() == 2
    assert editor.notice == "2 new"

    # Review: the passages nobody could place are placed by a key, and a finding is set aside with a reason.
    editor.open("Dorset")
    while editor.study.unplaced:
        editor.press("1")
        if window.chooser.isVisible():
            editor.choose("Impact")
    while any(finding.severity == "blocker" for finding in editor.study.open_findings):
        editor.do("next_finding")
        if window.desk.study.current_finding().severity == "blocker":
            editor.press("D")
            editor.choose("Checked with the council")
    assert not [finding for finding in editor.study.open_findings if finding.severity == "blocker"]

    # A sentence is mended in place.
    window.desk.study.choose_field("summary")
    editor.press("Return")
    editor.type("New this year: ")
    editor.press("Escape")
    assert editor.study.value("summary").text.startswith("New this year: ")

    # Themes: what is proposed is taken by Enter.
    editor.press("T")
    editor.press("Return")
    assert editor.study.terms

    # Approved, and into the outbox, with the other study.
    editor.press("A")
    assert editor.study.status is Status.APPROVED
    editor.press("Q")
    editor.open("Durham")
    editor.press("A")
    editor.press("Q")
    assert window.rail.buttons["outbox"].accessibleName() == "Outbox, 2"

    # The outbox rehearses by itself; both are new; they are sent.
    editor.do("show_outbox")
    editor.until(lambda: [item.outcome for item in window.outbox.model.items] == ["new", "new"])
    editor.press("Ctrl+Return")
    editor.until(lambda: [item.row.state for item in window.outbox.model.items] == ["published", "published"])
    assert editor.notice == "2 published."

    # Readers find them.
    editor.do("show_catalogue")
    editor.until(lambda: window.catalogue.model.rowCount() == 2)
    editor.press("/")
    editor.type("passport")
    editor.until(lambda: window.catalogue.model.rowCount() == 1)
    editor.until(lambda: window.catalogue.study and "Durham" in window.catalogue.study.publication.title)

    # An approval can be taken back; what went out of the house cannot.
    editor.do("show_desk")
    editor.open("Dorset")
    editor.do("reopen")
    assert editor.study.status is Status.IN_REVIEW
    editor.press("Ctrl+Z")
    assert editor.study.status is Status.PUBLISHED


def test_a_second_version_shows_what_it_changes_before_it_is_sent(editor: Editor) -> None:
    window = editor.window
    editor.bring(CLEAN)
    for command in ("approve", "queue", "rehearse", "publish", "show_desk", "reopen"):
        editor.do(command)
    window.desk.study.choose_field("summary")
    editor.do("edit_field")
    editor.type("Since then: ")
    editor.press("Escape")
    for command in ("approve", "queue", "rehearse"):
        editor.do(command)
    item = window.outbox.model.items[0]
    assert item.outcome == "update"
    assert [difference.field for difference in item.rehearsed.differences] == ["summary"]
    assert item.rehearsed.differences[0].mine.startswith("Since then: ")
    editor.do("publish")
    editor.do("show_catalogue")
    editor.until(lambda: window.catalogue.study and window.catalogue.study.version == 2)


MORNING = (
    CLEAN,
    "sample-ashfield-civic-hub.docx",
    "sample-dorset-care-technology-unplaced.docx",
    "sample-gwynedd-welsh-apprentices.docx",
    "sample-kirklees-council-tax-letters.docx",
    "sample-lincolnshire-flood-wardens.docx",
    "sample-medway-street-trees-tracked.docx",
    "sample-stroud-retrofit.docx",
    "sample-telford-and-wrekin-food-hygiene.docx",
    "sample-wigan-befriending-poor.docx",
)


def test_twelve_files_nine_approved_one_returned_one_known_already_one_refused(
    editor: Editor, tmp_path
) -> None:
    desk = editor.window.desk
    again, broken = tmp_path / "FINAL copy.docx", tmp_path / "broken.docx"
    again.write_bytes((editor.samples / CLEAN).read_bytes())
    broken.write_bytes((editor.samples / CLEAN).read_bytes()[:3000])

    editor.window.import_paths([*(editor.samples / name for name in MORNING), again, broken])
    editor.settle()
    assert editor.notice == "10 new · 1 duplicate · 1 refused"
    assert editor.window.arrivals.isVisible()
    editor.window.arrivals.hide()

    # Too much is missing in one: it goes back with a reason and a day to answer by.
    editor.open("Befriending")
    editor.press("A")
    assert editor.study.status is Status.RECEIVED
    editor.press("B")
    editor.window.returning.sheet.marked.emit()
    editor.settle()
    editor.choose("The template's questions are not all answered")
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(editor.window.chooser.line, key)
    editor.settle()
    assert editor.study.status is Status.RETURNED

    # The others are read one after the other; what blocks one is looked at and set aside with a reason.
    for row in [desk.model.at(place) for place in range(desk.model.rowCount())]:
        if row.status is Status.RETURNED:
            continue
        editor.open(row.title)
        while any(finding.severity == "blocker" for finding in editor.study.open_findings):
            editor.do("next_finding")
            if desk.study.current_finding().severity == "blocker":
                editor.press("D")
                editor.choose("Checked with the council")
        editor.press("T")
        editor.press("Return")
        editor.press("A")
        assert editor.study.status is Status.APPROVED, row.title

    rows = [desk.model.at(place) for place in range(desk.model.rowCount())]
    assert Counter(row.status for row in rows) == {Status.APPROVED: 9, Status.RETURNED: 1}


class Keystrokes(QObject):
    """Counts the keys that are let go: every key is, whoever took it when it was pressed."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyRelease and isinstance(watched, QWindow):
            self.count += 1
        return False


def test_a_clean_submission_from_the_queue_to_approved_in_at_most_twelve_keystrokes(
    editor: Editor, qapp: QApplication
) -> None:
    """Two lie in the queue; the editor goes to the clean one, reads it field by field, takes the themes, approves."""
    editor.bring("sample-wigan-befriending-poor.docx", CLEAN)
    editor.window.desk.queue.list.setFocus()
    keystrokes = Keystrokes()
    qapp.installEventFilter(keystrokes)
    first = editor.study.id
    steps = ["Down"] if "Durham" not in editor.study.title else []
    for key in (*steps, "Return", "J", "J", "J", "T", "Return", "S", "A"):
        QTest.keySequence(editor.window.windowHandle(), QKeySequence(key))
        editor.settle()
    qapp.removeEventFilter(keystrokes)
    assert steps == [] or editor.study.id != first
    assert "Durham" in editor.study.title
    assert editor.study.status is Status.APPROVED
    assert editor.study.terms
    assert len(steps) + 8 == keystrokes.count <= 12


def test_the_same_post_again_changes_nothing(editor: Editor) -> None:
    editor.bring(CLEAN)
    editor.window.import_paths([editor.samples / CLEAN])
    editor.settle()
    assert editor.window.desk.model.rowCount() == 1
    assert editor.notice == "1 duplicate"
    assert editor.window.arrivals.isVisible()


def test_work_survives_the_window(editor_at, qtbot, qapp: QApplication, tmp_path) -> None:
    opener = partial(open_desk, tmp_path / "desk", who="A. Editor")
    first = editor_at(opener)
    first.bring(CLEAN)
    first.window.desk.study.choose_field("lessons")
    first.do("edit_field")
    first.type("Unsaved when the window shut. ")
    first.window.close()

    second = editor_at(opener)
    second.until(lambda: second.study is not None)
    assert second.study.value("lessons").text.startswith("Unsaved when the window shut. ")
    second.do("undo")
    assert not second.study.value("lessons").text.startswith("Unsaved")


def test_everything_is_undone_step_by_step_to_the_empty_desk(editor: Editor) -> None:
    editor.bring(CLEAN)
    for key in ("T", "Return", "S", "A", "Q"):
        editor.press(key)
    while editor.window.desk.model.rowCount():
        editor.do("undo")
    editor.do("undo")
    assert editor.notice == "There is nothing left to undo."


def test_two_programs_at_one_desk_see_each_others_work(editor: Editor, workspace) -> None:
    from workbench.desk import decisions, queue

    editor.bring(CLEAN)
    with open_desk(workspace) as other:
        decisions.approve(other, [queue.rows(other)[0].id])
    editor.until(lambda: editor.study.status is Status.APPROVED)


def test_a_zip_of_the_mornings_mail(editor: Editor, tmp_path) -> None:
    archive = tmp_path / "mail.zip"
    with zipfile.ZipFile(archive, "w") as made:
        made.write(editor.samples / CLEAN, "a/one.docx")
        made.writestr("a/readme.txt", "nothing")
    editor.bring_paths([archive])
    assert editor.window.desk.model.rowCount() == 1
