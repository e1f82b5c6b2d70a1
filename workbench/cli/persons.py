"""`person`: everything held on one person, found, handed out, and forgotten."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbench.cli.desks import the_desk
from workbench.cli.output import (
    heads,
    json_option,
    print_changed,
    print_json,
    print_table,
    progress,
    say,
    tell,
)

if TYPE_CHECKING:
    from workbench.desk.keeping.persons import Dossier

terms_argument = click.argument("terms", metavar="NAME|MAIL|PHONE...", nargs=-1, required=True)


@click.group("person")
def person_command() -> None:
    """Everything this desk holds on one person, told by names, mail addresses and telephone numbers together."""


@person_command.command("find")
@terms_argument
@json_option
def _find(terms: tuple[str, ...], as_json: bool) -> None:
    """Show every place that names them, and what can be done about it."""
    from workbench.desk.keeping import persons

    with the_desk() as desk, progress() as told:
        found = persons.find(desk, terms, told)
    _print(found, as_json)


@person_command.command("export")
@terms_argument
@click.argument("out", metavar="OUT.zip", type=click.Path(path_type=Path))
@json_option
def _export(terms: tuple[str, ...], out: Path, as_json: bool) -> None:
    """Write everything found into OUT.zip, to be looked through and handed out."""
    from workbench.desk.keeping import persons

    with the_desk() as desk, progress() as told:
        found = persons.export(desk, terms, out, told)
    foreign = sum(bool(hit.others) for hit in found.hits)
    if as_json:
        print_json({"path": str(out), "hits": len(found.hits), "others": foreign})
    else:
        click.echo(say("person-exported", path=out, n=len(found.hits)))
        click.echo(say("person-others", n=foreign))


@person_command.command("forget")
@terms_argument
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
def _forget(terms: tuple[str, ...], yes: bool, as_json: bool) -> None:
    """Take them out of this desk and every copy of it, for good. Shows first what goes, and asks."""
    from workbench.desk.keeping import persons

    with the_desk() as desk:
        if not yes:
            with progress() as told:
                found = persons.find(desk, terms, told)
            _print(found, as_json=False, err=True)
            click.confirm(say("person-sure", n=found.forgettable), abort=True, err=True)
        print_changed(persons.forget(desk, terms), as_json)


def _print(found: Dossier, as_json: bool, *, err: bool = False) -> None:
    if as_json:
        for hit in found.hits:
            print_json(hit)
        for name, named in found.copies:
            print_json({"place": "copy", "where": name, "found": named})
        return
    if err:
        for hit in found.hits:
            click.echo(f"{hit.submission}\t{hit.where}\t{hit.excerpt}\t{hit.said}", err=True)
    else:
        rows = ((hit.submission, hit.where, hit.excerpt, hit.said) for hit in found.hits)
        print_table(heads("person-heads"), rows)
    tell("person-found", n=len(found.hits))
    naming = sum(named for _, named in found.copies)
    if found.copies:
        tell("person-copies", n=len(found.copies), naming=naming)
