"""Themes and councils: what a study is about, and who sent it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from workbench.desk import actions, changing, proposing
from workbench.desk.desk import Desk
from workbench.desk.rows import Changed, Suggestions
from workbench.edits import Edit
from workbench.errors import WrongUsage
from workbench.submission import Authority, Term


def suggest(desk: Desk, submission_id: str) -> Suggestions:
    """Themes and councils for a submission, each with the words that led to it; what it already has, too."""
    with desk.store.reading() as connection:
        submission = changing.load(connection, submission_id)
    return proposing.for_submission(submission)


def tag(desk: Desk, ids: Sequence[str], add: Sequence[Term] = (), remove: Sequence[Term] = ()) -> Changed:
    """Adds themes to submissions and takes others off, as one step.

    Raises Refused("reopen-first"), WrongUsage("unknown-submission", "unknown-theme").
    """
    _require_known(desk, add)
    return actions.carry_out(desk, ids, actions.tagging(add, remove))


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
    """The whole vocabulary: every theme of every kind."""
    return proposing.vocabulary_terms()


def _require_known(desk: Desk, asked: Iterable[Term]) -> None:
    known = {(term.kind, term.slug) for term in terms(desk)}
    for term in asked:
        if (term.kind, term.slug) not in known:
            raise WrongUsage("unknown-theme", slug=term.slug)


def councils(desk: Desk) -> tuple[Authority, ...]:
    """Every council of the register, in the order of their names."""
    from workbench import councils

    found = map(proposing.authority, councils.register().by_gss.values())
    return tuple(sorted(found, key=lambda authority: authority.name))
