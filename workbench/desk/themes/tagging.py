"""Themes and councils: what a study is about, and who sent it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from workbench.desk import actions, changing
from workbench.desk.actions import Action
from workbench.desk.desk import Desk
from workbench.desk.rows import Changed, Suggestions
from workbench.desk.themes import coining, glossary, proposing
from workbench.edits import Edit
from workbench.errors import Refused, WrongUsage
from workbench.submission import Authority, Term, TermKind


def suggest(desk: Desk, submission_id: str) -> Suggestions:
    """Themes and councils for a submission, each with the words that led to it; what it already has, too."""
    with desk.store.reading() as connection:
        submission = changing.load(connection, submission_id)
    return proposing.for_submission(submission, desk)


def tag(desk: Desk, ids: Sequence[str], add: Sequence[Term] = (), remove: Sequence[Term] = ()) -> Changed:
    """Adds themes to submissions and takes others off, as one step.

    Raises what `tagging` does, Refused("reopen-first"), WrongUsage("unknown-submission").
    """
    return actions.carry_out(desk, ids, tagging(desk, add, remove))


def tagging(desk: Desk, add: Sequence[Term] = (), remove: Sequence[Term] = ()) -> Action:
    """Themes put on, under today's labels, and taken off. Instead of one that was merged its successor is put on.

    Raises Refused("theme-split", "theme-not-offered"), WrongUsage("unknown-theme").
    """
    return actions.tagging([_offered(desk, term) for term in add], remove)


def propose(desk: Desk, kind: TermKind, label: str, reason: str, ids: Sequence[str]) -> Changed:
    """Proposes a term that the vocabulary lacks and puts it on these submissions until it has been decided on: both,
    or neither. Raises what `coining.propose` and `tag` do."""
    with desk.store.writing():
        made = coining.propose(desk, kind, label, reason=reason)
        return tag(desk, ids, add=(made.term,))


def _offered(desk: Desk, asked: Term) -> Term:
    """The term that stands for the one asked for."""
    known = glossary.offered(desk)
    if (asked.kind, asked.slug) not in known.by_term:
        raise WrongUsage("unknown-theme", slug=asked.slug)
    heirs = known.resolve(asked.kind, asked.slug)
    if len(heirs) > 1:
        raise Refused("theme-split", label=asked.label, into=", ".join(theme.label for theme in heirs))
    if not heirs or not heirs[0].is_offered:
        raise Refused("theme-not-offered", label=asked.label)
    return heirs[0].term


def set_authorities(desk: Desk, submission_id: str, authorities: Sequence[Authority]) -> Changed:
    """Says which councils a submission comes from, in that order. Raises Refused("reopen-first")."""
    councils = tuple(dict.fromkeys(authorities))
    with desk.store.writing() as connection:
        before = changing.load_editable(connection, submission_id)
        changes = changing.between([(before, replace(before, authorities=councils))])
        names = ", ".join(council.name for council in councils) or "–"
        said = {"title": changing.named(before), "names": names}
        return changing.commit(desk, connection, Edit("authorities", changes, said))


def authorities(gss: Iterable[str]) -> tuple[Authority, ...]:
    """The councils of these codes. Raises WrongUsage("unknown-council")."""
    from workbench import councils

    register = councils.register().by_gss
    found: list[Authority] = []
    for code in gss:
        if code not in register:
            raise WrongUsage("unknown-council", gss=code)
        found.append(proposing.authority(register[code]))
    return tuple(found)


def terms(desk: Desk) -> tuple[Term, ...]:
    """The whole vocabulary: every theme that is offered, of every kind, and those still pending."""
    return glossary.offered(desk).terms


def every_term(desk: Desk) -> tuple[Term, ...]:
    """The whole vocabulary with the themes that are no longer offered, after those that are."""
    every = (theme.term for theme in glossary.offered(desk).themes)
    return tuple(dict.fromkeys((*terms(desk), *every)))


def councils(desk: Desk) -> tuple[Authority, ...]:
    """Every council of the register, in the order of their names."""
    from workbench import councils

    found = map(proposing.authority, councils.register().by_gss.values())
    return tuple(sorted(found, key=lambda authority: authority.name))
