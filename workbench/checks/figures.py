"""Reading figures: percentages, money and counts, however they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from workbench.checks.answer import prepared

Kind = Literal["percent", "money", "count"]

_FIGURE = re.compile(
    r"(?P<number>\d+(?:,\d{3})*(?:\.\d+)?)(?P<scale>\s?(?:k|m|bn|million|billion|thousand)\b)?"
    r"(?P<percent>\s?(?:%|per\s+cent\b|percent\b))?(?![\w/]|-\d|[.,]\d)",
    re.IGNORECASE,
)
_MONEY = re.compile(r"£\s?$")
_SCALES = {"k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9}
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|"
    r"Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
)
_DATE_AFTER = re.compile(rf"\s*(?:st|nd|rd|th)?\s+{_MONTH}\b")
_DATE_BEFORE = re.compile(rf"\b{_MONTH}\s+$")
_TIME_AFTER = re.compile(r"[:.]\d\d|\s?(?:am|pm)\b|-year|\s?(?:st|nd|rd|th)\b")
_LABEL_BEFORE = re.compile(
    r"(?:phase|stage|tier|level|year|quarter|section|part|act|ages?|aged|room|route|number|no\.|"
    r"version|chapter|step|class|key\s+stage|day|week|article|band|grade|type|covid|Q|over|"
    r"under)[\s-]$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a text: its kind, its value in units, where it stands and how it is written."""

    kind: Kind
    value: float
    start: int
    end: int
    text: str
    digits: int
    """How many decimals it is given to; negative for rounded thousands."""


@lru_cache(maxsize=128)
def figures(text: str) -> tuple[Figure, ...]:
    """The percentages, sums and counts of a text; years, dates and labels such as "Phase 2" left out."""
    return tuple(_figures(text))


def _figures(text: str) -> Iterator[Figure]:
    after = 0
    for at in prepared(text).numbers:
        found = _FIGURE.match(text, at) if at >= after else None
        if found is None or _joins(text[at - 1 : at]):
            continue
        after = found.end()
        figure = _read(text, found)
        if figure.kind != "count" or not _is_label(text, found, figure):
            yield figure


def _joins(character: str) -> bool:
    """Whether a character before a digit makes it a part of something longer."""
    return character.isalnum() or character in ("_", ".", ",", "/", "-")


def _read(text: str, found: re.Match[str]) -> Figure:
    number = found["number"].replace(",", "")
    scale = _SCALES.get((found["scale"] or "").strip().lower(), 1.0)
    money = _MONEY.search(text, max(0, found.start() - 2), found.start())
    kind: Kind = "percent" if found["percent"] else "money" if money else "count"
    start = found.start() - len(money[0]) if money and kind == "money" else found.start()
    decimals = len(number.partition(".")[2])
    return Figure(
        kind, float(number) * scale, start, found.end(), text[start : found.end()].strip(), decimals
    )


def _is_label(text: str, found: re.Match[str], figure: Figure) -> bool:
    """Whether a bare number is a year, a date, a time or the name of something."""
    before, after = text[max(0, found.start() - 12) : found.start()], text[found.end() : found.end() + 14]
    year = not found["scale"] and 1900 <= figure.value <= 2100 and "," not in found["number"]
    dated = _DATE_AFTER.match(after) or _DATE_BEFORE.search(before)
    return bool(year or dated or _LABEL_BEFORE.search(before) or _TIME_AFTER.match(after))


_WORDS = (
    "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    "|eighteen|nineteen"
)
_DOZENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
UNITS: tuple[str, ...] = tuple(_WORDS.split("|"))
"""The numbers up to nineteen in words."""
TENS: tuple[str, ...] = tuple(_DOZENS.split("|"))
"""The tens from twenty in words."""
_COUNTED = re.compile(
    rf"\b(?:(?P<tens>{_DOZENS})(?:[\s-](?P<unit>{'|'.join(UNITS[1:10])}))?|(?P<low>{'|'.join(UNITS[2:])}))\b"
    r"(?P<percent>\s+per\s+cent\b)?(?!\s+(?:hundred|thousand|million|in\s|out\s+of))",
    re.IGNORECASE,
)


@lru_cache(maxsize=128)
def spelt(text: str) -> tuple[Figure, ...]:
    """The counts and percentages of a text that are written in words, from two to ninety-nine."""
    return tuple(
        Figure("percent" if one["percent"] else "count", _counted(one), *one.span(), one[0], 0)
        for one in _COUNTED.finditer(text)
    )


def _counted(found: re.Match[str]) -> float:
    if found["low"]:
        return float(UNITS.index(found["low"].lower()))
    tens = 10 * (TENS.index(found["tens"].lower()) + 2)
    return float(tens + (UNITS.index(found["unit"].lower()) if found["unit"] else 0))
