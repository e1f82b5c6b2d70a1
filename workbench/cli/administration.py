"""`catalogue`: the administrator's part of the shared database."""

from __future__ import annotations

import click

from workbench.cli import SURROUNDINGS_FAILED
from workbench.cli.desks import catalogue_url
from workbench.cli.output import json_option, print_json, say


@click.group("catalogue")
def catalogue_command() -> None:
    """The shared database of published studies."""


@catalogue_command.command("init")
def _init() -> None:
    """Make the tables in an empty database; an existing catalogue is left as it is."""
    from workbench.desk import administration

    created = administration.init(catalogue_url())
    click.echo(say("catalogue-created" if created else "catalogue-exists"))


@catalogue_command.command("upgrade")
def _upgrade() -> None:
    """Bring the database to the form that this program knows."""
    from workbench.desk import administration

    upgraded = administration.upgrade(catalogue_url())
    click.echo(say("catalogue-upgraded" if upgraded else "catalogue-current"))


@catalogue_command.command("status")
@json_option
def _status(as_json: bool) -> int:
    """Whether the database can be reached, its form, and how much stands in it."""
    from workbench.desk import administration

    status = administration.status(catalogue_url())
    if as_json:
        print_json(status)
    elif status.reachable:
        click.echo(
            say(
                "catalogue-status",
                address=status.address,
                schema=status.schema,
                studies=status.studies,
                withdrawn=status.withdrawn,
            )
        )
    if not status.reachable:
        click.echo(status.reason, err=True)
    return 0 if status.reachable else SURROUNDINGS_FAILED
