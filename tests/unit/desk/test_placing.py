"""Words that go from field to field, out of the source and back; nothing is lost on the way, all of it is undone."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import docx
import pytest

from tests.unit.desk.test_arrivals import STORY
from workbench.desk import Desk, history, study
from workbench.desk.arriving import arrivals
from workbench.desk.editing import placing, review
from workbench.errors import Refused, WrongUsage
from workbench.richtext import from_html, from_text, plain, to_html
from workbench.submission import FieldValue, Submission
from workbench.word.document import paragraphs

ONE = "CB-2026-0001"
BODY: Mapping[str, tuple[str, ...]] = {
    **{heading: (text,) for heading, text in STORY.items()},
    "The solution": (
        "Three branches lend tools.",
        "It cost £12,000 to begin.",
        "Borrowers chose what to buy.",
    ),
    "Money and thanks": ("A grant paid for the first year.", "We thank the librarians."),
}


@pytest.fixture
def sent(desk: Desk, tmp_path: Path) -> Submission:
    """A study as a council sent it, with a heading that no template knows."""
    document = docx.Document()
    for heading, texts in BODY.items():
        document.add_heading(heading, 1)
        for text in texts:
            document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    path = tmp_path / "study.docx"
    path.write_bytes(out.getvalue())
    list(arrivals.import_paths(desk, [path]))
    return study.show(desk, ONE)


def ref(desk: Desk, words: str) -> str:
    """The ref of the paragraph of the source that says `words`."""
    blocks = study.source(desk, ONE).document.blocks
    return next(each.ref for each in paragraphs(blocks) if each.text == words)


def words(submission: Submission) -> list[str]:
    """Every word of the submission, wherever it stands."""
    held = [value.text for value in submission.fields.values()]
    held += [passage.text for passage in submission.unplaced]
    held += [note.text for note in submission.notes]
    return sorted(" ".join(held).split())


# From field to field


def test_a_paragraph_moves_with_where_it_came_from(desk: Desk, sent: Submission) -> None:
    changed = placing.move(desk, ONE, "solution", "impact", blocks=(2, 2))
    shown = study.show(desk, ONE)
    assert shown.value("solution").text == "Three branches lend tools.\nBorrowers chose what to buy."
    assert shown.value("impact").text == f"{STORY['The impact']}\nIt cost £12,000 to begin."
    moved = ref(desk, "It cost £12,000 to begin.")
    assert moved in shown.value("impact").sources
    assert moved not in shown.value("solution").sources
    assert words(shown) == words(sent)
    assert changed.said == f"Moved a part of The solution to The impact in “{STORY['Title']}”."
    history.undo(desk)
    assert study.show(desk, ONE).fields == sent.fields


def test_words_chosen_in_a_line_take_their_paragraph_along(desk: Desk, sent: Submission) -> None:
    at = sent.value("solution").text.index("to begin")
    placing.move(desk, ONE, "solution", "impact", span=(at - 8, at + 9))
    shown = study.show(desk, ONE)
    assert shown.value("impact").text.endswith("£12,000 to begin.")
    parted = ref(desk, "It cost £12,000 to begin.")
    assert parted in shown.value("impact").sources
    assert words(shown) == words(sent)


def test_an_answer_is_split_at_a_place(desk: Desk, sent: Submission) -> None:
    text = sent.value("solution").text
    placing.move(desk, ONE, "solution", "challenge", span=(text.index("It cost"), len(text)))
    shown = study.show(desk, ONE)
    assert shown.value("solution").text == "Three branches lend tools."
    assert shown.value("challenge").text.endswith("It cost £12,000 to begin.\nBorrowers chose what to buy.")
    assert ref(desk, "Borrowers chose what to buy.") in shown.value("challenge").sources


def test_an_answer_joins_another_whole(desk: Desk, sent: Submission) -> None:
    placing.move(desk, ONE, "solution", "impact")
    shown = study.show(desk, ONE)
    assert "solution" not in shown.fields
    assert set(sent.value("solution").sources) <= set(shown.value("impact").sources)
    assert words(shown) == words(sent)
    assert history.entries(desk)[0].said == f"Joined The solution to The impact in “{STORY['Title']}”."


def test_what_cannot_be_moved_is_said(desk: Desk, sent: Submission) -> None:
    with pytest.raises(WrongUsage, match="same-field"):
        placing.move(desk, ONE, "solution", "solution")
    with pytest.raises(WrongUsage, match="unknown-field"):
        placing.move(desk, ONE, "solution", "colour")
    for part in ({"blocks": (9, 9)}, {"span": (3, 3)}):
        with pytest.raises(Refused, match="nothing-to-move"):
            placing.move(desk, ONE, "solution", "impact", **part)  # type: ignore[arg-type]
    review.edit(desk, ONE, "solution", from_text("Changed elsewhere."))
    with pytest.raises(Refused, match="changed-meanwhile"):
        placing.move(desk, ONE, "solution", "impact", span=(0, 5), before=sent.value("solution").content)
    assert study.show(desk, ONE).value("impact").text == STORY["The impact"]


def test_a_table_moves_whole(desk: Desk, lay: Any) -> None:
    table = "<table><tbody><tr><td>Year</td><td>Loans</td></tr><tr><td>1</td><td>90</td></tr></tbody></table>"
    one = lay(fields={"solution": FieldValue(from_html(f"<p>See:</p>{table}<p>Good.</p>"))})
    placing.move(desk, one, "solution", "impact", span=(6, 8))
    assert to_html(study.show(desk, one).value("impact").content) == table


# Out of the source


def test_a_passage_of_the_tray_is_brought_by_its_paragraphs(desk: Desk, sent: Submission) -> None:
    (passage,) = sent.unplaced
    placing.bring(desk, ONE, [ref(desk, "We thank the librarians.")], "impact")
    shown = study.show(desk, ONE)
    assert shown.value("impact").text.endswith("\nWe thank the librarians.")
    (left,) = shown.unplaced
    assert (left.key, plain(left.content)) == (passage.key, "A grant paid for the first year.")
    assert placing.learned(desk) == (), "a part of a passage teaches nothing"
    assert words(shown) == words(sent)


def test_a_heading_brings_what_stands_below_it_and_is_remembered(desk: Desk, sent: Submission) -> None:
    placing.bring(desk, ONE, [ref(desk, "Money and thanks")], "impact")
    shown = study.show(desk, ONE)
    assert shown.unplaced == ()
    assert shown.value("impact").text.endswith("A grant paid for the first year.\nWe thank the librarians.")
    assert placing.learned(desk) == (("case-study", "money and thanks", "impact"),)
    assert words(shown) == words(sent)


def test_a_paragraph_of_another_field_is_brought_from_there(desk: Desk, sent: Submission) -> None:
    placing.bring(desk, ONE, [ref(desk, "Borrowers chose what to buy.")], "impact")
    shown = study.show(desk, ONE)
    assert "Borrowers" not in shown.value("solution").text
    assert shown.value("impact").text.endswith("Borrowers chose what to buy.")
    assert words(shown) == words(sent)


def test_a_paragraph_goes_from_its_field_into_the_tray_and_back(desk: Desk, sent: Submission) -> None:
    chosen = [ref(desk, "It cost £12,000 to begin.")]
    placing.bring(desk, ONE, chosen, None)
    free = study.show(desk, ONE)
    assert [plain(passage.content) for passage in free.unplaced][1:] == ["It cost £12,000 to begin."]
    assert words(free) == words(sent)
    placing.bring(desk, ONE, chosen, "solution")
    assert words(study.show(desk, ONE)) == words(sent)
    assert study.show(desk, ONE).value("solution").text.endswith("It cost £12,000 to begin.")


def test_what_became_nothing_is_taken_from_the_source(desk: Desk, sent: Submission) -> None:
    key = sent.unplaced[0].key
    placing.leave_out(desk, ONE, key)
    placing.bring(desk, ONE, [ref(desk, "We thank the librarians.")], "impact")
    assert study.show(desk, ONE).value("impact").text.endswith("We thank the librarians.")


def test_words_that_were_changed_are_not_guessed_at(desk: Desk, sent: Submission) -> None:
    review.edit(desk, ONE, "solution", from_text("Wholly other words."))
    with pytest.raises(Refused, match="words-changed"):
        placing.bring(desk, ONE, [ref(desk, "Three branches lend tools.")], "impact")


# Out of the tray


def test_a_passage_that_is_not_needed_is_noted_and_comes_back(desk: Desk, sent: Submission) -> None:
    changed = placing.leave_out(desk, ONE, sent.unplaced[0].key)
    shown = study.show(desk, ONE)
    assert shown.unplaced == ()
    assert shown.notes[-1].kind == "left-out"
    assert words(shown) == words(sent)
    assert changed.said.startswith(f"Left out of “{STORY['Title']}” as not needed: “Money and thanks")
    history.undo(desk)
    assert study.show(desk, ONE).unplaced == sent.unplaced
