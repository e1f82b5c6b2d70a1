"""What other programs put on the clipboard comes in clean: words, lists, tables and links, not looks."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.errors import Refused
from workbench.richtext import canonical, from_html, plain, to_html
from workbench.richtext.pasted import LARGEST_HTML, LARGEST_TEXT, Pasted, from_clipboard

CLIPBOARD = Path(__file__).parent / "clipboard"


def copied_in(program: str) -> str:
    """What a program puts on the clipboard."""
    return (CLIPBOARD / f"{program}.html").read_text("utf-8")


def pasted(html: str) -> str:
    return to_html(from_clipboard(html, "").content)


FROM_WORD = (
    "<h3>What we did</h3>"
    "<p>The council worked with <strong>twelve schools</strong> and saved 58.4 <em>tonnes</em> of CO<sub>2</sub>."
    ' See <a href="https://www.example.gov.uk/report">the report</a>.</p>'
    "<ul><li>Fewer lorries<ul><li>by day</li></ul></li><li><strong>Cleaner</strong> air</li></ul>"
    "<ol><li>Plan</li><li>Do</li></ol>"
    '<table><thead><tr><th scope="col"><strong>Year</strong></th>'
    '<th scope="col" colspan="2"><strong>Saved</strong></th></tr></thead>'
    '<tbody><tr><td rowspan="2">2025</td><td>£5\u00a0million</td><td></td></tr>'
    "<tr><td><p>one</p><p>two</p></td><td>three</td></tr></tbody></table>"
    "<p>kept</p>"
)


def test_from_word():
    read = from_clipboard(copied_in("word"), "")
    assert to_html(read.content) == FROM_WORD
    assert (read.pictures, read.links) == (1, 0)


def test_from_word_online():
    assert pasted(copied_in("word-online")).replace("\u00a0", "") == (
        "<p><strong>Aims</strong></p><ul><li>One<ul><li>Below</li></ul></li><li>Two</li></ul>"
    )


def test_from_google_docs():
    assert pasted(copied_in("google-docs")) == (
        "<h3>Impact</h3><p>Plain, <strong>strong</strong><em> and slanted</em><sup>2</sup> "
        '<a href="https://example.org/a?b=1">link</a></p>'
        "<ul><li>one<ul><li>deeper</li></ul></li></ul>"
        "<table><tbody><tr><td>a</td><td></td></tr></tbody></table>"
    )


def test_from_libreoffice():
    assert pasted(copied_in("libreoffice")) == (
        "<h3>Savings</h3><p>We <strong>saved</strong> <em>£5m</em> in H<sub>2</sub>O. "
        'See <a href="https://example.gov.uk/a?b=1&amp;c=2">here</a>.</p>'
        "<ul><li>one<ul><li>nested</li></ul></li><li>two</li></ul>"
        '<table><tbody><tr><th scope="col">Year</th><td>a<br>b</td></tr></tbody></table>'
    )


def test_from_a_browser():
    read = from_clipboard(copied_in("browser"), "")
    assert to_html(read.content) == (
        "<h3>News</h3><p>First line<br>second line</p><p>Another paragraph\u00a0here</p>"
        "<p>Line broken in the source twice</p><p>kept<br>lines</p><p>Said <em>she</em></p>"
        "<p>Term</p><p>Meaning</p><p>Go there, up, in, or</p>"
    )
    assert (read.pictures, read.links) == (2, 3)


def test_from_a_mail_laid_out_in_a_table():
    html = (
        '<table role="presentation"><tr><td><p>Dear all,</p><p>See <a href="https://eur01.safelinks.protection.outlook'
        '.com/?url=https%3A%2F%2Fexample.gov.uk%2Fcase&amp;data=05">the case</a>.</p></td></tr></table>'
    )
    assert pasted(html) == '<p>Dear all,</p><p>See <a href="https://example.gov.uk/case">the case</a>.</p>'


def test_from_a_spreadsheet():
    html = (
        "<table border=0 cellpadding=0 style='border-collapse:collapse'><!--StartFragment--><col width=64 span=2>"
        "<tr height=20><td height=20 class=xl65 align=right>1</td><td>two</td></tr>"
        "<tr><td align=right>3</td><td></td></tr><!--EndFragment--></table>"
    )
    assert (
        pasted(html)
        == "<table><tbody><tr><td>1</td><td>two</td></tr><tr><td>3</td><td></td></tr></tbody></table>"
    )


def test_pictures_of_the_submission_itself_come_along():
    own, other = "a" * 64, "b" * 64
    html = f'<p>x<img src="asset:{own}" alt="A map"><img src="asset:{other}"></p>'
    read = from_clipboard(html, "", {own})
    assert to_html(read.content) == f'<p>x<img src="asset:{own}" alt="A map"></p>'
    assert read.pictures == 1


def test_plain_words_are_a_paragraph_for_each_line():
    text = "one\r\n\r\ntwo\n\x00\ud800 ŵyth 👩\u200d👩\u200d👧 e\u0301 שלום\u200f"
    read = from_clipboard("", text)
    assert plain(read.content) == "one\ntwo\n ŵyth 👩\u200d👩\u200d👧 e\u0301 שלום\u200f"
    assert read.characters == 2


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>" + "x" * LARGEST_HTML, ""),
        ("", "word " * LARGEST_TEXT),
        ("<p>" + "word " * (LARGEST_TEXT // 4), ""),
    ],
    ids=["html", "text", "words"],
)
def test_what_is_too_large_is_refused(html, text):
    with pytest.raises(Refused, match="paste-too-large"):
        from_clipboard(html, text)


def test_a_table_that_is_too_large_is_refused():
    with pytest.raises(Refused, match="table-too-large"):
        from_clipboard("<table>" + "<tr><td>1<td>2" * 400 + "</table>", "")


PIECES = st.sampled_from(
    [
        *(
            "<p>",
            "</p>",
            "<b style='font-weight:normal'>",
            "</b>",
            "<ul>",
            "<li>",
            "</ul>",
            "<table>",
            "<tr>",
            "<td>",
        ),
        *(
            "<p style='mso-list:l0 level3 lfo1'>",
            "<span style='mso-list:Ignore'>1.</span>",
            "<thead>",
            "<td colspan=3>",
        ),
        *(
            "<div class=ListContainerWrapper>",
            "<li data-aria-level=2>",
            "</div>",
            "<pre>",
            "<br>",
            "<o:p>",
            "</table>",
        ),
        *(
            "<a href='javascript:x'>",
            "<a href='http://[bad'>",
            "word",
            " ",
            "\n",
            "\u00a0",
            "<img src=x>",
            "<h2>",
            "<!--",
        ),
    ]
)


@settings(deadline=None, max_examples=80)
@given(st.lists(PIECES, max_size=16).map("".join))
def test_whatever_is_pasted_becomes_canonical_rich_text(html):
    read = from_clipboard(html, "")
    assert isinstance(read, Pasted)
    assert canonical(read.content) == read.content
    assert from_html(to_html(read.content)) == read.content
