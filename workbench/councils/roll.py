"""The councils there are and were, and every way to write their names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from workbench.councils import naming

MatchKind = Literal["register", "other", "unknown"]
"""A council of the register, a body of another sort (fire authority, parish, partnership), or neither."""


@dataclass(frozen=True, slots=True)
class Council:
    """An authority of the register. `gss` is None for a few abolished ones; dates are ISO or "" if unknown.

    `county` and `combined_authority` are register codes of the authorities above it, `replaced_by` those of
    its successors.
    """

    code: str
    gss: str | None
    name: str
    short_name: str
    type: str
    type_name: str
    nation: str
    region: str
    county: str
    combined_authority: str
    current: bool
    start: str
    end: str
    replaced_by: tuple[str, ...]
    aliases: tuple[str, ...]
    former_gss: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """The place alone, such as Leeds."""
        return " ".join(self.short_name.split()).removesuffix(" Council")


@dataclass(frozen=True, slots=True)
class CouncilMatch:
    """A council that a text names. `score`, 0 to 1: 0.8 or more is a promise, several close ones are a question.

    `name` is the council's own name, or what was written where it is none of the register. `because` begins
    with the words that led to it; `span` counts characters of the text.
    """

    council: Council | None
    name: str
    score: float
    because: tuple[str, ...]
    span: tuple[int, int]
    kind: MatchKind = "register"


@dataclass(frozen=True)
class Names:
    """Every way to write a council: tuples of folded words to codes of the register."""

    whole: Mapping[tuple[str, ...], tuple[str, ...]]
    places: Mapping[tuple[str, ...], tuple[str, ...]]
    sizes: Mapping[str, tuple[int, ...]]
    """Lengths to try, longest first, by the first word."""
    initials: Mapping[str, tuple[str, ...]]
    shortened: Mapping[str, tuple[str, ...]]
    """Today's councils by the first letters of their names: KCC."""

    @cached_property
    def written(self) -> Mapping[str, tuple[str, ...]]:
        """The places as they are written, in folded words."""
        return {" ".join(words): codes for words, codes in self.places.items()}


@dataclass(frozen=True, eq=False)
class Roll:
    """All councils by code, and what is known of their names."""

    councils: Mapping[str, Council]
    known: Mapping[str, Any]

    @cached_property
    def by_gss(self) -> Mapping[str, Council]:
        """Councils by GSS code, former codes included."""
        former = {gss: council for council in self.councils.values() for gss in council.former_gss}
        return former | {council.gss: council for council in self.councils.values() if council.gss}

    @cached_property
    def names(self) -> Names:
        """The index of names."""
        return _names(self.councils, self.known)

    @cached_property
    def cities(self) -> frozenset[str]:
        """Codes of the councils that may call themselves a city."""
        written = (c.code for c in self.councils.values() if "city" in " ".join((c.name, *c.aliases)).lower())
        return frozenset(written) | frozenset(self.known["cities"]["codes"])

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of the councils' names in lower case."""
        names = (name for one in self.councils.values() for name in (one.name, one.short_name))
        return frozenset(word for name in names for word in re.findall(r"[^\W\d_]+", name.lower()))

    def successors(self, council: Council) -> tuple[Council, ...]:
        """The councils that followed an abolished one, today's only; empty for a current one."""
        found: list[Council] = []
        for code in council.replaced_by:
            follower = self.councils[code]
            found.extend([follower] if follower.current else self.successors(follower))
        return tuple(dict.fromkeys(found))


def fits(roll: Roll, council: Council, said: frozenset[str]) -> bool:
    """Whether a council may be called so: a county is no city, a borough no county."""
    kinds = said & naming.KINDS
    if "london" in said:
        return council.type == "london-borough"
    if "royal" in said:
        return council.name.startswith("Royal")
    if kinds & {"combined", "mayoral"}:
        return council.type == "combined-authority"
    if "county" in kinds and "borough" not in kinds:
        return council.type in {"county", "unitary-wales"} or "County" in council.name
    if "city" in kinds and not kinds & {"borough", "district"}:
        return council.code in roll.cities
    if kinds & {"borough", "district", "metropolitan"}:
        return council.type not in {"county", "combined-authority"}
    if "council" in said:
        return council.type != "combined-authority"
    return True


def namesakes(roll: Roll, councils: Sequence[Council], said: frozenset[str]) -> Iterator[Council]:
    """Councils of the same stem that the designators would fit: Worcester for "Worcestershire City"."""
    for council in councils:
        stem = council.place.lower().removesuffix("shire")
        for place in ((stem,), (stem + "shire",)):
            for code in roll.names.places.get(place, ()):
                other = roll.councils[code]
                if other is not council and other.current and fits(roll, other, said):
                    yield other


def _names(councils: Mapping[str, Council], known: Mapping[str, Any]) -> Names:
    whole: dict[tuple[str, ...], dict[str, None]] = {}
    places: dict[tuple[str, ...], dict[str, None]] = {}
    for council in sorted(councils.values(), key=lambda one: not one.current):
        for name in (council.name, council.short_name, *council.aliases):
            _add(whole, places, name, council.code)
    for name, code in known["names"].items():
        _add(whole, places, name, code)
    for name, codes in known["several"].items():
        places[naming.folded(name)] = dict.fromkeys(codes)
    sizes: dict[str, set[int]] = {}
    for parts in (*whole, *places):
        sizes.setdefault(parts[0], set()).add(len(parts))
    return Names(
        {parts: tuple(codes) for parts, codes in whole.items()},
        {parts: tuple(codes) for parts, codes in places.items()},
        {first: tuple(sorted(lengths, reverse=True)) for first, lengths in sizes.items()},
        {initials: tuple(codes) for initials, codes in known["initials"].items()},
        _shortened(councils.values()),
    )


def _shortened(councils: Iterable[Council]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for council in councils:
        letters = "".join(word[0] for word in re.findall(r"[^\W\d_]+", council.name) if word[0].isupper())
        if council.current and len(letters) > 2:
            found.setdefault(letters, []).append(council.code)
    return {letters: tuple(codes) for letters, codes in found.items()}


def _add(
    whole: dict[tuple[str, ...], dict[str, None]],
    places: dict[tuple[str, ...], dict[str, None]],
    name: str,
    code: str,
) -> None:
    parts = naming.folded(name)
    place = naming.core(parts)
    if place != parts:
        whole.setdefault(parts, {})[code] = None
    if place not in _NO_PLACES:
        for written in _with_short_compass(place):
            places.setdefault(written, {})[code] = None


_NO_PLACES = frozenset({("london",), ("city",), ("county",), ("borough",), ("district",)})
"""What is left of names such as "City of London", and names nothing."""

_COMPASS: dict[tuple[str, ...], tuple[tuple[str, ...], ...]] = {
    ("north", "east"): (("ne",), ("n", "e")),
    ("north", "west"): (("nw",), ("n", "w")),
    ("south", "east"): (("se",), ("s", "e")),
    ("south", "west"): (("sw",), ("s", "w")),
    ("north",): (("n",), ("nth",)),
    ("south",): (("s",), ("sth",)),
    ("east",): (("e",),),
    ("west",): (("w",),),
}


def _with_short_compass(place: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The place, and how it is written where North East Lincolnshire is NE Lincolnshire."""
    yield place
    for size in (2, 1):
        if len(place) > size and place[:size] in _COMPASS:
            for short in _COMPASS[place[:size]]:
                yield (*short, *place[size:])
            return
