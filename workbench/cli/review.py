"""`edit`, `split` and `tag`: an editor's work on submissions."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from workbench import richtext
from workbench.cli.deciding import decide, dry_run_option, ids_argument
from workbench.cli.desks import the_desk
from workbench.cli.output import json_option, print_changed, say
from workbench.errors import WrongUsage
from workbench.submission import TERM_KINDS, Term

_id = click.argument("submission", metavar="ID")


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
    from workbench.desk.editing import review

    with the_desk() as desk:
        if fixes:
            print_changed(review.take_fixes(desk, submission, fixes), as_json)
        elif field:
            print_changed(review.edit(desk, submission, field, _content(text, html, file)), as_json)
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


@click.command("split")
@_id
@json_option
def split_command(submission: str, as_json: bool) -> None:
    """Make the second study in a submission's file a submission of its own."""
    from workbench.desk.arriving import splitting

    with the_desk() as desk:
        print_changed(splitting.split(desk, submission), as_json)


@click.command("tag")
@ids_argument
@click.option(
    "--add", multiple=True, metavar="SLUG", help="A theme to add; KIND:SLUG where kinds share a slug."
)
@click.option("--remove", multiple=True, metavar="SLUG", help="A theme to take off.")
@click.option("--suggested", is_flag=True, help="Add the themes the desk proposes.")
@click.option("--council", multiple=True, metavar="GSS", help="The council or councils it is from.")
@dry_run_option
@json_option
def tag_command(
    ids: tuple[str, ...],
    add: tuple[str, ...],
    remove: tuple[str, ...],
    suggested: bool,
    council: tuple[str, ...],
    dry_run: bool,
    as_json: bool,
) -> int:
    """Tag submissions with themes, or say which council sent them."""
    from workbench.desk.themes import tagging

    if not (add or remove or suggested or council) or (dry_run and (suggested or council)):
        raise click.UsageError(say("tag-what"))
    status = 0
    with the_desk() as desk:
        if add or remove:
            vocabulary = tagging.every_term(desk)
            action = tagging.tagging(desk, _terms(add, vocabulary), _terms(remove, vocabulary))
            status = decide(desk, action, ids, as_json=as_json, dry_run=dry_run)
        for submission in ids if suggested else ():
            proposed = tagging.suggest(desk, submission).proposed
            print_changed(tagging.tag(desk, [submission], add=proposed), as_json)
        for submission in ids if council else ():
            named = tagging.authorities(council)
            print_changed(tagging.set_authorities(desk, submission, named), as_json)
    return status


def _terms(slugs: Iterable[str], vocabulary: Sequence[Term]) -> list[Term]:
    return [_term(slug, vocabulary) for slug in slugs]


def _term(name: str, vocabulary: Sequence[Term]) -> Term:
    kind, _, slug = name.rpartition(":")
    kinds = (kind,) if kind else TERM_KINDS
    for term in vocabulary:
        if term.slug == slug and term.kind in kinds:
            return term
    raise WrongUsage("unknown-theme", slug=name)
