"""Sentences go out to translators as .ts files and come back: nothing is lost, and nothing wrong comes in."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build_spec.words import translate
from build_spec.words.translate import Message

LINES = st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t").filter(
    lambda each: each not in "\ufffe\uffff"
)
TEXTS = st.text(LINES, min_size=1, max_size=40)
CODES = st.text("abcdef-._|", min_size=1, max_size=12)
SENTENCES = st.dictionaries(CODES, TEXTS | st.fixed_dictionaries({"one": TEXTS, "other": TEXTS}), max_size=5)
SOURCE = {
    "ui": {"saved": "Saved {file}.", "found": {"one": "{n} study", "other": "{n} studies"}, "late": "late"},
}


def finished(*found: Message) -> tuple[dict[str, dict[str, str | dict[str, str]]], list[str]]:
    return translate.sorted_out("cy", translate.finished(translate.ts("cy", found)), SOURCE)


@settings(max_examples=30)
@given(SENTENCES)
def test_what_goes_out_finished_comes_back_the_same(sentences: dict[str, str | dict[str, str]]):
    source = {"ui": sentences}
    out = list(translate.messages("cy", source, source))
    kept, refused = translate.sorted_out("cy", translate.finished(translate.ts("cy", out)), source)
    assert refused == []
    assert kept.get("ui", {}) == sentences


@settings(max_examples=30)
@given(SENTENCES)
def test_a_file_of_words_holds_what_was_put_into_it(sentences: dict[str, str | dict[str, str]]):
    assert tomllib.loads(translate.toml("ui", sentences)) == sentences


@settings(max_examples=30)
@given(st.dictionaries(st.tuples(st.text("QDialog", min_size=1), TEXTS), TEXTS, max_size=5))
def test_qts_own_texts_are_held_by_their_context(texts: dict[tuple[str, str], str]):
    flat = {f"{context}|{text}": said for (context, text), said in texts.items()}
    assert translate._flat(tomllib.loads(translate.toml(translate.QT, flat))) == flat


def test_what_is_unfinished_is_left_out():
    kept, refused = finished(Message("ui", "saved", "", "Saved {file}.", ""))
    assert (kept, refused) == ({}, [])
    half = translate.ts("cy", [Message("ui", "late", "", "late", "hwyr")]).replace(
        b"<translation>", b'<translation type="unfinished">'
    )
    assert list(translate.finished(half)) == []


@pytest.mark.parametrize(
    ("message", "why"),
    [
        (Message("ui", "saved", "", "Saved {file}.", "Cadwyd."), "{file}"),
        (Message("ui", "saved", "", "Saved {file}.", "Cadwyd {ffeil}."), "{ffeil}"),
        (Message("ui", "late", "", "too late", "hwyr"), "English has changed"),
        (Message("ui", "gone", "", "Gone", "Wedi mynd"), "nobody says this"),
        (Message("ui", "found", "two", "{n} studies", "{n} astudiaeth"), "“other” is missing"),
    ],
)
def test_what_is_wrong_is_left_out_and_named(message: Message, why: str):
    kept, refused = finished(message)
    assert kept.get("ui", {}) == {}
    assert why in refused[0]


def test_a_form_may_say_its_number_in_words():
    kept, refused = finished(
        Message("ui", "found", "one", "{n} study", "un astudiaeth"),
        Message("ui", "found", "other", "{n} studies", "{n} astudiaeth"),
    )
    assert refused == []
    assert kept["ui"]["found"] == {"one": "un astudiaeth", "other": "{n} astudiaeth"}


@pytest.mark.parametrize("data", [b"", b"<TS>", b'<!DOCTYPE TS [<!ENTITY a "b">]><TS/>'])
def test_a_file_that_is_none_is_refused(data: bytes):
    with pytest.raises(ValueError, match="ts file"):
        list(translate.finished(data))


def test_everything_that_is_said_goes_out():
    groups = {each.group for each in translate.messages("cy", translate.english(), {})}
    assert groups >= {"ui", "errors", "cli", "journal", "checks", "help", "qt", "language"}
