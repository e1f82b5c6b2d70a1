"""From one desk to another, and to practice and back."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from ui.commands.declared import group
from ui.phrases import say
from ui.views.chooser import Choice
from ui.window import Window
from workbench.desk.office import workspaces

command = group("everywhere")


@command("")
def switch_desk(window: Window) -> None:
    """Chooses another desk of this computer, or a folder for one."""
    window.bridge.ask(lambda desk: _others(desk.workspace), partial(_ask, window), subject="desks")


def _others(here: Path) -> tuple[tuple[Path, bool], ...]:
    """The other desks that were worked at here, each with whether it is gone."""
    known = workspaces.known().folders
    return tuple((each, workspaces.is_gone(each)) for each in known if each != here.absolute())


def _ask(window: Window, others: tuple[tuple[Path, bool], ...]) -> None:
    choices = [
        Choice(each.name, ("switch", str(each)), str(each.parent), why=say("desk-gone") if gone else "")
        for each, gone in others
    ]
    choices.append(Choice(say("desk-other-folder"), ("browse", "")))
    window.chooser.ask(say("ask-desk"), choices, lambda where: window.elsewhere.emit(*where))


def _in_practice(window: Window) -> str:
    return "" if window.practice else say("need-practice")


@command("")
def open_anew(window: Window) -> None:
    """Opens this desk anew, so that what counts from the next start counts now."""
    window.bridge.ask(lambda desk: str(desk.workspace), lambda here: window.elsewhere.emit("anew_here", here))


@command("")
def practise(window: Window) -> None:
    """Opens a desk for practice with the samples, apart from real work."""
    if window.practice:
        window.tell(say("need-work"))
    else:
        window.elsewhere.emit("practise", "")


@command("", _in_practice)
def leave_practice(window: Window) -> None:
    """Goes back to real work; the practice stays as it is."""
    window.elsewhere.emit("leave", "")


@command("", _in_practice)
def practise_anew(window: Window) -> None:
    """Puts practice back to its beginning."""
    window.elsewhere.emit("anew", "")


@command("", _in_practice)
def delete_practice(window: Window) -> None:
    """Goes back to real work and deletes the practice with all that is in it."""
    window.elsewhere.emit("delete", "")
