"""By which key each command is given: as it was declared, or as the editor chose.

Views hold no key of their own; they name the command, and `cap(command)` says what to show.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtWidgets import QApplication

FIXED = frozenset(
    {"Tab", "Shift+Tab", "Backtab", "Esc", "Return", "Enter", "Space", "Up", "Down", "Left", "Right"}
)
"""Keys that belong to every control, and can be given to no command."""

_CAPS = "casebook-keycaps"


def cap(command: str) -> str:
    """The key that gives a command now, as written on a keycap; empty where none does."""
    app = QApplication.instance()
    caps = cast("dict[str, str] | None", app.property(_CAPS)) if app is not None else None
    return (caps or {}).get(command, "")


def keycap(key: str) -> str:
    """A key as it is written on a keycap."""
    return key.replace("Ctrl+", "Ctrl ").replace("Shift+", "⇧").replace("Alt+", "Alt ").replace("Return", "↵")


class Keys(QObject):
    """The key of every command. What the editor changes is kept in `memory`; `changed` when it was."""

    changed = Signal()

    def __init__(self, memory: QSettings, declared: Mapping[str, str]) -> None:
        super().__init__()
        self._memory = memory
        self._declared = declared
        kept = {name: memory.value(f"keys/{name}") for name in declared if memory.contains(f"keys/{name}")}
        self._chosen = {name: str(key or "") for name, key in kept.items()}
        self._write_caps()

    @property
    def names(self) -> tuple[str, ...]:
        """Every command, in the order they are declared."""
        return tuple(self._declared)

    def key(self, name: str) -> str:
        """The key of a command as Qt writes it; empty where it has none."""
        return self._chosen.get(name, self._declared.get(name, ""))

    def own(self, name: str) -> bool:
        """Whether the editor gave the command a key of their own."""
        return name in self._chosen

    def holder(self, key: str) -> str:
        """The command that `key` gives; empty where it gives none."""
        return next((name for name in self._declared if key and self.key(name) == key), "")

    def give(self, name: str, key: str) -> None:
        """Gives a command another key, or none; whatever held the key goes without."""
        held = self.holder(key)
        if held and held != name:
            self._keep(held, "")
        self._keep(name, key)
        self._tell()

    def reset(self, name: str) -> None:
        """Gives a command the key it was declared with."""
        self.give(name, self._declared[name])

    def reset_all(self) -> None:
        """Gives every command the key it was declared with."""
        for name in tuple(self._chosen):
            self._keep(name, self._declared[name])
        self._tell()

    def _keep(self, name: str, key: str) -> None:
        if key == self._declared[name]:
            self._chosen.pop(name, None)
            self._memory.remove(f"keys/{name}")
        else:
            self._chosen[name] = key
            self._memory.setValue(f"keys/{name}", key)

    def _tell(self) -> None:
        self._write_caps()
        self.changed.emit()

    def _write_caps(self) -> None:
        app = QApplication.instance()
        if app is not None:
            app.setProperty(_CAPS, {name: keycap(self.key(name)) for name in self._declared})
