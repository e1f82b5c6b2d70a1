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
@json_option
def publish_command(ids: tuple[str, ...], all_approved: bool, dry_run: bool, as_json: bool) -> int:
    """Publish approved submissions, each with its own outcome; without ids, what waits in the outbox.

    A rehearsal comes first: what is in conflict with the catalogue is not sent.
    """
    from workbench.desk import publishing

    with the_desk() as desk:
        chosen = _chosen(desk, ids, all_approved)
        if dry_run:
            return _rehearsed(publishing.rehearse(desk, chosen), as_json)
        approved = _approved(desk, chosen)
        if approved:
            publishing.queue(desk, approved)
        return _published(desk, chosen, as_json)


def _chosen(desk: Desk, ids: Sequence[str], all_approved: bool) -> list[str] | None:
    """The ids to publish; None for all that waits in the outbox."""
    if not all_approved:
        return list(ids) or None
    from workbench.desk import publishing, queue

    approved = [row.id for row in queue.rows(desk, QueueFilter(statuses=frozenset({Status.APPROVED})))]
    waiting = [row.submission for row in publishing.outbox(desk) if row.state in ("waiting", "sending")]
    return list(dict.fromkeys([*ids, *approved, *waiting]))


def _approved(desk: Desk, chosen: Sequence[str] | None) -> list[str]:
    from workbench.desk import publishing

    queued = {row.submission for row in publishing.outbox(desk) if row.state in ("waiting", "sending")}
    return [submission for submission in chosen or () if submission not in queued]


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
    tell(
        "published-sum",
        n=results.total(),
        sum=", ".join(f"{n} {name}" for name, n in sorted(results.items())),
    )
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
