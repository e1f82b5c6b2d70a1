"""The terms that can be met on this desk: those of the vocabulary and those proposed, with how they are used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Literal

from workbench.desk.themes.usage import Figures, ThemeUse, figures
from workbench.submission import Term, TermKind

if TYPE_CHECKING:
    from workbench.desk.desk import Desk
    from workbench.publication import Publication, Study
    from workbench.store.vocabulary import Proposed
    from workbench.themes import Theme, Vocabulary

Status = Literal["active", "pending", "retired", "merged", "split", "unlisted"]
"""Whether a term is offered: `pending` until an administrator has decided on it, `retired` not any more (its studies
keep it), `merged` and `split` gone to its successors, `unlisted` brought by a study and taken in by nobody."""


@dataclass(frozen=True, slots=True)
class TermRow:
    """One term with what is known of it, and how it is used.

    `parent` and `successors` are slugs of the same kind, `aliases` other names that it has or had, `cues` the words
    that suggest it. `published` counts the studies that readers see under it, `on_desk` the submissions on this desk
    that are neither published nor done with; `last_used` is the day the latest of those studies was published.
    `depth` says how far below the top of the tree it stands, where it was asked for as one.
    """

    kind: TermKind
    slug: str
    label: str
    parent: str | None = None
    scope_note: str = ""
    aliases: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    status: Status = "active"
    successors: tuple[str, ...] = ()
    narrow: bool = False
    published: int = 0
    on_desk: int = 0
    last_used: date | None = None
    page_title: str = ""
    introduction: str = ""
    order: int = 0
    opens: date | None = None
    closes: date | None = None
    depth: int = 0

    @property
    def term(self) -> Term:
        """The term as a tag."""
        return Term(self.kind, self.slug, self.label)

    @property
    def is_offered(self) -> bool:
        """Whether studies may be given it."""
        return self.status in ("active", "pending")


def terms(desk: Desk, kind: TermKind | None = None) -> tuple[TermRow, ...]:
    """Every term, those no longer offered and those still pending too, in the order of the vocabulary."""
    known = (*desk.vocabulary.themes, *pending(desk).values())
    return tuple(_rows(desk, (theme for theme in known if kind in (None, theme.kind))))


def tree(desk: Desk, kind: TermKind) -> tuple[TermRow, ...]:
    """The terms of a kind that are offered, each below its parent, in the order of the vocabulary."""
    offered = {row.slug: row for row in terms(desk, kind) if row.is_offered}
    below: dict[str | None, list[TermRow]] = {}
    for row in offered.values():
        below.setdefault(row.parent if row.parent in offered else None, []).append(row)
    return tuple(_branch(below, None, 0))


def _branch(below: Mapping[str | None, list[TermRow]], parent: str | None, depth: int) -> Iterator[TermRow]:
    for row in below.get(parent, ()):
        yield replace(row, depth=depth)
        yield from _branch(below, row.slug, depth + 1)


def offered(desk: Desk) -> Vocabulary:
    """The vocabulary with the terms that are still pending."""
    from workbench.themes import Vocabulary

    known = desk.vocabulary
    waiting = tuple(pending(desk).values())
    return Vocabulary((*known.themes, *waiting)) if waiting else known


def pending(desk: Desk) -> Mapping[tuple[str, str], Theme]:
    """The terms that were proposed and that nobody has decided on, by kind and slug; not those known already."""
    known = desk.vocabulary.by_term
    waiting = {one.theme.key: one.theme for one in proposed(desk) if one.is_open}
    return {key: theme for key, theme in waiting.items() if key not in known}


def published(desk: Desk, terms: Iterable[Term]) -> tuple[Term, ...]:
    """These terms as readers meet them today; without those that were proposed and not taken into the vocabulary."""
    waiting = _unmet(desk)
    return desk.vocabulary.followed(term for term in terms if (term.kind, term.slug) not in waiting)


def left_out(desk: Desk, terms: Iterable[Term]) -> tuple[Term, ...]:
    """Those of these terms that readers do not meet: proposed, and not taken into the vocabulary."""
    waiting = _unmet(desk)
    return tuple(term for term in terms if (term.kind, term.slug) in waiting)


def _unmet(desk: Desk) -> AbstractSet[tuple[str, str]]:
    return {one.theme.key for one in proposed(desk)} - desk.vocabulary.by_term.keys()


def today(desk: Desk, publication: Publication) -> Publication:
    """A publication under the terms that its own are today, so that two can be compared."""
    return replace(publication, terms=desk.vocabulary.followed(publication.terms))


def filed(desk: Desk, live: Study) -> Publication:
    """What is published of a study, under the terms that it is filed under today."""
    return today(desk, replace(live.publication, terms=live.terms))


def proposed(desk: Desk) -> tuple[Proposed, ...]:
    """Every term that was proposed here, or elsewhere as last heard, the oldest first."""
    from workbench.store import vocabulary

    return desk.store.remembered("proposed terms", vocabulary.proposed)


def _rows(desk: Desk, themes: Iterable[Theme]) -> Iterator[TermRow]:
    waiting, counted = pending(desk), figures(desk)
    return (_row(theme, counted, pending=theme.key in waiting) for theme in themes)


def _row(theme: Theme, counted: Figures, *, pending: bool) -> TermRow:
    use = counted.get(theme.key, ThemeUse(theme.term))
    return TermRow(
        kind=theme.kind,
        slug=theme.slug,
        label=theme.label,
        parent=theme.parent,
        scope_note=theme.scope_note,
        aliases=tuple(alias.label for alias in theme.aliases),
        cues=(*theme.strong, *theme.cues),
        status="pending" if pending else theme.status,
        successors=theme.successors,
        narrow=theme.narrow,
        published=use.published,
        on_desk=use.on_desk,
        last_used=use.last_used,
        page_title=theme.page_title,
        introduction=theme.introduction,
        order=theme.order,
        opens=theme.opens,
        closes=theme.closes,
    )
