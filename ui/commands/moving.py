"""Going from one submission, field and finding to the next."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from ui.commands.declared import group, on_study
from ui.window import Window

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
    line: QLineEdit = (
        window.catalogue.view.search if window.stage == "catalogue" else window.desk.queue.search
    )
    if window.stage != "catalogue":
        window.show_stage("desk")
    line.setFocus()
    line.selectAll()
