"""The border: what a study may bring into an exported file."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from workbench import richtext
from workbench.exporters import safe

HOSTILE = st.lists(
    st.sampled_from(
        (
            *(
                "<script>",
                "</script>",
                "<img src=x onerror=alert(1)>",
                "<a href='javascript:1'>",
                "</p>",
                "<p>",
            ),
            *(
                "<svg><use href=//x>",
                "<style>",
                "&lt;script&gt;",
                "<td>",
                '" onload="',
                "<!--",
                "-->",
                "<table>",
            ),
            *(
                "<a href='//evil.example'>",
                "<a href='data:text/html,x'>",
                "<form action=x>",
                "<math>",
                "<h3>",
            ),
            *(
                "\x00",
                "\ud800",
                "\u202e",
                "words",
                "<base href=x>",
                "<meta http-equiv=refresh>",
                "<plaintext>",
            ),
            *("<iframe src=/>", "<p style=x>"),
        )
    )
    | st.text(max_size=8),
    max_size=12,
).map("".join)


class Tags(HTMLParser):
    """Every tag with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@given(HOSTILE)
def test_only_the_subset_passes(markup: str) -> None:
    html = safe.html(markup)
    html.encode()
    for tag, attributes in Tags(html).found:
        assert (
            f" {tag} " in " p h3 h4 ul ol li table caption thead tbody tr th td strong em sup sub a br img "
        )
        assert attributes.keys() <= {"scope", "colspan", "rowspan", "href", "src", "alt"}
        for name in ("href", "src"):
            assert (attributes.get(name) or "https:").startswith(
                ("http:", "https:", "mailto:", "tel:", "asset:")
            )


@given(HOSTILE)
def test_passing_twice_changes_nothing_more(markup: str) -> None:
    once = safe.html(markup)
    assert safe.html(once) == once


@given(st.text())
def test_what_the_rich_text_writes_keeps_its_words(text: str) -> None:
    html = richtext.to_html(richtext.from_text(safe.text(text)))
    assert safe.plain(safe.html(html)) == safe.plain(html)


@given(st.text() | HOSTILE)
def test_text_can_be_encoded_and_read_in_order(words: str) -> None:
    kept = safe.text(words)
    kept.encode()
    assert not set(kept) & {"\x00", "\x0b", "\x7f", "\u202e", "\u2066", "\ufffe", "\r"}
    assert safe.text(kept) == kept


def test_ordinary_words_pass_whole() -> None:
    words = "Café – “33 wards”, £1.2m & 5 < 6\nnaïve 日本 🏛 \u200d"
    assert safe.text(words) == words


def test_a_line_has_single_spaces() -> None:
    assert safe.line(" a\n b\t\u2028c ") == "a b c"
