"""Days as people write and read them, without the machine's locale: 3 October 2026, 3 Hydref 2026."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from workbench.words.speaking import languages, spoken, trait

_DIGITS = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{4}))?")
_SPELT = re.compile(
    r"(?:(?P<weekday>[^\W\d]+(?: [^\W\d]+)?),? )?(?P<day>\d{1,2})(?P<ordinal>[^\W\d]*) (?:(?P<of>[^\W\d]{1,2}) )?"
    r"(?P<month>[^\W\d]+)\.?,?(?: (?P<year>\d{4}))?"
)
_MONTH = re.compile(r"(?P<month>[^\W\d]+) (?P<year>\d{4})")


def months(language: str = "", *, short: bool = False) -> tuple[str, ...]:
    """The twelve months, January first."""
    return _parted("months-short" if short else "months", language or spoken())


def weekday(when: date, language: str = "", *, short: bool = False) -> str:
    """The day of the week."""
    return _parted("weekdays-short" if short else "weekdays", language or spoken())[when.weekday()]


def day(when: date, language: str = "") -> str:
    """A day as people write it: 3 October 2026."""
    return _filled("day", when, language, short=False)


def short_day(when: date, language: str = "") -> str:
    """A day of about now: 3 Oct."""
    return _filled("short-day", when, language, short=True)


def long_day(when: date, language: str = "") -> str:
    """A day with the day of its week: Saturday 3 October 2026."""
    return f"{weekday(when, language)} {day(when, language)}"


def moment(when: datetime, language: str = "") -> str:
    """A day and the time of the day in this computer's own zone: 3 October 2026, 14:05."""
    local = when.astimezone()
    return f"{day(local, language)}, {local:%H:%M}"


def _filled(form: str, when: date, language: str, *, short: bool) -> str:
    month = months(language, short=short)[when.month - 1]
    said = trait(form, language).replace("{month}", month)
    return said.replace("{day}", str(when.day)).replace("{year}", str(when.year))


@cache
def _parted(name: str, language: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in trait(name, language).split("·"))


@dataclass(frozen=True, slots=True)
class Written:
    """What was written of a day: some of its numbers. A year alone, a month of a year, or a day with or without."""

    year: int | None
    month: int | None
    day: int | None


def read(text: str) -> Written | None:
    """What a text says of a day, in digits or in the words of any of the languages; None where it is no day.

    `2026-10-03`, `3/10`, `3 October`, `Saturday 3rd of Oct 2026`, `3ydd o Hydref`, `October 2026`, `2026`.
    """
    plain = " ".join(text.split())
    if found := _DIGITS.fullmatch(plain):
        return Written(int(found[1]), _number(found[2]), _number(found[3]))
    if found := _SLASHED.fullmatch(plain):
        return Written(_number(found[3]), int(found[2]), int(found[1]))
    return _spelt(plain)


def _spelt(plain: str) -> Written | None:
    found = _SPELT.fullmatch(plain) or _MONTH.fullmatch(plain)
    said = found.groupdict() if found else {}
    month = _months_by_name().get((said.get("month") or "").casefold())
    if month is None or any(said.get(name) and not _is_one(name, said[name]) for name in _BESIDE):
        return None
    return Written(_number(said.get("year")), month, _number(said.get("day")))


_BESIDE = {"weekday": ("weekdays", "weekdays-short"), "ordinal": ("ordinals",), "of": ("of",)}
"""What may stand beside the numbers of a day, and where a language names it."""


def _is_one(name: str, word: str) -> bool:
    return word.casefold() in _named(_BESIDE[name])


def _number(digits: str | None) -> int | None:
    return int(digits) if digits else None


@cache
def _named(traits: tuple[str, ...]) -> frozenset[str]:
    return frozenset(
        word.casefold() for language in languages() for name in traits for word in _parted(name, language)
    )


@cache
def _months_by_name() -> dict[str, int]:
    return {
        word.casefold(): number
        for language in languages()
        for name in ("months", "months-short", "months-also")
        for number, word in enumerate(_parted(name, language), 1)
    }
