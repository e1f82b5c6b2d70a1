"""`keeping`: what is kept no longer than the house has set."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from workbench.cli import SOME_REFUSED
from workbench.cli.desks import the_desk
from workbench.cli.output import json_option, print_changed, print_json, progress, say

if TYPE_CHECKING:
    from workbench.desk.keeping.retention import Leaving, Removed

ids_argument = click.argument("ids", metavar="[ID]...", nargs=-1)


@click.group("keeping")
def keeping_command() -> None:
    """What is kept no longer than the house has set: Word files, and contact details. Nothing goes by itself."""


@keeping_command.command("preview")
@ids_argument
@json_option
def _preview(ids: tuple[str, ...], as_json: bool) -> None:
    """Show what a run would remove now, of whom, since when, and what can then be done no more."""
    from workbench.desk.keeping import retention

    with the_desk() as desk:
        found = retention.foresee(desk, ids or None)
    for each in found:
        _print(each, as_json)
    if not found and not as_json:
        click.echo(say("keeping-nothing"))


@keeping_command.command("run")
@ids_argument
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
def _run(ids: tuple[str, ...], yes: bool, as_json: bool) -> int:
    """Remove it, from this desk and every copy of it, for good. Shows it first and asks."""
    from workbench.desk.keeping import retention

    with the_desk() as desk:
        found = [each for each in retention.foresee(desk, ids or None) if not each.held]
        if not found:
            click.echo(say("keeping-nothing"), err=True)
            return 0
        if not yes:
            for each in found:
                click.echo(_told(each), err=True)
            click.confirm(say("keeping-sure", n=len(found)), abort=True, err=True)
        with progress() as told:
            done = [_tell(each, as_json) for each in retention.run(desk, ids or None, told)]
    return SOME_REFUSED if any(each.refused for each in done) else 0


@keeping_command.command("hold")
@click.argument("ids", metavar="ID...", nargs=-1, required=True)
@click.option("--reason", required=True, help="Why they are kept for longer.")
@json_option
def _hold(ids: tuple[str, ...], reason: str, as_json: bool) -> None:
    """Keep everything of submissions for longer, whatever the rule says."""
    from workbench.desk.keeping import retention

    with the_desk() as desk:
        print_changed(retention.hold(desk, ids, reason), as_json)


@keeping_command.command("release")
@click.argument("ids", metavar="ID...", nargs=-1, required=True)
@json_option
def _release(ids: tuple[str, ...], as_json: bool) -> None:
    """Let the rule hold for submissions again."""
    from workbench.desk.keeping import retention

    with the_desk() as desk:
        print_changed(retention.release(desk, ids), as_json)


def _print(each: Leaving, as_json: bool) -> None:
    if as_json:
        print_json(each)
    else:
        click.echo(_told(each))


def _told(each: Leaving) -> str:
    """The study on a line, and below it what goes and what can then be done no more."""
    held = [say("keeping-held", reason=each.held)] if each.held else []
    outside = [say("keeping-outside", names=", ".join(each.outside))] if each.outside else []
    lines = (*held, *each.goes, *each.lost, *outside)
    head = say("keeping-line", id=each.submission, title=each.title, status=each.status, since=each.since)
    return "\n".join((head, *(f"  {line}" for line in lines)))


def _tell(each: Removed, as_json: bool) -> Removed:
    if as_json:
        print_json(each)
    else:
        click.echo(" ".join(filter(None, (f"{each.submission}:", each.said, each.catalogue))))
    return each
