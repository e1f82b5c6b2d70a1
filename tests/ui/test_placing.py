"""At the window: where words belong, and back to where they came from; by key, by mouse and by the palette."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent, QTextCursor
from PySide6.QtWidgets import QLabel, QPushButton

from ui.text.manuscript import ref_of
from ui.views.carried import Carried, pack
from workbench.desk import history
from workbench.desk.editing import placing

UNPLACED = "sample-dorset-care-technology-unplaced.docx"


@pytest.fixture
def at_desk(editor):
    editor.bring(UNPLACED)
    text = editor.window.desk.inspector.source.text
    editor.until(lambda: text.document().blockCount() > 10)
    return editor


def source(editor):
    return editor.window.desk.inspector.source


def fields(editor):
    return editor.window.desk.study.fields


def passage(editor, heading):
    return next(each for each in editor.study.unplaced if each.heading == heading)


def drop(widget, carried):
    """Lets go of `carried` over `widget`."""
    data = pack(carried)
    event = QDropEvent(
        QPointF(QPoint(20, 20)),
        Qt.DropAction.MoveAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    widget.dropEvent(event)
    assert event.isAccepted()


def said(widget):
    return [label.text() for label in widget.findChildren(QLabel)]


def forgetting(widget):
    return [each for each in widget.findChildren(QPushButton) if each.text() == "Forget"]


def last(editor):
    seen = []
    editor.window.bridge.ask(lambda desk: history.entries(desk, limit=1), seen.extend)
    editor.until(lambda: seen)
    return seen[0].said


def choose_words(editor, field, words):
    shown = fields(editor)[field].editor
    cursor = shown.document().find(words)
    assert not cursor.isNull()
    shown.setTextCursor(cursor)
    editor.window.desk.study.choose_field(field)


# Out of the tray


def test_a_passage_is_placed_by_keys_and_its_heading_remembered(at_desk):
    at_desk.press("P")
    at_desk.choose("How is the new approach")
    assert [each.heading for each in at_desk.study.unplaced] == ["Roadmap"]
    assert at_desk.study.value("sustaining").text.startswith("On a wet morning in February")
    seen = []
    at_desk.window.bridge.ask(placing.learned, seen.extend)
    at_desk.until(lambda: seen)
    assert seen == [("case-study", "a day in beaminster", "sustaining")]


def test_with_remembering_off_nothing_is_learned(at_desk):
    source(at_desk).tray.remember.setChecked(False)
    at_desk.press("P")
    at_desk.choose("How is the new approach")
    seen = ["nothing yet"]
    at_desk.window.bridge.ask(placing.learned, lambda learned: seen.__setitem__(slice(None), learned))
    at_desk.until(lambda: seen != ["nothing yet"])
    assert seen == []


def test_a_passage_not_needed_is_left_out_and_comes_back(at_desk):
    before = at_desk.study.unplaced
    at_desk.press("X")
    assert [each.heading for each in at_desk.study.unplaced] == ["Roadmap"]
    assert at_desk.study.notes[-1].kind == "left-out"
    at_desk.do("undo")
    assert at_desk.study.unplaced == before


def test_the_unplaced_are_marked_in_the_source_until_they_are_placed(at_desk):
    roadmap = passage(at_desk, "Roadmap")
    assert set(roadmap.sources) <= source(at_desk).text._unplaced
    at_desk.window.desk.placing.place(roadmap.key, "sustaining")
    at_desk.settle()
    assert not set(roadmap.sources) & source(at_desk).text._unplaced
    assert set(roadmap.sources) <= set(at_desk.study.value("sustaining").sources)


# By mouse


def test_a_card_of_the_tray_is_dropped_on_a_field(at_desk):
    roadmap = passage(at_desk, "Roadmap")
    drop(fields(at_desk)["sustaining"], Carried(passage=roadmap.key))
    at_desk.settle()
    assert "2026: a course for district nurses" in at_desk.study.value("sustaining").text


def test_a_paragraph_of_the_source_is_dropped_on_a_field(at_desk):
    roadmap = passage(at_desk, "Roadmap")
    drop(fields(at_desk)["sustaining"], Carried(refs=roadmap.sources[1:2]))
    at_desk.settle()
    assert at_desk.study.value("sustaining").text == "2024: a second bus for the east of the county"
    assert "2024" not in passage(at_desk, "Roadmap").text


def test_an_answer_dropped_on_the_source_has_no_field(at_desk):
    lessons = at_desk.study.value("lessons").text
    drop(source(at_desk), Carried(field="lessons"))
    at_desk.settle()
    assert "lessons" not in at_desk.study.fields
    assert lessons in at_desk.study.unplaced[-1].text


def test_an_answer_dropped_on_another_field_joins_it(at_desk):
    lessons = at_desk.study.value("lessons").text
    drop(fields(at_desk)["impact"], Carried(field="lessons"))
    at_desk.settle()
    assert at_desk.study.value("impact").text.endswith(lessons)
    assert last(at_desk).startswith("Joined ")


# From field to field


def test_chosen_words_move_and_are_said(at_desk):
    words = "Of 210 people whose care plan was reviewed in 2023/24, 64 needed fewer visits than before."
    choose_words(at_desk, "impact", words)
    at_desk.press("Ctrl+M")
    assert at_desk.window.chooser.title.text().startswith("Move “Of 210 people whose care plan")
    at_desk.choose("The solution")
    assert at_desk.study.value("solution").text.endswith(words)
    assert words not in at_desk.study.value("impact").text
    assert last(at_desk).startswith("Moved a part of The impact to The solution")
    at_desk.do("undo")
    assert words in at_desk.study.value("impact").text


def test_without_chosen_words_the_paragraph_at_the_cursor_moves(at_desk):
    editor = fields(at_desk)["impact"].editor
    cursor = editor.document().find("care plan")
    cursor.clearSelection()
    editor.setTextCursor(cursor)
    at_desk.window.desk.study.choose_field("impact")
    at_desk.do("move_to")
    at_desk.choose("The solution")
    assert at_desk.study.value("solution").text.endswith("the cost of the bus at £128,000.")
    assert at_desk.study.value("impact").text.endswith("kept it after six weeks.")


def test_an_answer_is_split_at_the_cursor(at_desk):
    editor = fields(at_desk)["impact"].editor
    cursor = editor.document().find("Of 210 people")
    cursor.setPosition(cursor.selectionStart(), QTextCursor.MoveMode.MoveAnchor)
    editor.setTextCursor(cursor)
    at_desk.window.desk.study.choose_field("impact")
    at_desk.press("Ctrl+Shift+M")
    at_desk.choose("The solution")
    assert at_desk.study.value("impact").text.endswith("kept it after six weeks.")
    assert at_desk.study.value("solution").text.endswith("the cost of the bus at £128,000.")


def test_joining_and_taking_out_are_one_step_each(at_desk):
    at_desk.window.desk.study.choose_field("lessons")
    at_desk.press("Ctrl+J")
    at_desk.choose("The impact")
    assert "lessons" not in at_desk.study.fields
    at_desk.do("undo")
    assert "lessons" in at_desk.study.fields
    at_desk.window.desk.study.choose_field("lessons")
    at_desk.do("unplace")
    assert "lessons" not in at_desk.study.fields
    at_desk.do("undo")
    assert "lessons" in at_desk.study.fields


def test_what_cannot_be_done_is_said(at_desk):
    at_desk.window.desk.study.choose_field("sustaining")
    at_desk.do("join_field")
    assert "choose a field with an answer first" in at_desk.notice
    for _ in range(2):
        at_desk.press("X")
    at_desk.do("place_in")
    assert "every passage has its field" in at_desk.notice


# Between source and fields


def test_a_press_in_the_source_chooses_the_field_and_a_field_lights_the_source(at_desk):
    text = source(at_desk).text
    line = text.document().find("Park beside the chemist").block()
    text.touched.emit((ref_of(line),), line.text())
    lit = [each.cursor.selectedText() for each in text.extraSelections()]
    assert "Park beside the chemist's." in lit
    assert at_desk.window.desk.study.field == "lessons"


def test_a_note_leads_to_its_place_in_the_source(at_desk):
    inspector = at_desk.window.desk.inspector
    inspector.show_part("notes")
    hidden = next(note for note in at_desk.study.notes if note.kind == "hidden")
    inspector.notes.looked.emit(hidden.ref)
    assert inspector.current == "source"
    lit = [each.cursor.selectedText() for each in source(at_desk).text.extraSelections()]
    assert lit == ["Note to self: ask legal about the data sharing agreement before sending."]


# What was taught


def test_a_taught_heading_is_listed_and_forgotten(at_desk):
    at_desk.press("P")
    at_desk.choose("How is the new approach")
    at_desk.window.show_stage("templates")
    at_desk.settle()
    page = at_desk.window.templates
    assert "“a day in beaminster” means How is the new approach being sustained?" in said(page)
    forgetting(page)[0].click()
    at_desk.until(lambda: forgetting(page) == [])
