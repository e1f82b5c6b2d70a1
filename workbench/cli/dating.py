"""`dates`: the days that a study waits for."""

from __future__ import annotations

from datetime import datetime

import click

from workbench.cli.deciding import decide, dry_run_option, ids_argument
from workbench.cli.desks import the_desk
from workbench.cli.output import json_option, say

_day = click.DateTime(["%Y-%m-%d"])


@click.command("dates")
@ids_argument
@click.option("--review", type=_day, metavar="YYYY-MM-DD", help="When to look at the published study again.")
@click.option("--no-review", is_flag=True, help="When it usually would be.")
@click.option("--embargo", type=_day, metavar="YYYY-MM-DD", help="Before which day not to publish.")
@click.option("--no-embargo", is_flag=True, help="It need not wait.")
@dry_run_option
@json_option
def dates_command(
    ids: tuple[str, ...],
    review: datetime | None,
    no_review: bool,
    embargo: datetime | None,
    no_embargo: bool,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Say when studies are looked at again, or until when they stay in."""
    from workbench.desk import actions

    if sum((review is not None, no_review, embargo is not None, no_embargo)) != 1:
        raise click.UsageError(say("dates-which"))
    if review or no_review:
        action = actions.review_on(review.date() if review else None)
    else:
        action = actions.embargo_until(embargo.date() if embargo else None)
    with the_desk() as desk:
        return decide(desk, action, ids, as_json=as_json, dry_run=dry_run)
