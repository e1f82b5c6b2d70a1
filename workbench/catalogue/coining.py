"""Terms that editors ask for, and what an administrator decides: taken into the vocabulary, replaced, or declined."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, insert, select, text, update

from workbench.catalogue import amending, foreseeing, tables, thesaurus
from workbench.catalogue.sending import are_uuids
from workbench.catalogue.transactions import is_postgresql
from workbench.errors import Refused
from workbench.themes.changes import UNREADABLE, Add, applied
from workbench.themes.history import ProposalState, TermProposal
from workbench.themes.soundness import is_slug, require_well_told
from workbench.themes.vocabulary import Theme, Vocabulary, plain, theme_of


def propose(connection: Connection, theme: Theme, reason: str, who: str, proposal: str = "") -> str:
    """Asks for a term, once however often it is sent under one UUID; gives that.

    Raises `Refused` with a `theme-` code for a term that could not be added as it is.
    """
    number = proposal or str(uuid4())
    if not are_uuids([number]):
        raise Refused("term-proposal-unknown", what=number[:60])
    amending.require_reason(reason)
    if not any(each.id == number for each in listed(connection, settled=True)):
        known = thesaurus.read(connection)
        applied(known, Add(_placed(known, theme)))
        _put(connection, number, theme, reason, who)
    return number


def _placed(known: Vocabulary, theme: Theme) -> Theme:
    """The term below what became of its parent since it was asked for; at the top where that is offered no more."""
    heirs = known.resolve(theme.kind, theme.parent) if theme.parent else ()
    return replace(theme, parent=next((heir.slug for heir in heirs if heir.is_offered), None))


def _put(connection: Connection, number: str, theme: Theme, reason: str, who: str) -> None:
    told = json.dumps(plain(theme), sort_keys=True, ensure_ascii=False)
    if is_postgresql(connection):
        query = text("SELECT casebook_propose_term(CAST(:asked AS uuid), :told, :why, :sign)")
        connection.execute(query, {"asked": number, "told": told, "why": reason, "sign": who})
        return
    said = {"told": told, "reason": reason, "actor": who, "signed": who, "at": datetime.now(UTC)}
    row = {"id": number, "kind": theme.kind, "slug": theme.slug, **said}
    connection.execute(insert(tables.term_proposal), row)


def listed(connection: Connection, *, settled: bool) -> tuple[TermProposal, ...]:
    """The terms that wait, oldest first; with `settled` those decided on too; none for a login that only reads.

    Nor is one listed that no program of ours would send.
    """
    column = tables.term_proposal.c
    query = select(tables.term_proposal).order_by(column.at, column.id)
    rows = connection.execute(query if settled else query.where(column.state == "proposed"))
    return tuple(_proposal(row, theme) for row in rows if (theme := _theme(row.told)) is not None)


def _theme(told: str) -> Theme | None:
    """The theme of which that is told; None where it could be none."""
    try:
        theme = theme_of(json.loads(told))
        require_well_told(theme)
        return theme if theme.parent is None or is_slug(theme.parent) else None
    except (*UNREADABLE, Refused):
        return None


def _proposal(row: Row[*tuple[Any, ...]], theme: Theme) -> TermProposal:
    return TermProposal(
        row.id,
        theme,
        row.reason,
        row.actor,
        row.at,
        row.state,
        row.decided_by or "",
        row.decided_at,
        row.why,
        row.became,
    )


def accept(connection: Connection, proposal: str, theme: Theme | None, why: str, who: str) -> TermProposal:
    """Takes a term into the vocabulary, as `theme` where that is given.

    Raises `Refused`: `term-proposal-unknown`, and what adding a term may.
    """
    amending.hold(connection)
    waiting = _waiting(connection, proposal)
    add = Add(_placed(thesaurus.read(connection), theme or waiting.theme))
    amending.carry_out(connection, foreseeing.foresee(connection, add), why or waiting.reason, who)
    return _settled(connection, proposal, "accepted", add.theme.slug, why, who)


def decline(connection: Connection, proposal: str, instead: str, why: str, who: str) -> TermProposal:
    """Declines a term, or has the one with the slug `instead` take its place.

    Raises `Refused`: `term-proposal-unknown`, `theme-unknown`.
    """
    amending.hold(connection)
    waiting = _waiting(connection, proposal)
    amending.require_reason(why)
    heirs = thesaurus.read(connection).resolve(waiting.theme.kind, instead)[:1]
    if instead and not heirs:
        raise Refused("theme-unknown", slug=instead[:60])
    state = "replaced" if heirs else "declined"
    return _settled(connection, proposal, state, heirs[0].slug if heirs else "", why, who)


def _settled(
    connection: Connection, proposal: str, state: ProposalState, slug: str, why: str, who: str
) -> TermProposal:
    _settle(connection, proposal, state, slug, why, who)
    return next(each for each in listed(connection, settled=True) if each.id == proposal)


def _waiting(connection: Connection, proposal: str) -> TermProposal:
    found = next((each for each in listed(connection, settled=False) if each.id == proposal), None)
    if found is None:
        raise Refused("term-proposal-unknown", what=proposal[:60])
    return found


def _settle(
    connection: Connection, proposal: str, state: ProposalState, slug: str, why: str, who: str
) -> None:
    if is_postgresql(connection):
        query = text("SELECT casebook_decide_term(CAST(:asked AS uuid), :state, :slug, :why)")
        connection.execute(query, {"asked": proposal, "state": state, "slug": slug, "why": why})
        return
    column = tables.term_proposal.c
    decided = {"state": state, "decided_by": who, "decided_at": datetime.now(UTC), "why": why, "became": slug}
    connection.execute(update(tables.term_proposal).where(column.id == proposal).values(decided))
