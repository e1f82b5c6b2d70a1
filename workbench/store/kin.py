"""The studies that an arriving file might belong to, found without looking at all of them.

They are the submissions on the desk, by what the file says it is, by their council, by their title and by the words
of their files; and what is published or taken up by others and is not on the desk, by the first three.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, Connection, Select, Table, bindparam, literal_column, select, table
from sqlalchemy import column as named

from workbench.store import likeness
from workbench.store.queue import WORDS
from workbench.store.tables import claim as claims
from workbench.store.tables import mirror_facet, mirror_study, submission

MOST = 40
"""How many are looked at for their council, and for their title."""

NEAREST = 8
"""How many are looked at for the words of their files."""

TELLING = 4
"""How many words of a title are looked for: the longest, since common words are short."""

NEAR_AWAY = 3
"""How many published studies are looked at for the words of their answers."""

WORDS_OF_A_TEXT = 12
"""How many words of a text are looked for in what is published: the longest, since those are seldom."""

_MIRRORED = table("mirror_words", named("rowid"), named("title"), named("summary"), named("body"))


@dataclass(frozen=True, slots=True)
class Sought:
    """What a file is looked for by: what it says it is, its title, its council as the desk names it and as the
    register does, the marks of its words, and its words."""

    claim: str = ""
    title: str = ""
    council: str = ""
    gss: Sequence[str] = ()
    marks: Sequence[int] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Kin:
    """A study as far as it tells whether a file belongs to it. `id` is "" where it is not on the desk; `near` where
    it was found by its words."""

    id: str
    study: str
    title: str
    council: str
    near: bool = False


def of(connection: Connection, sought: Sought) -> tuple[Kin, ...]:
    """Those that the file names by id or study, those of its council, newest first, those with a like title, and
    those that share words with it; then those that are not on the desk."""
    here = _on_the_desk(connection, sought)
    studies = {kin.study for kin in here.values()}
    away = _published(connection, sought) | _taken_up(connection, sought)
    return (*here.values(), *(kin for kin in away.values() if kin.study not in studies))


def text(connection: Connection, key: str) -> str:
    """The answers and the unplaced passages of a submission, by its id, or of a published study, by its UUID, as one
    text; "" for what is known by its title alone."""
    found = connection.scalar(_ANSWERS, {"key": key})
    return found if found is not None else _published_text(connection, key)


_ANSWERS = select(WORDS.c.answers).where(
    WORDS.c.rowid == select(submission.c.number).where(submission.c.id == bindparam("key")).scalar_subquery()
)


def _published_text(connection: Connection, study: str) -> str:
    row = connection.execute(_BODY, {"study": study}).one_or_none()
    return "\n".join(row) if row else ""


_BODY = select(_MIRRORED.c.summary, _MIRRORED.c.body).where(
    _MIRRORED.c.rowid
    == select(mirror_study.c.number).where(mirror_study.c.study == bindparam("study")).scalar_subquery()
)


# On the desk


def _on_the_desk(connection: Connection, sought: Sought) -> dict[str, Kin]:
    row = submission.c
    claim = row.id.in_([sought.claim]) | row.study.in_([sought.claim])
    found = _where(connection, claim) if sought.claim else {}
    if sought.council:
        found |= _where(connection, row.council == sought.council)
    if query := _title_query(sought.title):
        like = (
            select(WORDS.c.rowid).where(WORDS.c.words.op("MATCH")(query)).order_by(WORDS.c.rank).limit(MOST)
        )
        found |= _where(connection, row.number.in_(like))
    if near := likeness.nearest(connection, sought.marks, NEAREST):
        found |= _near(_where(connection, row.id.in_(near)))
    return found


def _near(found: dict[str, Kin]) -> dict[str, Kin]:
    return {key: replace(kin, near=True) for key, kin in found.items()}


def _where(connection: Connection, condition: ColumnElement[bool]) -> dict[str, Kin]:
    row = submission.c
    query = select(row.id, row.study, row.title, row.council).where(row.present, condition)
    found = connection.execute(query.order_by(row.number.desc()).limit(MOST))
    return {kin.id: Kin(kin.id, kin.study, kin.title, kin.council) for kin in found}


# Published, or taken up by others


def _published(connection: Connection, sought: Sought) -> dict[str, Kin]:
    row = mirror_study.c
    found = _away(connection, mirror_study, row.study == sought.claim) if sought.claim else {}
    if sought.gss:
        of_council = select(mirror_facet.c.number).where(
            mirror_facet.c.facet == "council", mirror_facet.c.value.in_(sought.gss)
        )
        found |= _away(connection, mirror_study, row.number.in_(of_council))
    if query := _title_query(sought.title):
        found |= _away(connection, mirror_study, row.number.in_(_matching(query, MOST)))
    if query := _any_of(sought.text, WORDS_OF_A_TEXT):
        near = _away(connection, mirror_study, row.number.in_(_matching(f"body: ({query})", NEAR_AWAY)))
        found |= _near(near)
    return found


def _matching(query: str, most: int) -> Select[tuple[int]]:
    """The published studies with these words, the likeliest first."""
    matching = literal_column("mirror_words").op("MATCH")(query)
    return select(_MIRRORED.c.rowid).where(matching).order_by(literal_column("rank")).limit(most)


def _taken_up(connection: Connection, sought: Sought) -> dict[str, Kin]:
    """What others have taken up and this desk has not heard of otherwise."""
    if not sought.council:
        return {}
    row = claims.c
    published = select(mirror_study.c.study)
    mine = ~row.own & (row.council == sought.council) & row.study.not_in(published)
    return _away(connection, claims, mine)


def _away(connection: Connection, of: Table, condition: ColumnElement[bool]) -> dict[str, Kin]:
    row = of.c
    found = connection.execute(
        select(row.study, row.title, row.council).where(condition).order_by(row.number.desc()).limit(MOST)
    )
    return {kin.study: Kin("", kin.study, kin.title, kin.council) for kin in found}


def _title_query(title: str) -> str:
    words = _any_of(title, TELLING)
    return f"title: ({words})" if words else ""


def _any_of(text: str, most: int) -> str:
    """That it holds one of the longest words of a text; "" for a text without any."""
    words = sorted(dict.fromkeys(re.findall(r"\w{3,}", text)), key=len, reverse=True)[:most]
    return " OR ".join(f'"{word}"' for word in words)


def known(connection: Connection, keys: Iterable[str]) -> tuple[Kin, ...]:
    """The studies of these ids or UUIDs, as far as the desk knows of them."""
    wanted = list(keys)
    row = submission.c
    here = _where(connection, row.id.in_(wanted) | row.study.in_(wanted))
    away = _away(connection, mirror_study, mirror_study.c.study.in_(wanted))
    away |= _away(connection, claims, ~claims.c.own & claims.c.study.in_(wanted))
    studies = {kin.study for kin in here.values()}
    return (*here.values(), *(kin for kin in away.values() if kin.study not in studies))
