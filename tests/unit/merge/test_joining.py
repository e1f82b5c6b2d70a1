"""Two changes of one rich text: the laws of joining them, and what is left to somebody."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.unit.richtext.invented import rich
from workbench.merge import contents, laid_together
from workbench.richtext import RichText, Table, from_html, links, plain, to_html

WORDS = (
    "tonnes",
    "of",
    "goods",
    "the",
    "library",
    "of",
    "things",
    "wards",
    "£210,000",
    "58",
    "58.4",
    "lent.",
)
PIECES = [*WORDS, "<strong>many</strong>", "<a href='https://a.example/'>a report</a>", "x<em>y</em>z"]

lines = st.lists(st.sampled_from(PIECES), min_size=1, max_size=14).map(" ".join)
parts = st.one_of(
    lines.map("<p>{}</p>".format),
    lines.map("<h3>{}</h3>".format),
    st.lists(lines, min_size=1, max_size=4).map(lambda items: f"<ul><li>{'</li><li>'.join(items)}</li></ul>"),
    lines.map("<table><tr><td>{}</td></tr></table>".format),
)
answers = st.lists(parts, max_size=6).map("".join)


@st.composite
def edited(draw: st.DrawFn, html: str) -> RichText:
    """The answer after an editor has put in, taken out or replaced some of its words and parts."""
    for _ in range(draw(st.integers(1, 3))):
        words = html.split(" ")
        at = draw(st.integers(0, len(words) - 1))
        kind = draw(st.sampled_from(["word", "part"]))
        if kind == "part":
            html = draw(parts) + html if at % 2 else html + draw(parts)
        elif "<" not in words[at]:
            words[at : at + draw(st.integers(0, 1))] = draw(st.lists(st.sampled_from(WORDS), max_size=2))
            html = " ".join(words)
    return from_html(html)


@st.composite
def sides(draw: st.DrawFn) -> tuple[RichText, RichText, RichText]:
    base = draw(answers)
    return from_html(base), draw(edited(base)), draw(edited(base))


anything = st.tuples(rich, rich, rich) | sides()


@given(rich, rich)
def test_what_one_side_alone_changed_is_taken(base: RichText, side: RichText) -> None:
    assert contents(base, base, side) == side
    assert contents(base, side, base) == side
    assert contents(base, side, side) == side


@given(anything)
def test_neither_side_is_the_better_one(three: tuple[RichText, RichText, RichText]) -> None:
    base, mine, theirs = three
    assert contents(base, mine, theirs) == contents(base, theirs, mine)


@given(anything)
def test_what_is_joined_is_a_stored_form(three: tuple[RichText, RichText, RichText]) -> None:
    for made in (contents(*three), laid_together(*three)):
        assert made is None or from_html(to_html(made)) == made


@settings(max_examples=200)
@given(sides())
def test_no_word_that_either_side_put_in_is_lost(three: tuple[RichText, RichText, RichText]) -> None:
    """Nor is any invented; and where an editor has to join them, nothing of either is missing to begin with."""
    base, mine, theirs = map(_words, three)
    for made in filter(None, (contents(*three), laid_together(*three))):
        assert (mine - base) <= _words(made) and (theirs - base) <= _words(made)
        assert _words(made) <= mine + theirs


@settings(max_examples=200)
@given(sides())
def test_tables_and_links_are_one_sides_whole(three: tuple[RichText, RichText, RichText]) -> None:
    """No table is ever made that no side has, and no link that leads elsewhere than its words did."""
    joined = contents(*three)
    assume(joined is not None)
    assert joined is not None
    told = {block for side in three for block in side if isinstance(block, Table)}
    assert {block for block in joined if isinstance(block, Table)} <= told
    assert set(links(joined)) <= {link for side in three for link in links(side)}


def _words(blocks: RichText) -> Counter[str]:
    return Counter(plain(blocks).split())


def joined(base: str, mine: str, theirs: str) -> str | None:
    made = contents(from_html(base), from_html(mine), from_html(theirs))
    return None if made is None else to_html(made)


def test_words_of_one_paragraph_come_together() -> None:
    base = "<p>58 tonnes of goods were repaired between April 2025 and March 2026.</p>"
    mine = base.replace("2026.", "2026, saving an estimated £210,000 in disposal over the year.")
    theirs = base.replace("58", "58.4")
    assert joined(base, mine, theirs) == mine.replace("58", "58.4")


def test_paragraphs_and_items_that_stand_apart_come_together() -> None:
    base = "<p>One.</p><ul><li>Two</li><li>Three</li><li>Four</li></ul><p>Five.</p>"
    mine = base.replace("One.", "One and a half.").replace("<li>Two</li>", "<li>Two</li><li>Two more</li>")
    theirs = base.replace("Five.", "Six.").replace("<li>Four</li>", "")
    expected = "<p>One and a half.</p><ul><li>Two</li><li>Two more</li><li>Three</li></ul><p>Six.</p>"
    assert joined(base, mine, theirs) == expected


def test_neighbouring_paragraphs_that_each_side_changed_one_of() -> None:
    assert joined("<p>A</p><p>B</p>", "<p>A a</p><p>B</p>", "<p>A</p><p>B b</p>") == "<p>A a</p><p>B b</p>"


TABLE = "<table><tr><td>Cost</td><td>£1</td></tr></table>"
LINK = '<p>Read all of <a href="https://a.example/">the whole report</a> there now.</p>'


@pytest.mark.parametrize(
    ("base", "mine", "theirs"),
    [
        ("<p>It kept 61 tonnes.</p>", "<p>It kept 58 tonnes.</p>", "<p>It kept 60 tonnes.</p>"),
        ("<p>It kept 61 tonnes.</p>", "<p>It kept 58 tonnes.</p>", "<p>It kept 61 tons.</p>"),
        ("<p>One.</p>", "<p>One.</p><p>Mine.</p>", "<p>One.</p><p>Theirs.</p>"),
        ("<p>One.</p><p>Two is here.</p>", "<p>One.</p>", "<p>One.</p><p>Two was here.</p>"),
        (TABLE, TABLE.replace("£1", "£2"), TABLE.replace("Cost", "Saving")),
        (LINK, LINK.replace("a.example", "b.example"), LINK.replace("whole ", "")),
        (
            "<p>We mend what people own in wards.</p>",
            "<p>We <strong>mend</strong> what people own in wards.</p>",
            "<p>We repair what people own in wards.</p>",
        ),
        (
            "<p>We mend what people own in every ward.</p>",
            "<p>Volunteers in nine halls keep things of every kind in use.</p>",
            "<p>We repair what people own in every ward.</p>",
        ),
        (
            "<p>A one x.</p><p>B two x.</p>",
            "<p>B two x.</p><p>A one x.</p>",
            "<p>A one y.</p><p>B two y.</p>",
        ),
        ("<h3>Old words here</h3>", "<h4>Old words here</h4>", "<h3>Old words there</h3>"),
        ("<ul><li>A b c</li></ul>", "<ol><li>A b c</li></ol>", "<ul><li>A b d</li></ul>"),
    ],
    ids=[
        "the same word",
        "neighbouring words",
        "both add at the end",
        "one takes out what the other mends",
        "a table",
        "a link's address and its words",
        "a mark and a word",
        "written anew",
        "moved and mended",
        "a heading's level and its words",
        "a list's kind and its words",
    ],
)
def test_in_doubt_somebody_chooses(base: str, mine: str, theirs: str) -> None:
    assert joined(base, mine, theirs) is None


def test_what_is_joined_by_hand_begins_with_both() -> None:
    base, mine, theirs = (
        "<p>One.</p><p>Last.</p>",
        "<p>One.</p><p>Mine.</p><p>Last.</p>",
        "<p>Two.</p><p>Last.</p>",
    )
    laid = laid_together(from_html(base), from_html(mine), from_html(theirs))
    assert to_html(laid) == "<p>One.</p><p>Mine.</p><p>Two.</p><p>Last.</p>"


def test_what_repeats_itself_without_end_is_not_puzzled_over() -> None:
    base = f"<p>{'ding dong ' * 1_000}</p>"
    assert joined(base, base.replace("ding dong ding", "ding ding"), f"<p>Bells: {base[3:]}") is None


def test_a_book_is_joined_paragraph_by_paragraph() -> None:
    lines = [f"<p>Ward {number} kept what it had and gave the rest away.</p>" for number in range(3_000)]
    base = "".join(lines)
    mine, theirs = (
        base.replace("Ward 7 kept", "Ward 7 held"),
        base.replace("Ward 2990 kept", "Ward 2990 saved"),
    )
    assert joined(base, mine, theirs) == mine.replace("Ward 2990 kept", "Ward 2990 saved")
