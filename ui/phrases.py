"""The window's own sentences, from `resources/words/en/ui.toml`."""

from __future__ import annotations

import re
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


def command(name: str) -> str:
    """How the window calls a command."""
    stem, _, number = name.rpartition("_")
    return say(f"command-{stem}-n", n=number) if number.isdigit() else say(f"command-{name}")


def day(when: date | datetime) -> str:
    """A day as people write it: 3 October 2026."""
    return words.day(when)


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
        return say(f"{kind}due", day=f"{when:%a}")
    return say(f"{kind}due", day=f"{when.day} {when:%b}")


WRITTEN = ("%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%d %b %Y")
"""The ways a day may be written; the last three without a year too, for the next time it comes."""


def parsed_day(text: str, today: date) -> date | None:
    """The day that was written, or None where it is none."""
    plain = " ".join(text.split())
    for form in WRITTEN:
        for year in ("", *(f"{sign}{number}" for number in (today.year, today.year + 1) for sign in "/ ")):
            try:
                found = datetime.strptime(plain + year, form).date()
            except ValueError:
                continue
            if not year or found >= today:
                return found
    return None


def past_day(text: str, today: date, *, end: bool = False) -> date | None:
    """The day that was written, the last time it came where it has no year; of a year or a month the first day, or
    with `end` the last. None where it is none."""
    plain = " ".join(text.split())
    for form, months in (("%Y", 12), ("%B %Y", 1), ("%b %Y", 1), ("%Y-%m", 1)):
        try:
            first = datetime.strptime(plain, form).date()
        except ValueError:
            continue
        after = date(first.year + (first.month + months > 12), (first.month + months - 1) % 12 + 1, 1)
        return after - timedelta(days=1) if end else first
    found = parsed_day(plain, today)
    if found and found > today and not re.search(r"\d{4}", plain):
        return found.replace(year=found.year - 1) if (found.month, found.day) != (2, 29) else None
    return found


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
