"""The controlled vocabularies, read from `resources/themes/*.toml`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, cast

import resources
from workbench.submission import TERM_KINDS, Term, TermKind

FILES = ("topics", "support_types", "collections", "programmes")


@dataclass(frozen=True, slots=True)
class Theme:
    """A term with what is known of it.

    `strong` cues say the term almost alone, `cues` suggest it, `weak` ones only support others; a cue that ends
    in a star is a stem. A `narrow` term is one whose parent is usually given instead: it is ranked, and not
    offered unasked. `page_title` and `order` are a collection's own.
    """

    kind: TermKind
    slug: str
    label: str
    parent: str | None = None
    scope_note: str = ""
    aliases: tuple[str, ...] = ()
    strong: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    narrow: bool = False
    page_title: str = ""
    order: int = 0

    @property
    def term(self) -> Term:
        """The theme as a tag."""
        return Term(self.kind, self.slug, self.label)


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """All themes, in the order of their files."""

    themes: tuple[Theme, ...]

    @cached_property
    def by_kind(self) -> Mapping[TermKind, tuple[Theme, ...]]:
        """The themes of each kind."""
        return {kind: tuple(theme for theme in self.themes if theme.kind == kind) for kind in TERM_KINDS}

    @cached_property
    def by_term(self) -> Mapping[tuple[str, str], Theme]:
        """The themes by kind and slug."""
        return {(theme.kind, theme.slug): theme for theme in self.themes}

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """Every theme as a tag."""
        return tuple(theme.term for theme in self.themes)


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary that travels with the program; read once in a process."""
    return Vocabulary(
        tuple(theme for name in FILES for theme in _themes(resources.toml("themes", f"{name}.toml")))
    )


def _themes(data: Mapping[str, Any]) -> Iterable[Theme]:
    kind = cast("TermKind", data["kind"])
    for entry in data["terms"]:
        yield Theme(kind=kind, **{name: _value(value) for name, value in entry.items()})


def _value(value: Any) -> Any:
    return tuple(cast("list[str]", value)) if isinstance(value, list) else value
