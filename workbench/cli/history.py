"""`history`, `undo` and `revert`: what was done, what it changed, and taking it back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from workbench.cli.desks import the_desk
from workbench.cli.output import at_least_one, heads, json_option, print_changed, print_json, print_table, say

if TYPE_CHECKING:
    from workbench.desk.rows import FieldChange, JournalEntry
    from workbench.merge import Run


@click.command("history")
@click.argument("submission", metavar="[ID]", required=False)
@click.option("--limit", default=50, type=at_least_one)
@click.option(
    "--diff",
    nargs=2,
    metavar="A B",
    help="Word by word, what differs between the answers after entry A and after entry B, or `now`.",
)
@json_option
def history_command(submission: str | None, limit: int, diff: tuple[str, str] | None, as_json: bool) -> None:
    """What was done on the desk, or to one submission, newest first."""
    from workbench.desk import history
    from workbench.desk.editing import versions

    if diff and not submission:
        raise click.UsageError(say("diff-of-what"))
    with the_desk() as desk:
        if submission and diff:
            older, newer = _number(diff[0]), None if diff[1] == "now" else _number(diff[1])
            _print_changes(versions.difference(desk, submission, older, newer), as_json)
        else:
            _print_entries(history.entries(desk, submission, limit), as_json)


def _number(named: str) -> int:
    if not named.isdecimal() or len(named) > 10:
        raise click.UsageError(say("diff-between"))
    return int(named)


def _print_entries(entries: Iterable[JournalEntry], as_json: bool) -> None:
    if as_json:
        for entry in entries:
            print_json(entry)
        return
    head = heads("history-head")
    print_table(
        head, ((e.id, f"{e.at.astimezone():%Y-%m-%d %H:%M}", e.who, _said(e), _words(e)) for e in entries)
    )


def _said(entry: JournalEntry) -> str:
    return say("undone", said=entry.said) if entry.undone else entry.said


def _words(entry: JournalEntry) -> str:
    if not (entry.was or entry.now):
        return ""
    return say("words-changed", was=entry.was or "–", now=entry.now or "–")


def _print_changes(changes: Iterable[FieldChange], as_json: bool) -> None:
    for change in changes:
        if as_json:
            print_json(change)
        else:
            click.echo(f"{change.label}\n{''.join(map(marked, change.runs)) or say('marks-alone')}\n")


def marked(run: Run) -> str:
    """Words that went are struck through and those that came underlined, where the terminal can; with brackets
    everywhere, so that a file and a screen reader tell them apart too."""
    if run.kind == "gone":
        return click.style(f"[-{run.text}-]", fg="red", strikethrough=True)
    return click.style(f"{{+{run.text}+}}", fg="green", underline=True) if run.kind == "new" else run.text


@click.command("undo")
@click.argument("entry", type=at_least_one, required=False)
@click.option("--redo", is_flag=True, help="Do again what was undone last.")
@json_option
def undo_command(entry: int | None, redo: bool, as_json: bool) -> None:
    """Undo the newest step, or a named entry of `history`."""
    from workbench.desk import history

    with the_desk() as desk:
        print_changed(history.redo(desk) if redo else history.undo(desk, entry), as_json)


@click.command("revert")
@click.argument("submission", metavar="ID")
@click.argument("field")
@click.option("--entry", type=at_least_one, required=True, help="After which entry of `history` it stood so.")
@json_option
def revert_command(submission: str, field: str, entry: int, as_json: bool) -> None:
    """Put a field back to how it stood after an entry of the history; that can be undone too."""
    from workbench.desk.editing import versions

    with the_desk() as desk:
        print_changed(versions.revert(desk, submission, field, entry), as_json)
