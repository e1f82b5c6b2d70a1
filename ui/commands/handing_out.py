"""Published and unpublished studies out of the house: tables, copies to approve, a year in figures."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from ui.commands.declared import group
from ui.jobs import Job, Work
from ui.phrases import say
from ui.views.chooser import Choice
from ui.window import Window
from workbench.desk import Desk
from workbench.desk.catalogue import exporting, handing_out
from workbench.progress import Progress

command = group("publishing")

YEARS = 6
"""So many years back a digest is offered."""


@command("")
def export_csv(window: Window) -> None:
    """Writes all published studies into a folder, as a table for a spreadsheet."""
    _ask_folder(window, "command-export_csv", partial(_whole, kind="csv"))


@command("")
def export_json(window: Window) -> None:
    """Writes all published studies into a folder, for other programs."""
    _ask_folder(window, "command-export_json", partial(_whole, kind="json"))


@command("")
def export_digest(window: Window) -> None:
    """Writes a year of the catalogue in figures into a folder."""
    now = window.desk.today.year
    years = [Choice(str(year), year) for year in range(now, now - YEARS, -1)]

    def ask(year: int) -> None:
        _ask_folder(window, "command-export_digest", partial(_year, year=year))

    window.chooser.ask(say("ask-digest-year"), years, ask)


def on_studies(window: Window) -> str:
    """A study, or several, chosen in the catalogue or on the desk."""
    return "" if _chosen(window) else say("need-any-study")


@command("", on_studies)
def export_word(window: Window) -> None:
    """Writes Word copies of the chosen studies into a folder, for those who approve them."""
    _ask_folder(window, "command-export_word", partial(_copies, kind="word", names=_chosen(window)))


@command("", on_studies)
def export_pdf(window: Window) -> None:
    """Writes PDF copies of the chosen studies into a folder, for those who approve them."""
    _ask_folder(window, "command-export_pdf", partial(_copies, kind="pdf", names=_chosen(window)))


def _chosen(window: Window) -> tuple[str, ...]:
    if window.stage == "catalogue":
        return window.catalogue.chosen
    return window.desk.chosen() if window.stage == "desk" else ()


def _whole(folder: Path, kind: str) -> Work:
    def work(desk: Desk, tell: Progress) -> list[object]:
        return [exporting.export(desk, kind, folder, tell)]

    return work


def _year(folder: Path, year: int) -> Work:
    def work(desk: Desk, tell: Progress) -> list[object]:
        return [handing_out.digest(desk, year, folder, tell)]

    return work


def _copies(folder: Path, kind: handing_out.Kind, names: tuple[str, ...]) -> Work:
    def work(desk: Desk, tell: Progress) -> list[object]:
        return [handing_out.copies(desk, kind, folder, names, tell)]

    return work


def _ask_folder(window: Window, title: str, work: Callable[[Path], Work]) -> None:
    window.desk.study.flush()
    if folder := QFileDialog.getExistingDirectory(window, say(title)):
        into(window, Path(folder), work)


def into(window: Window, folder: Path, work: Callable[[Path], Work]) -> None:
    """Does an export into `folder` on a job, and says what came of it."""

    def tell(job: Job) -> None:
        for report in job.items:
            window.tell(
                say("exported", written=report.written, unchanged=report.unchanged, folder=folder.name)
            )

    window.jobs.start(say("job-export-files"), work(folder), tell, changes=False)
