"""Where the commands are read: in the palette, on the sheet of keys, in the menu of the queue."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from ui.commands.declared import COMMANDS, GROUPS, Command, in_order
from ui.commands.helping import open_page
from ui.keys import cap
from ui.phrases import say
from ui.views.chooser import Choice, Finder, among
from ui.views.keysheet import Line
from ui.window import Window

RECENT = 5
"""How many commands the palette remembers as given last."""


HELP, LETTERS = 5, 3
"""How many places of the help the palette offers, and after how many letters."""


@dataclass(frozen=True, slots=True)
class HelpAt:
    """A place of the help, and the words by which it was found."""

    address: str
    words: str

    def open(self, window: Window) -> None:
        """Shows it beside the work."""
        open_page(window, self.address, self.words)


def finder(listed: Sequence[Choice]) -> Finder:
    """Finds commands by their names; places of the help stand before those that only some letters led to."""
    by_name = among(listed)

    def found(typed: str) -> list[Choice]:
        commands = by_name(typed)
        near = [each for each in commands if _has(each.text, typed)]
        return [*near, *_in_help(typed), *(each for each in commands if each not in near)]

    return found


def _has(name: str, typed: str) -> bool:
    return all(word in name.casefold() for word in typed.casefold().split())


def _in_help(typed: str) -> list[Choice]:
    if len(typed.strip()) < LETTERS:
        return []
    from ui import help as pages

    return [
        Choice(hit.title or hit.page, HelpAt(hit.address, typed), say("in-help", page=hit.page))
        for hit in pages.find(typed, HELP)
    ]


def choices(window: Window) -> list[Choice]:
    """The commands as the palette offers them: those given last, those that can be given, those that cannot."""
    last = _recent(window)
    made = [_choice(window, each) for each in in_order() if each.shown and each.name != "palette"]
    return sorted(made, key=lambda c: (bool(c.why), last.index(c.value) if c.value in last else RECENT))


def remember(window: Window, name: str) -> None:
    """Keeps that a command was given from the palette."""
    window.memory.setValue("recent", [name, *(each for each in _recent(window) if each != name)][:RECENT])


def _recent(window: Window) -> list[str]:
    kept: Any = window.memory.value("recent") or []
    return [kept] if isinstance(kept, str) else [str(name) for name in kept]


def _choice(window: Window, each: Command) -> Choice:
    group = say(f"group-{each.group}")
    return Choice(each.text, each.name, group, cap(each.name), why=each.need(window))


def key_groups() -> dict[str, list[Line]]:
    """The sheet of keys: for each group its commands and the keys that give them."""
    found = {
        say(f"group-{group}"): [
            Line(each.text, cap(each.name))
            for each in COMMANDS.values()
            if each.group == group and each.shown
        ]
        for group in GROUPS
    }
    found[say("group-review")].append(Line(say("command-place"), "1–9"))
    return found


def show_menu(window: Window, at: QPoint) -> None:
    """The menu of what can be done with the chosen submissions."""
    menu = QMenu(window)
    for group in ("review", "tagging", "deciding", "publishing"):
        for each in _possible(window, group):
            text = f"{each.text}\t{cap(each.name)}".strip()
            menu.addAction(text).triggered.connect(partial(_ask, window, each.name))
        menu.addSeparator()
    menu.popup(at)


def _ask(window: Window, name: str, _checked: bool = False) -> None:
    window.asked.emit(name)


def _possible(window: Window, group: str) -> Iterable[Command]:
    return (c for c in COMMANDS.values() if c.group == group and c.shown and not c.need(window))
