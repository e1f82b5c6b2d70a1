"""What an editor may make of words in a field, each with its key; the toolbar and the keys both read `TOOLS`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QKeyEvent, QKeySequence, QTextCursor

from ui.phrases import say
from ui.text import shaping
from ui.text.content import Dress


@dataclass(frozen=True, slots=True)
class Tool:
    """One tool: its name, its key, and what it does; one without `run` has something to ask first."""

    name: str
    key: str
    run: Callable[[QTextCursor, Dress], object] | None = None

    @property
    def says(self) -> str:
        """Its name with its key, for the eye and the ear."""
        return f"{say(f'format-{self.name}')} ({self.key.replace('+', ' ')})"


TOOLS = (
    Tool("bold", "Ctrl+B", lambda cursor, _: shaping.toggle(cursor, "strong")),
    Tool("italic", "Ctrl+I", lambda cursor, _: shaping.toggle(cursor, "em")),
    Tool("sup", "Ctrl+Shift+P", lambda cursor, _: shaping.toggle(cursor, "sup")),
    Tool("sub", "Ctrl+Shift+B", lambda cursor, _: shaping.toggle(cursor, "sub")),
    Tool("paragraph", "Ctrl+0", lambda cursor, dress: shaping.set_heading(cursor, 0, dress)),
    Tool("heading", "Ctrl+1", lambda cursor, dress: shaping.set_heading(cursor, 3, dress)),
    Tool("subheading", "Ctrl+2", lambda cursor, dress: shaping.set_heading(cursor, 4, dress)),
    Tool("bullets", "Ctrl+Shift+L", lambda cursor, dress: shaping.toggle_list(cursor, dress, ordered=False)),
    Tool("numbers", "Ctrl+Shift+N", lambda cursor, dress: shaping.toggle_list(cursor, dress, ordered=True)),
    Tool("link", "Ctrl+L"),
    Tool("table", "Ctrl+T"),
    Tool("picture", "Ctrl+Shift+A"),
    Tool("words", "Ctrl+Shift+V"),
    Tool("spelling", "Ctrl+."),
)
BY_NAME = {tool.name: tool for tool in TOOLS}

LINE = frozenset({"words", "spelling"})
"""The tools of a field that is a single line."""

_KEYS = {QKeySequence(tool.key): tool for tool in TOOLS}


def of(event: QKeyEvent) -> Tool | None:
    """The tool that a key gives, if any."""
    return _KEYS.get(QKeySequence(event.keyCombination()))
