"""A placeholder that was never filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

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
    r"""\b(?:lorem\s+ipsum\b[^.\n]* | dolor\s+sit\s+amet\b[^.\n]*
      | (?:click|tap)(?:\s+or\s+(?:tap|click))?\s+(?:here\s+)?to\s+(?:enter|add|insert|choose)\b[^.\n]*\.?
      | click\s+here\s+(?:and|or)\s+type\b[^.\n]*\.? | (?:choose|select)\s+an?\s+(?:item|option|date|picture)\b\.?
      | (?:enter|insert|type|add)\s+(?:your\s+|some\s+)?(?:text|title|heading|date|name|answer)\s+here\b\.?
      | (?:insert|enter|add|paste|put)\s+(?:an?\s+|the\s+|your\s+|some\s+)?(?:\w+\s+)?(?:photos?|pictures?|images?
            |quotes?|figures?|tables?|charts?|logo|links?|names?|dates?|details|case\s+study)\s+here\b\.?
      | (?:more\s+|further\s+|full\s+)?(?:details?|text|figures?|quotes?|photos?|pictures?|images?|information|data
            |numbers?|names?|dates?|links?|title|costs?|evidence|results|contacts?|map|video|case\s+study|statement)(?:\s+[\w’'-]+){0,5}?\s+(?:to\s+follow
            |to\s+be\s+(?:added|confirmed|inserted|supplied|provided|agreed|completed|decided))(?=\s*(?:[.,;)\n]|$))\.?
      | (?:details?|figures?|information|data|quotes?|photos?|results)\s+awaited\b
      | awaiting\s+(?:figures|details|data|quotes?)\b
      | to\s+be\s+(?:confirmed|completed|inserted|supplied|advised)(?=\s*(?:[.\])\n]|$))
      | TO[- ]?DO\s*[:\u2013-][^.\n]* | type\s+here\b | your\s+text\s+here\b | placeholder\s+text\b)""",
    re.IGNORECASE | re.VERBOSE,
)
_SHORT = re.compile(
    r"""(?<![A-Za-z])£?[Xx]{2,}(?:[,.][Xx]+)*\s?(?:%|per\ cent|k|m|million)(?![A-Za-z])
      | (?<![A-Za-z])(?:£[Xx]+(?:[.,][Xx]+)*|[Xx]{3,})(?![A-Za-z]) | \b(?:19|20)[Xx]{2}\b
      | (?:(?<=[a-z]\s)|(?<=[.?!]\s)|\A)XX(?=\s+[a-z]{3}) | \b[Tt]\.?[Bb]\.?[CcDdAa]\b""",
    re.VERBOSE,
)
_OPEN = re.compile(
    r"\[(?!sic\b|at\]|dot\]|@|\d+\]|…|\.\.)[^\]\n]{1,80}\]|<<[^>\n]{1,60}>>|\bD{1,2}[/.-]M{1,3}[/.-]Y{2,4}\b"
)
_SIGNS = re.compile(r"_{4,}|\.{6,}|…{3,}|\?{3,}|£\s?\?+|(?<!\w)\?{2,}")
_WHOLE = re.compile(
    r"\s*(?:to\s+be\s+(?:confirmed|completed|added|decided|advised)|to\s+follow|coming\s+soon|pending)\.?\s*",
    re.IGNORECASE,
)

_HERE = re.compile(
    r"(?:(?:please\s+)?(?:insert|add|put|paste|attach|include)\s[^.\n]{1,60}|text|quote|photo|picture|image|figure|chart|"
    r"table)\s+here\.?",
    re.IGNORECASE,
)
_PROMISES = (
    " follow",
    "be add",
    "be conf",
    "be ins",
    "be supp",
    "be prov",
    "be agr",
    "be compl",
    "be decid",
    "be advis",
)
_CUES = (
    *_PROMISES,
    " here",
    "lorem",
    "dolor",
    "await",
    "placeholder",
    "choose a",
    "select a",
    "to do",
    "todo",
    "to-do",
)
_ROUND = ("(insert", "(please", "(enter", "(tb", "(xx", "(placeholder", "(fill", "( ")
_SHORTENED = frozenset({"tbc", "tbd", "tba"})


def in_field(answer: Answer, manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """A finding for each placeholder."""
    if _WHOLE.fullmatch(answer.text):
        yield rule.at(answer, 0, len(answer.text))
        return
    taken: list[range] = []
    for pattern, found in _found(answer):
        aside = pattern is _OPEN and answer.in_quotation(found.start())
        if not aside and not any(found.start() in earlier for earlier in taken):
            taken.append(range(*found.span()))
            yield rule.at(answer, *found.span())


def in_study(manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """A finding for each placeholder typed in place of an answer, which was left out on reading."""
    for text in manuscript.notes("guidance"):
        if _holds_one(text):
            yield rule.of(None, text)


@lru_cache(maxsize=512)
def _holds_one(text: str) -> bool:
    return any(pattern.search(text) for pattern in (_BRACKETED, _WORDED, _SHORT))


def _found(answer: Answer) -> Iterator[tuple[re.Pattern[str], re.Match[str]]]:
    """What the patterns find that could find anything in this answer."""
    for pattern in _patterns(answer):
        for found in pattern.finditer(answer.text):
            yield pattern, found
    for start, end in answer.sentences_with(_CUES):
        for found in _WORDED.finditer(answer.text, start, end):
            yield _WORDED, found
        if here := _HERE.fullmatch(answer.text, start, end):
            yield _HERE, here


def _patterns(answer: Answer) -> Iterator[re.Pattern[str]]:
    text, lower = answer.text, answer.lower
    bracketed = "[" in text or "<" in text or "{" in text
    if bracketed or ("(" in text and any(opening in lower for opening in _ROUND)):
        yield _BRACKETED
    if bracketed or "YY" in text:
        yield _OPEN
    shortened = not _SHORTENED.isdisjoint(answer.terms) or "t.b" in lower
    if shortened or "xx" in lower or "£x" in lower or "X%" in text:
        yield _SHORT
    if "?" in text or "____" in text or "......" in text or "………" in text:
        yield _SIGNS
