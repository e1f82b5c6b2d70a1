"""The queue at the window: filters with and without names, orders, and what is done to several at once."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ui.phrases import age, due, parsed_day
from workbench.desk import decisions, open_desk, queue, study
from workbench.desk.rows import QueueFilter
from workbench.submission import Status

CLEAN = ("sample-durham-carers-passport.docx", "sample-stroud-retrofit.docx")
POOR = "sample-wigan-befriending-poor.docx"
TODAY = date(2026, 3, 4)


def listed(editor):
    model = editor.window.desk.model
    return [model.at(place) for place in range(model.rowCount())]


def choose_all(editor):
    editor.window.desk.queue.list.selectAll()


@pytest.fixture
def three(editor):
    """An editor with two clean submissions and a poor one."""
    editor.bring(*CLEAN, POOR)
    return editor


# Filters


def test_listed_by_what_stands_out_and_everything_again(three):
    three.press("L")
    three.choose("With a blocker")
    assert [row.title[:11] for row in listed(three)] == ["Befriending"]
    chips = three.window.desk.queue.findChildren(type(three.window.desk.queue.late))
    taken_off = next(chip for chip in chips if chip.accessibleName() == "Take off: With a blocker")
    taken_off.click()
    three.settle()
    assert len(listed(three)) == 3


def test_a_filter_gets_a_name_and_keeps_it(three, editor_at, workspace):
    three.press("L")
    three.choose("Nothing found")
    three.do("save_filter")
    three.choose("Ready to go")
    assert three.notice == "Kept the filter “Ready to go”."
    three.window.close()

    again = editor_at(lambda: open_desk(workspace, who="A. Editor"))
    again.until(lambda: listed(again))
    chip = again.window.desk.queue.saved["Ready to go"]
    chip.click()
    again.settle()
    assert again.window.desk.queue.filter == QueueFilter(worst="none")
    assert chip.isChecked()
    again.do("rename_filter")
    again.choose("Ready")
    again.choose("To approve")
    assert list(again.window.desk.queue.saved) == ["To approve"]
    again.do("delete_filter")
    again.choose("To approve")
    assert not again.window.desk.queue.saved
    again.do("undo")
    assert list(again.window.desk.queue.saved) == ["To approve"], "like every step"


def test_another_order(three):
    three.press("Shift+L")
    three.choose("By title")
    titles = [row.title for row in listed(three)]
    assert titles == sorted(titles, key=str.casefold)
    three.do("show_all")
    assert three.window.desk.queue.filter.order == "title", "all of them, as they were ordered"


def test_what_is_looked_for_stays_in_the_line(three):
    three.press("/")
    three.type("retrofit")
    three.until(lambda: len(listed(three)) == 1)
    three.do("filter_queue")
    three.choose("In review")
    assert listed(three) == []
    assert three.window.desk.queue.search.text() == "retrofit"
    three.do("show_all")
    assert three.window.desk.queue.search.text() == ""
    assert len(listed(three)) == 3


# Several at once


def test_several_are_decided_after_a_look_at_what_would_happen(three):
    choose_all(three)
    three.press("A")
    foreseen = three.window.foreseen
    assert foreseen.accessibleName().startswith("2 submissions will be approved. “Befriending")
    assert foreseen.do.text() == "Approve 2"
    three.press("Return")
    assert three.notice == "Approved 2 submissions."
    assert sorted(row.status for row in listed(three)) == ["approved", "approved", "received"]
    three.press("Ctrl+Z")
    assert {row.status for row in listed(three)} == {Status.RECEIVED}, "one step"


def test_nothing_happens_where_it_is_left(three):
    choose_all(three)
    three.do("start")
    three.press("Escape")
    assert not three.window.foreseen.isVisible()
    assert {row.status for row in listed(three)} == {Status.RECEIVED}


def test_where_nothing_can_be_done_there_is_nothing_to_press(three):
    choose_all(three)
    three.do("queue")
    assert not three.window.foreseen.do.isVisible()
    assert three.window.foreseen.accessibleName() == "3 are refused."


def test_what_was_chosen_stays_chosen_wherever_it_moves(three):
    three.open("Durham")
    first = three.study.id
    choose_all(three)
    three.do("approve")
    three.press("Return")
    chosen = set(three.window.desk.queue.selected())
    assert first in chosen
    assert chosen == {row.id for row in listed(three)}
    three.do("queue")
    assert three.window.foreseen.do.text() == "Put 2 into the outbox"


def test_after_a_decision_the_next_is_the_one_that_waits(editor):
    editor.bring(*CLEAN, POOR)
    waiting = [row.id for row in listed(editor)]
    editor.window.desk.queue.choose_place(0)
    editor.settle()
    editor.press("A")
    assert editor.study.id == waiting[0], "it is still shown, so that Q follows"
    editor.press("]")
    assert editor.study.id == waiting[1]


def test_all_of_a_long_queue_though_only_some_of_it_was_looked_at(three, monkeypatch):
    monkeypatch.setattr("ui.stages.desk.PAGE", 2)
    monkeypatch.setattr("ui.models.queue.PAGE", 2)
    three.window.desk.model.forget()
    three.window.desk.refresh()
    three.settle()
    model = three.window.desk.model
    choose_all(three)
    model._rows.pop(2, None)
    assert len(three.window.desk.queue.selected()) < 3
    three.do("start")
    assert three.window.foreseen.do.text() == "Start review of 3"


# Back to the council, and days


def test_returned_with_a_reason_and_a_day(three, workspace):
    three.open("Stroud")
    three.press("B")
    three.window.returning.sheet.marked.emit()
    three.settle()
    three.choose("Please check the figures")
    assert "nothing is sent" in three.window.chooser.title.text()
    three.choose("1 December 2099")
    assert three.study.status is Status.RETURNED
    assert three.study.due == date(2099, 12, 1)
    assert three.notice.endswith("to be answered by 1 December 2099: Please check the figures")


def test_the_usual_day_is_the_first_that_is_offered(three, workspace):
    three.open("Stroud")
    shown = three.study.id
    three.do("mark_returned")
    three.choose("Something is missing")
    QTest.keyClick(three.window.chooser.line, Qt.Key.Key_Down)
    QTest.keyClick(three.window.chooser.line, Qt.Key.Key_Return)
    three.settle()
    with open_desk(workspace) as desk:
        assert study.show(desk, shown).due == decisions.reply_day(desk)


def test_another_day_to_be_done_by(three, workspace):
    three.open("Stroud")
    three.press("W")
    three.choose("the day after never")
    assert three.notice.startswith("“the day after never” is no day")
    three.press("W")
    three.choose("2020-01-02")
    assert three.study.due == date(2020, 1, 2)
    three.until(lambda: "1 late" in three.window.desk.queue._counted.text())
    three.window.desk.queue.late.click()
    three.settle()
    assert [row.title[:6] for row in listed(three)] == ["Stroud"]
    three.do("set_due")
    three.choose("No day")
    with open_desk(workspace) as desk:
        assert queue.count(desk, QueueFilter(late=True)) == 0


def test_every_finding_of_a_kind_is_set_aside(three):
    three.open("Befriending")
    three.do("next_finding")
    check = three.window.desk.study.current_finding().check
    three.press("Shift+D")
    three.choose("Checked with the council")
    assert not [finding for finding in three.study.open_findings if finding.check == check]


# Words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026-10-03", date(2026, 10, 3)),
        ("3/10/2026", date(2026, 10, 3)),
        ("3 October", date(2026, 10, 3)),
        (" 3  oct ", date(2026, 10, 3)),
        ("3 October 2030", date(2030, 10, 3)),
        ("3 March", date(2027, 3, 3)),
        ("3/3", date(2027, 3, 3)),
        ("29 February", None),
        ("soon", None),
        ("", None),
    ],
)
def test_days_as_people_write_them(text, found):
    assert parsed_day(text, TODAY) == found


def test_how_old_and_how_late_in_words():
    from datetime import UTC, datetime

    days = [age(datetime(2026, 3, 4, 12, tzinfo=UTC).replace(day=4), TODAY)]
    days += [
        age(datetime(*when, 12, tzinfo=UTC), TODAY) for when in ((2026, 3, 1), (2026, 2, 1), (2025, 1, 1))
    ]
    assert days == ["today", "3 d", "4 w", "14 mo"]
    assert due(date(2026, 3, 2), TODAY, reply=True) == "reply 2 days late"
    assert due(TODAY, TODAY) == "due today"
    assert due(None, TODAY) == ""
