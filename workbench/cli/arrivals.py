"""`import`: Word files, folders, .zip, .eml and .msg onto the desk; `arrival`: what a file is, where in doubt."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbench.cli import SOME_REFUSED
from workbench.cli.desks import the_desk
from workbench.cli.output import json_option, print_changed, print_json, progress, say, tell
from workbench.desk.rows import Arrival, Question

if TYPE_CHECKING:
    from workbench.desk import Desk
    from workbench.desk.rows import Changed


@click.command("import")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@json_option
def import_command(paths: tuple[str, ...], as_json: bool) -> int:
    """Bring files, folders, .zip archives and saved mails onto the desk; say what each was taken for, and why."""
    from workbench.desk.arriving import arrivals

    refused = False
    with the_desk() as desk, progress() as report:
        for arrival in arrivals.import_paths(desk, [Path(path) for path in paths], report):
            refused = refused or arrival.taken_for == "refused"
            if as_json:
                print_json(arrival)
            else:
                click.echo("\n".join(_lines(arrival)))
    return SOME_REFUSED if refused else 0


def _lines(arrival: Arrival) -> list[str]:
    if arrival.error:
        return [f"{arrival.file}: {arrival.error.message}"]
    code = f"arrived-{arrival.taken_for}" if arrival.certain else "arrived-asked"
    line = say(
        code,
        file=arrival.file,
        id=arrival.submission or "",
        of=arrival.of or "",
        title=arrival.title,
        blockers=arrival.blockers,
        warnings=arrival.warnings,
        unplaced=arrival.unplaced,
    )
    told = [f"  {arrival.taken_up}"] if arrival.taken_up else []
    plain = arrival.certain and arrival.taken_for in ("new", "duplicate")
    return [line, *told, *([] if plain else [f"  {' '.join(arrival.because)}"])]


@click.command("arrival")
@click.argument("submission", metavar="ID", required=False)
@click.option("--new", is_flag=True, help="It is a study of its own.")
@click.option("--revision-of", metavar="ID", help="It is a newer version of that submission.")
@click.option("--update-of", metavar="UUID", help="It is an update of that published study.")
@click.option("--file", "file", metavar="NAME", help="With --new: that later file of the submission is.")
@json_option
def arrival_command(
    submission: str | None,
    new: bool,
    revision_of: str | None,
    update_of: str | None,
    file: str | None,
    as_json: bool,
) -> int:
    """Show what has to be said of files that came, and say it: what a file is can be changed both ways later.

    Without ID it shows every submission of which it is not certain that it is a study of its own, and those with a
    newer version that waits for `merge`.
    """
    answers = sum(map(bool, (new, revision_of, update_of)))
    if answers > 1 or (answers and submission is None) or (file and not new):
        raise click.UsageError(say("arrival-how"))
    with the_desk() as desk:
        if submission is None or not answers:
            return _show(desk, submission, as_json)
        changed = _settled(desk, submission, revision_of, update_of, file)
    print_changed(changed, as_json)
    return 0


def _settled(
    desk: Desk, submission: str, revision_of: str | None, update_of: str | None, file: str | None
) -> Changed:
    from workbench.desk import study
    from workbench.desk.arriving import settling
    from workbench.desk.council import revisions

    if revision_of:
        return settling.as_revision(desk, submission, revision_of)
    if update_of:
        return settling.as_update(desk, submission, update_of)
    sha256 = revisions.require_file(study.show(desk, submission), file) if file else ""
    return settling.as_new(desk, submission, sha256)


def _show(desk: Desk, submission: str | None, as_json: bool) -> int:
    from workbench.desk.arriving import settling
    from workbench.desk.council import revisions

    asked = settling.question(desk, submission) if submission else None
    found = settling.questions(desk) if submission is None else (asked,) if asked else ()
    for question in found:
        if as_json:
            print_json(question)
        else:
            click.echo("\n".join(_told(question)))
    waiting = () if submission else revisions.waiting(desk)
    for waits in waiting:
        if as_json:
            print_json({"submission": waits, "newer_version": True})
        else:
            click.echo(say("arrival-waits", id=waits))
    if not found and not waiting and not as_json:
        tell("arrival-none")
    return SOME_REFUSED if found else 0


def _told(question: Question) -> list[str]:
    of = question.of or question.study
    told = {"id": question.submission, "title": question.title, "of": of, "of_title": question.of_title or of}
    asked, how = (
        (say("arrival-asked", **told), say("arrival-asked-how", **told))
        if question.of
        else (say("arrival-asked-update", **told), say("arrival-asked-update-how", **told))
    )
    return [asked, f"  {' '.join(question.because)}", how]
