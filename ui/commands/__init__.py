"""Every action of the editor, declared once: a small function with its key and what it needs.

One module holds the commands of each group. Shortcuts, menus, the palette, the sheet of keys, the settings
and the tests all read `COMMANDS`; what a command is called stands in `resources/words` as `command-<name>`.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QAction, QKeySequence

from ui.commands import (
    deciding,
    desks,
    everywhere,
    handing_out,
    helping,
    moving,
    offered,
    placing,
    publishing,
    queue,
    reading,
    review,
    tagging,
    templates,
    vocabulary,
)
from ui.commands.declared import COMMANDS, GROUPS, Command, Need, in_order
from ui.phrases import say
from ui.window import Window

__all__ = ["COMMANDS", "GROUPS", "Command", "Need", "declared_keys", "install", "run"]

MODULES = (
    moving,
    queue,
    review,
    tagging,
    placing,
    deciding,
    publishing,
    reading,
    handing_out,
    vocabulary,
    templates,
    everywhere,
    desks,
    helping,
)
"""Where the commands of each group stand; importing them declares them."""


def declared_keys() -> dict[str, str]:
    """The key that each command was declared with."""
    return {each.name: each.key for each in in_order()}


def run(window: Window, name: str) -> None:
    """Does what a command says; where it is not possible says what it needs."""
    chosen = COMMANDS[name]
    if why := chosen.need(window):
        window.tell(say("not-now", what=chosen.text, why=why))
    else:
        chosen.run(window)


def install(window: Window) -> None:
    """Gives the window its shortcuts and its menu."""
    for each in COMMANDS.values():
        action = QAction(each.text, window)
        action.setObjectName(each.name)
        action.triggered.connect(partial(_triggered, window, each.name))
        window.addAction(action)
    _give_keys(window)
    window.keys.changed.connect(partial(_give_keys, window))
    window.asked.connect(partial(run, window))
    window.pointed.connect(partial(helping.explain_pressed, window))
    window.desk.queue.menu_wanted.connect(partial(offered.show_menu, window))
    window.desk.placing.asked.connect(partial(placing.choose_field, window))


def _give_keys(window: Window) -> None:
    for action in window.actions():
        if action.objectName() in COMMANDS:
            action.setShortcut(QKeySequence(window.keys.key(action.objectName())))


def _triggered(window: Window, name: str, _checked: bool = False) -> None:
    run(window, name)
