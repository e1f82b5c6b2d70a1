"""What the things of the window are: the places of the help that explain them, found by what they stand for."""

from __future__ import annotations

from collections.abc import Iterator

import resources
from ui.help import Explained, slug
from ui.phrases import say
from workbench.submission import Status
from workbench.template import Field


def check(name: str) -> str:
    """Why a check is asked, and what to do."""
    return f"checks#{slug(name)}"


def status(value: Status) -> str:
    """What it means to stand there."""
    return _named("queue", f"status-{value.value.replace('_', '-')}")


def outcome(value: str) -> str:
    """What an outcome of sending, or of its rehearsal, means."""
    return _named("publishing", f"outcome-{value}")


def setting(code: str) -> str:
    """What a setting does."""
    return _named("settings", f"setting-{code}")


def field(asked: Field) -> Explained:
    """What the council was asked, and what is expected of the answer."""
    told = filter(None, (asked.guidance, " ".join(_expected(asked))))
    return Explained(asked.label, "\n\n".join(told) or say("asked-field-asked-nothing"), "reviewing#a-field")


def _expected(asked: Field) -> Iterator[str]:
    if asked.required:
        yield say("asked-field-required")
    if asked.min_words and asked.max_words:
        yield say("asked-field-between", least=asked.min_words, most=asked.max_words)
    elif asked.max_words:
        yield say("asked-field-most", n=asked.max_words)
    elif asked.min_words:
        yield say("asked-field-least", n=asked.min_words)
    if asked.personal:
        yield say("asked-field-personal")
    if not asked.public:
        yield say("asked-field-hidden")


def _named(page: str, code: str) -> str:
    """The row of a page that begins with a word of the window, in the language that the pages are written in."""
    return f"{page}#{slug(resources.toml('words', 'en', 'ui.toml')[code])}"
