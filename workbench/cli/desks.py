"""Opening the desk that a command was asked to work on."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from workbench.desk import Desk


@contextmanager
def the_desk() -> Generator[Desk]:
    """The desk of `--workspace`, or the one chosen last, closed again when the command ends."""
    from workbench import log
    from workbench.desk import open_desk

    folder = workspace()
    log.start(folder)
    with open_desk(folder, catalogue=_options()["catalogue"]) as desk:
        yield desk
        _back_up_daily(desk)


def _back_up_daily(desk: Desk) -> None:
    """The first command of a day leaves a copy behind; what stands in the way of that is told, and no more."""
    from workbench import words
    from workbench.desk.keeping import backups
    from workbench.errors import SurroundingsFailed

    try:
        backups.back_up_daily(desk)
    except SurroundingsFailed as error:
        click.echo(words.say("errors", "no-daily-copy", reason=words.explain(error)), err=True)


def workspace() -> Path:
    """The folder of `--workspace`, or the one that the window was last told to open, or the usual one.

    Raises SurroundingsFailed("workspace-gone").
    """
    from workbench.desk.office import workspaces

    return workspaces.to_open(named_workspace())


def named_workspace() -> str | None:
    """The folder of `--workspace` or CASEBOOK_WORKSPACE; None where neither is given."""
    return _options()["workspace"]


def catalogue_url() -> str:
    """The shared database a command was pointed at: the option, else what the desk is set to."""
    if named := _options()["catalogue"]:
        return named
    with the_desk() as desk:
        return desk.catalogue_url


def _options() -> dict[str, str | None]:
    return click.get_current_context().find_root().obj
