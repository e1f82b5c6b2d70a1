"""Headings as councils write them, and the field each means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.intake.headings import lexicon, normalise
from workbench.template import shipped

KNOWN = lexicon(shipped()["case-study"])


@pytest.mark.parametrize(
    ("heading", "field", "by"),
    [
        ("The challenge", "challenge", "label"),
        ("CHALLENGE:", "challenge", "label"),
        ("1. The challenge", "challenge", "label"),
        ("3.2 The Challenge", "challenge", "label"),
        ("Q3) What was the problem?", "challenge", "synonym"),
        ("Question 4: The solution", "solution", "label"),
        ("Section 2 – The solution", "solution", "label"),
        ("(b) The solution", "solution", "label"),
        ("iv. The impact", "impact", "label"),
        ("The impact (including cost savings/income generated if applicable)", "impact", "synonym"),
        ("The impact (max 600 words)", "impact", "label"),
        ("The challenge – no more than 300 words", "challenge", "label"),
        ("Summary*", "summary", "label"),
        ("Introduction (optional)", "introduction", "label"),
        ("Lessons learnt", "lessons", "label"),
        ("Outcomes & savings", "impact", "synonym"),
        ("Describe the challenge", "challenge", "synonym"),
        ("What was the impact?", "impact", "synonym"),
        ("How is the new approach being sustained", "sustaining", "label"),
        ("Next\u00a0steps", "sustaining", "synonym"),
        ("Name of council", "council", "synonym"),
        ("Teaser", "summary", "synonym"),
        ("Please summarise your project in no more than 60 words.", "summary", "synonym"),
        ("Please give a short summary", "summary", "synonym"),
        ("7. What impact has it had?", "impact", "synonym"),
        ("Which council is submitting it?", "council", "synonym"),
        ("Are there any links?", "links", "synonym"),
        ("Yr her", "challenge", "synonym"),
        ("Yr her / The challenge", "challenge", "label"),
        ("The challenge | Die Aufgabe", "challenge", "label"),
    ],
)
def test_a_heading_means_its_field(heading: str, field: str, by: str) -> None:
    found = KNOWN.find(heading)
    assert found is not None
    assert (found.fields, found.by) == ((field,), by)
    assert found.confidence >= 0.8


@pytest.mark.parametrize(
    "heading",
    [
        "",
        "Procurement",
        "Governance",
        "Due diligence in procurement",
        "A day in Beaminster",
        "x" * 300,
        "12",
        "?",
    ],
)
def test_a_heading_nobody_knows_means_nothing(heading: str) -> None:
    assert KNOWN.find(heading) is None


@pytest.mark.parametrize(
    ("heading", "fields"),
    [
        ("Challenge and solution", ("challenge", "solution")),
        ("The challenge / our approach", ("challenge", "solution")),
        ("Lessons learned, next steps", ("lessons", "sustaining")),
        ("4. Impact & lessons learned", ("impact", "lessons")),
    ],
)
def test_a_heading_of_two_fields_is_combined_and_never_sure(heading: str, fields: tuple[str, ...]) -> None:
    found = KNOWN.find(heading)
    assert found is not None
    assert (found.fields, found.by) == (fields, "combined")
    assert found.confidence < 0.8


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("The challange", "challenge"),
        ("Lesons lernt", "lessons"),
        ("Contact detials", "contact"),
        ("Sumary", "summary"),
    ],
)
def test_a_slip_of_the_pen_is_guessed_but_not_promised(heading: str, field: str) -> None:
    assert KNOWN.find(heading) is None
    guess = KNOWN.guess(heading)
    assert guess is not None
    assert guess.fields == (field,)
    assert guess.confidence < 0.8


@pytest.mark.parametrize(
    "heading", ["Governance", "Timeline", "Partners", "Equality impact assessment team", "Weather"]
)
def test_what_resembles_nothing_is_not_placed_by_likeness(heading: str) -> None:
    guess = KNOWN.guess(heading)
    assert guess is None or guess.confidence < 0.6


def test_what_an_editor_taught_goes_before_all_else() -> None:
    found = KNOWN.find("Roadmap", {normalise("1. The roadmap:"): "sustaining"})
    assert found is not None
    assert (found.fields, found.by) == (("sustaining",), "learned")


@given(st.text(max_size=60))
def test_normalising_twice_changes_nothing_more_than_once_for_words(heading: str) -> None:
    once = normalise(heading)
    assert once == once.strip()
    assert normalise(f"  {heading}\n") == once


@given(
    st.sampled_from(sorted(KNOWN.known)),
    st.sampled_from(["{}:", "{} ", "THE {}", "{}?", "2. {}", "{} (required)"]),
)
def test_dress_does_not_matter(words: str, dress: str) -> None:
    found = KNOWN.find(dress.format(words.upper() if dress == "{}:" else words))
    assert found is not None
    assert found.fields == KNOWN.known[words].fields


def test_every_label_and_synonym_of_each_template_is_found_again() -> None:
    for template in shipped().values():
        known = lexicon(template)
        for field in template.fields:
            assert known.find(field.label) == known.find(f"1. {field.label.upper()}:")
            for heading in (field.label, *field.synonyms):
                found = known.find(heading)
                assert found is not None, heading
                assert field.id in found.fields, heading
