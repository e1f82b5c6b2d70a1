"""`search`, `versions`, `open` and `pull`: the catalogue as readers see it, and taking a study up again."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from html import unescape

import click

from workbench import richtext
from workbench.cli.desks import the_desk
from workbench.cli.output import (
    at_least_one,
    heads,
    json_option,
    print_changed,
    print_json,
    print_table,
    progress,
    say,
    tell,
)
from workbench.desk.rows import FieldDifference
from workbench.publication import Study
from workbench.search import CatalogueQuery, Facet, SearchPage

_FACETS = {
    "topic": "topic",
    "support": "support_type",
    "collection": "collection",
    "programme": "programme",
    "council": "council",
    "type": "council_type",
    "region": "region",
    "year": "year",
}


def _facet_options(command: click.Command) -> click.Command:
    for name, facet in reversed(_FACETS.items()):
        said = "type of council" if name == "type" else name
        click.option(f"--{name}", facet, multiple=True, metavar="VALUE", help=f"Only this {said}.")(command)
    return command


@click.command("search")
@click.argument("words", nargs=-1)
@click.option("--from", "since", type=click.DateTime(["%Y-%m-%d"]), help="Published on or after.")
@click.option("--to", "until", type=click.DateTime(["%Y-%m-%d"]), help="Published on or before.")
@click.option(
    "--sort", type=click.Choice(["relevance", "newest", "title"]), help="Relevance where words are given."
)
@click.option("--withdrawn", is_flag=True, help="Withdrawn studies too.")
@click.option("--facets", "counts", is_flag=True, help="Count what was found by topic, council, … instead.")
@click.option("--limit", default=20, type=at_least_one)
@json_option
def _search(
    words: tuple[str, ...],
    since: datetime | None,
    until: datetime | None,
    sort: str | None,
    withdrawn: bool,
    counts: bool,
    limit: int,
    as_json: bool,
    **facets: tuple[str, ...],
) -> None:
    """Search the published studies, in the desk's own copy of the catalogue.

    A topic, council, … is named as it is shown, or by its short name or GSS code.
    """
    from workbench.desk.catalogue import browsing

    with the_desk() as desk:
        known = (
            browsing.search(desk, CatalogueQuery(withdrawn=True, limit=0)).facets
            if any(facets.values())
            else ()
        )
        query = CatalogueQuery(
            text=" ".join(words),
            facets=_values(facets, known),
            published_from=since.date() if since else None,
            published_to=until.date() if until else None,
            sort=sort or ("relevance" if words else "newest"),  # pyright: ignore[reportArgumentType]
            limit=limit,
            withdrawn=withdrawn,
        )
        page = browsing.search(desk, query)
    _print_facets(page, as_json) if counts else _print_hits(page, as_json)


search_command = _facet_options(_search)


def _values(asked: Mapping[str, Sequence[str]], known: Sequence[Facet]) -> dict[str, frozenset[str]]:
    """What was asked for by its value or its label, as values."""
    labels = {(each.facet, each.label.casefold()): each.value for each in known}
    return {
        facet: frozenset(labels.get((facet, typed.casefold()), typed) for typed in values)
        for facet, values in asked.items()
        if values
    }


def _print_hits(page: SearchPage, as_json: bool) -> None:
    if as_json:
        for hit in page.hits:
            print_json(hit)
        return
    rows = ((f"{h.published_at:%Y-%m-%d}", h.council, _bare(h.title), h.study) for h in page.hits)
    print_table(heads("found-head"), rows)
    click.echo(say("found", n=page.total), err=True)


def _print_facets(page: SearchPage, as_json: bool) -> None:
    if as_json:
        for facet in page.facets:
            print_json(facet)
        return
    options = {facet: name for name, facet in _FACETS.items()}
    print_table(
        heads("facets-head"),
        ((options[each.facet], each.label, each.count, each.value) for each in page.facets),
    )
    tell("found", n=page.total)


def _bare(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


@click.command("versions")
@click.argument("study")
@click.option("--diff", nargs=2, type=int, metavar="OLDER NEWER", help="What differs between two versions.")
@click.option("--show", "shown", type=int, metavar="N", help="The study as it was in that version.")
@json_option
def versions_command(study: str, diff: tuple[int, int] | None, shown: int | None, as_json: bool) -> None:
    """List the versions of a published study with who published them; compare two, or show one as it was.

    Earlier versions stand in the shared database alone, so that this needs it.
    """
    from workbench.desk.catalogue import browsing

    with the_desk() as desk:
        if diff:
            older, newer = (browsing.version(desk, study, number) for number in diff)
            _print_difference(browsing.difference(older, newer), as_json)
        elif shown is not None:
            _print_study(browsing.version(desk, study, shown), as_json)
        else:
            _print_versions(browsing.versions(desk, study), as_json)


def _print_versions(found: Sequence[Study], as_json: bool) -> None:
    rows = [(each.version, each.published_at, each.published_by, each.publication.title) for each in found]
    if as_json:
        for version, at, who, title in rows:
            print_json({"version": version, "published_at": at, "published_by": who, "title": title})
    else:
        print_table(
            heads("versions-head"),
            ((v, f"{at.astimezone():%Y-%m-%d %H:%M}", *r) for v, at, *r in rows),
        )


def _print_difference(found: Sequence[FieldDifference], as_json: bool) -> None:
    for each in found:
        if as_json:
            said = {"field": each.field, "label": each.label, "older": each.live, "newer": each.mine}
            print_json(said)
        else:
            click.echo(f"{each.label}\n- {each.live}\n+ {each.mine}\n")
    if not found:
        tell("no-version-difference")


def _print_study(study: Study, as_json: bool) -> None:
    if as_json:
        print_json(replace(study, publication=replace(study.publication, salt="", personal_digest="")))
        return
    publication = study.publication
    click.echo(f"{publication.title}\n{publication.councils}\n\n{publication.summary}")
    for field in publication.fields:
        click.echo(f"\n{field.label}\n{richtext.plain(richtext.from_html(field.html))}")


@click.command("open")
@click.argument("study")
@json_option
def open_command(study: str, as_json: bool) -> None:
    """Open a published study as a new edit on the desk; work on it that is under way there is named instead."""
    from workbench.desk.catalogue import taking_up

    with the_desk() as desk:
        taken = taking_up.take_up(desk, study)
    if as_json:
        print_json(taken)
    elif taken.changed.said:
        print_changed(taken.changed, as_json)
        click.echo(taken.submission)
    else:
        click.echo(say("open-already", id=taken.submission))


@click.command("pull")
@json_option
def pull_command(as_json: bool) -> None:
    """Follow the shared database: bring what changed there into the desk's own copy."""
    from workbench.desk import history
    from workbench.desk.catalogue import publishing

    with the_desk() as desk:
        before = history.last(desk)
        with progress() as report:
            changed = publishing.pull(desk, report)
        for step in reversed(history.since(desk, before)):
            click.echo(step.said, err=True)
    if as_json:
        print_json({"changed": changed})
    else:
        click.echo(say("pulled", n=changed))
