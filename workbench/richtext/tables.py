"""Where the cells of a table stand, and adding and removing rows and columns without losing a word or a span."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from workbench.richtext.model import Block, Cell, RichText, Row, Table

WIDEST = 60
"""The columns that one cell may reach across when it is laid out."""


class Spanning(Protocol):
    """A cell of any kind of table."""

    @property
    def colspan(self) -> int: ...

    @property
    def rowspan(self) -> int: ...


C = TypeVar("C", bound=Spanning)


@dataclass(frozen=True, slots=True)
class Place:
    """A cell with the row and column of its upper left corner, and how far it reaches down and across."""

    row: int
    column: int
    cell: Cell
    down: int = 1
    across: int = 1


def places(rows: Sequence[Row]) -> Iterator[Place]:
    """Every cell where a browser would lay it out."""
    return (Place(*laid) for laid in laid_out(row.cells for row in rows))


def laid_out(rows: Iterable[Sequence[C]]) -> Iterator[tuple[int, int, C, int, int]]:
    """Each cell with its row, its column, and how far down and across it reaches, as a browser lays them out."""
    rows = tuple(rows)
    taken: set[tuple[int, int]] = set()
    for row, cells in enumerate(rows):
        at = 0
        for cell in cells:
            while (row, at) in taken:
                at += 1
            across = _free(taken, row, at, min(cell.colspan, WIDEST))
            down = min(cell.rowspan, len(rows) - row)
            taken.update((row + y, at + x) for y in range(down) for x in range(across))
            yield row, at, cell, down, across
            at += across


def _free(taken: set[tuple[int, int]], row: int, at: int, wanted: int) -> int:
    return next((x for x in range(1, wanted) if (row, at + x) in taken), wanted)


def new(rows: int, columns: int) -> Table:
    """An empty table whose first row names its columns."""
    head = Row((Cell(scope="col"),) * columns)
    return Table((Row((Cell(),) * columns),) * (rows - 1), (head,))


def insert_row(table: Table, at: int) -> Table:
    """`table` with an empty row before row `at`; cells that reach across that line grow."""
    held = _places(table)
    moved = [
        replace(p, row=p.row + 1) if p.row >= at else replace(p, down=p.down + (p.row + p.down > at))
        for p in held
    ]
    covered = {p.column + x for p in moved if p.row < at < p.row + p.down for x in range(p.across)}
    in_head = at < len(table.head)
    empty = Cell(scope="col" if in_head else None)
    moved += [Place(at, column, empty) for column in range(_width(held)) if column not in covered]
    return _table(table, moved, len(table.head) + in_head) or table


def insert_column(table: Table, at: int) -> Table:
    """`table` with an empty column before column `at`; cells that reach across that line grow."""
    held = _places(table)
    moved = [
        replace(p, column=p.column + 1)
        if p.column >= at
        else replace(p, across=p.across + (p.column + p.across > at))
        for p in held
    ]
    squares = _squares(moved)
    moved += [
        Place(row, at, Cell(scope="col" if row < len(table.head) else None))
        for row in range(_height(table))
        if (row, at) not in squares and all((row, column) in squares for column in range(at))
    ]
    return _table(table, moved, len(table.head)) or table


def remove_row(table: Table, at: int) -> Table | None:
    """`table` without row `at`; None where it was the only one. Cells that reach into other rows stay there."""
    kept = [_without_row(p, at) for p in _places(table)]
    return _table(table, [p for p in kept if p.down], len(table.head) - (at < len(table.head)))


def _without_row(place: Place, at: int) -> Place:
    shorter = place.down - (place.row <= at < place.row + place.down)
    return replace(place, row=place.row - (place.row > at), down=shorter)


def remove_column(table: Table, at: int) -> Table | None:
    """`table` without column `at`; None where it was the only one. Cells that reach into other columns stay."""
    kept = [_without_column(p, at) for p in _places(table)]
    return _table(table, [p for p in kept if p.across], len(table.head))


def _without_column(place: Place, at: int) -> Place:
    narrower = place.across - (place.column <= at < place.column + place.across)
    return replace(place, column=place.column - (place.column > at), across=narrower)


def toggle_head(table: Table) -> Table:
    """`table` with its first row made the names of the columns, or an ordinary row where it is that already."""
    if table.head:
        rows = (*(_scoped(row, "col", None) for row in table.head), *table.body)
        return replace(table, head=(), body=rows)
    return replace(table, head=(_scoped(table.body[0], None, "col"),), body=table.body[1:])


def _scoped(row: Row, old: object, new: object) -> Row:
    return Row(tuple(replace(c, scope=new) if c.scope == old else c for c in row.cells))


def change_table(blocks: RichText, number: int, change: Callable[[Table], Table | None]) -> RichText:
    """`blocks` with table `number` changed, counted from 0 in reading order, each before those in its cells."""
    return tuple(_changed(blocks, _Countdown(number), change))


@dataclass(slots=True)
class _Countdown:
    left: int


def _changed(
    blocks: Iterable[Block], countdown: _Countdown, change: Callable[[Table], Table | None]
) -> Iterator[Block]:
    for block in blocks:
        if not isinstance(block, Table) or countdown.left < 0:
            yield block
            continue
        countdown.left -= 1
        if countdown.left >= 0:
            yield _inside(block, countdown, change)
        elif (made := change(block)) is not None:
            yield made


def _inside(table: Table, countdown: _Countdown, change: Callable[[Table], Table | None]) -> Table:
    def look_in(row: Row) -> Row:
        return Row(
            tuple(replace(c, content=tuple(_changed(c.content, countdown, change))) for c in row.cells)
        )

    return replace(table, head=tuple(map(look_in, table.head)), body=tuple(map(look_in, table.body)))


def _places(table: Table) -> list[Place]:
    return list(places((*table.head, *table.body)))


def _height(table: Table) -> int:
    return len(table.head) + len(table.body)


def _width(held: Iterable[Place]) -> int:
    return max((p.column + p.across for p in held), default=0)


def _table(table: Table, held: Sequence[Place], head: int) -> Table | None:
    """The table whose cells stand there, of which the first `head` rows name the columns."""
    held = [*held, *_gaps(held)]
    tops = sorted({p.row for p in held})
    rows = [_row(held, row, tops) for row in tops]
    split = sum(row < head for row in tops)
    return replace(table, head=tuple(rows[:split]), body=tuple(rows[split:])) if rows else None


def _gaps(held: Sequence[Place]) -> list[Place]:
    """Empty cells for the squares before a cell in its row, so that it is laid out no further left."""
    squares = _squares(held)
    before = {(p.row, column) for p in held for column in range(p.column)}
    return [Place(row, column, Cell()) for row, column in sorted(before - squares)]


def _squares(held: Iterable[Place]) -> set[tuple[int, int]]:
    return {(p.row + y, p.column + x) for p in held for y in range(p.down) for x in range(p.across)}


def _row(held: Iterable[Place], row: int, tops: Sequence[int]) -> Row:
    """The cells that begin in `row`. A row in which none begins is left out, and does not count as reached."""
    own = sorted((p for p in held if p.row == row), key=lambda p: p.column)
    return Row(
        tuple(
            replace(p.cell, colspan=p.across, rowspan=sum(row <= top < row + p.down for top in tops))
            for p in own
        )
    )
