"""Damaged files: a document or a named refusal, never anything else. The long run is `make fuzz`."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.word.damage import damaged, sound
from workbench import words
from workbench.errors import Refused
from workbench.word import raw_words, read

SOUND = sound()


def outcome(data: bytes) -> str:
    """ "read", or the code under which it was refused; anything else raised is a failure."""
    try:
        document = read(data, "x.docx")
    except Refused as refusal:
        assert words.has("errors", refusal.code)
        assert "{" not in words.explain(refusal).replace("{x", "")
        return refusal.code
    assert all(block.ref for block in document.blocks)
    raw_words(data)
    return "read"


def test_the_file_to_be_damaged_is_sound() -> None:
    assert outcome(SOUND) == "read"


@pytest.mark.parametrize("first", range(0, 600, 100))
def test_damage_is_survived(first: int) -> None:
    outcomes = {outcome(damaged(seed, SOUND)) for seed in range(first, first + 100)}
    assert "read" in outcomes and "damaged" in outcomes


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([b"", b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1")]))
def test_any_bytes_are_refused(noise: bytes, head: bytes) -> None:
    assert outcome(head + noise) != "read"


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_any_text_comes_back_as_it_went_in(text: str) -> None:
    from tests.unit.word.notation import docx, p

    said = "".join(each for each in text if each.isprintable())
    (block,) = read(docx(p(said)), "x").blocks
    assert block.text == said  # type: ignore[union-attr]
