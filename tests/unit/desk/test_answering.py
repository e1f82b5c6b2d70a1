"""What was asked, held against what came back: replied, changed, mended, or not answered."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tests.unit.desk.conftest import answer, plain_submission
from workbench.desk.council import answering
from workbench.desk.council.resent import Three
from workbench.submission import Finding, Note
from workbench.word.conversation import Remark

BASE = plain_submission()
FOUND = Finding("EVD-01", "warning", "Where does it come from?", "summary", "own")


@dataclass(frozen=True)
class Item:
    """One thing asked."""

    text: str
    field: str = ""
    finding: str = ""
    excerpt: str = ""
    number: int = 1
    label: str = ""


def how(
    item: Item, summary: str, *, found: bool = False, remarks: tuple[Remark, ...] = ()
) -> tuple[str, ...]:
    theirs = replace(BASE, fields={**BASE.fields, "summary": answer(summary)})
    told = answering.talk([item], remarks, BASE, [COVER])
    foreseen = replace(theirs, findings=(FOUND,) if found else ())
    (answered,), rest = answering.answers(told, Three(BASE, BASE, theirs), foreseen, None)
    return (
        answered.how,
        *(reply.text for reply in answered.replies),
        *(f"besides: {each.text}" for each in rest),
    )


COVER = f"Thank you; {answering.ANYBODY} asks for one thing."
SAME = BASE.value("summary").text


def test_each_way_of_answering() -> None:
    assert how(Item("Mend it.", "summary", FOUND.key), SAME) == ("gone",)
    assert how(Item("Mend it.", "summary", FOUND.key, "own"), SAME, found=True) == ("",)
    assert how(Item("Say more.", "summary", "", "they own"), "Residents mend what they have.") == ("changed",)
    assert how(Item("Say more.", "summary", "", "they own"), f"{SAME} And more.") == ("",)
    assert how(Item("Say more.", "summary"), f"{SAME} And more.") == ("changed",)


def test_a_reply_answers_and_what_else_they_wrote_stands_beside() -> None:
    remarks = (
        Remark("0", "Ada", "Thank you; Ada asks for one thing."),
        Remark("1", "Ada", "Summary: Say more."),
        Remark("2", "Ben", "We have no figures.", "1"),
        Remark("3", "Ben", "Nor will we.", "2"),
        Remark("4", "Ben", "Our address has changed."),
        Remark("5", "A reader", "Is this right?"),
    )
    found = how(Item("Say more.", "summary"), SAME, remarks=remarks)
    assert found == ("replied", "We have no figures.", "Nor will we.", "besides: Our address has changed.")


def test_the_comments_of_the_copy_do_not_come_back_as_notes() -> None:
    remarks = (Remark("1", "Ada", "Say more."), Remark("2", "Ben", "We did.", "1"))
    notes = (Note("comment", "Say more.", "p2", "Ada"), Note("comment", "We did.", "p2", "Ben"))
    told = answering.talk([Item("Say more.")], remarks, BASE)
    heard = answering.heard(replace(BASE, notes=notes), told)
    assert [(note.kind, note.text) for note in heard.notes] == [("reply", "We did.")]


def test_what_the_council_writes_into_our_comment_is_its_answer_and_not_lost() -> None:
    remarks = (Remark("1", "Ada", "Summary: Say more. We have no figures."),)
    item = Item("Say more.", "summary", label="Summary")
    assert how(item, SAME, remarks=remarks) == ("replied", "Summary: Say more. We have no figures.")


def test_a_comment_is_ours_by_its_words_and_not_by_its_ending_or_its_author() -> None:
    remarks = (
        Remark("1", "Ada", "Why?"),
        Remark("2", "Ben", "Who asks why?"),
        Remark("3", "Ada", "See page 2."),
    )
    found = how(Item("Why?", "summary"), SAME, remarks=remarks)
    assert found == ("", "besides: Who asks why?", "besides: See page 2.")


def test_the_covering_comment_is_ours_where_nothing_else_of_ours_is_left() -> None:
    remarks = (Remark("0", "Unknown Author", "Thank you; Ada asks for one thing."),)
    assert how(Item("Say more.", "summary"), SAME, remarks=remarks) == ("",)


def test_a_question_that_begins_as_another_does_is_no_answer_to_it() -> None:
    items = [Item("Say more."), Item("Say more. About whom?")]
    told = answering.talk(items, (Remark("1", "Ada", "Say more. About whom?"),), BASE)
    assert (told.to(0), told.to(1), len(told.ours)) == ((), (), 1)
