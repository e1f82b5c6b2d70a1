"""`due-review` and `reviewed`: published studies whose day to be looked at again has come."""

from __future__ import annotations

from datetime import datetime
from functools import partial

import click

from workbench.cli.deciding import carry_out, dry_run_option, ids_argument
from workbench.cli.desks import the_desk
from workbench.cli.output import heads, json_option, print_json, print_table, say, tell


@click.command("due-review")
@click.option(
    "--in", "within", type=click.IntRange(0, 10_000), default=30, metavar="N", help="Within N days."
)
@json_option
def due_review_command(within: int, as_json: bool) -> None:
    """Published studies to be looked at again, of all desks, the longest due first."""
    from workbench.desk.catalogue import reviewing

    with the_desk() as desk:
        rows = reviewing.due(desk, within)
    for row in rows if as_json else ():
        print_json(row)
    if as_json:
        return
    if not rows:
        tell("due-none", n=within)
    head = heads("review-head")
    print_table(
        head, ((r.review_by, r.submission or r.published_by, r.version, r.council, r.title) for r in rows)
    )


@click.command("reviewed")
@ids_argument
@click.option("--next", "day", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD", help="When next.")
@dry_run_option
@json_option
def reviewed_command(ids: tuple[str, ...], day: datetime | None, dry_run: bool, as_json: bool) -> int:
    """Say that published studies are right as they stand: they go into the outbox with their next day."""
    from workbench.desk.catalogue import reviewing

    with the_desk() as desk:
        on = day.date() if day else reviewing.next_review(desk)
        if on is None:
            raise click.UsageError(say("review-when"))
        foreseen = reviewing.foresee(desk, ids, on)
        renew = partial(reviewing.renew, on=on)
        return carry_out(desk, foreseen, renew, as_json=as_json, dry_run=dry_run)
