"""The way from one text to another, word by word."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from workbench.merge import Run, changed, words

TEXTS = st.one_of(
    st.text(max_size=60),
    st.lists(
        st.sampled_from(["the", "tonnes", "58", "61", ".", ",", "\n", " ", "é", "שלום", "🙂"]), max_size=60
    ).map(" ".join),
)


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_off_to_the_letter(before: str, after: str) -> None:
    runs = words(before, after)
    assert "".join(run.text for run in runs if run.kind != "new") == before
    assert "".join(run.text for run in runs if run.kind != "gone") == after
    assert all(run.text for run in runs)
    assert all(one.kind != other.kind for one, other in pairwise(runs))


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert {run.kind for run in words(text, text)} <= {"same"}
    assert changed(text, text) == ("", "")


@given(TEXTS, TEXTS)
def test_what_changed_stands_in_the_texts(before: str, after: str) -> None:
    was, now = changed(before, after)
    assert was in before
    assert now in after


def test_a_word_is_gone_and_another_new_in_its_place() -> None:
    assert words("It kept 61 tonnes, they say.", "It kept 58 tonnes, they say.") == (
        Run("same", "It kept"),
        Run("gone", " 61"),
        Run("new", " 58"),
        Run("same", " tonnes, they say."),
    )
    assert changed("It kept 61 tonnes.", "It kept 58 tonnes.") == ("61", "58")
    assert changed("It kept tonnes.", "It kept 58 tonnes.") == ("", "58")


def test_what_stands_apart_is_told_apart_in_the_longest_texts() -> None:
    long = "\n".join(f"Ward {number} kept what it had and gave the rest away." for number in range(5_000))
    after = long.replace("Ward 7 kept", "Ward 7 held").replace("Ward 4990 kept", "Ward 4990 saved")
    assert [run.text for run in words(long, after) if run.kind != "same"] == [
        " kept",
        " held",
        " kept",
        " saved",
    ]


def test_texts_without_anything_in_common_do_not_take_forever() -> None:
    before = " ".join(f"{number % 977}" for number in range(50_000))
    after = " ".join(f"{number % 983}" for number in range(50_000))
    assert len(words(before, after)) <= 4, (
        "what is too much to compare word by word is gone and new as a whole"
    )
