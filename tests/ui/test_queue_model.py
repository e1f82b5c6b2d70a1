"""Ten thousand rows cost what is looked at, and a change leaves the editor where they were."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt

from ui.models.queue import PAGE, ROW, QueueModel
from ui.views.queue.queue import QueueView, badge, ring
from workbench.desk.rows import Listing, QueueRow
from workbench.submission import Status


def row(number=1, **given):
    made = {
        "id": f"CB-2026-{number:04}",
        "title": f"Study {number}",
        "council": "Leeds City Council",
        "status": Status.RECEIVED,
        "template": "case-study",
        "received": datetime(2026, 1, 5, tzinfo=UTC),
        "due": date(2026, 1, 12),
        "completeness": 1.0,
        "blockers": 0,
        "warnings": 0,
        "advice": 0,
        "unplaced": 0,
    }
    return QueueRow(**{**made, **given})


def pages(model):
    wanted = []
    model.wanted.connect(wanted.append)
    return wanted


def test_only_pages_that_are_looked_at_are_asked_for(qapp):
    model = QueueModel()
    wanted = pages(model)
    model.expect(10_000)
    model.data(model.index(0))
    model.data(model.index(5))
    model.data(model.index(9_999))
    assert wanted == [0, 9_900]


def test_a_page_fills_its_rows(qapp):
    model = QueueModel()
    model.expect(250)
    model.put(PAGE, [row(n) for n in range(PAGE, 2 * PAGE)])
    assert model.data(model.index(PAGE), ROW).id == "CB-2026-0100"
    assert model.data(model.index(0), ROW) is None
    assert model.place("CB-2026-0150") == 150


def test_after_a_change_old_rows_show_until_new_ones_come(qapp):
    model = QueueModel()
    model.expect(1)
    model.put(0, [row(1)])
    model.expect(1)
    assert model.data(model.index(0), ROW).title == "Study 1"
    model.put(0, [row(1, title="Another title")])
    assert model.data(model.index(0), ROW).title == "Another title"


@pytest.mark.parametrize(("before", "after"), [(0, 5), (5, 2), (5, 0), (3, 3)])
def test_the_number_of_rows_follows(qapp, qtmodeltester, before, after):
    model = QueueModel()
    model.expect(before)
    model.put(0, [row(n) for n in range(before)])
    model.expect(after)
    model.put(0, [row(n) for n in range(after)])
    assert model.rowCount() == after
    qtmodeltester.check(model)


def test_a_row_is_told_in_words(qapp):
    model = QueueModel()
    model.expect(1)
    model.put(0, [row(1, blockers=2, completeness=0.5, unplaced=1)])
    said = model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert said == (
        "Study 1, Leeds City Council, New, 50 % complete, 2 blockers, 1 passage unplaced, due 12 January 2026"
    )


@pytest.mark.parametrize(
    ("given", "text", "token"),
    [
        ({"blockers": 2, "warnings": 1}, "2 to fix", "blocker"),
        ({"warnings": 3}, "3", "warning"),
        ({"unplaced": 1}, "1", "warning"),
        ({}, "ready", "good"),
        ({"status": Status.PUBLISHED, "blockers": 1}, "published", "good"),
        ({"status": Status.REJECTED}, "rejected", "ink3"),
    ],
)
def test_the_pill_says_what_is_most_worth_knowing(given, text, token):
    assert badge(row(**given)).text == text
    assert ring(row(**given)) == token


def test_ten_thousand_rows_are_laid_out_without_fetching_them(qapp, qtbot):
    model = QueueModel()
    wanted = pages(model)
    view = QueueView(model, lambda: date(2026, 1, 9))
    qtbot.addWidget(view)
    view.resize(324, 900)
    view.show()
    model.expect(10_000)
    view.list.grab()
    assert set(wanted) <= {0}
    view.list.scrollTo(model.index(5_000))
    view.list.grab()
    assert set(wanted) <= {0, 4_900, 5_000}


@pytest.mark.parametrize(
    "title", ["", "x" * 5_000, "🙂" * 400, "עברית ועוד " * 30, "two\u0301 words", "tab\tand\nline"]
)
def test_titles_of_any_kind_are_painted(qapp, qtbot, title):
    model = QueueModel()
    view = QueueView(model, lambda: date(2026, 1, 9))
    qtbot.addWidget(view)
    view.show_listing(Listing({Status.RECEIVED: 1}, 0, 1, 0, ()))
    model.expect(1)
    model.put(0, [row(1, title=title, council="W" * 300)])
    view.resize(324, 300)
    assert not view.list.grab().isNull()
