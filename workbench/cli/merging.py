"""`merge`: a newer version from the council, or another that is live now, brought together with the work here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, cast

import click

from workbench.cli import SOME_REFUSED
from workbench.cli.desks import the_desk
from workbench.cli.history import marked
from workbench.cli.output import json_option, print_changed, print_json, say, tell

if TYPE_CHECKING:
    from workbench.desk import Desk
    from workbench.desk.catalogue.conflicts import Take
    from workbench.desk.rows import Changed, Conflict, ConflictPlace, Laid
    from workbench.submission import Submission

    Bring = Callable[[Mapping[str, Take]], Changed]

_TAKES = ("ours", "theirs", "merged", "joined")


@click.command("merge")
@click.argument("submission", metavar="ID")
@click.option(
    "--field", "fields", multiple=True, metavar="F", help="For which place; may be given several times."
)
@click.option("--take", "takes", multiple=True, type=click.Choice(_TAKES), help="Whose words it gets.")
@click.option(
    "--file", "file", metavar="NAME", help="Which of several newer versions; else the first that came."
)
@json_option
def merge_command(
    submission: str, fields: tuple[str, ...], takes: tuple[str, ...], file: str | None, as_json: bool
) -> int:
    """Show what you and others changed in a study since you began, and bring it together.

    A newer version from the council comes first, then what a colleague published meanwhile. Without --take it only
    shows. What one side alone changed, or both in different places, comes together by itself; for every place that
    both changed otherwise, give a --field and a --take, or one --take for all of them: ours, theirs, or joined, which
    puts both there. All of it is one step, which `undo` takes back.
    """
    from workbench.desk import study

    with the_desk() as desk:
        beside = study.show(desk, submission)
        merge = _merge_revision if file or beside.waiting else _merge_conflict
        found, bring = merge(desk, beside, file)
        if takes:
            chosen = _choices(found.open, fields, cast("Sequence[Take]", takes))
            print_changed(bring(chosen), as_json)
            return 0
    if fields:
        raise click.UsageError(say("merge-what"))
    _show(found, as_json)
    return SOME_REFUSED if found.open else 0


def _merge_conflict(desk: Desk, beside: Submission, file: str | None) -> tuple[Conflict, Bring]:
    from workbench.desk.catalogue import conflicts

    found = conflicts.show(desk, beside.id)
    return found, lambda chosen: conflicts.resolve(desk, beside.id, found.seen, chosen)


def _merge_revision(desk: Desk, beside: Submission, file: str | None) -> tuple[Laid, Bring]:
    from workbench.desk.council import revisions

    found = revisions.show(desk, beside.id, revisions.require_file(beside, file) if file else "")
    return found, lambda chosen: revisions.resolve(desk, beside.id, found.seen, chosen, found.sha256)


def _choices(open_: Sequence[ConflictPlace], fields: Sequence[str], takes: Sequence[Take]) -> dict[str, Take]:
    """One --take is for every named place, or for all that are open; several answer the places one by one."""
    named = fields or [place.name for place in open_]
    if len(takes) not in (1, len(fields)):
        raise click.UsageError(say("merge-pairs"))
    return dict(zip_longest(named, takes[: len(named)], fillvalue=takes[0]))


def _show(found: Conflict | Laid, as_json: bool) -> None:
    from workbench.desk.rows import Conflict

    if as_json:
        print_json(_line(found) if isinstance(found, Conflict) else _beside(found))
        return
    came = not isinstance(found, Conflict)
    click.echo("\n".join(_head(found) if isinstance(found, Conflict) else _heads(found)))
    for place in found.places:
        state = "came-theirs" if came and place.state == "theirs" else f"place-{place.state}"
        click.echo(f"\n{place.label} ({place.name}): {say(state)}")
        for line in _sides(place, say("merge-sent") if came else say("merge-live")):
            click.echo(f"  {line}")
    tell("merge-how" if found.open else "merge-all", id=found.submission, n=len(found.open))


def _heads(found: Laid) -> list[str]:
    """What the newer version is, and how what was asked is answered."""
    told = {"title": found.title, "file": found.file, "base": found.base_file}
    head = [say("merge-came" if found.known else "merge-came-unknown", **told), *found.because]
    for item in found.asked:
        label = f"{item.label}: " if item.label else ""
        head.append(f"  {say(f'answered-{item.how}' if item.how else 'answered-not')}  {label}{item.words}")
        head += [f"      {reply.author}: {reply.text}" for reply in item.replies]
    head += [
        f"  {say('council-wrote', who=each.author, label=each.label, words=each.text)}"
        for each in found.remarks
    ]
    head += [say("merge-others", id=found.submission, file=name) for _, name in found.others]
    return head


def _beside(found: Laid) -> dict[str, Any]:
    return {
        "id": found.submission,
        "title": found.title,
        "file": found.file,
        "sha256": found.sha256,
        "received": found.received.isoformat(),
        "base_file": found.base_file,
        "base_known": found.known,
        "because": found.because,
        "to_choose": [place.name for place in found.open],
        "fields": [_field(place) for place in found.places],
        "unplaced": found.unplaced,
        "asked": [asdict(item) | {"answered": item.answered} for item in found.asked],
        "comments": [asdict(each) for each in found.remarks],
        "others": [name for _, name in found.others],
    }


def _head(found: Conflict) -> list[str]:
    code = "merge-gone" if not found.live_version else "merge-withdrawn" if found.withdrawn else "merge-head"
    head = say(
        code,
        title=found.title,
        base=found.base_version,
        version=found.live_version,
        who=found.published_by,
        note=found.note,
    )
    return [head]


def _sides(place: ConflictPlace, theirs: str) -> list[str]:
    from workbench import merge

    if place.base is None:
        lines = [say("merge-ours", words=place.mine), f"{theirs} {place.theirs}"]
    else:
        mine, come = (
            "".join(map(marked, merge.words(place.base, side))) for side in (place.mine, place.theirs)
        )
        lines = [say("merge-ours", words=mine)] if place.state != "theirs" else []
        lines += [f"{theirs} {come}"] if place.state not in ("mine", "alike") else []
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
