"""`export`: the catalogue, or some of its studies, out of the house."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbench.cli.desks import the_desk
from workbench.cli.output import json_option, print_json, progress, say
from workbench.errors import WrongUsage
from workbench.exporters import WHOLE

if TYPE_CHECKING:
    from workbench.desk import Desk
    from workbench.desk.rows import ExportReport
    from workbench.progress import Progress

KINDS = ("website", *WHOLE, "word", "pdf", "digest")

Work = Callable[["Desk", "Progress"], "ExportReport"]


@click.command("export")
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("directory", type=click.Path(path_type=Path))
@click.argument("studies", nargs=-1)
@click.option("--year", type=click.IntRange(1, 9998), help="The year of a digest.")
@json_option
def export_command(
    kind: str, directory: Path, studies: tuple[str, ...], year: int | None, as_json: bool
) -> None:
    """Write the catalogue as a website, a table or JSON into a folder; some studies as Word or PDF copies; a year of
    it in figures.

    STUDIES are named for word and pdf: by their number on the desk (a draft), or their UUID (as published).
    """
    work = _work(kind, directory, studies, year)
    with the_desk() as desk, progress() as report:
        written = work(desk, report)
    if as_json:
        print_json(written)
    else:
        click.echo(say("exported", kind=kind, folder=directory, n=written.written, kept=written.unchanged))


def _work(kind: str, directory: Path, studies: tuple[str, ...], year: int | None) -> Work:
    from workbench.desk.catalogue import exporting, handing_out

    if kind == "word" or kind == "pdf":
        return partial(_copies, kind=kind, directory=directory, studies=studies)
    if studies:
        raise click.UsageError(say("export-whole", kind=kind))
    if kind != "digest":
        return lambda desk, report: exporting.export(desk, kind, directory, report)
    if year is None:
        raise WrongUsage("year-needed")
    return lambda desk, report: handing_out.digest(desk, year, directory, report)


def _copies(
    desk: Desk, report: Progress, *, kind: str, directory: Path, studies: tuple[str, ...]
) -> ExportReport:
    from workbench.desk.catalogue import handing_out

    word_or_pdf = "word" if kind == "word" else "pdf"
    return handing_out.copies(desk, word_or_pdf, directory, studies, report)
