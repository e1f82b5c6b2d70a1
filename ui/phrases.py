"""The window's own sentences, from the group `ui` of the words, and days as the window tells and reads them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from workbench import words
from workbench.submission import Status


def say(code: str, **params: Any) -> str:
    """The window's sentence `code`, its parameters filled in."""
    return words.say("ui", code, **params)


def status(value: Status) -> str:
    """How the window calls a status: one or two words."""
    return say(f"status-{value.value.replace('_', '-')}")


def kind_word(kind: str) -> str:
    """How the window calls one term of a kind."""
    return say(f"one-{kind.replace('_', '-')}")


def kind_words(kind: str) -> str:
    """How the window calls the terms of a kind."""
    return say(f"kind-{kind.replace('_', '-')}")


def command(name: str) -> str:
    """How the window calls a command."""
    stem, _, number = name.rpartition("_")
    return say(f"command-{stem}-n", n=number) if number.isdigit() else say(f"command-{name}")


def day(when: date | datetime) -> str:
    """A day as people write it: 3 October 2026."""
    return words.day(when)


def readers_day(when: date) -> str:
    """A day as readers see it, whatever the window speaks: what is published is in one language."""
    return words.day(when, words.OUTSIDE)


def long_day(when: date) -> str:
    """A day with the day of its week: Saturday 3 October 2026."""
    return words.long_day(when)


def moment(when: datetime) -> str:
    """A day and the time of the day here: 3 Oct 2026, 14:05."""
    return words.moment(when)


def number(n: int) -> str:
    """A count as people write it: 12,345."""
    return words.number(n)


def due(when: date | None, today: date, *, reply: bool = False) -> str:
    """When a submission is due, or with `reply` the council's answer, seen from `today`; empty without a day."""
    if when is None:
        return ""
    kind = "reply-" if reply else ""
    if when < today:
        return say(f"{kind}late", n=(today - when).days)
    if when == today:
        return say(f"{kind}due-today")
    if when < today + timedelta(days=7):
        return say(f"{kind}due", day=words.weekday(when, short=True))
    return say(f"{kind}due", day=words.short_day(when))


def parsed_day(text: str, today: date) -> date | None:
    """The day that was written, the next time it comes where it has no year; None where it is none."""
    found = words.read(text)
    if found is None or found.day is None:
        return None
    years = (today.year, today.year + 1) if found.year is None else (found.year,)
    days = (_day(year, found) for year in years)
    return next((day for day in days if day and (found.year is not None or day >= today)), None)


def past_day(text: str, today: date, *, end: bool = False) -> date | None:
    """The day that was written, the last time it came where it has no year; of a year or a month the first day, or
    with `end` the last. None where it is none."""
    found = words.read(text)
    if found is None:
        return None
    if found.day is None:
        return _edge(found, end=end)
    day = parsed_day(text, today)
    if day and day > today and found.year is None:
        return _day(day.year - 1, found)
    return day


def _day(year: int, found: words.Written) -> date | None:
    try:
        return date(year, found.month or 1, found.day or 1)
    except ValueError:
        return None


def _edge(found: words.Written, *, end: bool) -> date | None:
    """The first day of a year or a month, or its last."""
    first = _day(found.year or 0, found)
    if first is None or not end:
        return first
    months = 1 if found.month else 12
    year, month = first.year + (first.month + months > 12), (first.month + months - 1) % 12 + 1
    after = _day(year, words.Written(year, month, 1))
    return after - timedelta(days=1) if after else date.max


def age(received: datetime, today: date) -> str:
    """For how long a submission has been on the desk, in a word."""
    days = max((today - received.astimezone().date()).days, 0)
    if days < 14:
        return say("age-days", n=days) if days else say("age-today")
    return say("age-weeks", n=days // 7) if days < 70 else say("age-months", n=days // 30)


def note_kind(kind: str, n: int = 1) -> str:
    """How the window calls `n` notes of a kind; a kind it has no word for is called by its own name."""
    said = say(f"note-{kind}", n=n)
    return said if said != f"note-{kind}" else kind.replace("-", " ").capitalize()
