"""Work on one study: answers, placing, fixes, dismissals, pictures; and two desks at once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from workbench import richtext
from workbench.desk import Desk, decisions, open_desk, standing, study
from workbench.desk.editing import placing, review
from workbench.desk.themes import tagging
from workbench.errors import Refused, WrongUsage
from workbench.richtext import Image, Paragraph, from_text
from workbench.submission import FieldValue, Finding, due_date

PICTURE = "ab" * 32


def fixable(desk: Desk, one: str) -> list[Finding]:
    return [finding for finding in study.show(desk, one).open_findings if finding.fix]


def test_an_edited_answer_keeps_where_it_came_from(desk: Desk, lay: Any) -> None:
    one = lay()
    changed = review.edit(desk, one, "summary", from_text("They mend."))
    value = study.show(desk, one).value("summary")
    assert (value.text, value.heading, value.sources) == ("They mend.", "Heading", ("p1",))
    assert (value.matched_by, value.confidence) == ("editor", 1.0)
    assert changed.submissions == {one}
    assert {"queue", "submission"} <= changed.grains


def test_what_is_typed_is_kept_exactly(desk: Desk, lay: Any) -> None:
    one = lay()
    text = "Dŵr – שלום 👩‍🔧 e\u0301 zero\u200bwidth " * 2000
    review.edit(desk, one, "impact", from_text(text))
    assert study.show(desk, one).value("impact").content == from_text(text)


def test_a_field_that_changed_meanwhile_is_not_overwritten(desk: Desk, lay: Any) -> None:
    one = lay()
    seen = study.show(desk, one).value("summary").content
    with open_desk(desk.workspace, who="Bea") as other:
        review.edit(other, one, "summary", from_text("Bea was here."), before=seen)
    assert desk.changed_elsewhere()
    with pytest.raises(Refused, match="changed-meanwhile"):
        review.edit(desk, one, "summary", from_text("So was Ada."), before=seen)
    assert study.show(desk, one).value("summary").text == "Bea was here."


def test_unknown_names_are_wrong_usage(desk: Desk, lay: Any) -> None:
    one = lay()
    for call, code in (
        (lambda: review.edit(desk, "CB-1999-0001", "summary", ()), "unknown-submission"),
        (lambda: review.edit(desk, one, "colour", ()), "unknown-field"),
        (lambda: placing.place(desk, one, "p-9", "impact"), "unknown-passage"),
        (lambda: review.take_fix(desk, one, "none"), "unknown-finding"),
        (lambda: review.dismiss(desk, one, "none", "Fine."), "unknown-finding"),
        (lambda: review.restore(desk, one, "none"), "unknown-finding"),
        (lambda: review.set_alt(desk, one, "cd" * 32, "A table"), "unknown-picture"),
        (lambda: placing.forget(desk, "case-study", "none"), "unknown-heading"),
        (lambda: study.asset(desk, "cd" * 32), "unknown-asset"),
    ):
        with pytest.raises(WrongUsage, match=code):
            call()


def test_what_was_decided_on_is_reopened_first(desk: Desk, lay: Any) -> None:
    one = lay()
    decisions.reject(desk, [one], "Not a case study.")
    term = tagging.terms(desk)[0]
    for call in (
        lambda: review.edit(desk, one, "summary", from_text("Too late.")),
        lambda: placing.place(desk, one, "p-1", "impact"),
        lambda: placing.unplace(desk, one, "summary"),
        lambda: review.set_alt(desk, one, PICTURE, "A table"),
        lambda: tagging.tag(desk, [one], add=[term]),
        lambda: tagging.set_authorities(desk, one, ()),
    ):
        with pytest.raises(Refused, match="reopen-first"):
            call()
    decisions.reopen(desk, [one])
    review.edit(desk, one, "summary", from_text("In time."))


def test_a_passage_is_placed_and_its_heading_learned(desk: Desk, lay: Any) -> None:
    one = lay()
    review.edit(desk, one, "impact", from_text("Much was mended."))
    placing.place(desk, one, "p-1", "impact")
    shown = study.show(desk, one)
    assert shown.value("impact").text == "Much was mended.\nSavings of 5%."
    assert shown.value("impact").sources == ("p7",)
    assert [passage.key for passage in shown.unplaced] == ["p-2"]
    assert ("label", "Money saved") in [(note.kind, note.text) for note in shown.notes], "no word is lost"
    assert placing.learned(desk) == (("case-study", "money saved", "impact"),)
    placing.forget(desk, "case-study", "money saved")
    assert placing.learned(desk) == ()


def test_placing_once_teaches_nothing(desk: Desk, lay: Any) -> None:
    one = lay()
    placing.place(desk, one, "p-1", "impact", remember=False)
    placing.place(desk, one, "p-2", "impact")
    assert placing.learned(desk) == ()


def test_an_answer_taken_out_and_placed_back_reads_the_same(desk: Desk, lay: Any) -> None:
    one = lay()
    before = study.show(desk, one)
    placing.unplace(desk, one, "summary")
    out = study.show(desk, one)
    assert "summary" not in out.fields
    assert [passage.key for passage in out.unplaced] == ["p-1", "p-2", "from-summary-0"]
    placing.place(desk, one, "from-summary-0", "summary", remember=False)
    assert study.show(desk, one).value("summary").content == before.value("summary").content


def test_a_described_picture_is_described_wherever_it_stands(desk: Desk, lay: Any) -> None:
    content = (*from_text("See:"), Paragraph((Image(PICTURE),)))
    one = lay(fields={"solution": FieldValue(richtext.canonical(content))})
    review.set_alt(desk, one, PICTURE, "  A woman\nmends a toaster ")
    shown = study.show(desk, one)
    assert shown.pictures[0].alt == "A woman mends a toaster"
    assert [image.alt for image in richtext.images(shown.value("solution").content)] == [
        "A woman mends a toaster"
    ]


def test_a_fix_is_taken_as_shown(desk: Desk, lay: Any) -> None:
    one = lay()
    review.edit(desk, one, "impact", from_text("Repairs rose by 5% in 2024-25, by 7% since."))
    finding = fixable(desk, one)[0]
    assert finding.fix
    alike = len([other for other in fixable(desk, one) if other.check == finding.check])
    before = study.show(desk, one).value(finding.fix.field).text
    review.take_fix(desk, one, finding.key)
    after = study.show(desk, one).value(finding.fix.field).text
    assert after == before[: finding.fix.start] + finding.fix.replacement + before[finding.fix.end :]
    assert len([other for other in fixable(desk, one) if other.check == finding.check]) == alike - 1


def test_all_fixes_of_a_check_are_one_step(desk: Desk, lay: Any) -> None:
    one = lay()
    review.edit(desk, one, "impact", from_text("Repairs rose by 5%. Then by 7%, then by 9% more."))
    review.edit(desk, one, "lessons", from_text("Costs fell by 3%."))
    check = fixable(desk, one)[0].check
    alike = [finding for finding in fixable(desk, one) if finding.check == check]
    changed = review.take_fixes(desk, one, check)
    assert changed.said.startswith(f"Took {len(alike)} fixes of {check}" if len(alike) > 1 else "Took a fix")
    assert not [finding for finding in fixable(desk, one) if finding.check == check]
    with pytest.raises(Refused, match="no-fix"):
        review.take_fixes(desk, one, check)


def test_a_finding_set_aside_returns_when_its_words_change(desk: Desk, lay: Any) -> None:
    one = lay()
    review.edit(desk, one, "impact", from_text("Repairs rose by 5%."))
    finding = fixable(desk, one)[0]
    with pytest.raises(Refused, match="reason-needed"):
        review.dismiss(desk, one, finding.key, "  ")
    review.dismiss(desk, one, finding.key, "A quotation.")
    assert finding.key not in {left.key for left in study.show(desk, one).open_findings}
    review.edit(desk, one, "impact", from_text("So it was. Repairs rose by 5%."))
    assert finding.key not in {left.key for left in study.show(desk, one).open_findings}, "it only moved"
    review.restore(desk, one, finding.key)
    assert finding.key in {left.key for left in study.show(desk, one).open_findings}


def test_findings_after_each_edit_are_those_of_a_whole_check(desk: Desk, lay: Any) -> None:
    one = lay()
    for field, text in (
        ("impact", "Repairs rose by 5%. Ring 0113 496 0000 or write to ann.smith@example.org."),
        ("summary", "They mend what they own."),
        ("title", "Lorem ipsum"),
        ("impact", "Repairs rose, and costs fell by £3m."),
    ):
        review.edit(desk, one, field, from_text(text))
        shown = study.show(desk, one)
        with desk.store.reading() as connection:
            whole = standing.findings(desk, connection, replace(shown, findings=()))
        assert {finding.key for finding in shown.findings} == {finding.key for finding in whole}


def test_due_after_five_working_days() -> None:
    from datetime import date

    assert due_date(date(2026, 3, 2), 5) == date(2026, 3, 9)
    assert due_date(date(2026, 3, 6), 1) == date(2026, 3, 9)
    assert due_date(date(2026, 3, 7), 5) == date(2026, 3, 13)
    assert due_date(date(2026, 3, 7), 0) == date(2026, 3, 7)
