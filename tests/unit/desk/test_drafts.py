"""Typing is one step while nothing comes between; and what could not be saved is kept until somebody chooses."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from workbench.desk import history, open_desk, study
from workbench.desk.arriving import arrivals
from workbench.desk.editing import drafts, review
from workbench.edits import Change, joined
from workbench.richtext import Paragraph, Text

SAMPLE = Path(__file__).resolve().parents[3] / "resources" / "samples" / "sample-durham-carers-passport.docx"


class Clock:
    """Goes on when it is told to."""

    def __init__(self):
        self.now = datetime(2026, 5, 4, 9, tzinfo=UTC)

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def desk(tmp_path, clock):
    with open_desk(tmp_path / "desk", who="A. Editor", clock=clock) as opened:
        list(arrivals.import_paths(opened, [SAMPLE]))
        yield opened


@pytest.fixture
def shown(desk):
    return history.entries(desk)[0].submissions[0]


def words(text):
    return (Paragraph((Text(text),)),)


def answer(desk, shown):
    return study.show(desk, shown).value("summary").text


def type_(desk, shown, *texts, onto=None):
    """Saves as the window does while somebody types on; the step of the last saving."""
    for text in texts:
        onto = review.edit(desk, shown, "summary", words(text), onto=onto).entry
    return onto


def test_typing_is_one_step_and_undone_as_one(desk, shown):
    before = answer(desk, shown)
    type_(desk, shown, "One", "One two", "One two three")
    steps = [entry.said for entry in history.entries(desk, shown)]
    assert len(steps) == 2
    history.undo(desk)
    assert answer(desk, shown) == before
    history.redo(desk)
    assert answer(desk, shown) == "One two three"


def test_what_came_between_begins_another_step(desk, shown):
    step = type_(desk, shown, "One")
    review.edit(desk, shown, "impact", words("Other"))
    assert type_(desk, shown, "One two", onto=step) != step


def test_so_does_an_undo(desk, shown):
    step = type_(desk, shown, "One")
    history.undo(desk)
    assert type_(desk, shown, "Two", onto=step) != step
    assert answer(desk, shown) == "Two"


def test_somebody_else_does_not_go_on_with_it(desk, shown, clock):
    step = type_(desk, shown, "One")
    with open_desk(desk.workspace, who="B. Editor", clock=clock) as other:
        assert type_(other, shown, "One two", onto=step) != step


def test_a_long_run_is_several_steps(desk, shown, clock):
    step = type_(desk, shown, "One")
    clock.now += review.UNBROKEN - timedelta(seconds=1)
    assert type_(desk, shown, "One two", onto=step) == step
    clock.now += timedelta(seconds=1)
    assert type_(desk, shown, "One two three", onto=step) != step


def test_joined_changes_do_what_both_do():
    first = (Change("A", "field", "x", None, 1), Change("A", "field", "y", 5, 6))
    second = (Change("A", "field", "x", 1, 2), Change("A", "tag", "x", None, 3))
    assert joined(first, second) == (
        Change("A", "field", "x", None, 2),
        Change("A", "field", "y", 5, 6),
        Change("A", "tag", "x", None, 3),
    )


def test_a_draft_outlives_the_program_and_is_no_step(desk, shown, clock):
    steps = history.entries(desk)
    drafts.keep(desk, shown, "summary", words("First"))
    drafts.keep(desk, shown, "summary", words("Mine"))
    desk.close()
    with open_desk(desk.workspace, who="A. Editor", clock=clock) as again:
        assert drafts.waiting(again, shown) == {"summary": words("Mine")}
        assert history.entries(again) == steps
        drafts.drop(again, shown, "summary")
        assert drafts.waiting(again, shown) == {}


def test_what_was_given_up_is_in_the_history(desk, shown):
    before = answer(desk, shown)
    drafts.keep(desk, shown, "summary", words("Mine"))
    drafts.give_up(desk, shown, "summary", words("Mine"))
    assert answer(desk, shown) == before
    assert drafts.waiting(desk, shown) == {}
    history.undo(desk)
    assert answer(desk, shown) == "Mine"
