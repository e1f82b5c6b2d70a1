"""What the checks ask of a text: its sentences, and where a cue stands."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from workbench.checks.answer import Answer, stems, terms
from workbench.richtext import from_text
from workbench.submission import FieldValue
from workbench.template import Field

TEXTS = some.text(alphabet="aB c.!?\n\t\u00a0“”’()1İßé-,", max_size=80)


def _answer(text: str) -> Answer:
    return Answer(Field("solution", "The solution"), FieldValue(from_text(text)))


@given(TEXTS)
def test_sentences_hold_every_character_but_blanks_once_and_in_order(text: str) -> None:
    answer = _answer(text)
    told = "".join(answer.text[start:end] for start, end in answer.sentences)
    assert "".join(told.split()) == "".join(answer.text.split())
    assert list(answer.sentences) == sorted(answer.sentences)


@given(TEXTS, some.lists(some.text(alphabet="ab c.1", min_size=1, max_size=3), max_size=4))
def test_a_sentence_with_a_cue_is_one_that_contains_it(text: str, cues: list[str]) -> None:
    answer = _answer(text)
    near = answer.sentences_with(cues)
    assert near == sorted(set(near)) and set(near) <= set(answer.sentences)
    for start, end in answer.sentences:
        if any(cue in answer.lower[start:end] for cue in cues):
            assert (start, end) in near


@given(TEXTS)
def test_lower_case_keeps_every_character_in_its_place(text: str) -> None:
    answer = _answer(text)
    assert len(answer.lower) == len(answer.text)
    assert answer.terms == terms(answer.lower)


def test_an_abbreviation_a_code_and_a_decimal_end_no_sentence() -> None:
    for text in ("See case no. ASC-44 for it.", "Dr. Hill came.", "It cost 1.5 times.", "E.g. this one."):
        assert len(_answer(text).sentences) == 1
    for text in ("It was no. The rest came.", "It ended.Then it began.", "One line\nanother line"):
        assert len(_answer(text).sentences) == 2


def test_a_pattern_without_a_sure_beginning_is_looked_for_everywhere() -> None:
    assert stems(("leverag(?:e|ed)", "(?:un)?happy", r"\d+", "mental (?:health|illness)")) == (
        "leverag",
        "",
        "",
        "mental",
    )
    answer = _answer("One here. Two there.")
    assert answer.sentences_with_stems(stems((r"\d+",))) == list(answer.sentences)
