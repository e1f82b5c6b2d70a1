"""The window's own sentences, from `resources/words/en/ui.toml`."""

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


def command(name: str) -> str:
    """How the window calls a command."""
    stem, _, number = name.rpartition("_")
    return say(f"command-{stem}-n", n=number) if number.isdigit() else say(f"command-{name}")


def day(when: date | datetime) -> str:
    """A day as people write it: 3 October 2026."""
    return f"{when.day} {when:%B %Y}"


def due(when: date | None, today: date) -> str:
    """When a submission is due, seen from `today`; empty where no day is set."""
    if when is None:
        return ""
    if when < today:
        return say("late", n=(today - when).days)
    if when == today:
        return say("due-today")
    if when < today + timedelta(days=7):
        return say("due", day=f"{when:%a}")
    return say("due", day=f"{when.day} {when:%b}")


def note_kind(kind: str) -> str:
    """How the window calls a kind of note; a kind it has no word for is called by its own name."""
    said = say(f"note-{kind}")
    return said if said != f"note-{kind}" else kind.replace("-", " ").capitalize()
