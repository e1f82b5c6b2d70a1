"""A term is found by what is typed of it, in the window and in the command alike."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.desk.themes.finding import Terms
from workbench.desk.themes.glossary import TermRow

WASTE = TermRow(
    "topic", "waste", "Waste and recycling", "environment", aliases=("Refuse",), cues=("bin", "fly-tip*")
)
GREEN = TermRow("topic", "environment", "Environment", cues=("recycling",), published=3)
GONE = TermRow("topic", "old", "Rubbish", status="merged", successors=("waste",))
PEER = TermRow("support_type", "peer", "Peer challenge", on_desk=1)
SCHOOL = TermRow("topic", "education", "Éducation", cues=("pupil",))
TERMS = Terms((WASTE, GREEN, GONE, PEER))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("waste", [("", "Waste and recycling")]),
        ("refuse", [("Refuse", "Waste and recycling")]),
        ("bins", [("bin", "Waste and recycling")]),
        ("fly-ti", [("fly-tip", "Waste and recycling")]),
        ("recyc", [("", "Waste and recycling"), ("recycling", "Environment")]),
        ("PEER", [("", "Peer challenge")]),
        ("rubbish", []),
        ("zz", []),
    ],
)
def test_a_term_is_found_by_its_names_and_by_words_that_suggest_it(typed, found):
    assert [(match.by, match.row.label) for match in TERMS.find(typed)] == found


def test_nothing_typed_is_the_tree_of_what_is_offered():
    told = [(match.level, match.row.label) for match in TERMS.find("  ")]
    assert told == [(0, "Environment"), (1, "Waste and recycling"), (0, "Peer challenge")]


@pytest.mark.parametrize("typed", ["educ", "EDUC", "éduc", "É"])
def test_accents_and_case_count_for_nothing(typed):
    assert Terms((WASTE, SCHOOL)).find(typed)[0].row == SCHOOL


@settings(max_examples=50)
@given(st.text(max_size=12))
def test_whatever_is_typed_finds_only_terms_that_are_offered_and_each_once(typed):
    found = [match.row.slug for match in TERMS.find(typed)]
    assert len(found) == len(set(found))
    assert set(found) <= {row.slug for row in TERMS.rows if row.is_offered}
