"""`place`, `move` and `unplace`: where the words of a submission belong."""

from __future__ import annotations

import re

import click

from workbench.cli.desks import the_desk
from workbench.cli.output import json_option, print_changed, say

_RANGE = re.compile(r"(\d{1,6})(?:-(\d{1,6}))?")

_id = click.argument("submission", metavar="ID")
_field = click.argument("field")


@click.command("place")
@_id
@click.argument("passage", metavar="PASSAGE")
@click.argument("field", required=False)
@click.option("--once", is_flag=True, help="Do not remember that this heading means this field.")
@click.option("--not-needed", is_flag=True, help="Leave the passage out: it becomes a note.")
@json_option
def place_command(
    submission: str, passage: str, field: str | None, once: bool, not_needed: bool, as_json: bool
) -> None:
    """Move an unplaced passage (its key is in `show`) to the end of a field, or leave it out."""
    from workbench.desk.editing import placing

    if bool(field) == not_needed:
        raise click.UsageError(say("place-where"))
    with the_desk() as desk:
        if field:
            print_changed(placing.place(desk, submission, passage, field, remember=not once), as_json)
        else:
            print_changed(placing.leave_out(desk, submission, passage), as_json)


@click.command("move")
@_id
@_field
@click.argument("to", metavar="FIELD2")
@click.option("--blocks", metavar="M-N", help="Only these of its paragraphs, lists and tables, from 1.")
@json_option
def move_command(submission: str, field: str, to: str, blocks: str | None, as_json: bool) -> None:
    """Move the answer to a field, or a part of it, to the end of another."""
    from workbench.desk.editing import placing

    with the_desk() as desk:
        print_changed(placing.move(desk, submission, field, to, blocks=_range(blocks)), as_json)


def _range(said: str | None) -> tuple[int, int] | None:
    if said is None:
        return None
    found = _RANGE.fullmatch(said)
    if found is None or not 0 < int(found[1]) <= int(found[2] or found[1]):
        raise click.UsageError(say("blocks-how", said=said))
    return int(found[1]), int(found[2] or found[1])


@click.command("unplace")
@_id
@_field
@json_option
def unplace_command(submission: str, field: str, as_json: bool) -> None:
    """Take the answer out of a field, to be placed anew."""
    from workbench.desk.editing import placing

    with the_desk() as desk:
        print_changed(placing.unplace(desk, submission, field), as_json)
