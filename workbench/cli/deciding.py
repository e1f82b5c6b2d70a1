"""`start`, `approve`, `reject`, `reopen` and `due`: what is to become of submissions.

What may be done is done in one step; the rest is told of, each with its reason. `--dry-run` only tells.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

import click

from workbench.cli import SOME_REFUSED
from workbench.cli.desks import the_desk
from workbench.cli.output import json_option, print_changed, print_json, say

if TYPE_CHECKING:
    from workbench.desk import Desk
    from workbench.desk.actions import Action
    from workbench.desk.rows import Changed, Preview

ids_argument = click.argument("ids", nargs=-1, required=True, metavar="ID...")
dry_run_option = click.option("--dry-run", is_flag=True, help="Only tell what would be done to which.")
_reason = click.option("--reason", required=True, help="Why, for the journal.")
_day = click.DateTime(["%Y-%m-%d"])


def carry_out(
    desk: Desk,
    foreseen: Preview,
    verb: Callable[[Desk, Sequence[str]], Changed],
    *,
    as_json: bool,
    dry_run: bool,
) -> int:
    """Does to those it may be done to what was foreseen, or only tells of it; returns the exit status."""
    if dry_run and as_json:
        print_json(foreseen)
    elif dry_run:
        click.echo(foreseen.said)
    elif foreseen.ids or not foreseen.refused:
        print_changed(verb(desk, foreseen.ids), as_json)
    for one in foreseen.refused:
        click.echo(one.reason, err=True)
    return SOME_REFUSED if foreseen.refused else 0


def _decide(action: Action, ids: Sequence[str], as_json: bool, dry_run: bool) -> int:
    with the_desk() as desk:
        return decide(desk, action, ids, as_json=as_json, dry_run=dry_run)


def decide(desk: Desk, action: Action, ids: Sequence[str], *, as_json: bool, dry_run: bool) -> int:
    """Foresees an action and carries it out as `carry_out` says."""
    from workbench.desk import actions

    foreseen = actions.preview(desk, ids, action)
    return carry_out(
        desk, foreseen, partial(actions.carry_out, action=action), as_json=as_json, dry_run=dry_run
    )


@click.command("start")
@ids_argument
@dry_run_option
@json_option
def start_command(ids: tuple[str, ...], dry_run: bool, as_json: bool) -> int:
    """Take submissions into review."""
    from workbench.desk import actions

    return _decide(actions.step("start"), ids, as_json, dry_run)


@click.command("approve")
@ids_argument
@dry_run_option
@json_option
def approve_command(ids: tuple[str, ...], dry_run: bool, as_json: bool) -> int:
    """Approve submissions; refused while a blocker is open."""
    from workbench.desk import actions

    return _decide(actions.approving(), ids, as_json, dry_run)


@click.command("reject")
@ids_argument
@_reason
@dry_run_option
@json_option
def reject_command(ids: tuple[str, ...], reason: str, dry_run: bool, as_json: bool) -> int:
    """Reject submissions, with a reason."""
    from workbench.desk import actions

    return _decide(actions.rejecting(reason), ids, as_json, dry_run)


@click.command("reopen")
@ids_argument
@dry_run_option
@json_option
def reopen_command(ids: tuple[str, ...], dry_run: bool, as_json: bool) -> int:
    """Bring decided or published submissions back into review."""
    from workbench.desk import actions, decisions

    with the_desk() as desk:
        action = actions.reopening(decisions.next_due(desk))
        return decide(desk, action, ids, as_json=as_json, dry_run=dry_run)


@click.command("due")
@ids_argument
@click.option("--on", type=_day, metavar="YYYY-MM-DD", help="The day by which they are to be done.")
@click.option(
    "--in", "days", type=click.IntRange(0, 1000), metavar="N", help="So many working days from today."
)
@click.option("--never", is_flag=True, help="On no day.")
@dry_run_option
@json_option
def due_command(
    ids: tuple[str, ...], on: datetime | None, days: int | None, never: bool, dry_run: bool, as_json: bool
) -> int:
    """Say by which day submissions are to be done."""
    from workbench.desk import actions

    if sum((on is not None, days is not None, never)) != 1:
        raise click.UsageError(say("due-when"))
    with the_desk() as desk:
        action = actions.due_on(_due(desk, on, days))
        return decide(desk, action, ids, as_json=as_json, dry_run=dry_run)


def _due(desk: Desk, on: datetime | None, days: int | None) -> date | None:
    from workbench.submission import due_date

    if on is not None:
        return on.date()
    return None if days is None else due_date(desk.today, days)
