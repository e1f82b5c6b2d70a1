"""`desk`: copies of the desk, made and put back, and whether it is sound."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbench import words
from workbench.cli import SURROUNDINGS_FAILED
from workbench.cli.desks import named_workspace, the_desk, workspace
from workbench.cli.output import heads, json_option, print_changed, print_json, print_table, say

if TYPE_CHECKING:
    from workbench.desk.rows import DeskCopy

copy_argument = click.argument("copy", metavar="[COPY]", default="")


@click.group("desk")
def desk_command() -> None:
    """The health of your desk: copies of it, and whether it is sound."""


@desk_command.command("where")
@json_option
def _where(as_json: bool) -> None:
    """Which folder your desk is in and why that one, and which others were worked in on this computer."""
    from workbench.desk.office import workspaces

    known = workspaces.known()
    why = "named" if named_workspace() else "chosen" if known.chosen else "usual"
    chosen = None if named_workspace() else known.chosen
    folder = (chosen or workspace()).absolute()
    others = [each for each in known.folders if each != folder]
    if as_json:
        listed = [{"workspace": str(each), "gone": workspaces.is_gone(each)} for each in others]
        gone = chosen is not None and workspaces.is_gone(chosen)
        print_json({"workspace": str(folder), "gone": gone, "why": why, "others": listed})
        return
    click.echo(say("desk-now", folder=folder, why=say(f"desk-why-{why}")))
    if chosen is not None:
        workspaces.to_open()
    for each in others:
        click.echo(say("desk-gone", folder=each) if workspaces.is_gone(each) else each)


@desk_command.command("use")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
def _use(folder: Path) -> None:
    """Open the desk in DIR from now on, in the window and in commands; made where there is none."""
    from workbench.desk import open_desk
    from workbench.desk.office import workspaces

    open_desk(folder).close()
    workspaces.choose(folder)
    click.echo(say("desk-chosen", folder=folder.absolute()))


@desk_command.command("backup")
@click.option("--list", "listed", is_flag=True, help="Show the copies there are, and make none.")
@json_option
def _backup(listed: bool, as_json: bool) -> None:
    """Copy the desk into its backups folder, while others may work on it."""
    from workbench.desk.keeping import backups

    if listed:
        _print_copies(backups.copies(workspace()), as_json)
        return
    with the_desk() as desk:
        made = backups.back_up(desk)
    if as_json:
        print_json(_told(made))
    else:
        click.echo(say("backup-made", path=made.path))


@desk_command.command("restore")
@copy_argument
@json_option
def _restore(copy: str, as_json: bool) -> None:
    """Put a copy back, by default the newest that is sound. The desk that stood there is kept among the copies."""
    from workbench.desk.keeping import backups

    restored = backups.restore(workspace(), copy)
    if as_json:
        print_json({"copy": str(restored.copy), "aside": str(restored.aside) if restored.aside else None})
    else:
        code = "restored-aside" if restored.aside else "restored"
        click.echo(say(code, copy=restored.copy.name, aside=restored.aside))


@desk_command.command("verify")
@copy_argument
@json_option
def _verify(copy: str, as_json: bool) -> int:
    """Look through the desk, or a COPY of it, and say what is wrong and what to do."""
    from workbench.desk.keeping import backups

    verdict = backups.verify(workspace(), copy)
    if as_json:
        told = {"path": str(verdict.path), "sound": verdict.sound, "flaws": verdict.flaws}
        print_json({**told, "advice": verdict.advice, "looked_at": verdict.looked_at})
    else:
        for flaw in verdict.flaws:
            click.echo(flaw.message)
        click.echo(verdict.advice)
    return 0 if verdict.sound else SURROUNDINGS_FAILED


@desk_command.command("forget")
@click.argument("study", metavar="ID|STUDY")
@click.option("--field", "fields", multiple=True, help="Only this personal field, such as contact.")
@json_option
def _forget(study: str, fields: tuple[str, ...], as_json: bool) -> None:
    """Take a person's details out of a study, this desk and every copy of it, with its Word files; for good."""
    from workbench.desk.keeping import forgetting

    with the_desk() as desk:
        print_changed(forgetting.forget(desk, study, fields), as_json)


def _print_copies(copies: tuple[DeskCopy, ...], as_json: bool) -> None:
    if as_json:
        for copy in copies:
            print_json(_told(copy))
        return
    head = heads("copies-head")
    rows = (
        (c.path.name, f"{c.at.astimezone():%Y-%m-%d %H:%M}", say(f"copy-{c.reason}"), words.size(c.size))
        for c in copies
    )
    print_table(head, rows)


def _told(copy: DeskCopy) -> dict[str, object]:
    return {"path": str(copy.path), "at": copy.at, "reason": copy.reason, "size": copy.size}
