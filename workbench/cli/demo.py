"""`demo`: the whole journey on the shipped sample submissions."""

from __future__ import annotations

from pathlib import Path

import click

from workbench.cli.output import json_option, print_json, progress


@click.command("demo")
@click.argument("directory", metavar="[DIR]", default="casebook-demo", type=click.Path(path_type=Path))
@json_option
def demo_command(directory: Path, as_json: bool) -> None:
    """Import the samples, check, tag, approve and publish them, and write the website, with a report."""
    from workbench.desk import demo

    with progress() as report:
        journey = demo.run(directory, report)
    if as_json:
        print_json(journey)
        return
    for line in demo.told(journey):
        click.echo(line)
