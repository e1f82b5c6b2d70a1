"""`search`, `pull` and `export`: the catalogue as readers see it."""

from __future__ import annotations

import re
from datetime import datetime
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbench.cli.desks import the_desk
from workbench.cli.output import at_least_one, json_option, print_json, print_table, progress, say
from workbench.search import CatalogueQuery, SearchPage

if TYPE_CHECKING:
    from workbench.desk.exporting import Kind

_FACETS = {
    "topic": "topic",
    "support": "support_type",
    "collection": "collection",
    "council": "council",
    "region": "region",
    "year": "year",
}


def _facet_options(command: click.Command) -> click.Command:
    for name, facet in reversed(_FACETS.items()):
        click.option(f"--{name}", facet, multiple=True, metavar="VALUE", help=f"Only this {name}.")(command)
    return command


@click.command("search")
@click.argument("words", nargs=-1)
@click.option("--from", "since", type=click.DateTime(["%Y-%m-%d"]), help="Published on or after.")
@click.option("--to", "until", type=click.DateTime(["%Y-%m-%d"]), help="Published on or before.")
@click.option(
    "--sort", type=click.Choice(["relevance", "newest", "title"]), help="Relevance where words are given."
)
@click.option("--limit", default=20, type=at_least_one)
@json_option
def _search(
    words: tuple[str, ...],
    since: datetime | None,
    until: datetime | None,
    sort: str | None,
    limit: int,
    as_json: bool,
    **facets: tuple[str, ...],
) -> None:
    """Search the published studies, in the desk's own copy of the catalogue."""
    from workbench.desk import browsing

    query = CatalogueQuery(
        text=" ".join(words),
        facets={name: frozenset(values) for name, values in facets.items() if values},
        published_from=since.date() if since else None,
        published_to=until.date() if until else None,
        sort=sort or ("relevance" if words else "newest"),  # pyright: ignore[reportArgumentType]
        limit=limit,
    )
    with the_desk() as desk:
        page = browsing.search(desk, query)
    _print_hits(page, as_json)


search_command = _facet_options(_search)


def _print_hits(page: SearchPage, as_json: bool) -> None:
    if as_json:
        for hit in page.hits:
            print_json(hit)
        return
    rows = ((f"{h.published_at:%Y-%m-%d}", h.council, _bare(h.title), h.study) for h in page.hits)
    print_table(("published", "council", "title", "study"), rows)
    click.echo(say("found", n=page.total), err=True)


def _bare(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


@click.command("pull")
@json_option
def pull_command(as_json: bool) -> None:
    """Follow the shared database: bring what changed there into the desk's own copy."""
    from workbench.desk import publishing

    with the_desk() as desk, progress() as report:
        changed = publishing.pull(desk, report)
    if as_json:
        print_json({"changed": changed})
    else:
        click.echo(say("pulled", n=changed))


@click.command("export")
@click.argument("kind", type=click.Choice(["website", "csv", "json"]))
@click.argument("directory", type=click.Path(path_type=Path))
@json_option
def export_command(kind: Kind, directory: Path, as_json: bool) -> None:
    """Write the catalogue as a website, a table or JSON into a folder."""
    from workbench.desk import exporting

    with the_desk() as desk, progress() as report:
        written = exporting.export(desk, kind, directory, report)
    if as_json:
        print_json(written)
    else:
        click.echo(say("exported", kind=kind, folder=directory, n=written.written, kept=written.unchanged))
