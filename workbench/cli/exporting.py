"""`export`: the catalogue, or some of its studies, out of the house."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbench.cli.desks import the_desk
from workbench.cli.output import json_option, print_json, progress, say

if TYPE_CHECKING:
    from workbench.desk.exporting import Kind


@click.command("export")
@click.argument("kind", type=click.Choice(["website", "csv", "json"]))
@click.argument("directory", type=click.Path(path_type=Path))
@json_option
def export_command(kind: Kind, directory: Path, as_json: bool) -> None:
    """Write the catalogue as a website, a table or JSON into a folder."""
    from workbench.desk import exporting

    with the_desk() as desk, progress() as report:
        written = exporting.export(desk, kind, directory, report)
    if as_json:
        print_json(written)
    else:
        click.echo(say("exported", kind=kind, folder=directory, n=written.written, kept=written.unchanged))
