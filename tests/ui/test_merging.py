"""A conflict, resolved at the window: seen side by side, chosen by key, applied in one step and taken back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from workbench import catalogue
from workbench.desk import Desk, decisions, open_desk, study
from workbench.desk.catalogue import publishing
from workbench.desk.editing import review
from workbench.richtext import RichText, from_html, plain

READY = Path(__file__).parents[2] / "resources" / "samples" / "sample-durham-carers-passport.docx"


def change(desk: Desk, submission: str, **answers: str) -> None:
    decisions.reopen(desk, [submission])
    for field, html in answers.items():
        review.edit(desk, submission, field, from_html(html))
    decisions.approve(desk, [submission])
    publishing.queue(desk, [submission])


def paragraphs(desk: Desk, submission: str, field: str) -> RichText:
    return study.show(desk, submission).value(field).content


@pytest.fixture
def conflict(editor_at: Callable[..., Any], tmp_path: Path) -> Any:
    """An editor at the outbox, before a study whose title and impact a colleague has changed as well."""
    import shutil

    from workbench.desk.arriving import arrivals

    shared = f"sqlite:///{tmp_path / 'shared.db'}"
    catalogue.init(shared)
    mine, colleagues = tmp_path / "mine", tmp_path / "colleague"
    with open_desk(mine, who="Ada", catalogue=shared) as desk:
        (arrived,) = arrivals.import_paths(desk, [READY])
        submission = str(arrived.submission)
        decisions.approve(desk, [submission])
        publishing.queue(desk, [submission])
        assert [outcome.result for outcome in publishing.publish(desk)] == ["published"]
    shutil.copytree(mine, colleagues)
    with open_desk(colleagues, who="Bob", catalogue=shared) as desk:
        old = study.show(desk, submission)
        html = "".join(f"<p>{line}</p>" for line in old.value("impact").text.splitlines())
        change(desk, submission, impact=html + "<p>Bob counted again.</p>", title="Bob's title")
        assert [outcome.result for outcome in publishing.publish(desk)] == ["published"]
    with open_desk(mine, who="Ada", catalogue=shared) as desk:
        change(desk, submission, impact="<p>Ada asked the carers.</p>" + html, title="Ada's title")
        assert [outcome.result for outcome in publishing.publish(desk)] == ["conflict"]
    hand = editor_at(partial(open_desk, mine, who="Ada", catalogue=shared))
    hand.window.show_stage("outbox")
    hand.settle()
    return hand


def opened(hand: Any) -> Any:
    """The view, once the conflict is shown in it."""
    hand.window.outbox.view.list.setFocus()
    hand.press("M")
    view = hand.window.outbox.merging.view
    hand.until(view.isVisible)
    return view


def card(view: Any, name: str) -> Any:
    return next(each for each in view.cards if each.place.name == name)


def test_what_has_to_be_chosen_stands_first_and_has_the_keyboard(conflict: Any) -> None:
    view = opened(conflict)
    assert [each.place.name for each in view.cards] == ["title", "impact"]
    assert QApplication.focusWidget() is card(view, "title")
    assert not view.apply.isEnabled() and view.apply.text() == "Choose 1 more"
    shown = plain(card(view, "impact").editor.content())
    assert "Ada asked the carers." in shown and "Bob counted again." in shown


def test_it_is_resolved_by_keys_applied_and_undone(conflict: Any) -> None:
    view = opened(conflict)
    conflict.press("2")
    assert card(view, "title").accessibleName() == "Title: what is live is taken"
    assert plain(card(view, "title").editor.content()) == "Bob's title"
    conflict.press("Return")
    assert QApplication.focusWidget() is view.apply
    conflict.press("Return")
    conflict.until(lambda: not view.isVisible())
    states = [item.row.state for item in conflict.window.outbox.model.items]
    assert "waiting" in states
    assert "waits in the outbox again" in conflict.notice
    conflict.do("undo")
    conflict.until(lambda: "waiting" not in [item.row.state for item in conflict.window.outbox.model.items])


def test_own_words_are_written_in_the_box(conflict: Any) -> None:
    view = opened(conflict)
    title = card(view, "title")
    title.editor.setFocus()
    conflict.press("Return")
    title.editor.selectAll()
    conflict.type("Both our titles")
    view.apply.setFocus()
    conflict.until(lambda: view.apply.isEnabled())
    assert title.accessibleName() == "Title: your own words are taken"
    card(view, "impact").setFocus()
    conflict.press("1")
    view.apply.click()
    conflict.settle()
    conflict.until(lambda: not view.isVisible())
    conflict.window.show_submission(next(iter(conflict.window.outbox.model.items)).row.submission)
    conflict.settle()
    assert conflict.study.title == "Both our titles"
    assert "Bob counted" not in conflict.study.value("impact").text


def test_leaving_changes_nothing_and_coming_back_asks_again(conflict: Any) -> None:
    view = opened(conflict)
    conflict.press("1")
    conflict.press("Esc")
    conflict.until(lambda: not view.isVisible())
    assert [item.row.state for item in conflict.window.outbox.model.items] == ["conflict"]
    again = opened(conflict)
    assert card(again, "title").choice is None


def test_a_look_elsewhere_keeps_what_was_chosen(conflict: Any) -> None:
    view = opened(conflict)
    conflict.press("1")
    conflict.window.outbox.refresh()
    conflict.settle()
    conflict.window.set_scheme("dark")
    assert view.isVisible() and card(view, "title").choice == "ours" and view.apply.isEnabled()


def test_everything_in_it_has_a_name(conflict: Any) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QWidget

    view = opened(conflict)
    conflict.until(lambda: all(each.isVisible() for each in view.cards))
    reached = [
        each
        for each in view.findChildren(QWidget)
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isVisible()
    ]
    assert len(reached) > 8
    assert [each for each in reached if not each.accessibleName()] == []


def test_a_study_without_a_conflict_says_so(at_study: Any) -> None:
    at_study.do("resolve")
    assert "conflict" in at_study.notice
