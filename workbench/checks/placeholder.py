"""A placeholder that was never filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbench.checks.answer import Answer
from workbench.checks.manuscript import Manuscript
from workbench.checks.rules import Rule
from workbench.submission import Finding

_BRACKETED = re.compile(
    r"""[\[<{]\s*(?:
          (?:please\s+)?(?:insert|enter|add|type|fill\s+in|complete|delete|name\s+of|number\s+of|your
                |to\s+be|tb[acd]|xx+
            |placeholder|council\s+name|link\s+to|date\s+to|figure|amount)\b[^\]>}\n]{0,80}
        | (?:date|name|number|amount|figures?|council|place|link|url|email|telephone|phone|role
              |job\s+title|photo|picture
            |image|quote|source|title|text|n|x|\?+)\s*
        )[\]>}]
      | \(\s*(?:please\s+)?(?:insert|enter|tb[acd]|xx+|placeholder|fill\s+in)\b[^)\n]{0,80}\)""",
    re.IGNORECASE | re.VERBOSE,
)
_WORDED = re.compile(
    r"""\blorem\s+ipsum\b[^.\n]* | \bdolor\s+sit\s+amet\b[^.\n]*
      | \b(?:click|tap)(?:\s+or\s+(?:tap|click))?\s+(?:here\s+)?to\s+(?:enter|add|insert|choose)\b[^.\n]*\.?
      | \bclick\s+here\s+(?:and|or)\s+type\b[^.\n]*\.? | \b(?:choose|select)\s+an?\s+(?:item|option|date|picture)\b\.?
      | \b(?:enter|insert|type|add)\s+(?:your\s+|some\s+)?(?:text|title|heading|date|name|answer)\s+here\b\.?
      | \b(?:insert|enter|add|paste|put)\s+(?:an?\s+|the\s+|your\s+|some\s+)?(?:\w+\s+)?(?:photos?|pictures?|images?
            |quotes?|figures?|tables?|charts?|logo|links?|names?|dates?|details|case\s+study)\s+here\b\.?
      | \b(?:more\s+|further\s+|full\s+)?(?:details?|text|figures?|quotes?|photos?|pictures?|images?|information|data
            |numbers?|names?|dates?|links?|title|costs?|evidence|results|contacts?)\s+(?:to\s+follow
            |to\s+be\s+(?:added|confirmed|inserted|supplied|provided|agreed|completed|decided))(?=\s*(?:[.,;)\n]|$))\.?
      | (?:^|(?<=[.\n]))\s*(?:text|quote|photo|picture|image|figure|chart|table)\s+here\s*(?:\.|$)
      | \b(?:details?|figures?|information|data|quotes?|photos?|results)\s+awaited\b
      | \bawaiting\s+(?:figures|details|data|quotes?)\b
      | \bto\s+be\s+(?:confirmed|completed|inserted|supplied|advised)(?=\s*(?:[.\])\n]|$))
      | \btype\s+here\b | \byour\s+text\s+here\b | \bplaceholder\s+text\b""",
    re.IGNORECASE | re.VERBOSE,
)
_SHORT = re.compile(
    r"""(?<![A-Za-z])£?[Xx]{2,}(?:[,.][Xx]+)*\s?(?:%|per\ cent|k|m|million)(?![A-Za-z])
      | (?<![A-Za-z])(?:£X+|[Xx]{3,})(?![A-Za-z]) | \bT\.?B\.?[CDA]\b | \btb[cd]\b""",
    re.VERBOSE,
)
_OPEN = re.compile(
    r"\[(?!sic\b|at\]|dot\]|@)[A-Za-z][^\]\n]{0,80}\]|<<[^>\n]{1,60}>>|\bD{1,2}[/.-]M{1,3}[/.-]Y{2,4}\b"
)
_SIGNS = re.compile(r"_{4,}|\.{6,}|…{3,}|\?{3,}|£\s?\?+|(?<!\w)\?{2,}")
_WHOLE = re.compile(
    r"\s*(?:to\s+be\s+(?:confirmed|completed|added|decided|advised)|to\s+follow|coming\s+soon|pending)\.?\s*",
    re.IGNORECASE,
)

_PROMISED = re.compile(
    r"to\s+(?:follow|be\s+(?:add|confirm|inser|suppl|provid|agree|complet|decid|advis))|await|\bhere\s*(?:[.\n]|$)"
)
_BRACKETS = ("[", "<", "{", "(")
_WORDS = frozenset(
    {
        "lorem",
        "dolor",
        "click",
        "tap",
        "choose",
        "select",
        "placeholder",
        "type",
        "enter",
    }
)
_SHORT_WORDS = frozenset({"tbc", "tbd", "tba", "x", "xx", "xxx", "xxxx"})


def in_field(answer: Answer, manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """A finding for each placeholder."""
    if _WHOLE.fullmatch(answer.text):
        yield rule.at(answer, 0, len(answer.text))
        return
    taken: list[range] = []
    for pattern in _patterns(answer):
        for found in pattern.finditer(answer.text):
            aside = pattern is _OPEN and answer.in_quotation(found.start())
            if not aside and not any(found.start() in earlier for earlier in taken):
                taken.append(range(*found.span()))
                yield rule.at(answer, *found.span())


def _patterns(answer: Answer) -> Iterator[re.Pattern[str]]:
    """The patterns that could find anything in this answer."""
    if "/MM/" in answer.text or any(bracket in answer.text for bracket in _BRACKETS):
        yield _BRACKETED
        yield _OPEN
    if not answer.terms.isdisjoint(_WORDS) or _PROMISED.search(answer.lower):
        yield _WORDED
    if (
        not answer.terms.isdisjoint(_SHORT_WORDS)
        or "XX" in answer.text
        or "xx" in answer.text
        or "T.B." in answer.text
    ):
        yield _SHORT
    if any(signs in answer.text for signs in ("____", "......", "………", "??", "£?", "£ ?")):
        yield _SIGNS
