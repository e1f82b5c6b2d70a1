"""The queue: what is shown, in which order, and the same by every way of asking."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from workbench.desk import Desk, decisions, queue, study
from workbench.desk.editing import review
from workbench.desk.rows import QueueFilter
from workbench.desk.themes import tagging
from workbench.errors import Refused, WrongUsage
from workbench.richtext import from_text
from workbench.submission import Status


def ids(desk: Desk, **wanted: Any) -> list[str]:
    return [row.id for row in queue.rows(desk, QueueFilter(**wanted))]


@pytest.fixture
def three(desk: Desk, lay: Any) -> list[str]:
    return [lay(number, due=date(2026, 3, 8 + number)) for number in (1, 2, 3)]


def test_the_most_urgent_comes_first_and_what_was_decided_last(desk: Desk, three: list[str]) -> None:
    assert ids(desk) == three
    assert [row.id for row in queue.rows(desk, limit=1, offset=1)] == [three[1]]
    decisions.reject(desk, three[:1], "Twice.")
    assert ids(desk) == [*three[1:], three[0]]


def test_a_row_sums_the_submission_up(desk: Desk, lay: Any) -> None:
    one = lay()
    (row,) = queue.rows(desk)
    shown = study.show(desk, one)
    assert (row.title, row.council, row.unplaced) == (shown.title, "Leeds City Council", 2)
    assert 0 < row.completeness < 1
    severities = [finding.severity for finding in shown.open_findings]
    assert [row.blockers, row.warnings, row.advice] == [
        severities.count(name) for name in ("blocker", "warning", "advice")
    ]
    tagging.set_authorities(desk, one, tagging.authorities(["E08000019"]))
    assert queue.rows(desk)[0].council == "Sheffield City Council"


def test_filters(desk: Desk, three: list[str]) -> None:
    term = tagging.terms(desk)[0]
    tagging.tag(desk, three[:2], add=[term])
    tagging.set_authorities(desk, three[1], tagging.authorities(["E08000035"]))
    decisions.reject(desk, [three[2]], "Twice.")
    assert ids(desk, statuses=frozenset({Status.REJECTED})) == [three[2]]
    assert ids(desk, term=(term.kind, term.slug)) == three[:2]
    assert ids(desk, gss="E08000035") == [three[1]]
    assert ids(desk, term=(term.kind, term.slug), gss="E08000035", text="repair") == [three[1]]
    assert queue.count(desk, QueueFilter(term=(term.kind, term.slug))) == 2
    assert queue.counts(desk)[Status.RECEIVED] == 2
    assert queue.counts(desk)[Status.PUBLISHED] == 0


def test_late_is_past_due_and_not_decided(desk: Desk, three: list[str], clock: Any) -> None:
    clock.now = clock.now.replace(day=11)
    assert ids(desk, late=True) == three[:2]
    decisions.reject(desk, [three[0]], "Twice.")
    assert ids(desk, late=True) == [three[1]]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("mend", [0, 1, 2]),
        ("MENDING loud", [1]),
        ("cafe number", [0, 1, 2]),
        ("leeds", [0, 1, 2]),
        ("cb-2026-0002", [1]),
        ("loose", [0, 1, 2]),
        ("absent", []),
        ('"; DROP TABLE words', []),
        ("AND OR NOT *", []),
        ("   ", [0, 1, 2]),
        ("—", []),
    ],
)
def test_text_is_found_as_typed_so_far(desk: Desk, three: list[str], text: str, found: list[int]) -> None:
    review.edit(desk, three[1], "impact", from_text("Mending, loudly."))
    assert ids(desk, text=text) == [three[number] for number in found]


def test_text_that_was_edited_away_is_not_found(desk: Desk, lay: Any) -> None:
    one = lay()
    review.edit(desk, one, "summary", from_text("Nothing of it."))
    assert ids(desk, text="residents") == []


def test_decisions_are_for_all_or_none(desk: Desk, three: list[str]) -> None:
    decisions.start(desk, three[:1])
    with pytest.raises(Refused, match="wrong-status"):
        decisions.start(desk, three)
    assert queue.counts(desk)[Status.IN_REVIEW] == 1
    with pytest.raises(WrongUsage, match="unknown-submission"):
        decisions.start(desk, [three[1], "CB-1999-0001"])
    assert queue.counts(desk)[Status.IN_REVIEW] == 1


def test_approval_waits_for_blockers(desk: Desk, lay: Any) -> None:
    one = lay(fields={})
    blockers = [finding for finding in study.show(desk, one).open_findings if finding.severity == "blocker"]
    assert blockers
    with pytest.raises(Refused) as caught:
        decisions.approve(desk, [one])
    assert caught.value.code == "blockers-open"
    assert blockers[0].message in caught.value.params["blockers"]
    for blocker in blockers:
        review.dismiss(desk, one, blocker.key, "Known and accepted.")
    assert decisions.approve(desk, [one]).said == f"Approved {one}."
    with pytest.raises(Refused, match="reason-needed"):
        decisions.reject(desk, [one], " ")


def test_a_theme_nobody_knows_is_refused(desk: Desk, lay: Any) -> None:
    from workbench.submission import Term

    with pytest.raises(WrongUsage, match="unknown-theme"):
        tagging.tag(desk, [lay()], add=[Term("topic", "no-such", "No such")])
    with pytest.raises(WrongUsage, match="unknown-council"):
        tagging.authorities(["E99999999"])
