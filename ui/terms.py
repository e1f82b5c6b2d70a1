"""How the window calls the kinds of terms."""

from __future__ import annotations

from ui.phrases import say


def kind_word(kind: str) -> str:
    """How the window calls one term of a kind."""
    return say(f"one-{kind.replace('_', '-')}")


def kind_words(kind: str) -> str:
    """How the window calls the terms of a kind."""
    return say(f"kind-{kind.replace('_', '-')}")
