"""A document as one stream of lines, label cells and boxes, in reading order.

Tables that are forms are taken apart: each label becomes a `Label`, what answers it follows up to its `Leave`.
Tables that merely frame text, and text boxes, become a box between `Enter` and `Leave`. Any other table stays
whole, as part of an answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from workbench.intake import cells, lines
from workbench.intake.controls import by_owner, owner
from workbench.intake.forms import Form
from workbench.intake.tokens import Enter, Leave, Line, Terms, Token
from workbench.word.document import Block, Cell, Control, Paragraph, Row, Table, WordDocument, paragraphs


def unroll(document: WordDocument, terms: Terms) -> tuple[Token, ...]:
    """The stream of a document's blocks."""
    headed = frozenset(
        name
        for paragraph in _headlines(document.blocks)
        if (match := terms.find(paragraph.text.strip()))
        for name in match.fields
    )
    return tuple(_Unroller(terms, headed, _lone_forms(document.blocks, terms)).blocks(document.blocks, ()))


def _headlines(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    """What looks like a heading and stands outside tables, or alone in the frame a table makes."""
    for block in blocks:
        if isinstance(block, Table):
            framed = (row.cells[0] for row in block.rows if len(row.cells) == 1)
            yield from (p for cell in framed for p in paragraphs(cell.blocks))
        elif block.outline is not None or block.bold or lines.may_be_capitals(block):
            yield block


def _lone_forms(blocks: Iterable[Block], terms: Terms) -> bool:
    """Whether the document is a row of small tables, each with one label and its answer."""
    tables = [block for block in blocks if isinstance(block, Table) and block.rows and len(block.rows) <= 3]
    found = (cells.row_label(table.rows[0], terms) for table in tables)
    return len({name for match in found if match for name in match.fields}) > 1


class _Unroller:
    def __init__(self, terms: Terms, headed: frozenset[str], forms: bool) -> None:
        self._terms = terms
        self._headed = headed
        self._forms = forms

    def blocks(self, blocks: Iterable[Block], around: tuple[Control, ...]) -> Iterator[Token]:
        boxed = False
        opens = True
        for block in blocks:
            if (block.origin == "textbox") != boxed:
                yield Leave() if boxed else Enter()
                boxed = not boxed
            yield from self._block(block, around, opens)
            opens = opens and isinstance(block, Paragraph) and lines.is_blank(block)
        if boxed:
            yield Leave()

    def _block(self, block: Block, around: tuple[Control, ...], opens: bool) -> Iterator[Token]:
        controls = (*around, *block.controls)
        if isinstance(block, Paragraph):
            yield from self._paragraph(block, controls, opens)
        elif one := owner(controls, self._terms.lexicon, self._terms.fields):
            yield Line(block, one)
        else:
            yield from self._table(block, controls)

    def _paragraph(self, paragraph: Paragraph, controls: tuple[Control, ...], opens: bool) -> Iterator[Token]:
        groups = by_owner(paragraph, controls, self._terms.lexicon, self._terms.fields)
        for one, spans in groups:
            piece = paragraph if len(groups) == 1 else paragraph._replace(spans=spans)
            text = piece.text
            pieces = lines.split(piece, text, self._terms.find) if one is None else (piece,)
            for number, cut in enumerate(pieces):
                yield Line(cut, one, opens and number == 0, text if cut is piece else cut.text)

    # Tables

    def _table(self, table: Table, controls: tuple[Control, ...]) -> Iterator[Token]:
        width = max((len(row.cells) for row in table.rows), default=0)
        if width < 2 and not self._is_ladder(table):
            yield from self._frame(table, controls)
        elif width < 2 or self._is_form(table):
            yield from Form(table, controls, self._terms, self.blocks).tokens()
        elif self._is_brochure(table):
            yield from self._frame(table, controls)
        elif any(self._is_headline(row) for row in table.rows):
            yield from self._sections(table, controls)
        else:
            yield Line(table)

    def _is_ladder(self, table: Table) -> bool:
        """Whether a table of one column has a label and its answer in rows of their own, by turns."""
        heads = [row for row in table.rows if self._is_headline(row)]
        answers = [
            row for row in table.rows if row not in heads and any(not cells.is_empty(c) for c in row.cells)
        ]
        begun = [row for row in answers if cells.label(row.cells[0], self._terms)]
        return len(heads) > 1 and len(answers) >= len(heads) // 2 and not begun

    def _frame(self, table: Table, controls: tuple[Control, ...]) -> Iterator[Token]:
        yield Enter()
        if table.caption:
            yield Line(cells.caption(table), text=table.caption)
        for row in table.rows:
            for cell in row.cells:
                yield from self.blocks(cell.blocks, (*controls, *row.controls, *cell.controls))
        yield Leave()

    def _sections(self, table: Table, controls: tuple[Control, ...]) -> Iterator[Token]:
        """A table with label rows between rows of data, such as tables that an office program ran together."""
        yield Enter()
        held: list[Row] = []
        for row in (*table.rows, None):
            if row is not None and not self._is_headline(row):
                held.append(row)
                continue
            if held:
                yield from self._table(replace(table, rows=tuple(held), caption=""), controls)
                held = []
            if row is not None:
                yield from self.blocks(
                    row.cells[0].blocks, (*controls, *row.controls, *row.cells[0].controls)
                )
        if table.caption:
            yield Line(cells.caption(table), text=table.caption)
        yield Leave()

    def _is_headline(self, row: Row) -> bool:
        """Whether a row is one cell that holds a label and nothing else."""
        if len(row.cells) != 1 or not cells.label(row.cells[0], self._terms):
            return False
        return cells.is_pure(row.cells[0], self._terms)

    def _is_form(self, table: Table) -> bool:
        """Whether a table is a form: controls say so, or labels of fields that have no heading elsewhere."""
        if any(cells.is_owned(row, self._terms) for row in table.rows):
            return True
        if len(table.rows) > 1 and cells.is_head(table.rows[0], self._terms) and not self._labels_down(table):
            new = self._fields(table.rows[0].cells) - self._headed
            return len(new) > 1 and (len(table.rows) == 2 or not self._headed)
        fields = self._labels_down(table)
        new = fields - self._headed
        if len(fields) > 1:
            return len(new) > 1 or (bool(new) and len(fields) > 2) or not self._headed
        return bool(new) and self._is_lone_form(table)

    def _labels_down(self, table: Table) -> frozenset[str]:
        """The fields that label rows, or columns of labels beside the first; not what one row of heads names."""
        columns = cells.label_columns(table, self._terms)
        found = [cells.row_label(row, self._terms) for row in table.rows if len(row.cells) > 1]
        if cells.is_head(table.rows[0], self._terms):
            found = found[1:]
        beside = self._fields([row.cells[at] for row in table.rows for at in columns if at < len(row.cells)])
        down = frozenset(name for match in found if match for name in match.fields)
        return down | beside if down else down

    def _fields(self, group: Sequence[Cell]) -> frozenset[str]:
        found = (cells.label(cell, self._terms) for cell in group)
        return frozenset(name for match in found if match for name in match.fields)

    def _is_lone_form(self, table: Table) -> bool:
        """One label and its answer, side by side or one above the other."""
        first = cells.row_label(table.rows[0], self._terms)
        small = len(table.rows) <= 3 and max(len(row.cells) for row in table.rows) == 2
        return small and first is not None and (self._forms or first.exact)

    def _is_brochure(self, table: Table) -> bool:
        """Whether cells hold whole sections, each under its own label."""
        firsts = [cell for row in table.rows for cell in row.cells if len(cell.blocks) > 1]
        return len(self._fields(firsts) - self._headed) > 1
