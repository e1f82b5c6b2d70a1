"""What becomes of submissions: each step of their life, when they are due, what is foreseen before it is done."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.unit.desk.conftest import Clock
from workbench import config
from workbench.desk import Desk, actions, decisions, history, open_desk, queue, study
from workbench.desk.catalogue import publishing
from workbench.desk.editing import review
from workbench.desk.rows import Preview, QueueFilter
from workbench.desk.themes import tagging
from workbench.errors import Refused, WrongUsage
from workbench.submission import TRANSITIONS, Status

SOON = date(2026, 3, 20)


def status(desk: Desk, one: str) -> Status:
    return study.show(desk, one).status


def outcomes(foreseen: Preview) -> dict[str, str]:
    return {one.submission: one.outcome for one in foreseen.prospects}


@pytest.fixture(scope="module")
def cleared(tmp_path_factory: pytest.TempPathFactory, laying: Any) -> tuple[Path, list[str]]:
    """A desk with three submissions of which every finding was set aside."""
    workspace = tmp_path_factory.mktemp("cleared") / "desk"
    with open_desk(workspace, who="Ada", clock=Clock()) as desk:
        ids = [laying(desk, number) for number in (1, 2, 3)]
        for one in ids:
            for finding in study.show(desk, one).open_findings:
                review.dismiss(desk, one, finding.key, "Checked with the council.")
    return workspace, ids


@pytest.fixture
def ready(cleared: tuple[Path, list[str]], tmp_path: Path) -> list[str]:
    """Those three on the test's own desk, which is asked for after this."""
    workspace, ids = cleared
    shutil.copytree(workspace, tmp_path / "desk")
    return list(ids)


# Steps


def test_returned_to_the_council_with_a_reason_and_a_day(desk: Desk, lay: Any) -> None:
    one = lay()
    changed = decisions.return_(desk, [one], " The saving is given twice. ", SOON)
    assert changed.said == (
        "Returned “Repair café number 1” to the council, to be answered by 20 March 2026: The saving is given twice."
    )
    shown = study.show(desk, one)
    assert (shown.status, shown.due) == (Status.RETURNED, SOON)
    history.undo(desk)
    assert study.show(desk, one).due == date(2026, 3, 9)


def test_a_council_has_ten_working_days_unless_the_office_says_otherwise(desk: Desk, lay: Any) -> None:
    one, two = lay(1), lay(2)
    decisions.return_(desk, [one], "Unclear.")
    assert study.show(desk, one).due == date(2026, 3, 16)
    config.write(desk.workspace, config.Settings(reply_days=3, working_days=1))
    with open_desk(desk.workspace, clock=desk.clock) as other:
        decisions.return_(other, [two], "Unclear.")
        assert study.show(other, two).due == date(2026, 3, 5)
        decisions.reopen(other, [two])
        assert study.show(other, two).due == date(2026, 3, 3), "what comes back is due anew"


def test_a_decision_of_the_desk_alone_keeps_its_day(desk: Desk, lay: Any) -> None:
    one = lay(due=SOON)
    decisions.reject(desk, [one], "Twice.")
    decisions.reopen(desk, [one])
    assert (status(desk, one), study.show(desk, one).due) == (Status.IN_REVIEW, SOON)


@pytest.mark.parametrize("step", ["start", "approve", "return", "reject", "reopen"])
@pytest.mark.parametrize("standing", list(Status))
def test_the_table_of_steps_is_what_happens(
    ready: list[str], desk: Desk, standing: Status, step: str
) -> None:
    verbs = {
        "start": lambda: decisions.start(desk, ready[:1]),
        "approve": lambda: decisions.approve(desk, ready[:1]),
        "return": lambda: decisions.return_(desk, ready[:1], "Unclear."),
        "reject": lambda: decisions.reject(desk, ready[:1], "Twice."),
        "reopen": lambda: decisions.reopen(desk, ready[:1]),
    }
    with desk.store.writing() as connection:
        connection.exec_driver_sql("UPDATE submission SET status = ? WHERE id = ?", (standing, ready[0]))
    allowed, target = TRANSITIONS[step]
    entries = len(history.entries(desk))
    if standing in allowed:
        verbs[step]()
        assert status(desk, ready[0]) is target
        assert len(history.entries(desk)) == entries + 1, "each is a step of the journal"
    else:
        with pytest.raises(Refused, match="wrong-status"):
            verbs[step]()
        assert status(desk, ready[0]) is standing


# The day it is due


def test_another_day_to_be_done_by(desk: Desk, lay: Any, clock: Any) -> None:
    one, two = lay(1), lay(2)
    clock.now = clock.now.replace(day=11)
    assert queue.listing(desk, QueueFilter(), 10).late == 2
    assert decisions.set_due(desk, [one], SOON).said == (
        "Said that “Repair café number 1” is due on 20 March 2026."
    )
    assert [row.id for row in queue.rows(desk, QueueFilter(late=True))] == [two]
    assert [row.id for row in queue.rows(desk)] == [two, one]
    assert [row.id for row in queue.rows(desk, QueueFilter(due_within=9))] == [two, one]
    assert [row.id for row in queue.rows(desk, QueueFilter(due_within=8))] == [two]
    decisions.set_due(desk, [one, two], None)
    assert queue.listing(desk, QueueFilter(), 10).late == 0
    decisions.reject(desk, [one], "Twice.")
    with pytest.raises(Refused, match="reopen-first"):
        decisions.set_due(desk, [one], SOON)


# What is foreseen


def test_an_approval_is_foreseen_with_what_is_in_the_way(ready: list[str], desk: Desk, lay: Any) -> None:
    blocked = lay(4, fields={})
    decisions.reject(desk, ready[:1], "Twice.")
    entries = history.entries(desk)
    foreseen = actions.preview(desk, [*ready, blocked, ready[0]], actions.approving())
    assert foreseen.said == "2 submissions will be approved. 2 are refused."
    assert foreseen.ids == tuple(ready[1:])
    assert [one.submission for one in foreseen.refused] == [ready[0], blocked]
    assert foreseen.refused[0].reason.startswith(
        "“Repair café number 1” is rejected, so it cannot be approved"
    )
    assert "cannot be approved while something blocks it" in foreseen.refused[1].reason
    assert history.entries(desk) == entries, "to foresee changes nothing"


def test_what_would_change_nothing_is_told_apart(ready: list[str], desk: Desk) -> None:
    term = tagging.terms(desk)[0]
    tagging.tag(desk, ready[:1], add=[term])
    foreseen = actions.preview(desk, ready, actions.tagging(add=[term]))
    assert list(outcomes(foreseen).values()) == ["unchanged", "done", "done"]
    assert foreseen.said == (
        f"2 submissions will be tagged: + {term.label}. “Repair café number 1” stays as it is."
    )
    assert tagging.tag(desk, ready, add=[term]).said == f"Tagged 2 submissions: + {term.label}."


def test_one_kind_of_finding_is_set_aside_in_many_as_one_step(desk: Desk, lay: Any) -> None:
    ids = [lay(number) for number in (1, 2, 3)]
    check = study.show(desk, ids[0]).open_findings[0].check
    decisions.dismiss_kind(desk, ids, check, "The programme has none of these.")
    assert not [f for one in ids for f in study.show(desk, one).open_findings if f.check == check]
    assert queue.rows(desk)[0].blockers + queue.rows(desk)[0].warnings + queue.rows(desk)[0].advice == len(
        study.show(desk, ids[0]).open_findings
    )
    history.undo(desk)
    assert all(any(f.check == check for f in study.show(desk, one).open_findings) for one in ids)
    with pytest.raises(Refused, match="reason-needed"):
        decisions.dismiss_kind(desk, ids, check, "  ")


def test_queueing_is_foreseen(ready: list[str], desk: Desk) -> None:
    decisions.approve(desk, ready[:2])
    foreseen = publishing.foresee(desk, ready)
    assert foreseen.said == "2 submissions will go into the outbox. “Repair café number 3” is refused."
    publishing.queue(desk, foreseen.ids)
    assert [row.submission for row in publishing.outbox(desk)] == ready[:2]


FORESEEN = {
    "start": lambda desk: actions.step("start"),
    "approve": lambda desk: actions.approving(),
    "return": lambda desk: actions.returning("Unclear.", SOON),
    "reject": lambda desk: actions.rejecting("Twice."),
    "reopen": lambda desk: actions.reopening(SOON),
    "due": lambda desk: actions.due_on(SOON),
    "no-due": lambda desk: actions.due_on(None),
    "tag": lambda desk: actions.tagging(add=tagging.terms(desk)[:1]),
    "dismiss-kind": lambda desk: actions.dismissing("STR-01", "Known."),
}


@pytest.mark.parametrize("name", FORESEEN)
def test_what_is_foreseen_is_what_happens(ready: list[str], desk: Desk, lay: Any, name: str) -> None:
    ids = [*ready, lay(4, fields={})]
    decisions.reject(desk, ids[:1], "Twice.")
    decisions.start(desk, ids[1:2])
    action = FORESEEN[name](desk)
    foreseen = actions.preview(desk, ids, action)
    before = {one: study.show(desk, one) for one in ids}
    actions.carry_out(desk, foreseen.ids, action)
    assert {one for one in ids if study.show(desk, one) != before[one]} == set(foreseen.ids)
    for one in foreseen.refused:
        with pytest.raises(Refused):
            actions.carry_out(desk, [one.submission], action)
    assert "{" not in foreseen.said


def test_no_step_is_about_more_than_can_be_looked_over(desk: Desk) -> None:
    many = [f"CB-2026-{number:04}" for number in range(actions.MOST + 1)]
    with pytest.raises(Refused, match="too-many"):
        actions.preview(desk, many, actions.approving())
    with pytest.raises(Refused, match="too-many"):
        decisions.approve(desk, many)
    with pytest.raises(WrongUsage, match="unknown-submission"):
        actions.preview(desk, many[:1], actions.approving())


def test_all_or_none(ready: list[str], desk: Desk, lay: Any) -> None:
    before = [study.show(desk, one) for one in ready]
    with pytest.raises(Refused, match="blockers-open"):
        decisions.approve(desk, [*ready, lay(4, fields={"title": before[0].value("title")})])
    assert [study.show(desk, one) for one in ready] == before
