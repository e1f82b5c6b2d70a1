"""Two studies in one file: the editor makes the second a submission of its own, and may take that back."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest

from workbench.desk import Desk, decisions, history, study
from workbench.desk.arriving import arrivals, splitting
from workbench.desk.editing import placing
from workbench.errors import Refused
from workbench.submission import Submission


def told(*places: str) -> bytes:
    """A Word file with a study of each place, one below the other."""
    document = docx.Document()
    for place in places:
        document.add_heading(f"{place}: a library of things", 1)
        document.add_paragraph(f"{place} City Council")
        document.add_heading("The challenge", 1)
        document.add_paragraph(f"Most households in {place} own a drill that is used for minutes a year.")
        document.add_heading("The solution", 1)
        document.add_paragraph(f"Three branches in {place} lend tools, tents and sewing machines.")
        document.add_heading("The impact", 1)
        document.add_paragraph(f"In the first year residents of {place} borrowed 3,800 things.")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def imported(desk: Desk, tmp_path: Path, *places: str) -> str:
    path = tmp_path / "studies.docx"
    path.write_bytes(told(*places))
    (arrival,) = arrivals.import_paths(desk, [path])
    return str(arrival.submission)


def split(desk: Desk, submission: str) -> Submission:
    """The submission that splitting made."""
    (new,) = splitting.split(desk, submission).submissions - {submission}
    return study.show(desk, new)


def texts(submission: Submission) -> dict[str, str]:
    return {name: value.text for name, value in submission.fields.items() if value.text}


def test_the_second_study_leaves_the_first_and_stands_on_its_own(desk: Desk, tmp_path: Path) -> None:
    first = imported(desk, tmp_path, "Leeds", "Bradford")
    before = study.show(desk, first)
    assert before.unplaced
    second = split(desk, first)
    assert texts(second) == {name: text.replace("Leeds", "Bradford") for name, text in texts(before).items()}
    assert [council.name for council in second.authorities] == [
        "City of Bradford Metropolitan District Council"
    ]
    assert (second.unplaced, splitting.is_offered(second)) == ((), False)
    after = study.show(desk, first)
    assert (after.unplaced, splitting.is_offered(after)) == ((), False)
    assert after.fields == before.fields
    assert second.files == after.files
    assert second.study != after.study


def test_it_is_one_step_that_can_be_undone_and_done_again(desk: Desk, tmp_path: Path) -> None:
    first = imported(desk, tmp_path, "Leeds", "Bradford")
    before = study.show(desk, first)
    second = split(desk, first)
    assert history.entries(desk)[0].said == (
        "Made the second study in the file of “Leeds: a library of things” a submission of its own: "
        "“Bradford: a library of things”."
    )
    history.undo(desk)
    assert study.show(desk, first) == before
    with pytest.raises(Exception, match="unknown-submission"):
        study.show(desk, second.id)
    history.redo(desk)
    assert study.show(desk, second.id) == second


def test_it_is_not_undone_once_the_second_was_worked_on(desk: Desk, tmp_path: Path) -> None:
    first = imported(desk, tmp_path, "Leeds", "Bradford")
    changed = splitting.split(desk, first)
    (second,) = changed.submissions - {first}
    decisions.start(desk, [second])
    with pytest.raises(Refused, match="overtaken"):
        history.undo(desk, changed.entry)


def test_what_was_placed_meanwhile_stays_where_the_editor_put_it(desk: Desk, tmp_path: Path) -> None:
    first = imported(desk, tmp_path, "Leeds", "Bradford")
    passage = next(one for one in study.show(desk, first).unplaced if "borrowed" in one.text)
    placing.place(desk, first, passage.key, "impact", remember=False)
    second = split(desk, first)
    assert "of Bradford borrowed" in study.show(desk, first).value("impact").text
    assert "of Bradford borrowed" in second.value("impact").text
    assert not study.show(desk, first).unplaced


def test_of_three_studies_the_second_offers_the_third(desk: Desk, tmp_path: Path) -> None:
    first = imported(desk, tmp_path, "Leeds", "Bradford", "Wakefield")
    second = split(desk, first)
    assert splitting.is_offered(second)
    third = split(desk, second.id)
    assert third.title == "Wakefield: a library of things"
    assert not study.show(desk, second.id).unplaced


def test_one_study_cannot_be_split_nor_one_that_is_decided_on(desk: Desk, tmp_path: Path) -> None:
    alone = imported(desk, tmp_path, "Leeds")
    with pytest.raises(Refused, match="no-second-study"):
        splitting.split(desk, alone)
    two = imported(desk, tmp_path, "Bradford", "Wakefield")
    decisions.reject(desk, [two], "Sent by mistake.")
    with pytest.raises(Refused, match="reopen-first"):
        splitting.split(desk, two)
