"""`publish`, `outbox` and `withdraw`: from approved submissions to the shared database."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from workbench.cli import SOME_REFUSED
from workbench.cli.desks import the_desk
from workbench.cli.output import heads, json_option, print_json, print_table, progress, say, tell
from workbench.desk.rows import QueueFilter, Rehearsal
from workbench.submission import Status

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from workbench.desk import Desk
    from workbench.desk.rows import OutboxRow


@click.command("publish")
@click.argument("ids", nargs=-1, metavar="[ID...]")
@click.option("--all-approved", is_flag=True, help="Every approved submission.")
@click.option("--dry-run", is_flag=True, help="Only rehearse: say what would happen, send nothing.")
@json_option
def publish_command(ids: tuple[str, ...], all_approved: bool, dry_run: bool, as_json: bool) -> int:
    """Publish approved submissions, each with its own outcome; without ids, what waits in the outbox.

    What a colleague has published meanwhile is a conflict, and stays as it is; `merge` then brings the two together.
    """
    from workbench.desk.catalogue import publishing

    with the_desk() as desk:
        waiting = [row.submission for row in publishing.outbox(desk) if row.state in ("waiting", "sending")]
        chosen = [*dict.fromkeys([*ids, *_approved(desk), *waiting])] if all_approved else [*ids] or None
        if dry_run:
            return _rehearsed(publishing.rehearse(desk, chosen), as_json)
        fresh = [submission for submission in chosen or () if submission not in waiting]
        unfit = publishing.queue_possible(desk, fresh)[1]
        refused = [one for one in unfit if one.submission in ids or one.code != "wrong-status"]
        for one in refused:
            click.echo(one.reason, err=True)
        taken = {one.submission for one in unfit if one not in refused}
        status = _published(desk, chosen, taken, as_json)
        return SOME_REFUSED if refused or _held(desk, ids) else status


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


def _published(desk: Desk, chosen: Sequence[str] | None, taken: Collection[str], as_json: bool) -> int:
    """Sends these, or all that waits. `taken` were put into the outbox by another program meanwhile."""
    from workbench.desk.catalogue import publishing

    results: Counter[str] = Counter()
    rows = publishing.outbox(desk)
    titles = {row.publication: (row.submission, row.title) for row in rows}
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
    for code, n in (
        ("held-back", len(_held(desk, chosen))),
        ("left-to-another", _elsewhere(desk, chosen, taken)),
    ):
        if n:
            tell(code, n=n)
    return SOME_REFUSED if results["failed"] or results["conflict"] else 0


def _held(desk: Desk, chosen: Sequence[str] | None) -> list[str]:
    """Which of these, or of all that waits, may not be sent yet."""
    from workbench.desk.catalogue import publishing

    waiting = (row for row in publishing.outbox(desk) if row.embargo)
    return [row.submission for row in waiting if chosen is None or row.submission in chosen]


def _elsewhere(desk: Desk, chosen: Sequence[str] | None, taken: Collection[str]) -> int:
    """How many of these another program has put into the outbox or is sending."""
    from workbench.desk.catalogue import publishing

    sending = {row.submission for row in publishing.outbox(desk) if row.state == "sending"}
    return len({*taken, *(one for one in sending if chosen is None or one in chosen)})


@click.command("outbox")
@click.option("--report", "batch", metavar="BATCH", help="What became of a batch, by its number or UUID.")
@json_option
def outbox_command(batch: str | None, as_json: bool) -> None:
    """What waits to be sent, and what became of what was sent."""
    from workbench.cli.batches import print_report
    from workbench.desk.catalogue import publishing

    with the_desk() as desk:
        if batch is not None:
            print_report(desk, batch, as_json)
            return
        rows = publishing.outbox(desk)
    if as_json:
        for row in rows:
            print_json(row)
        return
    head = heads("outbox-head")
    print_table(head, ((r.state, r.submission, r.version or "", r.title, _why(r)) for r in rows))


def _why(row: OutboxRow) -> str:
    return say("waits-until", day=row.embargo) if row.embargo else row.reason


@click.command("withdraw")
@click.argument("study", metavar="ID")
@click.option("--reason", required=True, help="Why, for the audit.")
@click.option("--note", default="", help="What readers are told.")
@json_option
def withdraw_command(study: str, reason: str, note: str, as_json: bool) -> None:
    """Withdraw a published study; its page then says so."""
    from workbench.desk.catalogue import publishing

    with the_desk() as desk:
        changed = publishing.withdraw(desk, study, reason, note)
    if as_json:
        print_json(changed)
    else:
        click.echo(changed.said)
