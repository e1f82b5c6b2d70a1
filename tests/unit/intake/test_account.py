"""The account: which words of one text are not in another."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from workbench.intake.account import compare, kept, words
from workbench.submission import Note

text = st.lists(
    st.sampled_from(
        ["a", "b", "café", "2", " ", "  ", "\n", "\t", "-", ".", "\u2019", "\u00a0", "\u200b", "_"]
    ),
    max_size=30,
).map("".join)


@given(text, text)
def test_missing_is_what_the_words_of_one_text_have_more_of(said: str, found: str) -> None:
    missing = Counter(words(said)) - Counter(words(found))
    account = compare(said, found)
    assert Counter(account.missing) == missing
    assert account.share == (1 - missing.total() / len(words(said)) if missing else 1)


@given(text)
def test_order_blanks_and_punctuation_make_no_difference(said: str) -> None:
    turned = " - ".join(reversed(words(said)))
    assert not compare(said, turned).missing
    assert not compare(turned, said).missing


@given(st.dictionaries(st.sampled_from(["word/document.xml", "word/header1.xml"]), text), text)
def test_what_is_missing_is_noted_whole_under_the_part_that_says_it(
    parts: dict[str, str], found: str
) -> None:
    said = " ".join(parts.values())
    account = compare(said, found)
    notes = list(account.notes(parts))
    assert all(any(note.text.startswith(f"{part}: ") for part in parts) for note in notes)
    assert not compare(said, kept((), (), [Note("header", found), *notes])).missing
    assert sum(len(words(note.text.partition(": ")[2])) for note in notes) == len(account.missing)
