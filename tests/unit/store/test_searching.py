"""What is typed into a search box: how it is parted, which letters are the same, and how found words are marked."""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Iterator
from html import unescape
from re import findall, sub

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.search import Phrase, fold, phrases
from workbench.store.fulltext import all_words
from workbench.store.marking import Marker, beginning

TEXT = st.text(st.sampled_from("abcé ÉŵR\u0301-'’.,<&\"\n12£ß"), max_size=60) | st.text(max_size=30)


@pytest.fixture(scope="module")
def index() -> Iterator[sqlite3.Connection]:
    """A full-text index like the desk's."""
    made = sqlite3.connect(":memory:")
    made.execute("CREATE VIRTUAL TABLE words USING fts5(text, tokenize = 'unicode61 remove_diacritics 2')")
    made.execute("CREATE VIRTUAL TABLE terms USING fts5vocab(words, 'instance')")
    yield made
    made.close()


def test_letters_are_folded_as_the_index_folds_them(index: sqlite3.Connection) -> None:
    """Every letter of the scripts that Europe writes in, and most others."""
    letters = [chr(code) for code in range(0x80, 0x1F00) if unicodedata.category(chr(code)) in ("Ll", "Lu")]
    with index:
        index.executemany(
            "INSERT INTO words (rowid, text) VALUES (?, ?)", [(ord(one), f"q{one}q") for one in letters]
        )
        told = dict(index.execute("SELECT doc, term FROM terms"))
        index.rollback()
    differing = [one for one in letters if fold(f"q{one}q") != told[ord(one)]]
    assert len(letters) > 1000
    assert set(differing) <= UNKNOWN_TO_THE_INDEX, differing


UNKNOWN_TO_THE_INDEX = set("ǠǡͿԨԪԬԮ") | {chr(code) for code in range(0x10A0, 0x1D00)}
"""Letters newer than the index's tables, two Latin ones, and the scripts of the Caucasus and the Cherokee."""


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Repair CAFÉ", [Phrase(("repair",)), Phrase(("cafe",))]),
        ("“repair café” lib", [Phrase(("repair", "cafe"), whole=True), Phrase(("lib",))]),
        ("re-use", [Phrase(("re", "use"))]),
        ("council’s don't", [Phrase(("council", "s")), Phrase(("don", "t"))]),
        ("£1.2m, 58%", [Phrase(("1", "2m")), Phrase(("58",))]),
        ("parks/libraries", [Phrase(("parks",)), Phrase(("libraries",))]),
        ('never "closed', [Phrase(("never",)), Phrase(("closed",))]),
        ('"" ** £ —', []),
        ("e\u0301cole", [Phrase(("ecole",))]),
    ],
)
def test_what_is_typed_is_parted(typed: str, meant: list[Phrase]) -> None:
    assert list(phrases(typed)) == meant


@given(TEXT)
def test_whatever_is_typed_is_a_query_that_the_index_understands(
    index: sqlite3.Connection, typed: str
) -> None:
    query = all_words(typed)
    assert (
        query is None or index.execute("SELECT 1 FROM words WHERE words MATCH ?", (query,)).fetchall() == []
    )


@given(TEXT, TEXT)
def test_marks_change_no_word(text: str, typed: str) -> None:
    marker = Marker(phrases(typed))
    html = marker.whole(text)
    assert unescape(sub("</?mark>", "", html)) == text.strip()
    assert html.count("<mark>") == html.count("</mark>")
    assert "<" not in sub("</?mark>", "", html)


@given(
    st.lists(st.sampled_from(["repair", "café", "Ŵyl", "re-use", "art", "party", "1.2m", "<b>"]), min_size=1)
)
def test_what_the_index_finds_is_marked(index: sqlite3.Connection, words: list[str]) -> None:
    text, typed = " ".join(words), words[-1]
    marker = Marker(phrases(typed))
    with index:
        index.execute("INSERT INTO words (text) VALUES (?)", (text,))
        found = index.execute(
            "SELECT 1 FROM words WHERE words MATCH ?", (all_words(typed) or '""',)
        ).fetchall()
        index.rollback()
    assert bool(found) == ("<mark>" in marker.whole(text)) == (marker.piece(text) is not None)


def test_a_word_is_marked_to_its_end_and_never_from_its_middle() -> None:
    marker = Marker(phrases('art "re use"'))
    assert marker.whole("Artists party, re-use and re-used") == (
        "<mark>Artists</mark> party, <mark>re-use</mark> and re-used"
    )


def test_a_piece_shows_most_of_what_was_asked() -> None:
    text = f"Bins once. {'Filler words go on here. ' * 30}Bins and parks together. {'And on. ' * 60}"
    piece = Marker(phrases("bins parks")).piece(text) or ""
    assert findall("<mark>(.*?)</mark>", piece) == ["Bins", "parks"]
    assert piece.startswith("…") and piece.endswith("…")
    assert len(sub("<[^>]*>", "", piece)) < 220


def test_a_text_in_which_nothing_is_found_shows_its_beginning() -> None:
    assert Marker(phrases("nothing")).piece("Something else") is None
    assert beginning("Short & sweet") == "Short &amp; sweet"
    shown = beginning("many words " * 50)
    assert shown.endswith(("words…", "many…"))
    assert len(shown) <= 201
