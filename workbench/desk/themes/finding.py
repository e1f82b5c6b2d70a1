"""Finding a term of the vocabulary by what is typed: its name, another name it has, a word that suggests it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from workbench import fuzzy
from workbench.desk.themes import glossary
from workbench.desk.themes.glossary import TermRow
from workbench.search import fold
from workbench.submission import TERM_KINDS, TermKind

if TYPE_CHECKING:
    from workbench.desk.desk import Desk

NAME, ALIAS, CUE = 1.0, 0.85, 0.7
"""How much a fit counts by what fitted."""

IN_PLURAL, BEGINS, WITHIN = 0.97, 0.95, 0.85
"""How well a word fits that was typed in its plural, that begins so, of which a later word does."""

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
    """The terms of a vocabulary, ready to be looked for with each key; accents and case count for nothing."""

    rows: tuple[TermRow, ...] = ()

    @cached_property
    def by_key(self) -> Mapping[tuple[str, str], TermRow]:
        """By kind and slug."""
        return {(row.kind, row.slug): row for row in self.rows}

    @cached_property
    def _names(self) -> Mapping[tuple[str, str], Names]:
        """What each term that is offered is found by."""
        return {(row.kind, row.slug): Names.of(row) for row in self.rows if row.is_offered}

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
        wanted = " ".join(fold(typed).split())
        if not wanted:
            return tuple(self.tree())
        fits = [(*names.best(wanted), key) for key, names in self._names.items()]
        found = sorted((fit for fit in fits if fit[0] > 0), key=lambda fit: -fit[0])
        return [Match(self.by_key[key], by) for _, by, key in found]

    def named(self, label: str) -> TermRow | None:
        """The term that is called so, or was."""
        wanted = " ".join(fold(label).split())
        for row in self.rows:
            if wanted in (fold(name) for name in (row.label, *row.aliases)):
                return row
        return None


def matching(desk: Desk, typed: str, kind: TermKind | None = None) -> tuple[TermRow, ...]:
    """The terms offered that fit what was typed, those still pending too, the likeliest first; all for nothing."""
    return tuple(match.row for match in Terms(glossary.terms(desk, kind)).find(typed))


@dataclass(frozen=True, slots=True)
class Names:
    """What one term is found by: its name, its other names as written by these, its cues; all folded.

    The cues stand below each other in one text, which is looked through at once.
    """

    label: str
    aliases: Mapping[str, str]
    cues: Mapping[str, str]
    text: str

    @staticmethod
    def of(row: TermRow) -> Names:
        """Those of a term."""
        cues = {fold(cue).rstrip("*"): cue.rstrip("*") for cue in row.cues}
        aliases = {fold(alias): alias for alias in row.aliases}
        return Names(fold(row.label), aliases, cues, "\n".join(("", *cues, "")))

    def best(self, wanted: str) -> tuple[float, str]:
        """How well the best of them fits what was typed, and which it is, "" for the name; 0 where none does."""
        found = [(NAME * max(_fit(wanted, self.label), SCATTERED * _scattered(wanted, self.label)), "")]
        found += [(ALIAS * _fit(wanted, name), shown) for name, shown in self.aliases.items()]
        found.append(self._cue(wanted))
        return max(found, key=lambda each: each[0])

    def _cue(self, wanted: str) -> tuple[float, str]:
        """The cue that fits best. One may be typed in its plural."""
        if wanted in self.cues:
            return CUE, self.cues[wanted]
        for shorter in (wanted[:-cut] for cut in range(1, PLURAL + 1)):
            if len(shorter) > 2 and shorter in self.cues:
                return CUE * IN_PLURAL, self.cues[shorter]
        for before, worth in (("\n", BEGINS), (" ", WITHIN)):
            at = self.text.find(f"{before}{wanted}")
            if at >= 0:
                begin, end = self.text.rfind("\n", 0, at + 1), self.text.find("\n", at + 1)
                return CUE * worth, self.cues[self.text[begin + 1 : end]]
        return 0.0, ""


def _fit(wanted: str, name: str) -> float:
    """How well a name fits by how it begins, or one of its words."""
    if name.startswith(wanted):
        return 1.0 if name == wanted else BEGINS
    if len(name) > 2 and wanted.startswith(name) and len(wanted) <= len(name) + PLURAL:
        return IN_PLURAL
    return WITHIN if f" {wanted}" in name else 0.0


def _scattered(wanted: str, name: str) -> float:
    """How well the letters fit where they stand in the name in their order, but not side by side."""
    found = fuzzy.fit(wanted, name)
    return found if found >= LEAST else 0.0


def _branch(below: Mapping[str, list[TermRow]], parent: str, level: int) -> Iterator[Match]:
    for row in below.get(parent, ()):
        yield Match(row, level=level)
        yield from _branch(below, row.slug, level + 1)
