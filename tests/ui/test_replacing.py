"""Finding and replacing through the window: looked at, chosen, done as one step, undone as one."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from workbench.desk import decisions, open_desk, study
from workbench.richtext import plain

TWO = ("sample-durham-carers-passport.docx", "sample-torbay-harbour-depot.docx")


def look_for(editor, words, *, replacing=False, new="", scope="study", **options):
    editor.do("find_and_replace" if replacing else "find")
    panel = editor.window.desk.study.finder
    panel.scope.setCurrentIndex(["field", "study", "selection"].index(scope))
    for name, on in options.items():
        panel.options[name].setChecked(on)
    panel.sought.setText(words)
    panel.new.setText(new)
    editor.until(lambda: not panel._timer.isActive())
    editor.settle()
    return panel


def texts(editor, workspace, submission=None):
    with open_desk(workspace) as desk:
        return "\n".join(
            plain(v.content) for v in study.show(desk, submission or editor.study.id).fields.values()
        )


def lit(editor):
    views = editor.window.desk.study.fields.values()
    return [
        mark.cursor.selectedText()
        for view in views
        for mark in view.editor.extraSelections()
        if mark.format.hasProperty(mark.format.Property.BackgroundBrush.value)
    ]


def test_every_place_is_lit_and_stepped_through(at_study):
    panel = look_for(at_study, "carers", case=True)
    total = int(panel.count.text().split(" of ")[1])
    assert total > 2
    assert lit(at_study) == ["carers"] * total
    QTest.keyClick(panel.sought, Qt.Key.Key_Return)
    assert panel.count.text() == f"2 of {total}"
    at_study.do("find_previous")
    at_study.do("find_previous")
    assert panel.count.text() == f"{total} of {total}"
    QTest.keyClick(panel.sought, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert lit(at_study) == []


def test_what_is_not_there_is_said(at_study):
    assert look_for(at_study, "xyzzy").count.text() == "nothing found"


def test_a_bad_pattern_is_said_in_the_panel(at_study):
    panel = look_for(at_study, "(a+)+", pattern=True)
    assert "could take for ever" in panel.wrong.text()


def test_all_places_of_a_study_are_replaced_but_the_one_left_out(at_study, workspace):
    before = texts(at_study, workspace)
    panel = look_for(at_study, "carers", replacing=True, new="helpers", case=True)
    places = before.count("carers")
    assert len(panel._boxes) == places
    panel._boxes[0][0].setChecked(False)
    QTest.mouseClick(panel._all, Qt.MouseButton.LeftButton)
    at_study.settle()
    after = texts(at_study, workspace)
    assert (after.count("carers"), after.count("helpers")) == (1, places - 1)
    assert f"({places - 1}×)" in at_study.notice
    at_study.do("undo")
    assert texts(at_study, workspace) == before


def test_one_place_after_the_other(at_study, workspace):
    before = texts(at_study, workspace).count("carers")
    panel = look_for(at_study, "carers", replacing=True, new="helpers", case=True)
    panel.new.setFocus()
    QTest.keyClick(panel.new, Qt.Key.Key_Return)
    at_study.settle()
    after = texts(at_study, workspace)
    assert (after.count("carers"), after.count("helpers")) == (before - 1, 1)
    assert panel.count.text() == f"1 of {before - 1}"


def test_the_chosen_studies_together_and_what_was_decided_on_stays(editor, workspace):
    editor.bring(*TWO)
    with open_desk(workspace) as desk:
        decisions.reject(desk, ["CB-2026-0002"], "Sent twice")
    editor.window.desk.queue.list.selectAll()
    panel = look_for(
        editor, "council", replacing=True, new="authority", scope="selection", case=True, word=True
    )
    assert {row.submission for _, row in panel._boxes} == {"CB-2026-0001", "CB-2026-0002"}
    assert [box.isEnabled() for box, _ in panel._boxes] == [row.allowed for _, row in panel._boxes]
    decided = texts(editor, workspace, "CB-2026-0002")
    QTest.mouseClick(panel._all, Qt.MouseButton.LeftButton)
    editor.settle()
    assert texts(editor, workspace, "CB-2026-0002") == decided
    assert "authority" in texts(editor, workspace, "CB-2026-0001")


def test_what_is_being_typed_is_looked_through_too(at_study):
    at_study.window.desk.study.choose_field("solution")
    at_study.do("edit_field")
    at_study.type("Zyxw ")
    panel = look_for(at_study, "zyxw")
    assert panel.count.text() == "1 of 1"
    assert QApplication.focusWidget() is panel.sought
