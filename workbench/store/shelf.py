"""What studies are counted by, held in memory: for each value of each facet the studies that have it, as one number.

Bit n of such a number is set where the study with the mirror's number n has the value. To count is then to put two
numbers together and count the bits that are left, which for 100,000 studies takes some microseconds a value; to count
the rows of an index takes a hundred times as long.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, select

from workbench import councils
from workbench.search import FACETS, CatalogueQuery, Facet
from workbench.store.tables import mirror_facet, mirror_state, mirror_study

Bits = int
"""A set of studies."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """All studies of the mirror, by what they are counted by; `edition` is that of the mirror it was read from."""

    edition: str
    size: int
    everything: Bits
    visible: Bits
    newest: tuple[int, ...]
    moments: tuple[str, ...]
    """When each of `newest` was published."""
    values: Mapping[str, Mapping[str, tuple[str, Bits]]]
    """For each facet its values, each with its label and its studies."""

    def bits(self, numbers: Iterable[int]) -> Bits:
        """These studies as a set."""
        digits = bytearray(b"0") * self.size
        for number in numbers:
            digits[~number] = 49
        return int(digits, 2)

    def within(self, query: CatalogueQuery) -> Bits:
        """The studies published in the query's days, withdrawn ones only where it asks for them."""
        known = self.everything if query.withdrawn else self.visible
        if not (query.published_from or query.published_to):
            return known
        return known & self.bits(self._published(query))

    def _published(self, query: CatalogueQuery) -> Iterable[int]:
        first = query.published_from.isoformat() if query.published_from else ""
        last = f"{query.published_to.isoformat()}~" if query.published_to else "~"
        upwards = self.moments[::-1]
        newest = len(self.newest)
        return self.newest[newest - bisect_left(upwards, last) : newest - bisect_left(upwards, first)]

    def having(self, facet: str, values: Iterable[str]) -> Bits:
        """The studies that have any of these values."""
        known, found = self.values.get(facet, {}), 0
        for value in values:
            found |= known[value][1] if value in known else 0
        return found

    def counted(self, facet: str, among: Bits) -> Iterator[Facet]:
        """Every value of the facet that any of these studies has."""
        for value, (label, having) in self.values.get(facet, {}).items():
            if count := (having & among).bit_count():
                yield Facet(facet, value, label, count)


def shelf(connection: Connection) -> Shelf:
    """What the mirror's studies are counted by, read anew once the mirror has changed."""
    edition = connection.scalar(select(mirror_state.c.value).where(mirror_state.c.key == "edition")) or ""
    known: Shelf | None = connection.info.get("shelf")
    if known is None or known.edition != edition:
        known = connection.info["shelf"] = _read(connection, edition)
    return known


def _read(connection: Connection, edition: str) -> Shelf:
    columns = mirror_study.c
    ordered = select(columns.number, columns.published_at, columns.withdrawn)
    rows = connection.execute(ordered.order_by(columns.published_at.desc(), columns.number.desc())).all()
    size = max((row.number for row in rows), default=0) + 1
    empty = Shelf(edition, size, 0, 0, (), (), {})
    return replace(
        empty,
        everything=empty.bits(row.number for row in rows),
        visible=empty.bits(row.number for row in rows if not row.withdrawn),
        newest=tuple(row.number for row in rows),
        moments=tuple(row.published_at for row in rows),
        values={facet: dict(_values(connection, empty, facet)) for facet in FACETS},
    )


def _values(connection: Connection, empty: Shelf, facet: str) -> Iterator[tuple[str, tuple[str, Bits]]]:
    raw: Any = connection.connection.dbapi_connection
    table = mirror_facet.name
    rows = raw.execute(f"SELECT value, label, number FROM {table} WHERE facet = ? ORDER BY value", (facet,))
    called: Mapping[str, str] = _council_types() if facet == "council_type" else {}
    for value, group in groupby(rows, lambda row: row[0]):
        having = list(group)
        label: str = max(row[1] for row in having) or called.get(value) or str(value)
        yield value, (label, empty.bits(row[2] for row in having))


def _council_types() -> Mapping[str, str]:
    """What each type of council is called."""
    return {council.type: council.type_name for council in councils.register().by_gss.values()}
