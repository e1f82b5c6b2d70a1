"""Words are found whatever marks they carry, and what replaces them carries the same."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.errors import Refused
from workbench.richtext import Paragraph, Text, canonical, from_html, from_text, plain, to_html
from workbench.richtext.finding import Wanted, matches, replaced

settings.register_profile("finding", deadline=None, max_examples=40)
settings.load_profile("finding")


def found(html: str, text: str, **options: bool) -> list[str]:
    return [match.found for match in matches(from_html(html), Wanted(text, **options))]


def after(html: str, text: str, new: str, **options: bool) -> str:
    blocks = from_html(html)
    return to_html(replaced(blocks, matches(blocks, Wanted(text, new, **options))))


def test_capitals_count_only_when_asked():
    assert found("<p>Council council</p>", "council") == ["Council", "council"]
    assert found("<p>Council council</p>", "council", case=True) == ["council"]


def test_a_whole_word_stands_alone():
    assert found("<p>cat category cat’s</p>", "cat", word=True) == ["cat", "cat"]


def test_it_is_found_across_marks_and_keeps_the_first():
    assert (
        after("<p>a <strong>ca</strong>fé b</p>", "café", "tea room")
        == "<p>a <strong>tea room</strong> b</p>"
    )


def test_every_place_of_a_study_in_lists_tables_and_links():
    html = (
        "<h3>per cent</h3><ul><li>5 per cent<ul><li>6 per cent</li></ul></li></ul>"
        "<table><caption>in per cent</caption><tbody><tr><td>7 per cent</td><td>x</td></tr></tbody></table>"
        '<p><a href="https://a.example">8 per cent</a></p>'
    )
    assert after(html, "per cent", "%") == html.replace("per cent", "%")


@pytest.mark.parametrize(
    "html",
    [
        "<p>per</p><p>cent</p>",
        "<p>per<br>cent</p>",
        "<table><tbody><tr><td>per</td><td>cent</td></tr></tbody></table>",
    ],
)
def test_nothing_is_found_over_the_end_of_a_line_or_a_cell(html):
    assert found(html, "per cent") == []
    assert found(html, r"per\s+cent", pattern=True) == []


def test_an_accent_is_part_of_its_letter_however_it_is_written():
    assert found("<p>tŷ t\u0177 ty\u0302</p>", "tŷ") == ["tŷ", "t\u0177", "ty\u0302"]
    assert found("<p>ty\u0302</p>", "ty") == []


def test_a_space_finds_a_no_break_space():
    assert found("<p>£5\u00a0million</p>", "£5 million") == ["£5\u00a0million"]


def test_signs_of_patterns_are_plain_unless_asked():
    assert found("<p>a.c abc</p>", "a.c") == ["a.c"]
    assert found("<p>a.c abc</p>", "a.c", pattern=True) == ["a.c", "abc"]


def test_a_pattern_gives_its_groups_to_the_replacement():
    assert after("<p>12 Mar 2025</p>", r"(\d+) (\w+)", r"\2 \1", pattern=True) == "<p>Mar 12 2025</p>"


@pytest.mark.parametrize(("text", "new"), [("(", ""), ("[z-a]", ""), ("a{99999999999}", ""), ("a", r"\3")])
def test_a_pattern_that_cannot_be_read_is_refused(text, new):
    with pytest.raises(Refused, match="pattern-wrong"):
        matches(from_text("aaa"), Wanted(text, new, pattern=True))


@pytest.mark.parametrize("text", ["(a+)+b", "(a|aa)+b", "((ab)*c?)*d", r"(\w+\s?)*!"])
def test_a_pattern_that_could_take_for_ever_is_refused(text):
    with pytest.raises(Refused, match="pattern-costly"):
        matches(from_text("a" * 40), Wanted(text, pattern=True))


def test_nothing_is_looked_for_where_nothing_is_asked():
    assert matches(from_text("a"), Wanted("")) == ()
    assert matches(from_text("aaa"), Wanted("b*", pattern=True)) == ()


marked = st.lists(
    st.builds(
        Text, st.text(st.sampled_from("ab "), max_size=4), st.frozensets(st.sampled_from(["strong", "em"]))
    ),
    max_size=5,
)
rich = st.lists(st.builds(lambda runs: Paragraph(tuple(runs)), marked), max_size=4).map(canonical)


@given(rich, st.sampled_from(["a", "ab", "b a", "bb"]), st.sampled_from(["", "x", "xyz x"]))
def test_the_words_change_as_if_there_were_no_marks(blocks, text, new):
    kept = [line.replace(text, new) for line in plain(blocks).split("\n")] if blocks else []
    result = plain(replaced(blocks, matches(blocks, Wanted(text, new, case=True))))
    assert result == "\n".join(line for line in kept if line.strip())


@given(rich, st.sampled_from(["a", "ab", "b a"]))
def test_replacing_words_by_themselves_changes_no_word(blocks, text):
    assert plain(replaced(blocks, matches(blocks, Wanted(text, text, case=True)))) == plain(blocks)
