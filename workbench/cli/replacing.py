"""`replace`: the same words changed in many submissions, after a look at what would change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from workbench.cli.desks import the_desk
from workbench.cli.output import heads, json_option, print_json, print_table, say
from workbench.desk.rows import QueueFilter
from workbench.submission import EDITABLE

if TYPE_CHECKING:
    from workbench.desk import Desk
    from workbench.richtext.finding import Wanted


@click.command("replace")
@click.argument("find", metavar="FIND")
@click.argument("new", metavar="WITH")
@click.argument("ids", nargs=-1, metavar="[ID...]")
@click.option("--dry-run", is_flag=True, help="Show every change and make none.")
@click.option("--field", default="", metavar="FIELD", help="Look in this field alone.")
@click.option("--case", is_flag=True, help="Capitals count.")
@click.option("--word", is_flag=True, help="Find whole words alone.")
@click.option("--pattern", is_flag=True, help="FIND is a regular expression; \\1 in WITH is its first group.")
@json_option
def replace_command(
    find: str,
    new: str,
    ids: tuple[str, ...],
    dry_run: bool,
    field: str,
    case: bool,
    word: bool,
    pattern: bool,
    as_json: bool,
) -> None:
    """Replace words in submissions, or in all that may be changed, as one step to undo."""
    from workbench.desk import queue
    from workbench.desk.editing import replacing
    from workbench.richtext.finding import Wanted

    wanted = Wanted(find, new, case=case, word=word, pattern=pattern)
    with the_desk() as desk:
        chosen = ids or queue.ids(desk, QueueFilter(statuses=EDITABLE))
        if dry_run:
            _show(desk, chosen, wanted, field, as_json)
            return
        changed = replacing.replace(desk, chosen, wanted, field)
        if as_json:
            print_json(changed)
        else:
            click.echo(changed.said)


def _show(desk: Desk, ids: Sequence[str], wanted: Wanted, field: str, as_json: bool) -> None:
    from workbench.desk.editing import replacing

    found = replacing.preview(desk, ids, wanted, field)
    if as_json:
        for row in found:
            print_json(row)
        return
    head = heads("replace-head")
    rows = (
        (
            row.submission,
            row.field,
            f"{row.left}{row.before}{row.right}",
            f"{row.left}{row.after}{row.right}" if row.allowed else say("decided-on"),
        )
        for row in found
    )
    print_table(head, rows)
