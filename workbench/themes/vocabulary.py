"""The controlled vocabularies: terms of four kinds, what is known of each, and how they are looked up.

The shared database holds the truth; what travels with the program (`resources/themes/*.toml`) is what a new
catalogue starts with, and what a desk works with before its first pull.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import cache, cached_property, lru_cache
from typing import Any, Literal, cast

import resources
from workbench.submission import TERM_KINDS, Term, TermKind

FILES = ("topics", "support_types", "collections", "programmes")

Status = Literal["active", "retired", "merged", "split", "unlisted"]
"""Whether a term is offered. `retired`: no longer, its studies keep it. `merged`, `split`: its studies went to its
successors. `unlisted`: it came with a study, and no administrator has taken it in."""

STATUSES: tuple[Status, ...] = ("active", "retired", "merged", "split", "unlisted")
GONE = ("merged", "split")
"""The statuses of terms that no study is filed under any more."""


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name for a term: one it had, from a day until a day, or one that people also use (no days)."""

    label: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Theme:
    """A term with what is known of it. `kind` and `slug` are for ever; the label may change.

    `strong` cues say the term almost alone, `cues` suggest it, `weak` ones only support others; a cue that ends
    in a star is a stem. A `narrow` term is one whose parent is usually given instead: it is ranked, and not
    offered unasked. `successors` are the slugs to which its studies went. `page_title`, `introduction`, `order` and
    the days from and until which it is open are those of a collection's own page.
    """

    kind: TermKind
    slug: str
    label: str
    parent: str | None = None
    scope_note: str = ""
    aliases: tuple[Alias, ...] = ()
    strong: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    narrow: bool = False
    page_title: str = ""
    order: int = 0
    status: Status = "active"
    successors: tuple[str, ...] = ()
    introduction: str = ""
    opens: date | None = None
    closes: date | None = None

    @property
    def term(self) -> Term:
        """The theme as a tag."""
        return Term(self.kind, self.slug, self.label)

    @property
    def key(self) -> tuple[TermKind, str]:
        """Kind and slug, by which the theme is known for ever."""
        return self.kind, self.slug

    @property
    def is_offered(self) -> bool:
        """Whether studies may be given it."""
        return self.status == "active"


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """All themes, in their order; those no longer offered too."""

    themes: tuple[Theme, ...]

    @cached_property
    def by_kind(self) -> Mapping[TermKind, tuple[Theme, ...]]:
        """The themes of each kind that are offered."""
        return {
            kind: tuple(theme for theme in self.themes if theme.kind == kind and theme.is_offered)
            for kind in TERM_KINDS
        }

    @cached_property
    def by_term(self) -> Mapping[tuple[str, str], Theme]:
        """All themes by kind and slug."""
        return {theme.key: theme for theme in self.themes}

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """Every theme that is offered, as a tag."""
        return tuple(theme.term for theme in self.themes if theme.is_offered)

    def resolve(self, kind: str, slug: str) -> tuple[Theme, ...]:
        """Where the studies of a term are now: itself, or what its successors came to; nothing of an unknown one."""
        return tuple(dict.fromkeys(self._heirs(kind, slug, frozenset())))

    def _heirs(self, kind: str, slug: str, seen: frozenset[str]) -> Iterator[Theme]:
        theme = self.by_term.get((kind, slug))
        if theme is None or slug in seen:
            return
        if theme.status not in GONE:
            yield theme
        else:
            for successor in theme.successors:
                yield from self._heirs(kind, successor, seen | {slug})

    def followed(self, terms: Iterable[Term], filed: Iterable[Term] = ()) -> tuple[Term, ...]:
        """These terms as studies are filed under today: merged ones at their successor, each with today's label.

        A split term goes to those of its successors the study is `filed` under already, else to the first of them. A
        term that the vocabulary does not know stays as it is.
        """
        had = {(term.kind, term.slug) for term in filed}
        return turned(terms, lambda term: self._today(term, had))

    def _today(self, term: Term, had: Container[tuple[str, str]]) -> Sequence[Term]:
        heirs = self.resolve(term.kind, term.slug)
        chosen = [theme for theme in heirs if theme.key in had] or heirs[:1]
        return [theme.term for theme in chosen] or [term]

    def children(self, kind: str, slug: str) -> tuple[Theme, ...]:
        """The themes right below a theme, whatever their status."""
        return tuple(theme for theme in self.themes if theme.kind == kind and theme.parent == slug)

    def above(self, kind: str, slug: str) -> tuple[str, ...]:
        """The slugs of a theme's parents, the nearest first."""
        found: list[str] = []
        theme = self.by_term.get((kind, slug))
        while theme and theme.parent and theme.parent not in found:
            found.append(theme.parent)
            theme = self.by_term.get((kind, theme.parent))
        return tuple(found)


@lru_cache(maxsize=20_000)
def folded(label: str) -> str:
    """A label as labels are compared: small letters without accents, one space between words."""
    parts = unicodedata.normalize("NFKD", label.casefold())
    bare = "".join(sign for sign in parts if not unicodedata.combining(sign))
    return " ".join("".join(sign if sign.isalnum() else " " for sign in bare).split())


def turned(terms: Iterable[Term], become: Callable[[Term], Iterable[Term]]) -> tuple[Term, ...]:
    """What terms become, none twice. One that stays as it is keeps its place before one that another turned into."""
    given = tuple(terms)
    pairs = [(term, tuple(become(term))) for term in given]
    stays = {_key(one) for term, ones in pairs for one in ones if _key(one) == _key(term)}
    found: dict[tuple[TermKind, str], Term] = {}
    for term, ones in pairs:
        for one in ones:
            if _key(one) == _key(term) or _key(one) not in stays:
                found.setdefault(_key(one), one)
    return tuple(found.values())


def _key(term: Term) -> tuple[TermKind, str]:
    return term.kind, term.slug


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary that travels with the program; read once in a process."""
    return Vocabulary(
        tuple(theme for name in FILES for theme in _themes(resources.toml("themes", f"{name}.toml")))
    )


def _themes(data: Mapping[str, Any]) -> Iterator[Theme]:
    for entry in data["terms"]:
        yield theme_of({"kind": data["kind"], **entry})


def theme_of(told: Mapping[str, Any]) -> Theme:
    """A theme from plain values, as TOML and JSON have them; what is not told stays as it usually is.

    Raises TypeError for a name that no theme has, and for a kind, slug or label that is no text.
    """
    theme = Theme(**{name: _value(name, value) for name, value in told.items()})
    if {type(text) for text in (*theme.key, theme.label)} != {str}:
        raise TypeError("a kind, slug or label that is no text")
    return theme


def _value(name: str, value: Any) -> Any:
    if name == "aliases":
        return tuple(_alias(each) for each in value)
    if name in ("opens", "closes"):
        return _day(value)
    return tuple(cast("list[str]", value)) if isinstance(value, list) else value


def _alias(told: str | Mapping[str, Any]) -> Alias:
    if isinstance(told, str):
        return Alias(told)
    return Alias(told["label"], _day(told.get("since")), _day(told.get("until")))


def _day(told: str | date | None) -> date | None:
    return date.fromisoformat(told) if isinstance(told, str) else told


def plain(theme: Theme) -> dict[str, Any]:
    """A theme as plain values for JSON, of which `theme_of` makes it again."""
    told = {field.name: getattr(theme, field.name) for field in fields(theme)}
    told["aliases"] = [
        {"label": one.label, "since": _iso(one.since), "until": _iso(one.until)} for one in theme.aliases
    ]
    told |= {"opens": _iso(theme.opens), "closes": _iso(theme.closes)}
    listed = ("strong", "cues", "weak", "successors")
    return told | {name: list(told[name]) for name in listed}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
