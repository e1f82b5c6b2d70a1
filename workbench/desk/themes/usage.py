"""How the terms of the vocabulary are used: in the catalogue as last pulled, and on this desk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from workbench.submission import Term, TermKind

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from workbench.desk.desk import Desk


@dataclass(frozen=True, slots=True)
class ThemeUse:
    """One term in use: the studies that readers see under it, in all and by the year they were published in, and the
    submissions on this desk that are neither published nor done with.

    `last_used` is the day the latest of those studies was published, None where there is none.
    """

    term: Term
    published: int = 0
    on_desk: int = 0
    years: Mapping[int, int] = field(default_factory=dict[int, int])
    last_used: date | None = None


@dataclass(frozen=True, slots=True)
class Together:
    """Two terms, and how many studies that readers see have both."""

    one: Term
    other: Term
    studies: int


@dataclass(frozen=True, slots=True)
class Usage:
    """Every term that is offered or in use, in the order of the vocabulary.

    `unused` are those offered that no study and no submission has, `together` those that meet, the most frequent
    pair first, and `years` all years in which something was published under a term, the first one first.
    """

    themes: tuple[ThemeUse, ...]
    unused: tuple[Term, ...]
    together: tuple[Together, ...]
    years: tuple[int, ...]

    def of(self, kind: str, slug: str) -> ThemeUse | None:
        """How one term is used; None for a term that is neither offered nor in use."""
        return next((one for one in self.themes if (one.term.kind, one.term.slug) == (kind, slug)), None)


Figures = Mapping[tuple[str, str], ThemeUse]


def usage(desk: Desk) -> Usage:
    """How every term is used. Needs no network; as long as nothing changes it is worked out once."""
    from workbench.store import usage

    counted = figures(desk)
    offered = {theme.key for theme in desk.vocabulary.themes if theme.is_offered}
    known: Mapping[tuple[str, str], Term] = {theme.key: theme.term for theme in desk.vocabulary.themes}
    named = {key: known.get(key, use.term) for key, use in counted.items()}
    met = desk.store.remembered("themes together", usage.together)
    return Usage(
        tuple(counted.get(key, ThemeUse(term)) for key, term in known.items() if key in offered | {*counted})
        + tuple(use for key, use in counted.items() if key not in known),
        tuple(term for key, term in known.items() if key in offered and key not in counted),
        tuple(Together(named[one], named[other], n) for (one, other), n in met.most_common()),
        tuple(sorted({year for use in counted.values() for year in use.years})),
    )


def figures(desk: Desk) -> Figures:
    """How each term in use is used, by its kind and slug."""
    labels: Mapping[tuple[str, str], Term] = {theme.key: theme.term for theme in desk.vocabulary.themes}
    counted = desk.store.remembered("themes in use", _counted)
    return {
        key: ThemeUse(labels.get(key, use.term), use.published, use.on_desk, use.years, use.last_used)
        for key, use in counted.items()
    }


def _counted(connection: Connection) -> Figures:
    from workbench.store import usage

    found = {
        (kind, slug): ThemeUse(Term(_kind(kind), slug, label), 0, n)
        for (kind, slug, label), n in usage.on_desk(connection).items()
    }
    for row in usage.published(connection):
        key = (row.kind, row.slug)
        known = found.get(key, ThemeUse(Term(_kind(row.kind), row.slug, row.label)))
        last = date.fromisoformat(row.last)
        found[key] = replace(
            known,
            published=known.published + row.n,
            years={**known.years, row.year: row.n},
            last_used=max(last, known.last_used or last),
        )
    return found


def _kind(kind: str) -> TermKind:
    return kind  # pyright: ignore[reportReturnType]
