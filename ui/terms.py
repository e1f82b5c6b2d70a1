"""Finding a term of the vocabulary by what is typed: its name, another name it has, a word that suggests it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ui import fuzzy
from ui.phrases import say
from workbench.desk.glossary import TermRow
from workbench.submission import TERM_KINDS

NAME, ALIAS, CUE = 1.0, 0.85, 0.7
"""How much a fit counts by what fitted."""

SCATTERED = 0.6
"""How much a name counts that has the letters typed in order, but not side by side."""

LEAST = 0.45
"""How well a name must fit at least so to be shown."""

PLURAL = 2
"""How many letters more than a name may be typed, as for several of it."""


@dataclass(frozen=True, slots=True)
class Match:
    """A term that was found, the words it was found by where that is not its name, how far in a tree it stands."""

    row: TermRow
    by: str = ""
    level: int = 0


@dataclass(frozen=True)
class Terms:
    """The terms of a vocabulary, ready to be looked for with each key; made beside the window."""

    rows: tuple[TermRow, ...] = ()

    @cached_property
    def by_key(self) -> Mapping[tuple[str, str], TermRow]:
        """By kind and slug."""
        return {(row.kind, row.slug): row for row in self.rows}

    @cached_property
    def _names(self) -> Mapping[tuple[str, str], tuple[tuple[str, str, float], ...]]:
        """What each term that is offered is found by: the words, in small letters, and how much they count."""
        return {(row.kind, row.slug): tuple(_found_by(row)) for row in self.rows if row.is_offered}

    def ready(self) -> Terms:
        """Itself, with everything worked out that looking needs."""
        assert self._names is not None
        return self

    def tree(self, *, offered: bool = True) -> Iterator[Match]:
        """Kind after kind, each term below its parent, in the order of the vocabulary."""
        shown = [row for row in self.rows if row.is_offered or not offered]
        for kind in TERM_KINDS:
            own = {row.slug: row for row in shown if row.kind == kind}
            below: dict[str, list[TermRow]] = {}
            for row in own.values():
                below.setdefault(row.parent if row.parent in own else "", []).append(row)
            yield from _branch(below, "", 0)

    def find(self, typed: str) -> Sequence[Match]:
        """The terms that fit what was typed, the best first; the tree where nothing was."""
        wanted = " ".join(typed.casefold().split())
        if not wanted:
            return tuple(self.tree())
        fits = [(*_best(wanted, names), key) for key, names in self._names.items()]
        found = sorted((fit for fit in fits if fit[0] > 0), key=lambda fit: -fit[0])
        return [Match(self.by_key[key], by) for _, by, key in found]

    def named(self, label: str) -> TermRow | None:
        """The term that is called so, or was."""
        wanted = " ".join(label.casefold().split())
        for row in self.rows:
            if wanted in (name.casefold() for name in (row.label, *row.aliases)):
                return row
        return None


def _found_by(row: TermRow) -> Iterator[tuple[str, str, float]]:
    yield "", row.label.casefold(), NAME
    for alias in row.aliases:
        yield alias, alias.casefold(), ALIAS
    for cue in row.cues:
        yield cue.rstrip("*"), cue.casefold().rstrip("*"), CUE


def _best(wanted: str, names: Iterable[tuple[str, str, float]]) -> tuple[float, str]:
    """How well the best of these names fits, and which it is; 0 where none does."""
    best, by = 0.0, ""
    for shown, name, weight in names:
        fit = weight * _fit(wanted, name, loose=not shown)
        if fit > best:
            best, by = fit, shown
    return best, by


def _fit(wanted: str, name: str, *, loose: bool) -> float:
    """A name may be found by letters scattered over it, any other word by how a word of it begins."""
    if name.startswith(wanted):
        return 1.0 if name == wanted else 0.95
    if len(name) > 2 and wanted.startswith(name) and len(wanted) <= len(name) + PLURAL:
        return 0.97
    if f" {wanted}" in name:
        return 0.85
    found = fuzzy.fit(wanted, name) if loose else 0.0
    return SCATTERED * found if found >= LEAST else 0.0


def _branch(below: Mapping[str, list[TermRow]], parent: str, level: int) -> Iterator[Match]:
    for row in below.get(parent, ()):
        yield Match(row, level=level)
        yield from _branch(below, row.slug, level + 1)


def kind_word(kind: str) -> str:
    """How the window calls one term of a kind."""
    return say(f"one-{kind.replace('_', '-')}")


def kind_words(kind: str) -> str:
    """How the window calls the terms of a kind."""
    return say(f"kind-{kind.replace('_', '-')}")
