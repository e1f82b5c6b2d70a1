"""`import`: Word files, folders, .zip, .eml and .msg onto the desk."""

from __future__ import annotations

from pathlib import Path

import click

from workbench.cli import SOME_REFUSED
from workbench.cli.desks import the_desk
from workbench.cli.output import json_option, print_json, progress, say
from workbench.desk.rows import Arrival


@click.command("import")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@json_option
def import_command(paths: tuple[str, ...], as_json: bool) -> int:
    """Bring files, folders, .zip archives and saved mails onto the desk; say what each was taken for."""
    from workbench.desk import arrivals

    refused = False
    with the_desk() as desk, progress() as report:
        for arrival in arrivals.import_paths(desk, [Path(path) for path in paths], report):
            refused = refused or arrival.taken_for == "refused"
            if as_json:
                print_json(arrival)
            else:
                click.echo(_line(arrival))
    return SOME_REFUSED if refused else 0


def _line(arrival: Arrival) -> str:
    if arrival.error:
        return f"{arrival.file}: {arrival.error.message}"
    line = say(
        f"arrived-{arrival.taken_for}",
        file=arrival.file,
        id=arrival.submission or "",
        of=arrival.of or "",
        title=arrival.title,
        blockers=arrival.blockers,
        warnings=arrival.warnings,
        unplaced=arrival.unplaced,
    )
    return f"{line}\n  {arrival.taken_up}" if arrival.taken_up else line
