"""`merge`: work that began from one version of a study where another is live now, brought together."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, cast

import click

from workbench.cli import SOME_REFUSED
from workbench.cli.desks import the_desk
from workbench.cli.history import marked
from workbench.cli.output import json_option, print_changed, print_json, say, tell

if TYPE_CHECKING:
    from workbench.desk.conflicts import Take
    from workbench.desk.rows import Conflict, ConflictPlace

_TAKES = ("ours", "theirs", "merged")


@click.command("merge")
@click.argument("submission", metavar="ID")
@click.option(
    "--field", "fields", multiple=True, metavar="F", help="For which place; may be given several times."
)
@click.option("--take", "takes", multiple=True, type=click.Choice(_TAKES), help="Whose words it gets.")
@json_option
def merge_command(submission: str, fields: tuple[str, ...], takes: tuple[str, ...], as_json: bool) -> int:
    """Show what you and others changed in a study since you began, and bring it together.

    Without --take it only shows. What one side alone changed, or both in different places, comes together by itself;
    for every place that both changed otherwise, give a --field and a --take, or one --take for all of them. All of it
    is one step, which `undo` takes back.
    """
    from workbench.desk import conflicts

    with the_desk() as desk:
        found = conflicts.show(desk, submission)
        if takes:
            chosen = _choices(found, fields, cast("Sequence[Take]", takes))
            print_changed(conflicts.resolve(desk, submission, found.seen, chosen), as_json)
            return 0
    if fields:
        raise click.UsageError(say("merge-what"))
    _show(found, as_json)
    return SOME_REFUSED if found.open else 0


def _choices(found: Conflict, fields: Sequence[str], takes: Sequence[Take]) -> dict[str, Take]:
    """One --take is for every named place, or for all that are open; several answer the places one by one."""
    named = fields or [place.name for place in found.open]
    if len(takes) not in (1, len(fields)):
        raise click.UsageError(say("merge-pairs"))
    return dict(zip_longest(named, takes[: len(named)], fillvalue=takes[0]))


def _show(found: Conflict, as_json: bool) -> None:
    if as_json:
        print_json(_line(found))
        return
    click.echo(_head(found))
    for place in found.places:
        click.echo(f"\n{place.label} ({place.name}): {say(f'place-{place.state}')}")
        for line in _sides(place):
            click.echo(f"  {line}")
    tell("merge-how" if found.open else "merge-all", id=found.submission, n=len(found.open))


def _head(found: Conflict) -> str:
    code = "merge-gone" if not found.live_version else "merge-withdrawn" if found.withdrawn else "merge-head"
    return say(
        code,
        title=found.title,
        base=found.base_version,
        version=found.live_version,
        who=found.published_by,
        note=found.note,
    )


def _sides(place: ConflictPlace) -> list[str]:
    from workbench import merge

    if place.base is None:
        lines = [say("merge-ours", words=place.mine), say("merge-theirs", words=place.theirs)]
    else:
        mine, theirs = (
            "".join(map(marked, merge.words(place.base, side))) for side in (place.mine, place.theirs)
        )
        lines = [say("merge-ours", words=mine)] if place.state != "theirs" else []
        lines += [say("merge-theirs", words=theirs)] if place.state not in ("mine", "alike") else []
    if place.state == "merged":
        lines.append(say("merge-merged", words=place.merged))
    return [*lines, *([say("merge-forgotten")] if place.forgotten else [])]


def _line(found: Conflict) -> dict[str, Any]:
    return {
        "id": found.submission,
        "title": found.title,
        "base_version": found.base_version,
        "live_version": found.live_version,
        "published_by": found.published_by,
        "withdrawn": found.withdrawn,
        "note": found.note,
        "base_known": found.known,
        "to_choose": [place.name for place in found.open],
        "fields": [_field(place) for place in found.places],
    }


def _field(place: ConflictPlace) -> dict[str, Any]:
    return {
        "field": place.name,
        "label": place.label,
        "state": place.state,
        "base": place.base,
        "ours": place.mine,
        "theirs": place.theirs,
        "merged": place.merged,
        "redacted": place.forgotten,
    }
