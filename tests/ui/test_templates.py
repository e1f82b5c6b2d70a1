"""The templates in the window: written by keyboard, faults said in place, nothing typed lost, tried, and counted."""

from __future__ import annotations

import csv
import io

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest

from tests.ui.test_access import amiss
from ui import sketching
from ui.sketching import Sketch
from ui.stages.drafting import wrong_with
from ui.views.templates.bars import Bars
from ui.views.templates.chips import Chips
from ui.views.templates.deciding import Deciding
from ui.views.templates.health import Fare, HealthView
from ui.views.templates.sheet import asked, read
from ui.views.templates.trial import Placement, TrialView
from ui.views.templates.writing import WritingView, quoted
from workbench.desk.templates.health import Group, Health, QuestionHealth
from workbench.desk.templates.healthsheet import sheet
from workbench.template import Field, Template, faults, shipped

STUDY = shipped()["case-study"]
LONG = Template(
    "long",
    1,
    "L" * 400,
    "",
    tuple(Field(f"q{n}", f"What {n} " + "about it " * 50, "Tell. " * 300) for n in range(60)),
    {},
)
EMPTY = Template("empty", 1, "", "", (), {})


@pytest.fixture
def writing(qtbot):
    """A form to write in, which goes on to whatever is done in it."""
    view = WritingView()
    qtbot.addWidget(view)
    view.did.connect(lambda template, _: show(view, template))
    show(view, STUDY)
    view.resize(900, 700)
    view.show()
    return view


def show(view: WritingView, template: Template) -> None:
    view.show_sketch(Sketch(template, STUDY), wrong_with(template), title="", told="", back=True)


def fields(view: WritingView) -> list[str]:
    return [each.id for each in view.sketch.template.fields]


# To read


@pytest.mark.parametrize("template", [STUDY, LONG, EMPTY])
def test_a_template_is_read_whole_and_never_as_markup(template):
    odd = sketching.changed(template, "impact", label="<b>Impact</b> & more")
    for page in (asked(odd), read(odd)):
        assert page.count("font-weight:600") >= len(odd.fields)
        assert "<b>" not in page
    assert ("&lt;b&gt;Impact" in asked(odd)) == (template is STUDY)
    assert ("40 to 600 words" in asked(odd)) == (template is STUDY)


# To write


def test_questions_are_chosen_written_moved_added_and_taken_off(writing):
    writing.write("impact")
    QTest.keyClicks(writing.form.label, "What changed")
    assert writing.sketch.template.by_id["impact"].label == "What changed"
    writing.step(-1)
    assert fields(writing)[5:7] == ["impact", "solution"]
    assert writing.question == "impact"
    writing.add()
    assert sketching.is_fresh(fields(writing)[6])
    assert writing.question == fields(writing)[6]
    writing.remove()
    assert fields(writing)[5:7] == ["impact", "solution"]
    writing.form.most.end(False)
    QTest.keyClick(writing.form.most, "9")
    assert writing.sketch.template.by_id["solution"].max_words == 6009
    writing.form.most.selectAll()
    QTest.keyClick(writing.form.most, Qt.Key.Key_Delete)
    assert writing.sketch.template.by_id["solution"].max_words is None


def test_a_question_is_dragged_to_another_place(writing):
    writing.choose("title")
    below = writing.list.visualItemRect(writing.list.item(3))
    drop = QDropEvent(
        QPointF(below.center().x(), below.bottom() - 1),
        Qt.DropAction.MoveAction,
        QMimeData(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    writing.list.dropEvent(drop)
    assert fields(writing)[:3] in (["council", "title", "summary"], ["council", "summary", "title"])
    assert writing.question == "title"


def test_what_is_wrong_is_said_in_its_place_and_found_by_key(writing):
    made = sketching.changed(STUDY, "challenge", min_words=700)
    made, fresh = sketching.added(made, 9)
    made = sketching.changed(made, "lessons", synonyms=("outcomes",))
    show(writing, made)
    wrong = {(each.question, each.part): each for each in wrong_with(made)}
    assert wrong["challenge", "limits"].grave
    assert wrong[fresh, "label"].sentence == "Question 11 needs a label."
    assert not wrong["lessons", "synonyms"].grave
    writing.go_to_fault()
    assert writing.question == "challenge"
    assert "at least 700" in writing.form.parts["limits"].control.accessibleDescription()
    writing.go_to_fault()
    assert (writing.question, writing.form.label.hasFocus()) == (fresh, True)
    assert "▲" in writing.list.currentItem().text()


@pytest.mark.parametrize("template", [LONG, EMPTY])
def test_long_and_empty_templates_can_be_written(writing, template):
    show(writing, template)
    assert writing.list.count() == len(template.fields) + 1
    for each in ("", *(field.id for field in template.fields[:2])):
        writing.choose(each)
        assert writing.question == each
    assert writing.form.sizeHint().width() < 700


def test_chips_are_typed_pasted_opened_and_taken_off(qtbot, qapp):
    chips, seen = Chips("Headings"), []
    qtbot.addWidget(chips)
    chips.changed.connect(seen.append)
    chips.show_values(("results",))
    QTest.keyClicks(chips.line, "impact")
    assert seen[-1] == ("results", "impact")
    QTest.keyClick(chips.line, Qt.Key.Key_Return)
    QTest.keyClicks(chips.line, "Results,")
    assert chips.values == ("results", "impact")
    qapp.clipboard().setText("one\ntwo")
    QTest.keySequence(chips.line, "Ctrl+V")
    assert chips.values == ("results", "impact", "one", "two")
    QTest.keyClick(chips.line, Qt.Key.Key_Backspace)
    assert chips.line.text() == "two"
    chips.line.clear()
    QTest.keyClick(chips._chip(0), Qt.Key.Key_Delete)
    assert seen[-1] == ("impact", "one")


def test_what_was_not_understood_is_made_a_question(writing):
    assert quoted("These words of the form belong to no question: “Who paid?”") == "Who paid?"
    assert quoted("Nothing here.") == "Nothing here."
    answered = []
    writing.answered.connect(answered.append)
    writing.whole.ask.emit("Left over: “Who paid?”")
    assert writing.sketch.template.fields[-1].label == "Who paid?"
    assert answered == ["Left over: “Who paid?”"]


# To try and to count


def test_a_trial_shows_both_texts_and_narrows_to_one_kind(qtbot):
    view = TrialView()
    qtbot.addWidget(view)
    moved = Placement(
        "CB-1", "Kirklees", "moved", "Impact: goes to “Costs”", "Forty pounds & more", "Forty pounds"
    )
    lost = Placement("CB-2", "Durham", "unplaced", "Impact: in no question any more", "Sixty", "")
    view.show_trial("Tried", "2 read.", [moved, lost], ("", ""))
    assert view.list.count() == 2
    assert view.before.text.toPlainText() == "Forty pounds & more"
    assert view.after.text.toPlainText() == "Forty pounds"
    view._narrow("unplaced")
    assert [view.list.item(at).text() for at in range(view.list.count())] == ["Durham"]
    view.show_trial("Tried", "", [], ("All the same", "Nothing."))
    assert view._stack.currentWidget() is view._nothing


def test_bars_are_told_in_words_and_open_by_key(qtbot):
    bars, opened = Bars("Bars"), []
    qtbot.addWidget(bars)
    bars.opened.connect(opened.append)
    fare = Fare("Impact", "impact", 20, 8, (3, 0, 5, 0, 0), ("CB-1",))
    bars.show_bars([fare.bar, Fare("Title", "title", 20, 0, (0, 0, 0, 0, 0)).bar])
    told = bars.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert told == "Impact, 8 of 20 fail: 3 with nothing written, 5 with a blocker or a warning"
    QTest.keyClick(bars, Qt.Key.Key_Return)
    assert opened == [fare]
    assert sum(fare.bar.parts) == fare.share == 0.4


def test_one_version_alone_is_not_compared(qtbot):
    view = HealthView()
    qtbot.addWidget(view)
    one = Fare("Version 1", "1", 4, 1, (1, 0, 0, 0, 0))
    view.show_fares([one], "4 counted.")
    view.show_compared("Impact", [one], [])
    assert not view._one_version.isHidden()
    assert view.versions.isHidden()
    view.show_compared("Impact", [one, one], [])
    assert view._one_version.isHidden()
    assert not view.versions.isHidden()


def test_the_table_of_the_report_is_harmless_in_a_spreadsheet():
    group = Group("=Council", "=Council", 2, 1, {"short": 1}, ("CB-1",))
    question = QuestionHealth(
        "a", "=SUM(1)", True, asked=2, failing=1, ways={"short": 1}, by_council=(group,)
    )
    lines = list(csv.reader(io.StringIO(sheet(Health(STUDY, (question,), 2, 2, {1: 2}, {})))))
    assert [len(line) for line in lines] == [len(lines[0])] * 3
    assert not [cell for line in lines for cell in line if cell.startswith("=")]
    assert lines[2][2:6] == ["council", lines[2][3], "2", "1"]


# The story


def test_an_editor_in_chief_copies_changes_tries_saves_and_sends_out_a_template(
    editor, tmp_path, monkeypatch
):
    editor.bring("sample-rotherham-market-start-ups.docx", "sample-ipswich-high-street-thin.docx")
    editor.do("show_templates")
    stage = editor.window.templates
    editor.do("copy_template")
    editor.choose("Market case study")
    assert stage.is_writing

    stage.writing.choose("lessons")
    stage.writing.form.synonyms.line.setFocus()
    editor.type("market wisdom")
    editor.press("Return")
    editor.do("add_question")
    editor.type("What it cost")
    editor.press("Alt+Up")
    assert stage.template.by_id["cost"].label == "What it cost"
    place = [each.id for each in stage.template.fields].index("cost")
    assert stage.template.fields[place + 1].id == "lessons"
    editor.press("Ctrl+Z")
    assert stage.template.fields[place].id == "lessons"
    editor.press("Ctrl+Shift+Z")
    assert stage.template.fields[place].id == "cost"

    assert amiss(editor.window) == []
    stage.writing.choose("")
    assert amiss(editor.window) == []
    editor.do("try_template")
    shown = stage.trying.view
    editor.until(
        lambda: stage.middle.currentWidget() is shown and not shown._told.text().startswith("Nothing")
    )
    assert shown._told.text().startswith("2 submissions were read again.")
    assert amiss(editor.window) == []
    shown.left.emit()
    assert stage.is_writing

    editor.do("show_desk")
    editor.do("show_templates")
    assert stage.is_writing
    editor.do("leave_template")
    assert ("sketch", "market-case-study") in [
        (each.kind, each.id)
        for each in (stage.shelf.list.item(at).data(256) for at in range(stage.shelf.list.count()))
    ]
    stage.shelf.choose("sketch", "market-case-study")
    editor.do("save_template")
    editor.window.findChild(Deciding)._do()
    editor.until(lambda: stage.row is not None and stage.row.template.id == "market-case-study")
    saved = stage.row.template
    assert stage.row.own
    assert saved.version == 1
    assert "market wisdom" in saved.by_id["lessons"].synonyms
    assert not [fault for fault in faults(saved) if fault.grave]

    monkeypatch.setattr(
        "ui.commands.templates.QFileDialog.getSaveFileName", lambda *_: (str(tmp_path / "form"), "")
    )
    editor.do("blank_template")
    assert editor.notice == "Saved form.docx."
    assert (tmp_path / "form.docx").read_bytes()[:2] == b"PK"


def test_the_report_leads_to_the_submissions_that_fail(editor, tmp_path):
    editor.bring("sample-ipswich-high-street-thin.docx")
    editor.do("show_templates")
    stage = editor.window.templates
    assert "Nothing has come in" not in stage.page.health._told.text()
    editor.do("template_health")
    bars = stage.page.health.bars
    editor.until(lambda: bars.count() > 0)
    assert amiss(editor.window) == []
    stage.export_health(tmp_path / "report")
    editor.settle()
    assert "The impact" in (tmp_path / "report.csv").read_text("utf-8-sig")
    bars.setCurrentRow(0)
    assert bars.current.failing
    QTest.keyClick(bars, Qt.Key.Key_Return)
    editor.settle()
    assert editor.window.stage == "desk"
    assert editor.window.desk.queue.filter.among == bars.current.ids
    editor.do("show_templates")
    stage.shelf.choose("template", "programme-update")
    editor.settle()
    assert stage.page.health._told.text().startswith("Nothing has come in under this template yet.")


def test_what_was_typed_is_there_after_a_restart_and_a_damaged_file_stops_nothing(editor_at, workspace):
    from functools import partial

    from workbench.desk import open_desk

    opener = partial(open_desk, workspace, who="A. Editor")
    (workspace / "templates").mkdir(parents=True)
    (workspace / "templates" / "broken.toml").write_text('id = "x', "utf-8")
    first = editor_at(opener)
    first.do("show_templates")
    first.do("change_template")
    first.window.templates.writing.write("")
    first.type("Our own form")
    first.window.close()
    second = editor_at(opener)
    second.do("show_templates")
    stage = second.window.templates
    assert stage.shelf.choose("damaged", "broken.toml")
    assert stage.shelf.choose("sketch", "case-study")
    assert stage.drafting.sketch.template.label == "Our own form"
    second.do("drop_template")
    second.window.findChild(Deciding)._do()
    second.settle()
    assert not stage.shelf.choose("sketch", "case-study")
    assert stage.row.template.label == STUDY.label
