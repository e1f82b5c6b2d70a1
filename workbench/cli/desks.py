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
    """The desk of `--workspace`, or the editor's own, closed again when the command ends."""
    from workbench import config
    from workbench.desk import open_desk

    options = click.get_current_context().find_root().obj
    workspace = Path(options["workspace"]) if options["workspace"] else config.default_workspace()
    with open_desk(workspace, catalogue=options["catalogue"]) as desk:
        yield desk


def catalogue_url() -> str:
    """The shared database a command was pointed at: the option, else what the desk is set to."""
    options = click.get_current_context().find_root().obj
    if options["catalogue"]:
        return options["catalogue"]
    with the_desk() as desk:
        return desk.catalogue_url
