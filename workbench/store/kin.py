"""The submissions that an arriving file might belong to, found without looking at all of them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, select

from workbench.store.queue import WORDS
from workbench.store.tables import submission

MOST = 40
"""How many are looked at for their council, and for their title."""

TELLING = 4
"""How many words of a title are looked for: the longest, since common words are short."""


@dataclass(frozen=True, slots=True)
class Kin:
    """A submission on the desk as far as it tells whether a file belongs to it."""

    id: str
    study: str
    title: str
    council: str


def of(connection: Connection, claim: str, title: str, council: str) -> tuple[Kin, ...]:
    """Those that `claim` names by id or study, those of the same council, newest first, those with a like title."""
    named = submission.c.id.in_([claim]) | submission.c.study.in_([claim])
    found = _where(connection, named) if claim else {}
    if council:
        found |= _where(connection, submission.c.council == council)
    if query := _title_query(title):
        like = (
            select(WORDS.c.rowid).where(WORDS.c.words.op("MATCH")(query)).order_by(WORDS.c.rank).limit(MOST)
        )
        found |= _where(connection, submission.c.number.in_(like))
    return tuple(found.values())


def text(connection: Connection, submission_id: str) -> str:
    """The answers and the unplaced passages of a submission as one text."""
    number = select(submission.c.number).where(submission.c.id == submission_id).scalar_subquery()
    return (
        connection.execute(select(WORDS.c.answers).where(WORDS.c.rowid == number)).scalar_one_or_none() or ""
    )


def _where(connection: Connection, condition: ColumnElement[bool]) -> dict[str, Kin]:
    row = submission.c
    query = select(row.id, row.study, row.title, row.council).where(row.present, condition)
    found = connection.execute(query.order_by(row.number.desc()).limit(MOST))
    return {kin.id: Kin(kin.id, kin.study, kin.title, kin.council) for kin in found}


def _title_query(title: str) -> str:
    words = sorted(dict.fromkeys(re.findall(r"\w{3,}", title)), key=len, reverse=True)[:TELLING]
    return "title: (" + " OR ".join(f'"{word}"' for word in words) + ")" if words else ""
