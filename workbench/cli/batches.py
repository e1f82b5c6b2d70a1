"""`batches` and `undo-batch`: what was published together, and taking it back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbench.cli import SOME_REFUSED
from workbench.cli.desks import the_desk
from workbench.cli.output import at_least_one, json_option, plain, print_json, progress, say

if TYPE_CHECKING:
    from workbench.desk import Desk
    from workbench.desk.rows import Preview


@click.command("batches")
@click.argument("batch", required=False)
@click.option("--limit", type=at_least_one, default=20, help="At most so many, the newest first.")
@click.option(
    "--save", "file", type=click.Path(path_type=Path), help="Write the report of BATCH: .txt, .csv, .json."
)
@json_option
def batches_command(batch: str | None, limit: int, file: Path | None, as_json: bool) -> None:
    """What was published together, the newest first; the report of one BATCH, by its number or UUID."""
    from workbench.desk.catalogue import batches, reporting

    if file is not None and batch is None:
        raise click.UsageError(say("save-which"))
    with the_desk() as desk:
        if file is not None and batch is not None:
            reporting.save(batches.report(desk, batch), file)
        elif batch is not None:
            print_report(desk, batch, as_json)
        else:
            for one in batches.newest(desk, limit):
                print_json(one) if as_json else click.echo(reporting.headline(one))


def print_report(desk: Desk, batch: str, as_json: bool) -> None:
    """The report of one batch: an object with its items, or text."""
    from workbench.desk.catalogue import batches, reporting

    report = batches.report(desk, batch)
    if as_json:
        print_json(plain(report.batch) | {"items": plain(report.items)})
    else:
        click.echo(reporting.as_text(report), nl=False)


@click.command("undo-batch")
@click.argument("batch")
@click.option("--dry-run", is_flag=True, help="Only say what would be taken back and what not.")
@json_option
def undo_batch_command(batch: str, dry_run: bool, as_json: bool) -> int:
    """Take a batch back: earlier words are live again, what it published first is withdrawn.

    What others have changed since stays as it is.
    """
    from workbench.desk.catalogue import batches

    with the_desk() as desk:
        if dry_run:
            return _foreseen(batches.foresee_undo(desk, batch), as_json)
        titles = {item.study: item for item in batches.report(desk, batch).items}
        left = 0
        with progress() as report:
            for outcome in batches.undo(desk, batch, report):
                left += outcome.result in ("conflict", "failed")
                if as_json:
                    print_json(outcome)
                    continue
                item = titles[outcome.study]
                said = {"id": item.submission, "title": item.title, "version": outcome.version}
                click.echo(say(f"undone-{outcome.result}", reason=outcome.reason, **said))
    return SOME_REFUSED if left else 0


def _foreseen(foreseen: Preview, as_json: bool) -> int:
    if as_json:
        print_json(foreseen)
    else:
        for one in foreseen.prospects:
            click.echo(one.reason)
        click.echo(foreseen.said, err=True)
    return SOME_REFUSED if foreseen.refused else 0
