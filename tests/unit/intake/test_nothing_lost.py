"""Whatever a document is made of, in whatever order: every word ends in a field, in the unplaced or in a note."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.intake.notation import document
from tests.unit.word.damage import damaged, sound
from workbench.errors import Refused
from workbench.intake import place
from workbench.intake.account import compare, kept
from workbench.richtext import canonical
from workbench.template import shipped
from workbench.word import read_twice
from workbench.word.document import paragraphs

TEMPLATES = shipped()

labels = st.sampled_from(
    [
        "The challenge", "Solution", "IMPACT", "1. Summary", "What we did:", "Challenge and solution", "Title",
        "Contact", "Council", "Costs", "Procurement", "Case study", "The challange", "Contents", "Progress", "Homes",
        "Q3", "Email", "Impact: warm homes", "Please describe the problem.", "12", "",
        "[Insert text here]", "Click here to enter text.",
        "(max 300 words)", "What was the problem?", "Carrow Borough Council", "N/A",
    ]
)  # fmt: skip
prose = st.sampled_from(
    [
        "Verges were mown to the ground by a contractor.",
        "Impact: the bees came back.",
        "A board of seven met every month and wrote it down",
        "cost",
        TEMPLATES["case-study"].by_id["challenge"].guidance,
        TEMPLATES["case-study"].by_id["challenge"].guidance + " It was cold.",
        "one ~ The solution ~ two",
        "The challenge\t3",
        "**Costs:** nine pounds",
        "**The**m and us",
        "before {impact:inside} after",
        "{?lessons:prompt text} and more",
        "{foreign:unknown control}",
        "Email: {contact:jo@a.example} and {council:Carrow}",
    ]
)
words = labels | prose
starts = st.sampled_from(
    [
        "# ",
        "## ",
        "### ",
        "T ",
        "- ",
        "  - ",
        "1. ",
        "> ",
        "> **",
        "**",
        "",
        "",
        "@challenge ",
        "@?links ",
        "@=Summary ",
    ]
)


@st.composite
def lines(draw: st.DrawFn) -> str:
    if draw(st.integers(0, 3)) == 0:
        cells = draw(st.lists(words | st.tuples(labels, prose).map(" / ".join), min_size=1, max_size=4))
        return f"{draw(st.sampled_from(['', '^']))}| {' | '.join(cells)} |"
    start = draw(starts)
    said = draw(words)
    if start.endswith("**"):
        return start.removesuffix("**") + (f"**{said.replace('**', '')}**" if said else "x")
    return start + said


@settings(max_examples=250, deadline=None)
@given(st.lists(lines(), max_size=14).map("\n".join))
def test_no_word_is_lost(text: str) -> None:
    source = document(text)
    found = place(source, TEMPLATES)
    assert found.account.share == 1, (text, found.account.missing)
    for value in found.fields.values():
        assert value.content == canonical(value.content)
        assert 0 <= value.confidence <= 1
    refs = {p.ref for p in paragraphs(source.blocks)} | {block.ref for block in source.blocks}
    assert all(set(value.sources) <= refs for value in found.fields.values())
    keys = [passage.key for passage in found.unplaced]
    assert len(set(keys)) == len(keys)


@settings(max_examples=60, deadline=None)
@given(st.lists(lines(), max_size=10).map("\n".join))
def test_placing_twice_says_the_same(text: str) -> None:
    assert place(document(text), TEMPLATES) == place(document(text), TEMPLATES)


@pytest.mark.parametrize("seeds", [range(100), (41943, 43807, 56124, 66890)])
def test_damaged_files_lose_no_word(seeds: Iterable[int]) -> None:
    """Words where no word may stand are in the account's own note; the seeds alone once broke the reading."""
    original = sound()
    for seed in seeds:
        try:
            source, texts = read_twice(damaged(seed, original), "x.docx")
        except Refused:
            continue
        found = place(source, TEMPLATES, raw=texts)
        everything = kept(found.fields.values(), found.unplaced, found.notes)
        assert not compare(" ".join(texts.values()), everything).missing
