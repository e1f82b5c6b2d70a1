"""How the terms are used: by the studies that readers see, and by what lies on the desk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from sqlalchemy import Connection, func, select

from workbench.store.shelf import shelf
from workbench.store.tables import mirror_facet, mirror_study, submission, tag
from workbench.submission import TERM_KINDS, Status

Named = tuple[str, str]
"""A term by its kind and slug."""

OPEN = (
    Status.RECEIVED,
    Status.IN_REVIEW,
    Status.RETURNED,
    Status.APPROVED,
    Status.QUEUED,
    Status.PROPOSED,
)
"""Where a submission stands that is neither published nor done with."""


@dataclass(frozen=True, slots=True)
class Published:
    """How many studies readers see under a term that were published in one year, and the latest of those days."""

    kind: str
    slug: str
    label: str
    year: int
    n: int
    last: str


def published(connection: Connection) -> Iterator[Published]:
    """The studies that readers see, by term and year."""
    year = func.substr(mirror_study.c.published_at, 1, 4)
    told = (mirror_facet.c.facet, mirror_facet.c.value)
    counted = (func.count(), func.max(mirror_study.c.published_at), func.max(mirror_facet.c.label))
    query = (
        select(*told, year, *counted)
        .join(mirror_study, mirror_study.c.number == mirror_facet.c.number)
        .where(mirror_facet.c.facet.in_(TERM_KINDS), ~mirror_study.c.withdrawn)
        .group_by(*told, year)
    )
    for kind, slug, when, n, last, label in connection.execute(query):
        yield Published(kind, slug, label, int(when), n, last[:10])


def on_desk(connection: Connection) -> Counter[tuple[str, str, str]]:
    """How many submissions that are neither published nor done with carry each term, by kind, slug and label."""
    query = (
        select(tag.c.kind, tag.c.slug, func.max(tag.c.label), func.count())
        .join(submission, submission.c.id == tag.c.submission)
        .where(submission.c.present, submission.c.status.in_(OPEN))
        .group_by(tag.c.kind, tag.c.slug)
    )
    return Counter({(kind, slug, label): n for kind, slug, label, n in connection.execute(query)})


def together(connection: Connection) -> Counter[tuple[Named, Named]]:
    """For each two terms how many studies that readers see have both; none for those that never meet."""
    known = shelf(connection)
    having = {
        (kind, slug): bits & known.visible
        for kind in TERM_KINDS
        for slug, (_, bits) in known.values.get(kind, {}).items()
    }
    met = Counter({(a, b): (having[a] & having[b]).bit_count() for a, b in combinations(having, 2)})
    return +met
