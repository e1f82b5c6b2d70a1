"""The same words in many studies: looked at, replaced as one step, taken back as one."""

from __future__ import annotations

import pytest

from workbench.desk import decisions, history, study
from workbench.desk.editing import replacing, review
from workbench.errors import Refused, WrongUsage
from workbench.richtext import from_html, to_html
from workbench.richtext.finding import Wanted
from workbench.submission import Status

MEND = Wanted("mend", "repair")


def test_every_place_is_shown_with_its_line_and_nothing_changes(desk, lay):
    ids = [lay(1), lay(2)]
    found = replacing.preview(desk, ids, Wanted("café", "shop"))
    assert [(row.submission, row.field, row.label, row.start) for row in found] == [
        (ids[0], "title", "Title", 7),
        (ids[1], "title", "Title", 7),
    ]
    assert (found[0].left, found[0].before, found[0].after, found[0].right) == (
        "Repair ",
        "café",
        "shop",
        " number 1",
    )
    assert study.show(desk, ids[0]).title == "Repair café number 1"


def test_all_of_them_are_one_step_to_undo(desk, lay):
    ids = [lay(1), lay(2)]
    changed = replacing.replace(desk, ids, MEND)
    assert changed.submissions == frozenset(ids)
    assert changed.said == "Replaced “mend” by “repair” in 2 submissions (2×)."
    assert [study.show(desk, one).value("summary").text for one in ids] == [
        "Residents repair what they own."
    ] * 2
    history.undo(desk, changed.entry)
    assert [study.show(desk, one).value("summary").text for one in ids] == [
        "Residents mend what they own."
    ] * 2


def test_what_was_decided_on_is_left_and_said(desk, lay):
    open_, decided = lay(1), lay(2, status=Status.APPROVED)
    assert [row.allowed for row in replacing.preview(desk, [open_, decided], MEND)] == [True, False]
    changed = replacing.replace(desk, [open_, decided], MEND)
    assert changed.submissions == frozenset({open_})
    assert changed.said.endswith(
        "One place was left as it is: its submission has been decided on, or it reads differently now."
    )
    assert study.show(desk, decided).value("summary").text == "Residents mend what they own."


def test_only_what_was_chosen_is_replaced(desk, lay):
    one = lay(1)
    review.edit(desk, one, "summary", from_html("<p>a cat, <strong>a cat</strong>, a cat</p>"))
    wanted = Wanted("cat", "dog")
    found = replacing.preview(desk, [one], wanted)
    replacing.replace(desk, [one], wanted, chosen=found[1:2])
    assert to_html(study.show(desk, one).value("summary").content) == (
        "<p>a cat, <strong>a dog</strong>, a cat</p>"
    )


def test_what_reads_differently_by_now_is_left_and_said(desk, lay):
    one = lay(1)
    found = replacing.preview(desk, [one], MEND)
    review.edit(desk, one, "summary", from_html("<p>They mend.</p>"))
    changed = replacing.replace(desk, [one], MEND, chosen=found)
    assert changed.entry is None
    assert changed.said.startswith("Nothing was replaced. One place was left")


def test_one_field_alone(desk, lay):
    one = lay(1)
    assert {row.field for row in replacing.preview(desk, [one], Wanted("e"), "council")} == {"council"}
    replacing.replace(desk, [one], Wanted("e", "3"), "council")
    submission = study.show(desk, one)
    assert submission.value("council").text == "L33ds City Council"
    assert submission.title == "Repair café number 1"


def test_replacing_words_by_themselves_is_no_step(desk, lay):
    one = lay(1)
    assert replacing.replace(desk, [one], Wanted("mend", "mend")).entry is None


def test_a_bad_pattern_and_an_unknown_submission_change_nothing(desk, lay):
    one = lay(1)
    steps = len(history.entries(desk))
    with pytest.raises(Refused, match="pattern-wrong"):
        replacing.replace(desk, [one], Wanted("(", "x", pattern=True))
    with pytest.raises(WrongUsage, match="unknown-submission"):
        replacing.replace(desk, [one, "CB-1999-0001"], MEND)
    assert len(history.entries(desk)) == steps


def test_a_replacement_brings_the_checks_up_to_date(desk, lay):
    one = lay(1)
    replacing.replace(desk, [one], Wanted("mend", "utilise"))
    assert any(finding.excerpt == "utilise" for finding in study.show(desk, one).findings)


def test_a_study_approved_since_the_replacement_keeps_it(desk, lay):
    one = lay(1)
    changed = replacing.replace(desk, [one], MEND)
    decisions.start(desk, [one])
    decisions.reject(desk, [one], "Not a case study")
    with pytest.raises(Refused, match="overtaken"):
        history.undo(desk, changed.entry)
