"""Spelling at the desk: what is underlined, what is offered, and the words that an office adds."""

from __future__ import annotations

from typing import Any

import pytest

from workbench.desk import Desk, history, study
from workbench.desk.editing import review, spelling
from workbench.errors import Refused, WrongUsage
from workbench.richtext import from_text

TEXT = "The goverment pays for flumptious benches. Ysbyty Maelor, H&F and e-bikes are left alone."


def found(desk: Desk, one: str) -> list[str]:
    return [finding.excerpt for finding in study.show(desk, one).findings if finding.check == "SPE-01"]


@pytest.fixture
def one(desk: Desk, lay: Any) -> str:
    submission = lay()
    review.edit(desk, submission, "challenge", from_text(TEXT))
    return submission


def test_what_is_underlined_is_what_is_found(desk: Desk, one: str) -> None:
    spans = spelling.misspelt(desk, TEXT)
    assert [TEXT[start:end] for start, end in spans] == found(desk, one) == ["goverment", "flumptious"]


def test_a_fix_puts_the_likeliest_word(desk: Desk, one: str) -> None:
    review.take_fixes(desk, one, "SPE-01")
    assert study.show(desk, one).value("challenge").text.startswith("The government pays")


def test_an_added_word_is_spelt_right_everywhere_and_is_offered(desk: Desk, one: str, lay: Any) -> None:
    other = lay(2)
    review.edit(desk, other, "impact", from_text("A Flumptious start, flumptious still."))
    changed = spelling.learn(desk, "Flumptious")
    assert changed.submissions == {one, other}
    assert {"queue", "submission", "settings"} <= changed.grains
    assert found(desk, one) == ["goverment"]
    assert found(desk, other) == []
    assert spelling.learned(desk) == ("Flumptious",)
    assert spelling.suggestions(desk, "flumptios")[0] == "flumptious"
    assert spelling.misspelt(desk, "flumptious’s") == ()


def test_adding_a_word_is_a_step_that_can_be_taken_back_and_done_again(desk: Desk, one: str) -> None:
    said = spelling.learn(desk, "flumptious").said
    assert said == "Added “flumptious” to the office's own words."
    history.undo(desk)
    assert found(desk, one) == ["goverment", "flumptious"]
    history.redo(desk)
    assert found(desk, one) == ["goverment"]
    spelling.unlearn(desk, "flumptious")
    assert found(desk, one) == ["goverment", "flumptious"]


def test_a_word_is_added_once(desk: Desk) -> None:
    spelling.learn(desk, "flumptious")
    assert spelling.learn(desk, "FLUMPTIOUS").entry is None
    assert spelling.learned(desk) == ("flumptious",)


@pytest.mark.parametrize("word", ["", " ", "two words", "12", "a@b.example", "x" * 200])
def test_only_words_are_added(desk: Desk, word: str) -> None:
    with pytest.raises(Refused) as refused:
        spelling.learn(desk, word)
    assert refused.value.code == "not-a-word"


def test_a_word_that_was_never_added_cannot_be_taken_out(desk: Desk) -> None:
    with pytest.raises(WrongUsage) as wrong:
        spelling.unlearn(desk, "flumptious")
    assert wrong.value.code == "unknown-word"


def test_at_most_seven_are_offered_and_any_text_is_taken(desk: Desk) -> None:
    assert len(spelling.suggestions(desk, "hte")) == 7
    assert spelling.suggestions(desk, "hte")[0] == "the"
    for odd in ("", "\ud800", "\0", "שלום עולם", "x" * 10_000, "e\u0301" * 300, "’" * 50, "a" * 39):
        assert isinstance(spelling.misspelt(desk, odd), tuple)
        assert len(spelling.suggestions(desk, odd)) <= 7
