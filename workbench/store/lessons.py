"""What suggestions learn from, read from the desk and the mirror; and what they have learned, kept."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from secrets import token_hex
from typing import Any

from sqlalchemy import Connection, delete, insert, select, union

from workbench.store.tables import lesson, mirror_facet, mirror_study, refusal, submission, tag
from workbench.submission import TERM_KINDS, Status, Term
from workbench.themes import Tagged

Key = tuple[str, str]

LEARNED_FROM = 2_000
"""How many characters of a published study are read."""

DECIDED = (Status.APPROVED, Status.QUEUED, Status.PUBLISHED)
"""Where a submission stands that an editor has tagged through."""


def published(connection: Connection) -> Iterator[Tagged]:
    """The published studies of the mirror, with the terms they are filed under today."""
    terms = _terms_of_studies(connection)
    rows = connection.exec_driver_sql(
        "SELECT study.number, words.title, words.summary, substr(words.body, 1, ?)"
        " FROM mirror_study AS study JOIN mirror_words AS words ON words.rowid = study.number"
        " WHERE NOT study.withdrawn ORDER BY study.number",
        (LEARNED_FROM,),
    )
    for number, title, summary, body in rows:
        if own := terms.get(number):
            yield _tagged(title, f"{summary}\n{body}", own)


def _terms_of_studies(connection: Connection) -> dict[int, set[Key]]:
    facet = mirror_facet.c
    found: dict[int, set[Key]] = {}
    query = select(facet.number, facet.facet, facet.value).where(facet.facet.in_(TERM_KINDS))
    for number, kind, slug in connection.execute(query):
        found.setdefault(number, set()).add((kind, slug))
    return found


def _tagged(
    title: str, text: str, terms: set[Key], refused: set[Key] | None = None, *, is_partial: bool = False
) -> Tagged:
    topics = frozenset(slug for kind, slug in terms if kind == "topic")
    others = frozenset((kind, slug) for kind, slug in terms if kind != "topic")
    return Tagged(title, text, topics, others, frozenset(refused or ()), is_partial)


def chosen(connection: Connection) -> Iterator[Tagged]:
    """The desk's own submissions for which an editor took or refused a theme, but for those in the mirror.

    Of one that is not decided on, only what was taken and refused says something.
    """
    taken, refused = _by_submission(connection, tag), _by_submission(connection, refusal)
    row = submission.c
    told = union(select(tag.c.submission), select(refusal.c.submission)).subquery()
    mirrored = select(mirror_study.c.study).where(~mirror_study.c.withdrawn)
    query = select(row.id, row.title, row.number, row.status).where(
        row.present, row.id.in_(select(told)), row.study.not_in(mirrored)
    )
    for submission_id, title, number, status in connection.execute(query.order_by(row.number)).all():
        answers = connection.exec_driver_sql("SELECT answers FROM words WHERE rowid = ?", (number,)).scalar()
        text = str(answers or "")[:LEARNED_FROM]
        own = taken.get(submission_id, set[Key]()), refused.get(submission_id, set[Key]())
        yield _tagged(title, text, *own, is_partial=status not in DECIDED)


def _by_submission(connection: Connection, table: Any) -> dict[str, set[Key]]:
    found: dict[str, set[Key]] = {}
    for owner, kind, slug in connection.execute(select(table.c.submission, table.c.kind, table.c.slug)):
        found.setdefault(owner, set()).add((kind, slug))
    return found


def refused(connection: Connection, submission_id: str) -> tuple[Term, ...]:
    """The themes that were refused for a submission."""
    row = refusal.c
    query = select(row.kind, row.slug, row.label).where(row.submission == submission_id).order_by(row.key)
    return tuple(Term(kind, slug, label) for kind, slug, label in connection.execute(query))


# What was learned


def edition(connection: Connection) -> str:
    """What changes whenever something was learned; "" before the first time."""
    return _value(connection, "edition")


def source(connection: Connection) -> str:
    """What was learned from, as `mark` tells it."""
    return _value(connection, "from")


def learned(connection: Connection) -> Mapping[str, Any] | None:
    """What was learned, as it was kept; None before the first time."""
    found = _value(connection, "learned")
    return json.loads(found) if found else None


def keep(connection: Connection, told: Mapping[str, Any], studies: int, came_from: str) -> None:
    """Keeps what was learned from so many studies in the place of what was learned before."""
    values = {
        "learned": json.dumps(told, ensure_ascii=False, separators=(",", ":")),
        "edition": token_hex(8),
        "studies": str(studies),
        "from": came_from,
    }
    connection.execute(delete(lesson))
    connection.execute(insert(lesson), [{"key": key, "value": value} for key, value in values.items()])


def _value(connection: Connection, key: str) -> str:
    return connection.scalar(select(lesson.c.value).where(lesson.c.key == key)) or ""


def mark(connection: Connection) -> str:
    """What is other whenever the mirror, a tag or a refusal is, near enough: whether there is something to learn."""
    counted = " || ' ' || ".join(
        f"(SELECT count(*) || '/' || coalesce(max(rowid), 0) FROM {table})" for table in ("tag", "refusal")
    )
    query = f"SELECT coalesce((SELECT value FROM mirror_state WHERE key = 'edition'), '') || ' ' || {counted}"
    return connection.exec_driver_sql(query).scalar_one()
