"""The desk's copy of the vocabulary, which submissions carry which term, and the terms that were proposed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from secrets import token_hex
from typing import Any, Literal

from sqlalchemy import Connection, Row, and_, delete, false, func, insert, or_, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from workbench.store.tables import submission, tag, term_proposal, vocabulary_state, vocabulary_theme
from workbench.submission import Status, Term
from workbench.themes.vocabulary import Theme, plain, theme_of

PAGE = 400
"""Submissions that are named in one statement."""

State = Literal["kept", "sent", "accepted", "declined", "replaced"]
"""Of a proposed term: on this desk alone, with the catalogue, decided on; `replaced` where another stands for it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the copy stands: which catalogue's it is, and the last change that it followed, with when it was made.

    `edition` is another one each time it is written, and "" before the first time.
    """

    identity: str = ""
    change: int = 0
    made: str = ""
    edition: str = ""


def standing(connection: Connection) -> Standing:
    """Where the copy stands."""
    state = {row.key: row.value for row in connection.execute(select(vocabulary_state))}
    change = int(state.get("change", "0"))
    return Standing(state.get("identity", ""), change, state.get("made", ""), state.get("edition", ""))


def edition(connection: Connection) -> str:
    """What changes whenever the copy does; "" before there is one."""
    found = select(vocabulary_state.c.value).where(vocabulary_state.c.key == "edition")
    return connection.scalar(found) or ""


def themes(connection: Connection) -> tuple[Theme, ...]:
    """The themes of the copy, in the catalogue's order."""
    query = select(vocabulary_theme.c.json).order_by(vocabulary_theme.c.position)
    return tuple(map(_theme, connection.scalars(query)))


def keep(connection: Connection, known: Iterable[Theme], identity: str, change: int, made: str = "") -> None:
    """Puts these themes, as a catalogue has them after a change that was `made` then, in the place of the copy."""
    rows = [
        {"kind": theme.kind, "slug": theme.slug, "position": at, "json": _told(theme)}
        for at, theme in enumerate(known)
    ]
    state = {"identity": identity, "change": str(change), "made": made, "edition": token_hex(8)}
    for table in (vocabulary_theme, vocabulary_state):
        connection.execute(delete(table))
    if rows:
        connection.execute(insert(vocabulary_theme), rows)
    connection.execute(insert(vocabulary_state), [{"key": key, "value": told} for key, told in state.items()])


@dataclass(frozen=True, slots=True)
class Carrier:
    """A submission with the terms it carries."""

    id: str
    study: str
    title: str
    status: Status
    terms: tuple[Term, ...]


def carriers(connection: Connection, terms: Iterable[tuple[str, str]]) -> tuple[Carrier, ...]:
    """The submissions on the desk that carry any of these terms, by kind and slug, in their order."""
    either = (and_(tag.c.kind == kind, tag.c.slug == slug) for kind, slug in terms)
    carrying = select(tag.c.submission).where(or_(false(), *either))
    columns = submission.c
    query = (
        select(columns.id, columns.study, columns.title, columns.status, tag.c.kind, tag.c.slug, tag.c.label)
        .join(tag, tag.c.submission == columns.id)
        .where(columns.present, columns.id.in_(carrying))
        .order_by(columns.number, tag.c.key)
    )
    found: dict[str, Carrier] = {}
    for row in connection.execute(query):
        known = found.get(row.id, Carrier(row.id, row.study, row.title, Status(row.status), ()))
        found[row.id] = replace(known, terms=(*known.terms, Term(row.kind, row.slug, row.label)))
    return tuple(found.values())


def recount(connection: Connection, ids: Sequence[str]) -> None:
    """Counts the topics of these submissions again, for the queue."""
    own = select(func.count()).where(tag.c.submission == submission.c.id, tag.c.kind == "topic")
    for start in range(0, len(ids), PAGE):
        chosen = submission.c.id.in_(ids[start : start + PAGE])
        connection.execute(update(submission).where(chosen).values(topics=own.scalar_subquery()))


def in_use(connection: Connection) -> tuple[Term, ...]:
    """Every term that a submission on the desk carries, with each label that it carries it under."""
    here = select(submission.c.id).where(submission.c.present)
    query = select(tag.c.kind, tag.c.slug, tag.c.label).where(tag.c.submission.in_(here)).distinct()
    return tuple(Term(*row) for row in connection.execute(query.order_by(tag.c.kind, tag.c.slug)))


# Proposed terms


@dataclass(frozen=True, slots=True)
class Proposed:
    """A term that was proposed, here (`own`) or at another desk, and what was answered.

    `became` is the slug of the term that stands for it: its own, where it was accepted as it was.
    """

    id: str
    theme: Theme
    reason: str
    own: bool
    state: State
    who: str
    at: datetime
    became: str = ""
    answer: str = ""

    @property
    def is_open(self) -> bool:
        """Whether nobody has decided on it."""
        return self.state in ("kept", "sent")


def proposed(connection: Connection) -> tuple[Proposed, ...]:
    """Every proposed term, the oldest first."""
    query = select(term_proposal).order_by(term_proposal.c.at, term_proposal.c.id)
    return tuple(map(_proposed, connection.execute(query)))


def propose(connection: Connection, one: Proposed) -> None:
    """Writes a proposed term down, in the place of what was known of it."""
    row = {
        "kind": one.theme.kind,
        "slug": one.theme.slug,
        "json": _told(one.theme),
        "reason": one.reason,
        "own": one.own,
        "state": one.state,
        "became": one.became,
        "answer": one.answer,
        "who": one.who,
        "at": one.at.isoformat(),
    }
    statement = upsert(term_proposal).on_conflict_do_update(index_elements=["id"], set_=row)
    connection.execute(statement, {"id": one.id, **row})


def forget_others(connection: Connection) -> None:
    """Starts anew with another catalogue: what others proposed is not its own, what was sent is sent again.

    That goes for another history of the same one too.
    """
    columns = term_proposal.c
    connection.execute(delete(term_proposal).where(~columns.own))
    again = term_proposal.update().where(columns.state == "sent")
    connection.execute(again.values(state="kept"))


def _proposed(row: Row[*tuple[Any, ...]]) -> Proposed:
    return Proposed(
        row.id,
        _theme(row.json),
        row.reason,
        row.own,
        row.state,
        row.who,
        datetime.fromisoformat(row.at),
        row.became,
        row.answer,
    )


def _told(theme: Theme) -> str:
    return json.dumps(plain(theme), sort_keys=True, ensure_ascii=False)


def _theme(told: str) -> Theme:
    return theme_of(json.loads(told))
