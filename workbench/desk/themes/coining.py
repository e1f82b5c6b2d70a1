"""New terms from editors: proposed with or without a network, and decided on by an administrator.

A proposed term is kept on the desk until the catalogue is next at hand, and can be put on studies at once. Readers do
not see it before it is taken into the vocabulary: a publication goes without it. When it has been decided on, the
submissions that carry it get what became of it: the term itself, the one that stands for it, or none.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from workbench import words
from workbench.desk.rows import NOTHING, Changed
from workbench.desk.themes import glossary, refiling, usage
from workbench.errors import Refused
from workbench.submission import Term, TermKind

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from workbench.catalogue import Catalogue
    from workbench.desk.desk import Desk
    from workbench.store.vocabulary import Carrier, Proposed, State
    from workbench.themes.history import TermProposal


@dataclass(frozen=True, slots=True)
class ProposedTerm:
    """A term that was proposed, by whom and why, and what was answered.

    `state` is kept while it has not left this desk, sent while it waits for an administrator, then accepted, replaced
    or declined; `own` where it was proposed at this desk. `became` is the term that stands for it once it was decided
    on, None where there is none. `on_desk` counts the submissions on this desk that carry it.
    """

    id: str
    term: Term
    parent: str | None
    scope_note: str
    reason: str
    who: str
    at: datetime
    own: bool
    state: State
    became: Term | None = None
    answer: str = ""
    on_desk: int = 0


def propose(
    desk: Desk,
    kind: TermKind,
    label: str,
    *,
    parent: str | None = None,
    scope_note: str = "",
    reason: str = "",
) -> ProposedTerm:
    """Proposes a new term, which can be put on studies at once. It is kept here, and goes out with the next contact.

    Raises Refused as a new term of the vocabulary is refused: `theme-label-taken`, `theme-label-odd`,
    `theme-label-long`, `theme-note-odd`, `theme-parent-unknown`, `theme-kind-unknown`.
    """
    from workbench.store import vocabulary as store
    from workbench.themes import Theme, changes

    known = glossary.offered(desk)
    label = " ".join(label.split())
    theme = Theme(kind, changes.slug_of(label, kind, known), label, parent, scope_note.strip())
    changes.applied(known, changes.Add(theme))
    one = store.Proposed(
        str(uuid4()), theme, reason.strip(), own=True, state="kept", who=desk.who, at=desk.clock()
    )
    with desk.store.writing() as connection:
        store.propose(connection, one)
    return _row(desk, one)


def proposals(desk: Desk, *, settled: bool = False) -> tuple[ProposedTerm, ...]:
    """The terms that wait, as last heard, the oldest first; with `settled` those decided on as well."""
    return tuple(_row(desk, one) for one in glossary.proposed(desk) if settled or one.is_open)


def _row(desk: Desk, one: Proposed) -> ProposedTerm:
    theme = desk.vocabulary.by_term.get((one.theme.kind, one.became))
    use = usage.figures(desk).get(one.theme.key)
    return ProposedTerm(
        one.id,
        one.theme.term,
        one.theme.parent,
        one.theme.scope_note,
        one.reason,
        one.who,
        one.at,
        one.own,
        one.state,
        theme.term if theme else None,
        one.answer,
        use.on_desk if use else 0,
    )


# With the catalogue


def exchange(desk: Desk, shared: Catalogue, proposals: Iterable[TermProposal]) -> tuple[Changed, ...]:
    """Sends what was proposed here, where this login may propose, and hears what was proposed and decided elsewhere.

    That are the `proposals`, told before the vocabulary was taken over. What lies on this desk under a term that was
    decided on follows; gives the steps that this took.
    """
    waiting = [one for one in glossary.proposed(desk) if one.state == "kept"]
    answered = [_sent(desk, shared, one) for one in waiting] if waiting and shared.may_claim() else []
    known = {one.id: one for one in glossary.proposed(desk)}
    told = [_told(one, known.get(one.id)) for one in proposals]
    heard = [_take(desk, known.get(one.id), one) for one in told if one != known.get(one.id)]
    return tuple(step for step in (*answered, *heard) if step is not NOTHING)


def _sent(desk: Desk, shared: Catalogue, one: Proposed) -> Changed:
    """Sends a proposed term. One that the vocabulary has meanwhile, by its slug or label, is settled with that.

    Where that came too late for this desk's copy, it waits for the next contact.
    """
    try:
        shared.propose_term(one.theme, one.reason, desk.who, one.id)
    except Refused as refusal:
        became = str(refusal.params.get("slug", ""))
        if became and (one.theme.kind, became) not in desk.vocabulary.by_term:
            return NOTHING
        state: State = "replaced" if became else "declined"
        return _take(desk, one, replace(one, state=state, became=became, answer=words.explain(refusal)))
    return _take(desk, one, replace(one, state="sent"))


def _told(told: TermProposal, here: Proposed | None) -> Proposed:
    """What the catalogue tells of a proposed term, as this desk keeps it."""
    from workbench.store import vocabulary as store

    return store.Proposed(
        told.id,
        told.theme,
        told.reason,
        own=here is not None and here.own,
        state="sent" if told.state == "proposed" else told.state,
        who=told.proposed_by,
        at=told.proposed_at,
        became=told.became,
        answer=told.why,
    )


def _take(desk: Desk, here: Proposed | None, now: Proposed) -> Changed:
    """Writes down what is known of a proposed term; what lies here under it follows where it was decided on."""
    from workbench.store import vocabulary as store

    with desk.store.writing() as connection:
        store.propose(connection, now)
        is_news = here is not None and here.is_open and not now.is_open
        return _settle(desk, connection, now) if is_news else NOTHING


def _settle(desk: Desk, connection: Connection, one: Proposed) -> Changed:
    """Gives the submissions that carry a proposed term what stands for it now."""
    from workbench.store import vocabulary as store

    known = desk.vocabulary
    heirs = [theme.term for theme in known.resolve(one.theme.kind, one.became)] if one.became else []
    carriers = store.carriers(connection, [one.theme.key])

    def become(carrier: Carrier) -> Iterable[Term]:
        mine = [term for term in carrier.terms if (term.kind, term.slug) != one.theme.key]
        return {(term.kind, term.slug): term for term in (*heirs, *mine)}.values()

    said = {"was": one.theme.label, "label": ", ".join(term.label for term in heirs), "reason": one.answer}
    code = "term-declined" if not heirs else "term-accepted" if one.state == "accepted" else "term-instead"
    return refiling.refile(desk, connection, carriers, become, code, **said)
