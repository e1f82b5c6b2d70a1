"""`doctor`: whether this computer, the workspace and the way to the shared database are in order."""

from __future__ import annotations

from pathlib import Path

import click

from workbench import words
from workbench.cli import SURROUNDINGS_FAILED
from workbench.cli.output import json_option, print_json

_SIGNS = {"fine": "✓", "look": "!", "broken": "✗"}


@click.command("doctor")
@click.option(
    "--report", "file", metavar="FILE", help="Write what was found, with the log, for whoever helps you."
)
@json_option
@click.pass_context
def doctor_command(ctx: click.Context, file: str | None, as_json: bool) -> int:
    """Look whether everything is in order here, and say what to do where it is not. Changes nothing.

    The exit status is 3 where something is broken, else 0.
    """
    from workbench.desk.doctor import doctor

    given = ctx.find_root().obj
    workspace = doctor.workspace_of(given["workspace"])
    lines = doctor.examine(workspace, catalogue=given["catalogue"])
    for line in lines:
        if as_json:
            print_json(line)
        else:
            click.echo(f"{_SIGNS[line.standing]} {line.message}")
    whole = doctor.worst(lines)
    if not as_json:
        n = sum(line.standing == whole for line in lines)
        click.echo("\n" + words.say("doctor", f"whole-{whole}", n=n))
    if file:
        doctor.save(doctor.report(lines, workspace, doctor.now()), Path(file))
        click.echo(words.say("doctor", "report-saved", path=file), err=True)
    return SURROUNDINGS_FAILED if whole == "broken" else 0
