"""Parting a rich text: nothing is lost, nothing is doubled, and what stands together stays together."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.richtext.test_laws import rich
from workbench.richtext import RichText, canonical, from_html, images, plain, to_html
from workbench.richtext.parting import cut, split


def letters(*parts: RichText) -> str:
    """All words of the parts, one after the other, without what stands between words."""
    return "".join("".join(plain(part).split()) for part in parts)


@settings(max_examples=60)
@given(rich, st.data(), st.booleans())
def test_splitting_loses_nothing_and_keeps_the_order(x: RichText, data: st.DataObject, before: bool) -> None:
    at = data.draw(st.integers(0, len(plain(x))))
    first, second = split(x, at, tables_before=before)
    assert letters(first, second) == letters(x)
    assert images(first) + images(second) == images(x)
    assert (canonical(first), canonical(second)) == (first, second)


@settings(max_examples=60)
@given(rich)
def test_splitting_at_the_ends_changes_nothing(x: RichText) -> None:
    assert letters(split(x, 0)[0]) == ""
    assert split(x, len(plain(x)) + 1) == (x, ())


@settings(max_examples=60)
@given(rich, st.data())
def test_what_is_cut_and_what_is_left_are_all_there_was(x: RichText, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(plain(x))))
    end = data.draw(st.integers(start, len(plain(x))))
    taken, rest = cut(x, start, end)
    assert sorted(letters(taken, rest)) == sorted(letters(x))
    assert sorted(i.asset for i in (*images(taken), *images(rest))) == sorted(i.asset for i in images(x))


LIST = "<ul><li>one<ul><li>deep</li><li>deeper</li></ul></li><li>two</li></ul>"
LIST_ABOVE = "<ul><li>one<ul><li>deep</li></ul></li></ul>"
TABLE = (
    "<p>before</p><table><tbody><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></tbody></table>"
)


@pytest.mark.parametrize(
    ("html", "at", "first", "second"),
    [
        ("<p>one two</p>", "two", "<p>one</p>", "<p>two</p>"),
        ("<p>a <em>bold word</em></p>", "word", "<p>a <em>bold</em></p>", "<p><em>word</em></p>"),
        ("<p>one</p><p>two</p>", "two", "<p>one</p>", "<p>two</p>"),
        ("<p>one<br>two</p>", "two", "<p>one</p>", "<p>two</p>"),
        (LIST, "two", "<ul><li>one<ul><li>deep</li><li>deeper</li></ul></li></ul>", "<ul><li>two</li></ul>"),
        (LIST, "deeper", "<ul><li>one<ul><li>deep</li></ul></li></ul>", "<ul><li>deeper</li><li>two</li></ul>"),
        (TABLE, "c", "<p>before</p>", TABLE.removeprefix("<p>before</p>")),
    ],
)  # fmt: skip
def test_where_an_answer_is_split(html: str, at: str, first: str, second: str) -> None:
    blocks = from_html(html)
    parts = split(blocks, plain(blocks).index(at))
    assert tuple(map(to_html, parts)) == (first, second)


@pytest.mark.parametrize(
    ("html", "chosen", "taken", "rest"),
    [
        ("<p>one two three</p>", "two ", "<p>two</p>", "<p>one three</p>"),
        ("<p>one</p><p>two</p><p>three</p>", "two", "<p>two</p>", "<p>one</p><p>three</p>"),
        ("<p>one two</p><p>three four</p>", "two\nthree", "<p>two</p><p>three</p>", "<p>one</p><p>four</p>"),
        ("<p>all</p>", "all", "<p>all</p>", ""),
        (LIST, "deeper\n", "<ul><li>deeper</li></ul>", f"{LIST_ABOVE}<ul><li>two</li></ul>"),
        (TABLE, "a", TABLE.removeprefix("<p>before</p>"), "<p>before</p>"),
    ],
)  # fmt: skip
def test_what_is_cut_out_of_an_answer(html: str, chosen: str, taken: str, rest: str) -> None:
    blocks = from_html(html)
    start = plain(blocks).index(chosen)
    assert tuple(map(to_html, cut(blocks, start, start + len(chosen)))) == (taken, rest)
