"""Going from one submission, field and finding to the next."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QLineEdit

from ui.commands.declared import group, on_study
from ui.phrases import day, say
from ui.views.chooser import Choice
from ui.views.inspector.history import NOW
from ui.window import Window
from workbench.desk import history
from workbench.desk.rows import JournalEntry

command = group("moving")


@command("J", on_study)
def next_field(window: Window) -> None:
    """Goes to the next field."""
    window.desk.study.step_field(1)


@command("K", on_study)
def previous_field(window: Window) -> None:
    """Goes to the field before."""
    window.desk.study.step_field(-1)


@command("N", on_study)
def next_finding(window: Window) -> None:
    """Goes to the next open finding."""
    window.desk.study.step_finding(1)


@command("Shift+N", on_study)
def previous_finding(window: Window) -> None:
    """Goes to the open finding before."""
    window.desk.study.step_finding(-1)


@command("]", on_study)
def next_submission(window: Window) -> None:
    """Goes to the next submission of the queue."""
    window.desk.queue.step(1)


@command("[", on_study)
def previous_submission(window: Window) -> None:
    """Goes to the submission before."""
    window.desk.queue.step(-1)


@command("/")
def search(window: Window) -> None:
    """Goes to the line that searches what is shown."""
    line: QLineEdit
    match window.stage:
        case "catalogue":
            line = window.catalogue.view.search
        case "themes":
            line = window.themes.terms.search
        case _:
            window.show_stage("desk")
            line = window.desk.queue.search
            window.desk.draw_out_queue(line)
    line.setFocus()
    line.selectAll()


@command("", on_study)
def compare(window: Window) -> None:
    """Compares two versions of the study, word by word."""
    shown = window.desk.submission
    if shown is not None:
        window.bridge.ask(lambda desk: history.entries(desk, shown.id), partial(_ask_which, window))


def _ask_which(window: Window, entries: tuple[JournalEntry, ...]) -> None:
    steps = [Choice(entry.said, entry.id, f"{entry.id} · {day(entry.at.astimezone())}") for entry in entries]

    def ask_newer(older: int) -> None:
        newer = [Choice(say("as-it-stands"), NOW), *(step for step in steps if step.value > older)]
        window.chooser.ask(say("ask-compare-to"), newer, partial(window.desk.compare, older))

    window.chooser.ask(say("ask-compare"), steps, ask_newer)


@command("I", on_study)
def inspector(window: Window) -> None:
    """Goes to the inspector; where it is a drawer, draws it out or puts it away."""
    window.desk.look_into_inspector()


@command("G")
def to_queue(window: Window) -> None:
    """Goes to the queue; where it is a drawer, draws it out or puts it away."""
    window.show_stage("desk")
    window.desk.look_into_queue()


@command("F6")
def next_pane(window: Window) -> None:
    """Takes the keyboard to the next pane of the window."""
    window.step_pane(1)


@command("Shift+F6")
def previous_pane(window: Window) -> None:
    """Takes the keyboard to the pane before."""
    window.step_pane(-1)
