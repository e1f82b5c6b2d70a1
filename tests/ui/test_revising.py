"""A newer version, laid beside the study at the window: chosen from by key, merged in one step, taken back."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import docx
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from ui.models.queue import spoken
from ui.views.queue.queue import Badge, mark
from workbench.desk import open_desk
from workbench.desk.arriving import arrivals, settling
from workbench.desk.editing import review
from workbench.richtext import from_text, plain

ID = "CB-2026-0001"
STORY = {
    "Title": "Leeds: a library of things",
    "Council": "Leeds City Council",
    "Summary": "Residents borrow a drill where they borrow a book, and spend less on tools they use once.",
    "The challenge": "Most households own a drill that is used for minutes a year. Money and cupboards are short.",
    "The solution": "Three branches lend tools, tents and sewing machines, chosen by the people who borrow them.",
    "The impact": "In the first year 1,240 residents borrowed 3,800 things.",
}


def written(path: Path, **more: str) -> Path:
    document = docx.Document()
    for heading, text in {**STORY, **more}.items():
        document.add_heading(heading, 1)
        document.add_paragraph(text)
    document.save(str(path))
    return path


@pytest.fixture
def hand(editor_at: Any, workspace: Path, tmp_path: Path) -> Any:
    """An editor before a study with a newer version, and another of which it is not certain what it is."""
    later = {
        "The impact": "By March 2,000 residents had borrowed 6,400 things.",
        "Lessons learned": "Ask first.",
    }
    year_two = {"Title": "Leeds: a library of things, year 2", "Summary": "A second year of lending."}
    files = [
        written(tmp_path / "first.docx"),
        written(tmp_path / "second.docx", **later),
        written(tmp_path / "year two.docx", **year_two),
    ]
    with open_desk(workspace, who="Ada") as desk:
        taken = list(arrivals.import_paths(desk, files))
        assert [(one.taken_for, one.certain) for one in taken] == [
            ("new", True),
            ("revision", True),
            ("revision", False),
        ]
        review.edit(desk, ID, "impact", from_text("Over a thousand residents borrowed things."))
        assert len(settling.questions(desk)) == 1
    sitting = editor_at(partial(open_desk, workspace, who="Ada"))
    shown(sitting, ID)
    return sitting


def shown(hand: Any, submission: str) -> None:
    hand.window.show_submission(submission)
    hand.until(
        lambda: hand.window.desk.submission is not None and hand.window.desk.submission.id == submission
    )
    hand.settle()


def press(hand: Any, text: str) -> None:
    bar = hand.window.desk.study.head.coming
    hand.until(bar.isVisible)
    next(each for each in bar.findChildren(QPushButton) if each.text() == text).click()


def laid(hand: Any) -> Any:
    press(hand, "Lay it beside")
    view = hand.window.desk.revising.view
    hand.until(view.isVisible)
    return view


def test_it_is_chosen_merged_and_taken_back(hand: Any) -> None:
    view = laid(hand)
    assert [card.place.name for card in view.cards] == ["impact", "lessons"]
    assert not view.apply.isEnabled()
    hand.press("3")
    joined = plain(view.cards[0].editor.content())
    assert "Over a thousand" in joined and "By March" in joined
    hand.press("2")
    assert view.cards[0].accessibleName() == "The impact: what the council sent is taken"
    hand.press("Return")
    hand.press("Return")
    hand.until(lambda: not view.isVisible())
    hand.until(lambda: hand.study.value("impact").text.startswith("By March"))
    assert hand.study.value("lessons").text == "Ask first."
    hand.until(lambda: not hand.window.desk.study.head.coming.isVisible())
    hand.do("undo")
    hand.until(lambda: hand.study.value("impact").text.startswith("Over a thousand"))
    hand.until(hand.window.desk.study.head.coming.isVisible)


def test_leaving_keeps_it_waiting_and_the_source_says_which_file_it_is(hand: Any) -> None:
    view = laid(hand)
    source = hand.window.desk.inspector.source
    hand.until(lambda: source.text.accessibleDescription() == "second.docx")
    assert any(
        "File 2 of 2: second.docx" in each.toolTip() + each.accessibleName() + each.text()
        for each in source.findChildren(QLabel)
    )
    hand.press("Esc")
    hand.until(lambda: not view.isVisible())
    hand.until(lambda: source.text.accessibleDescription() == "first.docx")
    assert hand.window.desk.study.head.coming.isVisible()


def test_everything_has_a_name(hand: Any) -> None:
    view = laid(hand)
    reached = [
        each
        for each in (*view.findChildren(QWidget), *hand.window.desk.study.head.coming.findChildren(QWidget))
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert reached
    assert all(each.accessibleName() or getattr(each, "text", str)() for each in reached)


def test_what_it_is_is_said(hand: Any) -> None:
    shown(hand, "CB-2026-0002")
    press(hand, f"A newer version of {ID}")
    hand.until(lambda: hand.window.desk.model.rowCount() == 1)
    hand.do("undo")
    hand.until(lambda: hand.window.desk.model.rowCount() == 2)
    shown(hand, "CB-2026-0002")
    press(hand, "A study of its own")
    hand.until(lambda: not hand.window.desk.study.head.coming.isVisible())


# In the queue, and by key


def listed(hand: Any) -> list[tuple[str, bool, bool]]:
    model = hand.window.desk.model
    rows = [model.at(place) for place in range(model.rowCount())]
    return [(row.id, row.waiting, row.asked) for row in rows if row is not None]


def test_the_queue_marks_what_waits_and_what_is_in_question_and_lists_either(hand: Any) -> None:
    assert sorted(listed(hand)) == [(ID, True, False), ("CB-2026-0002", False, True)]
    rows = {row.id: row for row in map(hand.window.desk.model.at, range(2))}
    assert mark(rows[ID]) == Badge("newer version", "accent")
    assert mark(rows["CB-2026-0002"]) == Badge("what is it?", "warning")
    assert "a newer version waits" in spoken(rows[ID])
    assert "in question whether" in spoken(rows["CB-2026-0002"])
    hand.press("L")
    hand.choose("A newer version waits")
    assert listed(hand) == [(ID, True, False)]
    hand.do("show_all")
    hand.press("L")
    hand.choose("In question: new, or a newer version?")
    assert listed(hand) == [("CB-2026-0002", False, True)]


def test_by_key_it_is_laid_beside(hand: Any) -> None:
    hand.press("V")
    hand.until(hand.window.desk.revising.view.isVisible)


def test_by_command_it_is_a_study_of_its_own(hand: Any) -> None:
    hand.do("own_study")
    hand.until(lambda: hand.window.desk.model.rowCount() == 3)
    hand.do("lay_beside")
    assert "of which a newer version waits" in hand.notice


def test_by_command_what_is_asked_is_answered(hand: Any) -> None:
    shown(hand, "CB-2026-0002")
    hand.until(lambda: hand.window.desk.revising.question is not None)
    hand.do("newer_version")
    hand.until(lambda: hand.window.desk.model.rowCount() == 1)
    assert listed(hand) == [(ID, True, False)]
    hand.do("undo")
    hand.until(lambda: hand.window.desk.model.rowCount() == 2)
    shown(hand, "CB-2026-0002")
    hand.until(lambda: hand.window.desk.revising.question is not None)
    hand.do("own_study")
    hand.until(lambda: not hand.window.desk.study.head.coming.isVisible())
    assert not any(asked for *_, asked in listed(hand))
