"""The journal: every step can be taken back and done again, across restarts, and never over later work."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbench.desk import Desk, decisions, history, open_desk, study
from workbench.desk.editing import placing, review
from workbench.desk.themes import tagging
from workbench.errors import Refused, WorldError, WrongUsage
from workbench.richtext import from_text
from workbench.submission import Status, Submission


def said(desk: Desk) -> list[str]:
    return [entry.said for entry in history.entries(desk)]


def test_steps_read_as_sentences_newest_first(desk: Desk, lay: Any) -> None:
    one = lay()
    review.edit(desk, one, "summary", from_text("They mend."))
    decisions.start(desk, [one])
    assert said(desk) == [
        "Took “Repair café number 1” into review.",
        "Edited Summary of “Repair café number 1”.",
        "Imported “Repair café number 1” from study-1.docx.",
    ]
    assert {entry.who for entry in history.entries(desk)} == {"Ada"}


def test_history_of_one_submission(desk: Desk, lay: Any) -> None:
    one, two = lay(1), lay(2)
    decisions.start(desk, [one, two])
    review.edit(desk, two, "summary", from_text("They mend."))
    assert [entry.submissions for entry in history.entries(desk, one)] == [(one, two), (one,)]


def test_undo_and_redo_survive_a_restart(desk: Desk, lay: Any) -> None:
    one = lay()
    review.edit(desk, one, "summary", from_text("First."))
    review.edit(desk, one, "summary", from_text("Second."))
    history.undo(desk)
    with open_desk(desk.workspace) as again:
        assert study.show(again, one).value("summary").text == "First."
        history.undo(again)
        assert study.show(again, one).value("summary").text == "Residents mend what they own."
    with open_desk(desk.workspace) as again:
        assert history.redo(again).said == "Did again: Edited Summary of “Repair café number 1”."
        history.redo(again)
        assert study.show(again, one).value("summary").text == "Second."
        with pytest.raises(Refused, match="nothing-to-redo"):
            history.redo(again)


def test_a_bulk_step_is_undone_as_one(desk: Desk, lay: Any) -> None:
    ids = [lay(number) for number in range(1, 4)]
    decisions.reject(desk, ids, "Not a case study.")
    assert said(desk)[0] == "Rejected 3 submissions: Not a case study."
    changed = history.undo(desk)
    assert changed.submissions == frozenset(ids)
    assert {study.show(desk, name).status for name in ids} == {Status.RECEIVED}


def test_a_step_that_later_work_stands_on_is_not_undone(desk: Desk, lay: Any) -> None:
    one = lay()
    first = review.edit(desk, one, "summary", from_text("First.")).entry
    review.edit(desk, one, "summary", from_text("Second."))
    with pytest.raises(Refused) as caught:
        history.undo(desk, first)
    assert caught.value.code == "overtaken"
    assert caught.value.params["later"] == "Edited Summary of “Repair café number 1”."
    assert study.show(desk, one).value("summary").text == "Second."
    assert [entry.undoable for entry in history.entries(desk, one)] == [True, False, False]


def test_an_older_step_is_undone_where_nothing_stands_on_it(desk: Desk, lay: Any) -> None:
    one = lay()
    first = review.edit(desk, one, "summary", from_text("First.")).entry
    review.edit(desk, one, "impact", from_text("Much was mended."))
    history.undo(desk, first)
    shown = study.show(desk, one)
    assert shown.value("summary").text == "Residents mend what they own."
    assert shown.value("impact").text == "Much was mended."


def test_nothing_is_undone_under_an_approval(desk: Desk, lay: Any) -> None:
    one = lay()
    edit = review.edit(desk, one, "impact", from_text("Much was mended.")).entry
    decisions.reject(desk, [one], "Twice.")
    with pytest.raises(Refused) as caught:
        history.undo(desk, edit)
    assert caught.value.code == "overtaken"
    assert caught.value.params["later"].startswith("Rejected")


def test_an_import_is_undone_while_nobody_worked_on_it(desk: Desk, lay: Any) -> None:
    one, two = lay(1), lay(2)
    imports = {entry.submissions[0]: entry.id for entry in history.entries(desk)}
    decisions.start(desk, [two])
    with pytest.raises(Refused, match="overtaken"):
        history.undo(desk, imports[two])
    history.undo(desk, imports[one])
    with pytest.raises(WrongUsage, match="unknown-submission"):
        study.show(desk, one)
    history.redo(desk)
    assert study.show(desk, one).title == "Repair café number 1"


def test_a_new_step_ends_redoing(desk: Desk, lay: Any) -> None:
    one = lay()
    review.edit(desk, one, "summary", from_text("First."))
    history.undo(desk)
    review.edit(desk, one, "impact", from_text("Much."))
    with pytest.raises(Refused, match="nothing-to-redo"):
        history.redo(desk)


def test_what_cannot_be_undone_says_so(desk: Desk, lay: Any) -> None:
    with pytest.raises(Refused, match="nothing-to-undo"):
        history.undo(desk)
    with pytest.raises(WrongUsage, match="unknown-entry"):
        history.undo(desk, 99)
    lay()
    undone = history.entries(desk)[0].id
    undoing = history.undo(desk).entry
    for entry in (undone, undoing):
        with pytest.raises(Refused, match="not-undoable"):
            history.undo(desk, entry)


def test_a_step_that_changes_nothing_is_no_step(desk: Desk, lay: Any) -> None:
    one = lay()
    changed = review.edit(desk, one, "summary", study.show(desk, one).value("summary").content)
    assert changed.entry is None
    assert len(history.entries(desk)) == 1


Step = Callable[[Desk, str], object]
WORDS = st.sampled_from(["Mended 5%.", "Kept 7% and 9%.", "Plain words.", ""])
FIELDS = st.sampled_from(["title", "summary", "impact", "lessons"])
STEPS: st.SearchStrategy[Step] = st.one_of(
    st.builds(lambda f, w: lambda d, s: review.edit(d, s, f, from_text(w)), FIELDS, WORDS),
    st.builds(lambda f, p: lambda d, s: placing.place(d, s, p, f), FIELDS, st.sampled_from(["p-1", "p-2"])),
    st.builds(lambda f: lambda d, s: placing.unplace(d, s, f), FIELDS),
    st.builds(
        lambda alt: lambda d, s: review.set_alt(d, s, "ab" * 32, alt), st.sampled_from(["A table.", ""])
    ),
    st.builds(lambda n: lambda d, s: tagging.tag(d, [s], add=tagging.terms(d)[n : n + 2]), st.integers(0, 3)),
    st.builds(
        lambda n: lambda d, s: tagging.tag(d, [s], remove=tagging.terms(d)[n : n + 1]), st.integers(0, 3)
    ),
    st.builds(
        lambda codes: lambda d, s: tagging.set_authorities(d, s, tagging.authorities(codes)),
        st.permutations(["E08000035", "E08000019"]),
    ),
    st.just(lambda d, s: decisions.start(d, [s])),
    st.just(lambda d, s: decisions.approve(d, [s])),
    st.just(lambda d, s: decisions.reject(d, [s], "No.")),
    st.just(lambda d, s: decisions.reopen(d, [s])),
    st.just(lambda d, s: review.dismiss(d, s, study.show(d, s).findings[0].key, "Fine.")),
    st.just(lambda d, s: review.take_fix(d, s, study.show(d, s).findings[0].key)),
)


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(STEPS, max_size=8))
def test_any_morning_can_be_undone_and_done_again(steps: list[Step], laying: Any) -> None:
    with tempfile.TemporaryDirectory() as folder, open_desk(Path(folder), who="Ada") as desk:
        one = laying(desk)
        states = [study.show(desk, one)]
        for step in steps:
            try:
                step(desk, one)
            except (WorldError, IndexError):
                assert study.show(desk, one) == states[-1], "what was refused changed nothing"
            else:
                if study.show(desk, one) != states[-1]:
                    states.append(study.show(desk, one))
        assert _walk(desk, one, history.undo, len(states) - 1) == list(reversed(states[:-1]))
        assert _walk(desk, one, history.redo, len(states) - 1) == states[1:]


def _walk(desk: Desk, one: str, step: Callable[[Desk], object], times: int) -> list[Submission]:
    seen: list[Submission] = []
    for _ in range(times):
        step(desk)
        seen.append(study.show(desk, one))
    return seen
