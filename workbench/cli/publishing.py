"""`publish`, `outbox` and `withdraw`: from approved submissions to the shared database."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from workbench.cli import SOME_REFUSED
from workbench.cli.desks import the_desk
from workbench.cli.output import json_option, print_json, print_table, progress, say, tell
from workbench.desk.rows import QueueFilter, Rehearsal
from workbench.submission import Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbench.desk import Desk


@click.command("publish")
@click.argument("ids", nargs=-1, metavar="[ID...]")
@click.option("--all-approved", is_flag=True, help="Every approved submission.")
@click.option("--dry-run", is_flag=True, help="Only rehearse: say what would happen, send nothing.")
@click.option("--replace", is_flag=True, help="Put these in the place of what was published meanwhile.")
@json_option
def publish_command(
    ids: tuple[str, ...], all_approved: bool, dry_run: bool, replace: bool, as_json: bool
) -> int:
    """Publish approved submissions, each with its own outcome; without ids, what waits in the outbox.

    What a colleague has published meanwhile is a conflict, and stays as it is. Look at it with --dry-run; --replace
    then says that yours is to take its place.
    """
    from workbench.desk import publishing

    if replace and not ids:
        raise click.UsageError(say("replace-what"))
    with the_desk() as desk:
        waiting = [row.submission for row in publishing.outbox(desk) if row.state in ("waiting", "sending")]
        chosen = [*dict.fromkeys([*ids, *_approved(desk), *waiting])] if all_approved else [*ids] or None
        if dry_run:
            return _rehearsed(publishing.rehearse(desk, chosen), as_json)
        if replace:
            publishing.rebase(desk, ids)
        if fresh := [submission for submission in chosen or () if submission not in waiting]:
            publishing.queue(desk, fresh)
        return _published(desk, chosen, as_json)


def _approved(desk: Desk) -> list[str]:
    from workbench.desk import queue

    return [row.id for row in queue.rows(desk, QueueFilter(statuses=frozenset({Status.APPROVED})))]


def _rehearsed(rehearsal: Rehearsal, as_json: bool) -> int:
    for row in rehearsal.rows:
        if as_json:
            print_json(row)
        else:
            click.echo(
                say("rehearsed", outcome=row.outcome, id=row.submission, title=row.title, reason=row.reason)
            )
    return SOME_REFUSED if any(row.outcome in ("conflict", "blocked") for row in rehearsal.rows) else 0


def _published(desk: Desk, chosen: Sequence[str] | None, as_json: bool) -> int:
    from workbench.desk import publishing

    results: Counter[str] = Counter()
    titles = {row.publication: (row.submission, row.title) for row in publishing.outbox(desk)}
    with progress() as report:
        for outcome in publishing.publish(desk, chosen, report):
            results[outcome.result] += 1
            if as_json:
                print_json(outcome)
                continue
            submission, title = titles.get(outcome.publication, ("", ""))
            params = {"id": submission, "title": title, "version": outcome.version, "reason": outcome.reason}
            click.echo(say(f"outcome-{outcome.result}", **params))
    total = ", ".join(f"{n} {name}" for name, n in sorted(results.items()))
    tell("published-sum" if total else "published-none", n=results.total(), sum=total)
    return SOME_REFUSED if results["failed"] or results["conflict"] else 0


@click.command("outbox")
@json_option
def outbox_command(as_json: bool) -> None:
    """What waits to be sent, and what became of what was sent."""
    from workbench.desk import publishing

    with the_desk() as desk:
        rows = publishing.outbox(desk)
    if as_json:
        for row in rows:
            print_json(row)
        return
    head = ("state", "id", "version", "title", "reason")
    print_table(head, ((r.state, r.submission, r.version or "", r.title, r.reason) for r in rows))


@click.command("withdraw")
@click.argument("study", metavar="ID")
@click.option("--reason", required=True, help="Why, for the audit.")
@click.option("--note", default="", help="What readers are told.")
@json_option
def withdraw_command(study: str, reason: str, note: str, as_json: bool) -> None:
    """Withdraw a published study; its page then says so."""
    from workbench.desk import publishing

    with the_desk() as desk:
        changed = publishing.withdraw(desk, study, reason, note)
    if as_json:
        print_json(changed)
    else:
        click.echo(changed.said)
