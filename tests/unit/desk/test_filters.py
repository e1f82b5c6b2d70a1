"""Filters of the queue: each part, in words, by name; one listing from one moment; every order by every page."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.desk.conftest import Clock
from workbench.desk import Desk, decisions, filters, history, open_desk, queue, study
from workbench.desk.editing import review
from workbench.desk.rows import QUEUE_ORDERS, QueueFilter
from workbench.desk.themes import tagging
from workbench.errors import Refused, WrongUsage
from workbench.submission import TERM_KINDS, Status

FILTERS = st.builds(
    QueueFilter,
    statuses=st.frozensets(st.sampled_from(Status)),
    text=st.sampled_from(["", "café", "two words"]),
    term=st.none() | st.tuples(st.sampled_from(TERM_KINDS), st.sampled_from(["waste", "housing"])),
    gss=st.sampled_from([None, "E08000035", "X"]),
    late=st.booleans(),
    due_within=st.none() | st.integers(0, 30),
    worst=st.sampled_from([None, "blocker", "warning", "advice", "none"]),
    unplaced=st.booleans(),
    missing=st.sampled_from([None, "topic", "council"]),
    review_within=st.none() | st.integers(0, 30),
    among=st.sampled_from([(), ("CS-2",), ("CS-1", "CS-3")]),
    order=st.sampled_from(QUEUE_ORDERS),
)


def ids(desk: Desk, **wanted: Any) -> list[str]:
    return [row.id for row in queue.rows(desk, QueueFilter(**wanted))]


@pytest.fixture(scope="module")
def laid(tmp_path_factory: pytest.TempPathFactory, laying: Any) -> tuple[Path, list[str]]:
    """A desk with nine submissions that differ in all that the queue is ordered by."""
    workspace = tmp_path_factory.mktemp("several") / "desk"
    with open_desk(workspace, who="Ada", clock=Clock()) as desk:
        found = [laying(desk, number, due=date(2026, 3, 9 + number % 4), unplaced=()) for number in range(9)]
        for at, one in enumerate(found):
            for finding in study.show(desk, one).open_findings[: at * 2]:
                review.dismiss(desk, one, finding.key, "Known.")
        decisions.reject(desk, found[:2], "Twice.")
    return workspace, found


@pytest.fixture
def several(laid: tuple[Path, list[str]], tmp_path: Path) -> list[str]:
    """Those nine on the test's own desk, which is asked for after this."""
    workspace, found = laid
    shutil.copytree(workspace, tmp_path / "desk")
    return list(found)


def test_each_part_of_a_filter(desk: Desk, lay: Any) -> None:
    one, two = lay(1, unplaced=()), lay(2)
    assert ids(desk, unplaced=True) == [two]
    assert (ids(desk, among=(two,)), ids(desk, among=(one, "nowhere"), unplaced=True)) == ([two], [])
    tagging.tag(desk, [one], add=[term for term in tagging.terms(desk) if term.kind == "topic"][:1])
    tagging.set_authorities(desk, two, tagging.authorities(["E08000035"]))
    assert (ids(desk, missing="topic"), ids(desk, missing="council")) == ([two], [one])
    assert ids(desk, worst="blocker") == [one, two]
    for finding in study.show(desk, one).open_findings:
        if finding.severity == "blocker":
            review.dismiss(desk, one, finding.key, "Known.")
    assert ids(desk, worst="blocker") == [two]
    worst = "warning" if queue.rows(desk)[0].warnings else "advice"
    assert ids(desk, worst=worst) == [one]
    assert ids(desk, worst="none") == []


@pytest.mark.parametrize("order", QUEUE_ORDERS)
@pytest.mark.parametrize("text", ["", "repair"])
def test_pages_lie_end_to_end_and_every_place_is_found(
    several: list[str], desk: Desk, order: Any, text: str
) -> None:
    wanted = QueueFilter(order=order, text=text)
    whole = queue.ids(desk, wanted)
    assert sorted(whole) == several
    pages = [queue.listing(desk, wanted, 4, offset) for offset in (0, 5, 8)]
    assert [row.id for page in pages for row in page.rows] == list(whole)
    for place, one in enumerate(whole):
        around = queue.listing(desk, wanted, 4, 0, one)
        assert around.offset == place // 4 * 4
        assert one in [row.id for row in around.rows]


def test_the_orders(several: list[str], desk: Desk) -> None:
    rows = {order: queue.rows(desk, QueueFilter(order=order)) for order in QUEUE_ORDERS}
    due = [(row.status == "rejected", row.due) for row in rows["due"]]
    found = [(row.blockers, row.warnings, row.advice) for row in rows["worst"]]
    worst = [next((at for at, n in enumerate(row) if n), 3) for row in found]
    assert due == sorted(due)
    assert worst == sorted(worst)
    assert len(set(worst)) > 1
    assert [row.id for row in rows["age"]] == [row.id for row in reversed(rows["received"])]
    assert [row.title for row in rows["title"]] == sorted(row.title for row in rows["title"])
    shares = [row.completeness for row in rows["completeness"]]
    assert shares == sorted(shares, reverse=True)


def test_a_listing_is_of_one_moment(several: list[str], desk: Desk) -> None:
    filters.save(desk, "Rejected", QueueFilter(statuses=frozenset({Status.REJECTED})))
    listing = queue.listing(desk, QueueFilter(statuses=frozenset({Status.REJECTED})), 100)
    assert listing.total == len(listing.rows) == listing.counts[Status.REJECTED] == 2
    assert [each.said for each in listing.criteria] == ["Rejected"]
    assert [each.name for each in listing.saved] == ["Rejected"]
    gone = queue.listing(desk, QueueFilter(late=True), 100, 500, several[0])
    assert (gone.offset, gone.total, gone.rows) == (0, 0, ())


def test_an_undone_import_is_nowhere(desk: Desk, lay: Any) -> None:
    lay()
    history.undo(desk)
    for wanted in (QueueFilter(), QueueFilter(text="repair"), QueueFilter(missing="topic")):
        listing = queue.listing(desk, wanted, 100)
        assert (listing.total, listing.rows) == (0, ())
    history.redo(desk)
    assert queue.listing(desk, QueueFilter(text="repair"), 100).total == 1


@given(FILTERS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_a_filter_asks_is_said_part_by_part(desk: Desk, wanted: QueueFilter) -> None:
    plain = QueueFilter()
    for criterion in filters.criteria(desk, wanted):
        assert "{" not in criterion.said
        assert criterion.said not in ("", criterion.name)
        plain = criterion.on(plain)
        assert criterion.off(criterion.on(wanted)) == criterion.off(wanted)
    assert plain == wanted


def test_everything_that_is_offered_narrows(several: list[str], desk: Desk) -> None:
    for criterion in filters.offers(desk)[:30]:
        found = queue.ids(desk, criterion.on(QueueFilter()))
        assert len(found) == queue.count(desk, criterion.on(QueueFilter()))
        assert set(found) <= set(several)
    assert len({criterion.said for criterion in filters.orders()}) == len(QUEUE_ORDERS)


def test_names_are_kept_across_a_restart_and_each_change_is_a_step(desk: Desk) -> None:
    wanted = QueueFilter(
        statuses=frozenset({Status.RECEIVED, Status.IN_REVIEW}),
        term=("topic", "housing"),
        gss="E08000035",
        due_within=0,
        worst="none",
        order="worst",
    )
    assert filters.save(desk, "  This   week ", wanted).said == "Kept the filter “This week”."
    with open_desk(desk.workspace) as again:
        assert filters.named(again, "This week") == wanted
        filters.rename(again, "This week", "Soon")
        filters.save(again, "Other", QueueFilter(late=True))
        assert [each.name for each in filters.saved(again)] == ["Other", "Soon"]
        filters.save(again, "Other", QueueFilter(unplaced=True))
        history.undo(again)
        assert filters.named(again, "Other") == QueueFilter(late=True)
        filters.delete(again, "Soon")
        history.undo(again)
        assert filters.named(again, "Soon") == wanted


def test_names_that_cannot_be(desk: Desk) -> None:
    filters.save(desk, "Late", QueueFilter(late=True))
    filters.save(desk, "Poor", QueueFilter(worst="blocker"))
    with pytest.raises(Refused, match="name-needed"):
        filters.save(desk, " \n ", QueueFilter(late=True))
    with pytest.raises(Refused, match="name-taken"):
        filters.rename(desk, "Late", "Poor")
    assert filters.rename(desk, "Late", "Late").entry is None
    with pytest.raises(WrongUsage, match="unknown-filter"):
        filters.named(desk, "No such")
    with pytest.raises(WrongUsage, match="unknown-filter"):
        filters.delete(desk, "No such")


def test_counts_follow_every_change_from_here_and_elsewhere(several: list[str], desk: Desk) -> None:
    def received() -> int:
        return queue.counts(desk)[Status.RECEIVED]

    assert received() == 7
    decisions.start(desk, several[2:3])
    assert received() == 6
    with pytest.raises(ZeroDivisionError), desk.store.writing():
        decisions.start(desk, several[3:4])
        assert received() == 5, "as the transaction sees it"
        raise ZeroDivisionError
    assert received() == 6
    with open_desk(desk.workspace) as other:
        decisions.start(other, several[3:5])
    assert received() == 4
    history.undo(desk)
    assert received() == 6
