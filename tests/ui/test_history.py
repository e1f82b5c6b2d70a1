"""The history at the window: sentences under their days, what each step changed, and the ways back."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QFrame, QLabel, QPushButton

from workbench.desk import open_desk
from workbench.desk.editing import review
from workbench.richtext import from_text

READY = "sample-durham-carers-passport.docx"


@pytest.fixture
def rewritten(editor, workspace):
    """An editor at a study whose lessons were written twice, with the history open."""
    editor.bring(READY)
    with open_desk(workspace, who="A. Editor") as desk:
        for text in ("Ask 61 people.", "Ask 58 people first."):
            review.edit(desk, editor.study.id, "lessons", from_text(text))
    editor.until(lambda: editor.study.value("lessons").text == "Ask 58 people first.")
    editor.window.desk.inspector.show_part("history")
    editor.settle()
    return editor


def view(editor):
    return editor.window.desk.inspector.history


def words(editor):
    return [label.text() for label in view(editor).findChildren(QLabel) if label.isVisibleTo(view(editor))]


def press(editor, name):
    """Presses the first button of the history with this name for the ear."""
    buttons = view(editor).widget().findChildren(QPushButton)
    next(made for made in buttons if made.accessibleName().startswith(name) and made.parent()).click()
    editor.settle()


def test_steps_read_as_sentences_under_their_day_with_the_words(rewritten):
    said = words(rewritten)
    assert said[0] == "Today"
    assert said[1].startswith("Edited ")
    assert "<s " in said[2]
    assert "61 people" in said[2]
    assert "<u " in said[2]
    spoken = [label.accessibleName() for label in view(rewritten).findChildren(QLabel)]
    assert "Was: 61 people. Now: 58 people first." in spoken


def test_a_step_shows_what_it_changed_and_leads_back(rewritten):
    press(rewritten, "What changed: Edited")
    rewritten.until(lambda: any("Ask" in text and "<s " in text for text in words(rewritten)))
    press(rewritten, "Put ")
    assert rewritten.study.value("lessons").text == "Ask 61 people."
    assert rewritten.notice.startswith("Put Lessons")
    rewritten.press("Ctrl+Z")
    assert rewritten.study.value("lessons").text == "Ask 58 people first."


def test_what_a_step_changed_is_shut_again(rewritten):
    opened = lambda: view(rewritten).widget().findChildren(QFrame, "card")  # noqa: E731
    press(rewritten, "What changed: Edited")
    rewritten.until(opened)
    press(rewritten, "What changed: Edited")
    rewritten.until(lambda: not opened())


def test_any_two_versions_are_compared(rewritten):
    oldest = view(rewritten).entries[-1]
    rewritten.do("compare")
    rewritten.choose(oldest.said)
    rewritten.choose("As it stands now")
    rewritten.until(lambda: words(rewritten)[:1] == [f"From entry {oldest.id} to now"])
    assert any("58 people first" in text for text in words(rewritten))


def test_older_steps_are_shown_when_asked_for(rewritten, monkeypatch):
    monkeypatch.setattr("ui.views.inspector.history.PAGE", 2)
    view(rewritten).limit = 2
    rewritten.window.desk._fill_history()
    rewritten.settle()
    assert len(view(rewritten).entries) == 2
    press(rewritten, "Older steps")
    assert len(view(rewritten).entries) == 3
