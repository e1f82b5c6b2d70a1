"""The laws of rich text, tried on whatever Hypothesis can think of."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.richtext.invented import blocks, rich
from workbench import richtext
from workbench.richtext import (
    Block,
    Paragraph,
    Text,
    canonical,
    from_html,
    plain,
    replace_text,
    to_html,
)

settings.register_profile("laws", deadline=None, max_examples=60)
settings.load_profile("laws")


@given(st.lists(blocks, max_size=3))
def test_the_canonical_form_of_a_canonical_form_is_itself(any_blocks: list[Block]) -> None:
    once = canonical(any_blocks)
    assert canonical(once) == once


@settings(max_examples=80, deadline=None)
@given(rich)
def test_reading_what_was_written_gives_the_same(x: richtext.RichText) -> None:
    assert from_html(to_html(x)) == x


@given(rich)
def test_html_is_written_in_one_way_only(x: richtext.RichText) -> None:
    html = to_html(x)
    assert to_html(from_html(html)) == html


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
def test_any_text_at_all_reads_as_canonical_rich_text(html: str) -> None:
    read = from_html(html)
    assert canonical(read) == read
    assert from_html(to_html(read)) == read


SUBSET = frozenset(
    "p h3 h4 ul ol li table caption thead tbody tr th td strong em sup sub a br img".split()  # noqa: SIM905
)
tags = st.sampled_from(sorted(SUBSET | {"b", "i", "h1", "div", "span", "script", "style"}))
markup = st.lists(
    st.one_of(
        tags.map(lambda tag: f"<{tag}>"),
        tags.map(lambda tag: f"</{tag}>"),
        st.sampled_from(
            ["word", " ", "\n", "<td colspan=2>", '<a href="https://a.example">', "&lt;", "<", "<!--"]
        ),
    ),
    max_size=14,
).map("".join)


@settings(max_examples=80, deadline=None)
@given(markup)
def test_misnested_html_reads_as_canonical_rich_text(html: str) -> None:
    read = from_html(html)
    assert canonical(read) == read
    assert from_html(to_html(read)) == read


@given(rich)
def test_html_holds_nothing_but_the_subset(x: richtext.RichText) -> None:
    html = to_html(x)
    assert {tag.lower() for tag in re.findall(r"</?([a-zA-Z0-9]+)", html)} <= SUBSET
    assert not re.search(r'href="(?!https?://|mailto:|tel:)', html, re.IGNORECASE)


# Replacing by position: the plain text before and after agree


def edges(text: str) -> list[int]:
    return [at for at, character in enumerate(text) if character not in "\n\t"]


@settings(max_examples=80, deadline=None)
@given(rich, st.data())
def test_replacing_within_a_run_changes_the_plain_text_just_there(
    x: richtext.RichText, data: st.DataObject
) -> None:
    text = plain(x)
    if not (places := edges(text)):
        return
    start = data.draw(st.sampled_from(places))
    end = start + 1
    while end < len(text) and text[end] not in "\n\t" and data.draw(st.booleans()):
        end += 1
    new = data.draw(st.text(st.sampled_from("ab c"), min_size=1, max_size=4)) + "x"
    assert plain(replace_text(x, start, end, new)) == text[:start] + new + text[end:]


@given(rich, st.integers(0, 60))
def test_replacing_words_by_themselves_changes_nothing(x: richtext.RichText, start: int) -> None:
    text = plain(x)
    end = start
    while end < len(text) and text[end] not in "\n\t":
        end += 1
    if end > start:
        assert plain(replace_text(x, start, end, text[start:end])) == text


def test_what_is_inserted_takes_the_dress_of_the_run_before_it() -> None:
    bold = frozenset({"strong"})
    x = canonical([Paragraph((Text("one ", bold), Text("two")))])
    assert replace_text(x, 0, 3, "three") == (Paragraph((Text("three ", bold), Text("two"))),)
    assert plain(replace_text(x, 7, 7, "!")) == "one two!"


def test_a_replacement_across_blocks_keeps_the_blocks_apart() -> None:
    x = canonical([Paragraph((Text("one"),)), Paragraph((Text("two"),))])
    assert plain(replace_text(x, 1, 5, "X")) == "oX\nwo"
