"""A table that is a form, taken apart into labels and their answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from workbench.intake import cells
from workbench.intake.tokens import Enter, Label, Leave, Line, Terms, Token
from workbench.word.document import Block, Cell, Control, Row, Table

Unroll = Callable[[Sequence[Block], tuple[Control, ...]], Iterator[Token]]

_LONGEST_LABEL = 40
_LONGEST_BANNER = 12


class Form:
    """A table of labels and answers, row by row. A label stays open until the next one, for rows without any."""

    def __init__(self, table: Table, around: tuple[Control, ...], terms: Terms, unroll: Unroll) -> None:
        self._table = table
        self._around = around
        self._terms = terms
        self._unroll = unroll
        self._heads: list[tuple[int, Label]] = []
        self._label_columns = cells.label_columns(table, terms)
        self._open = False
        self._known = False
        self._answered = False

    def tokens(self) -> Iterator[Token]:
        """The labels and the lines that answer them, in reading order."""
        if self._table.caption:
            yield Line(cells.caption(self._table), text=self._table.caption)
        for number, row in enumerate(self._table.rows):
            yield from self._row(number, row)
        yield from self._close()

    def _row(self, number: int, row: Row) -> Iterator[Token]:
        filled = [cell for cell in row.cells if not cells.is_empty(cell)]
        if self._has_answers_below(number, row):
            yield from self._close()
            yield from self._dressing(*row.cells)
            self._heads = list(self._columns(row))
        elif self._heads:
            yield from self._under_heads(row)
        elif number == 0 and filled and all(map(cells.is_column_head, filled)):
            yield from self._dressing(*filled)
        elif not row.cells:
            return
        elif len(row.cells) == 1:
            yield from self._across(row, row.cells[0])
        else:
            yield from self._side_by_side(row)

    def _has_answers_below(self, number: int, row: Row) -> bool:
        """Whether a row of labels is answered by the row below it, not by cells beside them."""
        following = self._table.rows[number + 1] if number + 1 < len(self._table.rows) else None
        if following is None or not cells.is_head(row, self._terms):
            return False
        return not following.cells or cells.label(following.cells[0], self._terms) is None

    def _columns(self, row: Row) -> Iterator[tuple[int, Label]]:
        at = 0
        for cell in row.cells:
            yield at, self._label(cell)
            at += cell.colspan

    def _label(self, *group: Cell) -> Label:
        return Label(cells.label(group[0], self._terms), cells.first_line(group[0]), group)

    def _dressing(self, *group: Cell) -> Iterator[Token]:
        """Cells that belong to the form alone."""
        yield Label(None, "", group)
        yield Leave()

    def _under_heads(self, row: Row) -> Iterator[Token]:
        at = 0
        for cell in row.cells:
            yield next((label for start, label in reversed(self._heads) if start <= at), Label(None, "", ()))
            yield from self._content(row, cell)
            yield Leave()
            at += cell.colspan

    def _across(self, row: Row, cell: Cell) -> Iterator[Token]:
        """A row of one cell: a label for the rows below, the answer to the label above, a banner, or text."""
        brief = len(cells.text(cell).split()) <= _LONGEST_BANNER and not cells.is_owned(row, self._terms)
        if cells.label(cell, self._terms) and cells.is_pure(cell, self._terms):
            yield from self._begin(self._label(cell))
        elif self._open and not self._answered and (self._known or not brief):
            yield from self._content(row, cell)
            self._answered = True
        elif brief:
            yield from self._begin(self._label(cell))
        else:
            yield from self._box(row, [cell])

    def _side_by_side(self, row: Row) -> Iterator[Token]:
        rest = list(row.cells)
        while len(rest) > 1 and (cells.is_number(rest[0]) or self._heads_group(rest)):
            yield from self._dressing(rest.pop(0))
        if cells.is_empty(rest[0]) and self._open:
            yield from self._contents(row, rest[1:])
        elif self._is_no_label(rest[0]):
            yield from self._box(row, rest)
        else:
            for label, answers in self._pairs(rest, len(row.cells) - len(rest)):
                yield from self._begin(label)
                yield from self._contents(row, answers)

    def _heads_group(self, rest: Sequence[Cell]) -> bool:
        if not cells.heads_group(rest[0], len(rest) - 1) or cells.label(rest[0], self._terms):
            return False
        return cells.label(rest[1], self._terms) is not None

    def _is_no_label(self, cell: Cell) -> bool:
        long = len(cells.text(cell).split()) > _LONGEST_LABEL
        return cells.is_empty(cell) or long or cells.is_owned(Row((cell,)), self._terms)

    def _pairs(self, rest: Sequence[Cell], offset: int) -> Iterator[tuple[Label, list[Cell]]]:
        """Each label of a row, with what explains it in a cell beside it, and the cells of its answer."""
        group, answers = [rest[0]], list[Cell]()
        for at, cell in enumerate(rest[1:], start=offset + 1):
            if at in self._label_columns and answers and cells.text(cell):
                yield self._label(*group), answers
                group, answers = [cell], []
            elif not answers and at + 1 < len(rest) + offset and cells.asks(cell, self._terms):
                group.append(cell)
            else:
                answers.append(cell)
        yield self._label(*group), answers

    def _begin(self, label: Label) -> Iterator[Token]:
        yield from self._close()
        yield label
        self._open, self._known, self._answered = True, label.match is not None, False

    def _close(self) -> Iterator[Token]:
        if self._open:
            self._open = False
            yield Leave()

    def _box(self, row: Row, group: Sequence[Cell]) -> Iterator[Token]:
        yield from self._close()
        yield Enter()
        for cell in group:
            yield from self._content(row, cell)
        yield Leave()

    def _contents(self, row: Row, group: Sequence[Cell]) -> Iterator[Token]:
        for cell in group:
            self._answered = self._answered or not cells.is_empty(cell)
            yield from self._content(row, cell)

    def _content(self, row: Row, cell: Cell) -> Iterator[Token]:
        yield from self._unroll(cell.blocks, (*self._around, *row.controls, *cell.controls))
