"""A placeholder that was never filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbench.checks.manuscript import Answer, Manuscript
from workbench.checks.rules import Rule
from workbench.submission import Finding

_PLACEHOLDER = re.compile(
    r"""
      [\[<{(]\s*(?:please\s+)?(?:insert|enter|add|type|fill\s+in|complete|delete|name\s+of|number\s+of|your|to\s+be|
        tb[acd]|xx+|placeholder|council\s+name|link\s+to|date\s+to|figure|amount)\b[^\]>})\n]{0,80}[\]>})]
    | [\[<{]\s*(?:date|name|number|amount|figure|figures|council|place|link|url|email|telephone|phone|role|job\s+title|
        photo|picture|image|quote|source|title|text|n|x|\?+)\s*[\]>}]
    | (?<![A-Za-z])[£]?[Xx]{2,}(?:[,.][Xx]+)*\s?(?:%|per\ cent|k|m|million)(?![A-Za-z])
    | (?<![A-Za-z])(?:£X+|X{3,}|x{4,})(?![A-Za-z])
    | \bT\.?B\.?[CDA]\b\.? | \btb[cd]\b
    | \blorem\s+ipsum\b[^.\n]* | \bdolor\s+sit\s+amet\b[^.\n]*
    | \b(?:click|tap)(?:\s+or\s+(?:tap|click))?\s+(?:here\s+)?to\s+(?:enter|add|insert|choose)\b[^.\n]*\.?
    | \bclick\s+here\s+(?:and|or)\s+type\b[^.\n]*\.?
    | \b(?:choose|select)\s+an?\s+(?:item|option|date|picture)\b\.?
    | \b(?:enter|insert|type|add)\s+(?:your\s+|some\s+)?(?:text|title|heading|date|name|answer)\s+here\b\.?
    | \btype\s+here\b | \byour\s+text\s+here\b | \bplaceholder\s+text\b
    | _{4,} | \.{6,} | …{3,} | \?{3,}
    """,
    re.VERBOSE,
)
_WHATEVER_CASE = re.compile(_PLACEHOLDER.pattern, re.VERBOSE | re.IGNORECASE)
_EXACT = re.compile(r"^[£]?[xX]{2,}|^T\.?B|^tb")
_WHOLE = re.compile(
    r"\s*(?:to\s+be\s+(?:confirmed|completed|added|decided|advised)|to\s+follow|coming\s+soon|pending)\.?\s*",
    re.I,
)


def in_field(answer: Answer, manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """A finding for each placeholder."""
    if _WHOLE.fullmatch(answer.text):
        yield rule.at(answer, 0, len(answer.text))
        return
    for found in _WHATEVER_CASE.finditer(answer.text):
        exact = not _EXACT.match(found[0]) or _PLACEHOLDER.match(answer.text, found.start())
        if exact and not _explains(found[0]):
            yield rule.at(answer, *found.span())


def _explains(text: str) -> bool:
    """Round brackets hold ordinary asides as well: "(add two for each child)"."""
    return text.startswith("(") and not re.match(
        r"\(\s*(?:please\s+)?(?:insert|enter|tb[acd]|xx|placeholder|fill)", text, re.I
    )
