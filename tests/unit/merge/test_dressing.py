"""The same words in other dress are no change; other words, links and pictures are."""

from __future__ import annotations

import pytest

from workbench.merge import redressed
from workbench.richtext import from_html, to_html

BASE = (
    "<p>We <strong>began</strong> with ten visits.</p>"
    "<ul><li>Lend tools</li><li>Mend <em>bicycles</em></li></ul>"
    '<p>See <a href="https://example.org/report">the report</a>.</p>'
)


@pytest.mark.parametrize(
    "flat",
    [
        "<p>We began with ten visits.</p><p>• Lend tools</p><p>• Mend bicycles</p><p>See the report.</p>",
        "<p>We began  with ten visits.</p><p>- Lend tools</p><p>- Mend bicycles</p><p>See the report.</p>",
        "<p>We began with ten visits.</p><ol><li>Lend tools</li><li>Mend bicycles</li></ol><p>See the report.</p>",
    ],
)
def test_what_another_program_made_of_it_is_undone(flat: str) -> None:
    assert to_html(redressed(from_html(BASE), from_html(flat))) == BASE


def test_only_the_part_that_was_changed_is_theirs() -> None:
    theirs = (
        "<p>We began with twelve visits.</p><p>• Lend tools</p><p>• Mend bicycles</p><p>See the report.</p>"
    )
    found = to_html(redressed(from_html(BASE), from_html(theirs)))
    assert found == BASE.replace(
        "<p>We <strong>began</strong> with ten visits.</p>", "<p>We began with twelve visits.</p>"
    )


def test_a_new_link_is_a_change() -> None:
    theirs = from_html(BASE.replace("Lend tools", '<a href="https://example.org/tools">Lend tools</a>'))
    assert redressed(from_html(BASE), theirs) == theirs


def test_what_stands_twice_stays_twice() -> None:
    base = from_html("<p>Again.</p><p>Between.</p><p>Again.</p>")
    assert redressed(base, base) == base
    assert redressed(
        from_html("<p><strong>Again.</strong></p>"), from_html("<p>Again.</p><p>Again.</p>")
    ) == from_html("<p><strong>Again.</strong></p><p>Again.</p>")


@pytest.mark.parametrize("one", ["", "<p>Words.</p>"])
def test_nothing_and_something(one: str) -> None:
    assert redressed((), from_html(one)) == from_html(one)
    assert redressed(from_html(one), ()) == ()
