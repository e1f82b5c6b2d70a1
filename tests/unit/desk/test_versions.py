"""Any earlier answer can be compared with, and gone back to; going back is a step like any other."""

from __future__ import annotations

from typing import Any

import pytest

from workbench.desk import Desk, decisions, history, study
from workbench.desk.editing import review, versions
from workbench.errors import Refused, WrongUsage
from workbench.richtext import from_html, from_text


def summary(desk: Desk, one: str) -> str:
    return study.show(desk, one).value("summary").text


def told(desk: Desk, one: str, older: int, newer: int | None = None) -> dict[str, str]:
    """Each field with its words as wdiff writes them."""
    marks = {"same": "{}", "gone": "[-{}-]", "new": "{{+{}+}}"}
    return {
        change.field: "".join(marks[run.kind].format(run.text) for run in change.runs)
        for change in versions.difference(desk, one, older, newer)
    }


@pytest.fixture
def written(desk: Desk, lay: Any) -> tuple[str, list[int]]:
    """A submission whose summary was written anew twice, with the numbers of the steps that brought and wrote it."""
    one = lay()
    imported = history.entries(desk)[0].id
    first = review.edit(desk, one, "summary", from_text("They mend 61 things.")).entry
    review.edit(desk, one, "impact", from_text("Much."))
    second = review.edit(desk, one, "summary", from_text("They mend 58 things.")).entry
    assert first
    assert second
    return one, [imported, first, second]


def test_words_between_any_two_steps(desk: Desk, written: tuple[str, list[int]]) -> None:
    one, (imported, first, second) = written
    assert told(desk, one, first, second) == {
        "impact": "{+Much.+}",
        "summary": "They mend[- 61-]{+ 58+} things.",
    }
    assert told(desk, one, second - 1, second) == {"summary": "They mend[- 61-]{+ 58+} things."}
    assert told(desk, one, second) == {}
    assert told(desk, one, imported)["summary"].startswith("[-Residents-]{+They+} mend")
    assert told(desk, one, second, first)["impact"] == "[-Much.-]", "backwards too"


def test_marks_alone_differ_without_words(desk: Desk, lay: Any) -> None:
    one = lay()
    review.edit(desk, one, "summary", from_text("They mend."))
    step = review.edit(desk, one, "summary", from_html("<p>They <strong>mend</strong>.</p>")).entry
    assert step
    (change,) = versions.difference(desk, one, step - 1, step)
    assert (change.label, change.runs) == ("Summary", ())


def test_back_to_an_earlier_answer_and_forth_again(desk: Desk, written: tuple[str, list[int]]) -> None:
    one, (imported, first, second) = written
    said = versions.revert(desk, one, "summary", first).said
    assert said == f"Put Summary of “Repair café number 1” back to how it stood after entry {first}."
    assert summary(desk, one) == "They mend 61 things."
    assert study.show(desk, one).value("impact").text == "Much.", "the rest stays"
    versions.revert(desk, one, "summary", imported)
    assert study.show(desk, one).value("summary").matched_by == "heading", "with all that was known of it"
    history.undo(desk)
    history.undo(desk)
    assert summary(desk, one) == "They mend 58 things."
    versions.revert(desk, one, "summary", first)
    assert versions.revert(desk, one, "summary", first).entry is None, "a second time changes nothing"
    versions.revert(desk, one, "summary", second)
    assert summary(desk, one) == "They mend 58 things."


def test_back_to_when_there_was_no_answer(desk: Desk, written: tuple[str, list[int]]) -> None:
    one, (imported, *_) = written
    versions.revert(desk, one, "impact", imported)
    assert "impact" not in study.show(desk, one).fields
    assert any(finding.field == "impact" for finding in study.show(desk, one).findings), "and it is checked"


def test_undone_steps_count_for_what_stood_then(desk: Desk, written: tuple[str, list[int]]) -> None:
    one, (_, first, second) = written
    undoing = history.undo(desk, second).entry
    assert undoing
    assert told(desk, one, first, undoing) == {"impact": "{+Much.+}"}
    versions.revert(desk, one, "summary", second)
    assert summary(desk, one) == "They mend 58 things."


def test_what_cannot_be_gone_back_to(desk: Desk, written: tuple[str, list[int]], lay: Any) -> None:
    one, (imported, *_) = written
    later = lay(2)
    with pytest.raises(WrongUsage, match="unknown-entry"):
        versions.difference(desk, one, 99)
    with pytest.raises(Refused, match="not-yet-there"):
        versions.revert(desk, later, "summary", imported)
    with pytest.raises(WrongUsage, match="unknown-field"):
        versions.revert(desk, one, "no-such-field", imported)
    with pytest.raises(WrongUsage, match="unknown-submission"):
        versions.revert(desk, "CB-1999-0001", "summary", imported)
    decisions.reject(desk, [one], "Twice.")
    with pytest.raises(Refused, match="reopen-first"):
        versions.revert(desk, one, "summary", imported)


def test_a_line_of_the_history_gives_the_words(desk: Desk, written: tuple[str, list[int]]) -> None:
    one, _ = written
    newest, middle, *_ = history.entries(desk, one)
    assert (newest.fields, newest.was, newest.now) == (("summary",), "61", "58")
    assert (middle.fields, middle.was, middle.now) == (("impact",), "", "Much.")
    assert history.entries(desk)[0].fields == (), "the desk's history is not one submission's"
    review.edit(desk, one, "impact", from_text("word " * 50_000))
    longest = history.entries(desk, one)[0]
    assert len(longest.now) <= history.SHORT


def test_the_history_of_what_never_was_is_refused(desk: Desk, lay: Any) -> None:
    with pytest.raises(WrongUsage, match="unknown-submission"):
        history.entries(desk, "CB-1999-0001")
    one = lay()
    history.undo(desk)
    assert [entry.undone for entry in history.entries(desk, one)] == [False, True], "an undone import has one"
