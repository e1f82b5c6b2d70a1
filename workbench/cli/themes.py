"""`themes`: the vocabulary, how its terms are used, and what an administrator changes of it.

A change is told beforehand with `--dry-run`: every published study and every submission on this desk that it touches.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

import click

from workbench.cli.desks import the_desk
from workbench.cli.output import heads, json_option, plain, print_changed, print_json, print_table, say
from workbench.errors import SurroundingsFailed, WrongUsage
from workbench.submission import TERM_KINDS, TermKind

if TYPE_CHECKING:
    from workbench.desk import Desk
    from workbench.desk.themes.vocabulary import Change, Foreseen, ProposedTerm, TermRow, Theme

T = TypeVar("T")

_kinds = click.Choice(TERM_KINDS)
_kind = click.argument("kind", type=_kinds)
_term = click.argument("term", metavar="TERM")
_day = click.DateTime(["%Y-%m-%d"])


@click.group("themes")
def themes_command() -> None:
    """The vocabulary: its terms, how they are used, and changing it.

    A TERM is named by its slug, or by KIND:SLUG where kinds share one.
    """


# Looking


@themes_command.command("list")
@click.argument("words", nargs=-1)
@click.option("--kind", type=_kinds, help="Only terms of this kind.")
@click.option("--all", "every", is_flag=True, help="Those that are no longer offered as well.")
@click.option("--unused", is_flag=True, help="Only those that no study and no submission has.")
@json_option
def _list(words: tuple[str, ...], kind: TermKind | None, every: bool, unused: bool, as_json: bool) -> None:
    """The terms with how often they are used; with WORDS those that these words could mean, the likeliest first."""
    from workbench.desk.themes import vocabulary

    with the_desk() as desk:
        found = vocabulary.matching(desk, " ".join(words), kind) if words else vocabulary.terms(desk, kind)
    _print_terms([row for row in found if _is_wanted(row, every=every, unused=unused)], as_json)


def _is_wanted(row: TermRow, *, every: bool, unused: bool) -> bool:
    return (every or row.is_offered) and not (unused and (row.published or row.on_desk))


def _print_terms(rows: Iterable[TermRow], as_json: bool) -> None:
    if as_json:
        for row in rows:
            print_json(row)
        return
    lines = ((row.kind, row.slug, row.label, row.published, row.on_desk, row.status) for row in rows)
    print_table(heads("themes-head"), lines)


@themes_command.command("tree")
@click.argument("kind", type=_kinds, default="topic")
@json_option
def _tree(kind: TermKind, as_json: bool) -> None:
    """The terms of a KIND (topics, unless another is named), each below its parent."""
    from workbench.desk.themes import vocabulary

    with the_desk() as desk:
        for row in vocabulary.tree(desk, kind):
            if as_json:
                print_json(row)
            else:
                click.echo(f"{'  ' * row.depth}{row.label} ({row.slug}): {row.published}")


@themes_command.command("usage")
@click.option("--together", type=click.IntRange(0, 10_000), default=20, help="So many pairs that often meet.")
@json_option
def _usage(together: int, as_json: bool) -> None:
    """How many studies stand under each term and year, which terms nobody uses, and which come together."""
    from workbench.desk.themes import vocabulary

    with the_desk() as desk:
        found = vocabulary.usage(desk)
    if as_json:
        print_json(plain(found) | {"together": plain(found.together[:together])})
        return
    rows = (
        (one.term.label, one.published, *(one.years.get(year, 0) for year in found.years))
        for one in found.themes
    )
    print_table((say("themes-theme"), say("themes-published"), *map(str, found.years)), rows)
    if found.unused:
        click.echo(
            say("themes-unused", n=len(found.unused), labels=", ".join(term.label for term in found.unused))
        )
    for pair in found.together[:together]:
        click.echo(say("themes-together", one=pair.one.label, other=pair.other.label, n=pair.studies))


# Changing


def _changing(command: Callable[..., Any]) -> Callable[..., Any]:
    """What every change can be asked."""
    options = (
        click.option("--reason", default="", help="Why, for the catalogue's record."),
        click.option(
            "--dry-run", is_flag=True, help="Only tell what would change, with every study it touches."
        ),
        json_option,
    )
    for option in reversed(options):
        command = option(command)
    return command


def _change(make: Callable[[Desk], Change], reason: str, dry_run: bool, as_json: bool) -> None:
    from workbench.desk.themes import vocabulary

    with the_desk() as desk:
        vocabulary.refresh(desk)
        change = make(desk)
        if dry_run:
            _print_foreseen(vocabulary.foresee(desk, change), as_json)
        else:
            print_changed(vocabulary.change(desk, change, reason), as_json)


def _print_foreseen(foreseen: Foreseen, as_json: bool) -> None:
    if as_json:
        print_json(foreseen)
        return
    click.echo(foreseen.said)
    for one in (*foreseen.studies, *foreseen.submissions):
        click.echo(
            say(
                "themes-refiled",
                id=one.id,
                title=one.title,
                before=_labels(one.before),
                after=_labels(one.after),
            )
        )
    for one in foreseen.staying:
        click.echo(say("themes-staying", id=one.id, title=one.title))


def _labels(terms: Iterable[Any]) -> str:
    return ", ".join(term.label for term in terms) or "–"


def _named(desk: Desk, name: str) -> Theme:
    """The term of that slug, or KIND:SLUG. Raises WrongUsage("unknown-theme")."""
    kind, _, slug = name.rpartition(":")
    kinds = (kind,) if kind else TERM_KINDS
    found = [theme for theme in desk.vocabulary.themes if theme.slug == slug and theme.kind in kinds]
    if not found:
        raise WrongUsage("unknown-theme", slug=name)
    return found[0]


def _details(command: Callable[..., Any]) -> Callable[..., Any]:
    """What is known of a term beside its name and place."""
    options = (
        click.option("--note", "scope_note", help="What it covers."),
        click.option("--alias", "aliases", multiple=True, metavar="NAME", help="Another name for it."),
        click.option(
            "--cue", "cues", multiple=True, metavar="WORDS", help="Words that suggest it; a * ends a stem."
        ),
        click.option("--page-title", help="The title of a collection's own page."),
        click.option("--introduction", help="What that page begins with."),
        click.option("--order", type=int, help="The place of a collection among the others."),
        click.option("--opens", type=_day, help="The day from which a collection is shown."),
        click.option("--closes", type=_day, help="The day until which it is."),
    )
    for option in reversed(options):
        command = option(command)
    return command


@themes_command.command("add")
@_kind
@click.argument("label")
@click.option("--slug", default="", help="Its name for ever; made of the label where none is given.")
@click.option("--parent", metavar="TERM", help="The term it stands below.")
@_details
@_changing
def _add(
    kind: TermKind,
    label: str,
    slug: str,
    parent: str | None,
    reason: str,
    dry_run: bool,
    as_json: bool,
    **details: Any,
) -> None:
    """A new term of a KIND, offered at once."""
    from workbench.desk.themes import vocabulary

    def make(desk: Desk) -> Change:
        above = _named(desk, f"{kind}:{_slug(kind, parent)}").slug if parent else None
        theme = vocabulary.new(desk, kind, label, slug=slug, parent=above)
        return vocabulary.Add(_detailed(theme, details))

    _change(make, reason, dry_run, as_json)


def _slug(kind: str, name: str) -> str:
    """The slug of a term of this kind, named by it or by KIND:SLUG. Raises WrongUsage("unknown-theme")."""
    said, _, slug = name.rpartition(":")
    if said not in ("", kind):
        raise WrongUsage("unknown-theme", slug=name)
    return slug


def _detailed(theme: Theme, details: dict[str, Any], *, less: Sequence[str] = ()) -> Theme:
    """The theme with what was given of its details: names and cues come on top, those of `less` go."""
    from dataclasses import replace

    from workbench.desk.themes.vocabulary import Alias

    given = {name: _date(value) for name, value in details.items() if value is not None and value != ()}
    names = [
        Alias(name) for name in given.pop("aliases", ()) if name not in {one.label for one in theme.aliases}
    ]
    cues = dict.fromkeys((*theme.cues, *given.pop("cues", ())))
    return replace(
        theme,
        aliases=tuple(one for one in (*theme.aliases, *names) if one.label not in less),
        strong=tuple(cue for cue in theme.strong if cue not in less),
        cues=tuple(cue for cue in cues if cue not in less),
        weak=tuple(cue for cue in theme.weak if cue not in less),
        **given,
    )


def _date(value: Any) -> Any:
    return value.date() if isinstance(value, datetime) else value


@themes_command.command("rename")
@_term
@click.argument("label")
@_changing
def _rename(term: str, label: str, reason: str, dry_run: bool, as_json: bool) -> None:
    """Another LABEL for a TERM; its slug stays, and the old label still finds it."""
    from workbench.desk.themes import vocabulary

    _change(
        lambda desk: vocabulary.Rename(*_named(desk, term).key, label, desk.today), reason, dry_run, as_json
    )


@themes_command.command("amend")
@_term
@_details
@click.option("--without", multiple=True, metavar="WORDS", help="Another name or a cue that goes.")
@_changing
def _amend(
    term: str, without: tuple[str, ...], reason: str, dry_run: bool, as_json: bool, **details: Any
) -> None:
    """Other details of a TERM: its note, names, cues, and what a collection's page says."""
    from workbench.desk.themes import vocabulary

    _change(
        lambda desk: vocabulary.Amend(_detailed(_named(desk, term), details, less=without)),
        reason,
        dry_run,
        as_json,
    )


@themes_command.command("merge")
@_term
@click.argument("into", metavar="INTO")
@_changing
def _merge(term: str, into: str, reason: str, dry_run: bool, as_json: bool) -> None:
    """The studies, names and cues of a TERM go to another one of its kind."""
    from workbench.desk.themes import vocabulary

    def make(desk: Desk) -> Change:
        kind, slug = _named(desk, term).key
        return vocabulary.Merge(kind, slug, _slug(kind, into), desk.today)

    _change(make, reason, dry_run, as_json)


@themes_command.command("split")
@_term
@click.argument("into", nargs=-1, required=True, metavar="INTO...")
@click.option(
    "--choose",
    multiple=True,
    metavar="STUDY=INTO[,INTO]",
    help="Where a study goes, by its UUID; any other goes to the first INTO.",
)
@_changing
def _split(
    term: str, into: tuple[str, ...], choose: tuple[str, ...], reason: str, dry_run: bool, as_json: bool
) -> None:
    """A TERM ends, and its studies go to two or more that exist; `--dry-run` lists the studies."""
    from workbench.desk.themes import vocabulary

    def make(desk: Desk) -> Change:
        kind, slug = _named(desk, term).key
        choices = dict(_choice(kind, given) for given in choose)
        return vocabulary.Split(kind, slug, _slugs(kind, into), choices, desk.today)

    _change(make, reason, dry_run, as_json)


def _choice(kind: str, given: str) -> tuple[str, tuple[str, ...]]:
    study, is_said, into = given.partition("=")
    if not is_said:
        raise click.UsageError(say("themes-choice", given=given))
    return study, _slugs(kind, into.split(","))


def _slugs(kind: str, names: Iterable[str]) -> tuple[str, ...]:
    return tuple(_slug(kind, name) for name in names)


@themes_command.command("retire")
@_term
@_changing
def _retire(term: str, reason: str, dry_run: bool, as_json: bool) -> None:
    """A TERM is offered no longer; its studies keep it."""
    from workbench.desk.themes import vocabulary

    _change(lambda desk: vocabulary.Retire(*_named(desk, term).key), reason, dry_run, as_json)


@themes_command.command("restore")
@_term
@_changing
def _restore(term: str, reason: str, dry_run: bool, as_json: bool) -> None:
    """A TERM that was retired, or that came with a study, is offered."""
    from workbench.desk.themes import vocabulary

    _change(lambda desk: vocabulary.Restore(*_named(desk, term).key), reason, dry_run, as_json)


@themes_command.command("move")
@_term
@click.argument("parent", required=False, metavar="[PARENT]")
@_changing
def _move(term: str, parent: str | None, reason: str, dry_run: bool, as_json: bool) -> None:
    """A TERM stands below another one, or at the top where no PARENT is named."""
    from workbench.desk.themes import vocabulary

    def make(desk: Desk) -> Change:
        kind, slug = _named(desk, term).key
        return vocabulary.Move(kind, slug, _slug(kind, parent) if parent else None)

    _change(make, reason, dry_run, as_json)


@themes_command.command("changes")
@json_option
def _changes(as_json: bool) -> None:
    """What was changed of the catalogue's vocabulary, by whom and why, the newest first."""
    from workbench.desk.themes import vocabulary

    with the_desk() as desk:
        found = vocabulary.changes(desk)
    if as_json:
        for one in found:
            print_json(one)
        return
    rows = (
        (one.number, f"{one.at.astimezone():%Y-%m-%d %H:%M}", one.who, one.studies, one.said, one.reason)
        for one in found
    )
    print_table(heads("themes-changes-head"), rows)


@themes_command.command("undo")
@click.argument("number", type=int)
@_changing
def _undo(number: int, reason: str, dry_run: bool, as_json: bool) -> None:
    """Take back a change by its NUMBER: every study it touched is filed as before, but for what was changed since."""
    from workbench.desk.themes import vocabulary

    with the_desk() as desk:
        if dry_run:
            _print_foreseen(vocabulary.foresee_undo(desk, number), as_json)
        else:
            print_changed(vocabulary.undo(desk, number, reason), as_json)


# Proposing


@themes_command.command("propose")
@_kind
@click.argument("label")
@click.option("--parent", metavar="TERM", help="The term it would stand below.")
@click.option("--note", default="", help="What it would cover.")
@click.option("--reason", default="", help="Why it is needed.")
@json_option
def _propose(kind: TermKind, label: str, parent: str | None, note: str, reason: str, as_json: bool) -> None:
    """Propose a new term, with or without a network; it can be put on studies at once."""
    from workbench.desk.themes import vocabulary

    with the_desk() as desk:
        above = _slug(kind, parent) if parent else None
        proposed = vocabulary.propose(desk, kind, label, parent=above, scope_note=note, reason=reason)
        is_sent = _reached(desk)
    if as_json:
        print_json(proposed)
    else:
        sent = "themes-proposed" if is_sent else "themes-kept"
        click.echo(say(sent, label=proposed.term.label, slug=proposed.term.slug, id=proposed.id))


def _reached(desk: Desk) -> bool:
    """Sends what waits and hears what is new; where the catalogue is out of reach, that is told."""
    from workbench import words
    from workbench.desk.themes import vocabulary

    try:
        vocabulary.refresh(desk)
    except SurroundingsFailed as error:
        click.echo(words.explain(error), err=True)
        return False
    return True


@themes_command.command("proposals")
@click.option("--all", "settled", is_flag=True, help="Those decided on as well.")
@json_option
def _proposals(settled: bool, as_json: bool) -> None:
    """The terms that editors proposed and that wait for an administrator."""
    from workbench.desk.themes import vocabulary

    with the_desk() as desk:
        _reached(desk)
        found = vocabulary.proposals(desk, settled=settled)
    if as_json:
        for one in found:
            print_json(one)
        return
    print_table(heads("themes-proposals-head"), map(_proposal, found))


def _proposal(one: ProposedTerm) -> tuple[object, ...]:
    return (
        one.id,
        one.term.kind,
        one.term.label,
        one.who,
        f"{one.at.astimezone():%Y-%m-%d}",
        one.state,
        one.reason,
    )


@themes_command.command("accept")
@click.argument("proposal")
@click.option("--as", "label", default="", metavar="LABEL", help="Under another label.")
@click.option("--reason", default="", help="What the proposer is told.")
@json_option
def _accept(proposal: str, label: str, reason: str, as_json: bool) -> None:
    """Take a proposed term into the vocabulary, for everybody."""
    from workbench.desk.themes import vocabulary

    with the_desk() as desk:
        print_changed(vocabulary.accept(desk, proposal, label=label, reason=reason), as_json)


@themes_command.command("decline")
@click.argument("proposal")
@click.option("--instead", metavar="TERM", help="The term that studies get instead.")
@click.option("--reason", required=True, help="What the proposer is told.")
@json_option
def _decline(proposal: str, instead: str | None, reason: str, as_json: bool) -> None:
    """Do not take a proposed term; studies get the term named instead of it, or none."""
    from workbench.desk.themes import vocabulary

    with the_desk() as desk:
        kinds = {one.id: one.term.kind for one in vocabulary.proposals(desk)}
        other = _slug(kinds.get(proposal, ""), instead) if instead else ""
        print_changed(vocabulary.decline(desk, proposal, reason, instead=other), as_json)
