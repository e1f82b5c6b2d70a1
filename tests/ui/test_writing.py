"""An editor writes in a study: what is typed is saved, spelt, contested by a colleague, and never lost."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from ui.views.forms import LinkForm
from ui.views.study.contested import ContestedCard
from ui.views.study.wordmenu import WordMenu
from workbench.desk import decisions, history, open_desk, study
from workbench.desk.editing import drafts, review
from workbench.richtext import from_text, plain, to_html


def field(editor, name="solution"):
    """A field with the keyboard in it, in the middle of writing."""
    view = editor.window.desk.study.fields[name]
    editor.window.desk.study.choose_field(name)
    editor.do("edit_field")
    view.editor.moveCursor(view.editor.textCursor().MoveOperation.End)
    return view


def on_the_desk(editor, workspace, name="solution"):
    with open_desk(workspace) as desk:
        return plain(study.show(desk, editor.study.id).value(name).content)


def colleague_writes(editor, workspace, text, name="solution"):
    with open_desk(workspace, who="B. Colleague") as desk:
        review.edit(desk, editor.study.id, name, from_text(text))


def cards(view):
    return [card for card in view.findChildren(ContestedCard) if card.isVisible()]


def test_what_is_typed_is_on_the_desk_by_itself(at_study, workspace):
    field(at_study)
    at_study.type(" And more.")
    at_study.until(lambda: on_the_desk(at_study, workspace).endswith(" And more."))
    at_study.until(lambda: at_study.window.bar.saved.text() == "Saved")


def test_several_savings_of_one_hand_contest_nothing(at_study, workspace):
    view = field(at_study)
    for word in (" one", " two", " three"):
        at_study.type(word)
        view.editor.flush()
    at_study.settle()
    assert on_the_desk(at_study, workspace).endswith(" one two three")
    assert not view.editor.contested


def contest(editor, workspace):
    view = field(editor)
    editor.type(" Mine.")
    colleague_writes(editor, workspace, "Theirs.")
    view.editor.flush()
    editor.until(lambda: cards(view))
    return view


def press_in(view, words):
    (card,) = cards(view)
    pressed = next(made for made in card.findChildren(QPushButton) if made.text() == words)
    QTest.mouseClick(pressed, Qt.MouseButton.LeftButton)


def test_two_in_one_field_and_the_editor_keeps_hers(at_study, workspace):
    view = contest(at_study, workspace)
    (card,) = cards(view)
    assert "changed elsewhere" in card.accessibleName()
    at_study.type(" Still typing.")
    press_in(view, "Keep yours")
    at_study.settle()
    assert on_the_desk(at_study, workspace).endswith(" Mine. Still typing.")
    assert cards(view) == []
    with open_desk(workspace) as desk:
        history.undo(desk)
        assert plain(study.show(desk, at_study.study.id).value("solution").content) == "Theirs."


def test_two_in_one_field_and_the_editor_takes_theirs(at_study, workspace):
    view = contest(at_study, workspace)
    press_in(view, "Take what is on the desk")
    at_study.settle()
    assert plain(view.editor.content()) == "Theirs."
    assert on_the_desk(at_study, workspace) == "Theirs."


def test_what_was_given_up_can_be_brought_back(at_study, workspace):
    view = contest(at_study, workspace)
    press_in(view, "Take what is on the desk")
    at_study.settle()
    at_study.do("undo")
    assert on_the_desk(at_study, workspace).endswith(" Mine.")


def test_two_versions_wait_for_a_choice_though_the_program_was_killed(at_study, editor_at, workspace):
    left = contest(at_study, workspace)
    at_study.type(" Still typing.")
    left.editor.flush()
    at_study.settle()
    again = editor_at(partial(open_desk, workspace, who="A. Editor"))
    again.until(lambda: again.study is not None and cards(again.window.desk.study.fields["solution"]))
    view = again.window.desk.study.fields["solution"]
    assert plain(view.editor.content()).endswith(" Mine. Still typing.")
    assert on_the_desk(again, workspace) == "Theirs."
    press_in(view, "Keep yours")
    again.settle()
    assert on_the_desk(again, workspace).endswith(" Mine. Still typing.")
    with open_desk(workspace) as desk:
        assert drafts.waiting(desk, again.study.id) == {}


def test_a_run_of_typing_is_one_step_that_undo_takes_back(at_study, workspace):
    before = on_the_desk(at_study, workspace)
    view = field(at_study)
    for words in (" One.", " Two.", " Three."):
        at_study.type(words)
        view.editor.flush()
        at_study.settle()
    with open_desk(workspace) as desk:
        assert len([step for step in history.entries(desk) if step.said.startswith("Edited")]) == 1
    at_study.do("undo")
    assert on_the_desk(at_study, workspace) == before
    at_study.do("redo")
    assert on_the_desk(at_study, workspace).endswith(" One. Two. Three.")


def test_a_contest_left_without_a_choice_keeps_both(at_study, workspace):
    contest(at_study, workspace)
    at_study.window.desk.study.settle()
    at_study.settle()
    assert on_the_desk(at_study, workspace).endswith(" Mine.")
    with open_desk(workspace) as desk:
        said = [entry.said for entry in history.entries(desk, at_study.study.id)]
    assert len(said) >= 3


def test_a_study_decided_on_elsewhere_keeps_what_was_typed_until_it_is_reopened(at_study, workspace):
    view = field(at_study)
    at_study.type(" Mine.")
    with open_desk(workspace) as desk:
        decisions.reject(desk, [at_study.study.id], "Sent twice")
    view.editor.flush()
    at_study.until(lambda: cards(view))
    assert plain(view.editor.content()).endswith(" Mine.")
    with open_desk(workspace) as desk:
        decisions.reopen(desk, [at_study.study.id])
    press_in(view, "Keep yours")
    at_study.settle()
    assert on_the_desk(at_study, workspace).endswith(" Mine.")


# Spelling


def misspelt(view):
    speller, words = view.editor.speller, []
    block = view.editor.document().begin()
    while block.isValid():
        words += [
            block.text()[each.start : each.start + each.length]
            for each in block.layout().formats()
            if each.format.underlineStyle() == each.format.UnderlineStyle.DotLine
        ]
        block = block.next()
    return words if speller is not None else []


def test_a_misspelt_word_is_marked_and_mended_from_the_menu(at_study, workspace):
    view = field(at_study)
    at_study.type(" The comittee met.")
    at_study.until(lambda: "comittee" in misspelt(view))
    cursor = view.editor.document().find("comittee")
    cursor.setPosition(cursor.selectionStart() + 2)
    view.editor.setTextCursor(cursor)
    at_study.press("Ctrl+.")
    menu = next(w for w in QApplication.topLevelWidgets() if isinstance(w, WordMenu) and w.isVisible())
    at_study.until(lambda: "committee" in [action.text() for action in menu.actions()])
    next(action for action in menu.actions() if action.text() == "committee").trigger()
    menu.close()
    view.editor.flush()
    at_study.settle()
    assert on_the_desk(at_study, workspace).endswith(" The committee met.")


def test_a_word_of_the_house_is_marked_no_more(at_study):
    view = field(at_study)
    at_study.type(" The zorbleflux met.")
    at_study.until(lambda: "zorbleflux" in misspelt(view))
    menu = WordMenu(view.editor)
    menu.learn.connect(lambda word: at_study.window.desk.writing._learn(view.editor, word))
    menu.learn.emit("zorbleflux")
    at_study.until(lambda: "zorbleflux" not in misspelt(view))
    menu.close()


def test_nothing_is_marked_while_one_only_reads(at_study):
    view = field(at_study)
    at_study.type(" comittee ")
    at_study.until(lambda: "comittee" in misspelt(view))
    view.editor.leave()
    assert misspelt(view) == []


# Links, pasting


def test_chosen_words_are_linked_by_key(at_study, workspace):
    view = field(at_study)
    at_study.type(" report")
    for _ in range(6):
        QTest.keyClick(view.editor, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    at_study.press("Ctrl+L")
    form = at_study.window.findChild(LinkForm)
    assert form.words.text() == "report"
    QTest.keyClicks(form.address, "www.example.gov.uk")
    QTest.keyClick(form.address, Qt.Key.Key_Return)
    at_study.until(view.editor.hasFocus)
    assert view.editor.editing
    view.editor.flush()
    at_study.settle()
    with open_desk(workspace) as desk:
        html = to_html(study.show(desk, at_study.study.id).value("solution").content)
    assert html.endswith('<a href="https://www.example.gov.uk">report</a></p>')


def test_italic_is_italic_while_writing_though_the_window_has_that_key_too(at_study):
    view = field(at_study)
    at_study.press("Ctrl+I")
    at_study.type(" slanted")
    assert "<em> slanted</em>" in to_html(view.editor.content())


@pytest.mark.parametrize(
    "text", ["x" * 10_000_000, "word " * 100_000], ids=["ten megabytes", "100,000 words"]
)
def test_what_is_too_large_to_paste_is_refused_in_words(at_study, text):
    view = field(at_study)
    before = view.editor.content()
    QGuiApplication.clipboard().setText(text)
    at_study.press("Ctrl+V")
    at_study.until(lambda: "paste it in parts" in at_study.notice)
    assert view.editor.content() == before
    QGuiApplication.clipboard().clear()


def test_a_long_paste_goes_on_beside_the_window(at_study, workspace):
    view = field(at_study)
    QGuiApplication.clipboard().setText("\n".join(["Welsh ŵyth, שלום, 👩‍👩‍👧 e\u0301"] * 3_000))
    at_study.press("Ctrl+V")
    at_study.until(lambda: view.editor.lines.count() > 9_000 and not view.editor.busy)
    view.editor.leave()
    at_study.settle()
    assert on_the_desk(at_study, workspace).count("👩‍👩‍👧 e\u0301") == 3_000
    QGuiApplication.clipboard().clear()
