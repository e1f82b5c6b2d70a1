"""Percentages, dates, ordinals and ranges that are not written in the house style."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from workbench.checks.answer import Answer
from workbench.checks.manuscript import Manuscript
from workbench.checks.rules import Rule
from workbench.submission import Finding

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_MONTH = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    r"Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_SIGN = re.compile(r"(?<![\d.,])\d[\d,.]*(?:\s?%(?!\w)|\s+percent\b)")
_WORDS = re.compile(r"(?<![\d.,])\d[\d,.]*\s+per\s?cent\b", re.IGNORECASE)
_MONTH_FIRST = re.compile(
    rf"\b{_MONTH}\.?\s+(?P<day>\d{{1,2}})(?:(?:st|nd|rd|th)\b|(?=,?\s*\d{{4}}\b))(?:,?\s+(?P<year>\d{{4}})\b)?"
)
_DATES = (
    re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)\s+(?:of\s+)?{_MONTH}\b\.?,?(?:\s+(?P<year>\d{{4}}))?"),
    _MONTH_FIRST,
    re.compile(rf"\b(?P<day>\d{{1,2}})[-\s]{_MONTH}[-\s](?P<year>\d{{2}})(?![\d/-])"),
    re.compile(
        r"(?<![\d/.])(?P<day>0?[1-9]|[12]\d|3[01])(?P<mark>[/.])(?P<number>0?[1-9]|"
        r"1[0-2])(?P=mark)(?P<year>(?:19|20)\d\d|\d\d)(?![\d/.]\d)"
    ),
    re.compile(
        r"(?<![\d/-])(?P<year>20\d\d)-(?P<number>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])(?![\d-])"
    ),
)
_PLAIN = re.compile(rf"(?<!\d)(?P<day>\d{{1,2}})\s+{_MONTH}\b(?:\s+(?P<year>\d{{4}}))?")
"""The house's usual form, which is another's departure."""
_ORDINAL = re.compile(r"(?<!\w)([1-9])(?:st|nd|rd|th)\b(?!\s+[A-Z])")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_RANGE = re.compile(
    r"(?<![\w.,/+\u2013-])(?P<from>\d[\d,]*(?:\.\d+)?)(?P<unit>%|am|pm)?\s?[-\u2013\u2014]\s?(?P<to>£?\d[\d,]*(?:\.\d+)?)(?P<clock>am|pm)?(?![\w/]|[-\u2013]\d|[.,]\d)"
)


_HOURS = re.compile(r"\s*(?:pm\b|on\s+\w+days?\b|daily\b|every\s+day|weekdays|[A-Z]\w+days?\b)")
_WORKING = re.compile(
    r"\b(?:works?|worked|working|open|opens|opening|hours|shift|office|from)\s+(?:\w+\s+)?$", re.IGNORECASE
)
_REFERENCE = re.compile(r"(?:UPRN|tel|phone|no\.|ref|ISBN)\W*$", re.IGNORECASE)
_ENDED = re.compile(r"\d(?:st|nd|rd|th)\b")
_DASHED = re.compile(r"\d(?:%|am|pm)?\s?[-\u2013\u2014]\s?£?\d")
_PARTED = re.compile(r"\d[/.]\d\d?[/.]\d|\d-\d\d-\d")
"""What every ordinal, every range and every date in figures has in it."""
_NAMED = frozenset(part for month in _MONTHS for part in (month.lower(), month[:3].lower(), "sept"))


def in_field(answer: Answer, manuscript: Manuscript, rule: Rule) -> Iterator[Finding]:
    """Findings for each of them outside quotations and tables, with the form to put in its place."""
    if not answer.is_prose or not answer.has_numbers:
        return
    for kind, start, end, put in _forms(answer, manuscript.rules.style):
        if (
            not answer.in_quotation(start)
            and not answer.in_table(start)
            and not _in_address(answer.text, start)
        ):
            yield rule.at(answer, start, end, put=put, kind=kind)


Form = tuple[str, int, int, str]


def _forms(answer: Answer, style: Mapping[str, str]) -> Iterator[Form]:
    yield from _percent(answer, style["per_cent"])
    yield from _dates(answer, style["date_form"])
    if _ENDED.search(answer.odd):
        yield from _ordinals(answer)
    if "–" in answer.text or "—" in answer.text or _DASHED.search(answer.odd):
        yield from _ranges(answer)


def _percent(answer: Answer, house: str) -> Iterator[Form]:
    pattern, put = (_SIGN, " per cent") if house == "per cent" else (_WORDS, "%")
    written = "%" in answer.text or "percent" in answer.lower if pattern is _SIGN else "cent" in answer.lower
    for found in answer.at_numbers(pattern) if written else ():
        number = re.match(r"[\d,.]+", found[0])
        yield "percentages", *found.span(), (number[0] if number else "") + put


def _dates(answer: Answer, house: str) -> Iterator[Form]:
    taken: list[tuple[int, int]] = []
    months = {month[:3] for month in answer.terms & _NAMED}
    named = _DATES[:3] if months else ()
    figured = _DATES[3:] if _PARTED.search(answer.odd) else ()
    plain = () if house == "1 April 2024" or not months else (_PLAIN,)
    for pattern in (*named, *figured, *plain):
        for found in (
            answer.at_words(pattern, months) if pattern is _MONTH_FIRST else answer.at_numbers(pattern)
        ):
            if any(start < found.end() and found.start() < end for start, end in taken):
                continue
            taken.append(found.span())
            put = _date(found.groupdict(), house)
            if put != found[0]:
                yield "dates", *found.span(), put


def _date(parts: Mapping[str, str | None], house: str) -> str:
    number, name = parts.get("number"), parts.get("month") or ""
    month = _MONTHS[int(number) - 1] if number else next(one for one in _MONTHS if one.startswith(name[:3]))
    year = parts.get("year") or ""
    year = f"20{year}" if len(year) == 2 else year
    day = int(parts["day"] or 0)
    if house == "April 1, 2024":
        return f"{month} {day}, {year}" if year else f"{month} {day}"
    written = _ordinal(day) if house == "1st April 2024" else str(day)
    return " ".join(part for part in (written, month, year) if part)


def _ordinal(day: int) -> str:
    ending = "th" if day in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"


def _ordinals(answer: Answer) -> Iterator[Form]:
    text = answer.text
    for found in answer.at_numbers(_ORDINAL):
        if not re.match(rf"\s+(?:of\s+)?{_MONTH}", text[found.end() :]) and not re.search(
            rf"{_MONTH}\.?\s$", text[: found.start()]
        ):
            yield "ordinals", *found.span(), _ORDINALS[int(found[1]) - 1]


def _ranges(answer: Answer) -> Iterator[Form]:
    text = answer.text
    for found in answer.at_numbers(_RANGE):
        low, high = (float(found[name].strip("£").replace(",", "")) for name in ("from", "to"))
        financial_year = 1900 <= low <= 2100 and high < 100
        if (
            (
                low < high
                or found["clock"]
                or (low <= 12 and (_HOURS.match(text, found.end()) or _WORKING.search(text[: found.start()])))
            )
            and not financial_year
            and found["from"][:2] != "00"
            and not _REFERENCE.search(text, max(0, found.start() - 20), found.start())
        ):
            yield (
                "ranges",
                *found.span(),
                f"{found['from']}{found['unit'] or ''} to {found['to']}{found['clock'] or ''}",
            )


def _in_address(text: str, at: int) -> bool:
    """Whether it stands inside a web or mail address."""
    start = max(text.rfind(" ", 0, at), text.rfind("\n", 0, at)) + 1
    return re.match(r"https?:|www\.|\S+@", text[start : start + 80]) is not None
