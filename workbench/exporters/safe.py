"""The border: what a study may bring into an exported file.

A study's words were typed by many people and may hold anything: markup, control characters, half a surrogate pair,
marks that turn the reading order. HTML is rebuilt by an allow-list parser, whoever wrote it and whatever was
promised about it before.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from workbench import richtext

if TYPE_CHECKING:
    import nh3

_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)
_TAGS = "p h3 h4 ul ol li table caption thead tbody tr th td strong em sup sub a br img"
_SPANS = {"colspan", "rowspan"}
_ATTRIBUTES = {"th": {"scope", *_SPANS}, "td": _SPANS, "a": {"href"}, "img": {"src", "alt"}}
_SCHEMES = {"http", "https", "mailto", "tel", "asset"}


def text(words: str) -> str:
    """`words` without the characters that XML, UTF-8 or the reading order cannot bear; line ends as `\\n`."""
    return _UNPRINTABLE.sub("", words.replace("\r\n", "\n").replace("\r", "\n"))


def line(words: str) -> str:
    """`words` on one line, single spaces between them."""
    return " ".join(text(words).split())


def html(markup: str) -> str:
    """`markup` rebuilt from the HTML subset of `workbench.richtext`; all else is dropped or becomes plain words.

    Links keep absolute web, mail and telephone addresses only; pictures keep `asset:` addresses. Markup so misnested
    that a second reading would find something else is first brought into the canonical form of rich text.
    """
    clean = _cleaner().clean
    once = clean(text(markup))
    return once if clean(once) == once else clean(richtext.to_html(richtext.from_html(once)))


def plain(markup: str) -> str:
    """The words of `markup` alone, a line for each paragraph."""
    return richtext.plain(richtext.from_html(text(markup)))


@cache
def _cleaner() -> nh3.Cleaner:
    import nh3

    return nh3.Cleaner(
        tags=set(_TAGS.split()),
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        url_relative="deny",
        link_rel=None,
    )
