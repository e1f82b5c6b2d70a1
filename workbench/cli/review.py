"""`edit`, `place`, `tag`, the decisions, `history` and `undo`: an editor's work on submissions."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbench import richtext, words
from workbench.cli import SOME_REFUSED
from workbench.cli.desks import the_desk
from workbench.cli.output import at_least_one, json_option, print_json, print_table, say
from workbench.desk.rows import Changed
from workbench.errors import Refused, WrongUsage
from workbench.submission import TERM_KINDS, Term

if TYPE_CHECKING:
    from workbench.desk import Desk

_ids = click.argument("ids", nargs=-1, required=True, metavar="ID...")
_id = click.argument("submission", metavar="ID")


def _tell(changed: Changed, as_json: bool) -> None:
    if as_json:
        print_json(changed)
    else:
        click.echo(changed.said)


@click.command("edit")
@_id
@click.argument("field", required=False)
@click.option("--text", help="The new words; a line for each paragraph.")
@click.option("--html", help="The new content as HTML.")
@click.option("--file", "file", metavar="FILE", help="Read the new words from a file; - for standard input.")
@click.option("--fixes", metavar="CHECK", help="Take every fix that this check offers, such as STY-05.")
@json_option
def edit_command(
    submission: str,
    field: str | None,
    text: str | None,
    html: str | None,
    file: str | None,
    fixes: str | None,
    as_json: bool,
) -> None:
    """Change the answer to a field, or take the fixes of a check."""
    from workbench.desk import review

    with the_desk() as desk:
        if fixes:
            _tell(review.take_fixes(desk, submission, fixes), as_json)
        elif field:
            _tell(review.edit(desk, submission, field, _content(text, html, file)), as_json)
        else:
            raise click.UsageError(say("edit-what"))


def _content(text: str | None, html: str | None, file: str | None) -> richtext.RichText:
    given = [source for source in (text, html, file) if source is not None]
    if len(given) != 1:
        raise click.UsageError(say("edit-how"))
    if html is not None:
        return richtext.from_html(html)
    return richtext.from_text(text if text is not None else _read(str(file)))


def _read(file: str) -> str:
    try:
        return sys.stdin.read() if file == "-" else Path(file).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise WrongUsage("text-file-unreadable", file=file, reason=str(error)) from error


@click.command("place")
@_id
@click.argument("passage", metavar="PASSAGE")
@click.argument("field")
@click.option("--once", is_flag=True, help="Do not remember that this heading means this field.")
@json_option
def place_command(submission: str, passage: str, field: str, once: bool, as_json: bool) -> None:
    """Move an unplaced passage (its key is in `show`) to the end of a field."""
    from workbench.desk import review

    with the_desk() as desk:
        _tell(review.place(desk, submission, passage, field, remember=not once), as_json)


@click.command("split")
@_id
@json_option
def split_command(submission: str, as_json: bool) -> None:
    """Make the second study in a submission's file a submission of its own."""
    from workbench.desk import splitting

    with the_desk() as desk:
        _tell(splitting.split(desk, submission), as_json)


@click.command("tag")
@_ids
@click.option(
    "--add", multiple=True, metavar="SLUG", help="A theme to add; KIND:SLUG where kinds share a slug."
)
@click.option("--remove", multiple=True, metavar="SLUG", help="A theme to take off.")
@click.option("--suggested", is_flag=True, help="Add the themes the desk proposes.")
@click.option("--council", multiple=True, metavar="GSS", help="The council or councils it is from.")
@json_option
def tag_command(
    ids: tuple[str, ...],
    add: tuple[str, ...],
    remove: tuple[str, ...],
    suggested: bool,
    council: tuple[str, ...],
    as_json: bool,
) -> None:
    """Tag submissions with themes, or say which council sent them."""
    from workbench.desk import tagging

    if not (add or remove or suggested or council):
        raise click.UsageError(say("tag-what"))
    with the_desk() as desk:
        vocabulary = tagging.terms(desk)
        if add or remove:
            added, removed = _terms(add, vocabulary), _terms(remove, vocabulary)
            _tell(tagging.tag(desk, ids, add=added, remove=removed), as_json)
        for submission in ids if suggested else ():
            proposed = tagging.suggest(desk, submission).proposed
            _tell(tagging.tag(desk, [submission], add=proposed), as_json)
        for submission in ids if council else ():
            _tell(tagging.set_authorities(desk, submission, tagging.authorities(council)), as_json)


def _terms(slugs: Iterable[str], vocabulary: Sequence[Term]) -> list[Term]:
    return [_term(slug, vocabulary) for slug in slugs]


def _term(name: str, vocabulary: Sequence[Term]) -> Term:
    kind, _, slug = name.rpartition(":")
    kinds = (kind,) if kind else TERM_KINDS
    for term in vocabulary:
        if term.slug == slug and term.kind in kinds:
            return term
    raise WrongUsage("unknown-theme", slug=name)


def _decide(verb: Callable[..., Changed], ids: Sequence[str], as_json: bool, **options: str) -> int:
    """One step for all where that can be; else each by itself, telling which were refused and why."""
    with the_desk() as desk:
        try:
            _tell(verb(desk, ids, **options), as_json)
        except Refused:
            if len(ids) == 1:
                raise
            return _decide_each(desk, verb, ids, as_json, **options)
    return 0


def _decide_each(
    desk: Desk, verb: Callable[..., Changed], ids: Sequence[str], as_json: bool, **options: str
) -> int:
    for submission in ids:
        try:
            _tell(verb(desk, [submission], **options), as_json)
        except Refused as error:
            click.echo(words.explain(error), err=True)
    return SOME_REFUSED


@click.command("approve")
@_ids
@json_option
def approve_command(ids: tuple[str, ...], as_json: bool) -> int:
    """Approve submissions; refused while a blocker is open."""
    from workbench.desk import decisions

    return _decide(decisions.approve, ids, as_json)


@click.command("reject")
@_ids
@click.option("--reason", required=True, help="Why, for the journal.")
@json_option
def reject_command(ids: tuple[str, ...], reason: str, as_json: bool) -> int:
    """Reject submissions, with a reason."""
    from workbench.desk import decisions

    return _decide(decisions.reject, ids, as_json, reason=reason)


@click.command("reopen")
@_ids
@json_option
def reopen_command(ids: tuple[str, ...], as_json: bool) -> int:
    """Bring decided or published submissions back into review."""
    from workbench.desk import decisions

    return _decide(decisions.reopen, ids, as_json)


@click.command("history")
@click.argument("submission", metavar="[ID]", required=False)
@click.option("--limit", default=50, type=at_least_one)
@json_option
def history_command(submission: str | None, limit: int, as_json: bool) -> None:
    """What was done on the desk, or to one submission, newest first."""
    from workbench.desk import history

    with the_desk() as desk:
        entries = history.entries(desk, submission, limit)
    if as_json:
        for entry in entries:
            print_json(entry)
        return
    head = ("entry", "when", "who", "what")
    rows = (
        (e.id, f"{e.at:%Y-%m-%d %H:%M}", e.who, say("undone", said=e.said) if e.undone else e.said)
        for e in entries
    )
    print_table(head, rows)


@click.command("undo")
@click.argument("entry", type=at_least_one, required=False)
@click.option("--redo", is_flag=True, help="Do again what was undone last.")
@json_option
def undo_command(entry: int | None, redo: bool, as_json: bool) -> None:
    """Undo the newest step, or a named entry of `history`."""
    from workbench.desk import history

    with the_desk() as desk:
        _tell(history.redo(desk) if redo else history.undo(desk, entry), as_json)
