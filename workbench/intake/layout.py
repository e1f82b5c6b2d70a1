"""A document as one stream of lines, label cells and boxes, in reading order.

Tables that lay out a form are taken apart: each label becomes a `Label`, what answers it follows up to its
`Leave`. Tables that merely frame text, and text boxes, become a box between `Enter` and `Leave`. Any other table
stays whole, as part of an answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from workbench.intake import lines
from workbench.intake.controls import Owner, by_owner, owner
from workbench.intake.guidance import Prompts
from workbench.intake.headings import Lexicon, Match, normalise
from workbench.word.document import Block, Cell, Control, Paragraph, Row, Table, paragraphs


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph or a whole table. `opens` says that it is the first of its cell."""

    block: Block
    owner: Owner | None = None
    opens: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """A label in a cell of its own, known or not; the lines up to `Leave` answer it."""

    match: Match | None
    text: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Enter:
    """A box begins: a text box, or a cell that frames text."""


@dataclass(frozen=True, slots=True)
class Leave:
    """A box, or the answer to a label, ends."""


Token = Line | Label | Enter | Leave

_NUMBER = re.compile(r"^\W*(?:q(?:uestion)?\s*)?\d{0,3}(?:\.\d+)*\W*$|^\W*[a-z]\W*$", re.IGNORECASE)
_COLUMN_HEAD = re.compile(
    r"^(?:your |council |please )?(?:section|question|heading|field|item|answer|response|details|information|text"
    r"|description|comment|content|topic|prompt|guidance|instruction|note|complete|word limit)s?$"
)


@dataclass(frozen=True)
class Terms:
    """What a template calls its fields, with the labels an editor taught."""

    lexicon: Lexicon
    prompts: Prompts
    fields: frozenset[str]
    learned: dict[str, str]

    def find(self, text: str) -> Match | None:
        """What a label means; None where it means nothing for sure."""
        return self.lexicon.find(text, self.learned)


def unroll(blocks: Iterable[Block], terms: Terms, taken: frozenset[str]) -> Iterator[Token]:
    """The stream of a document's blocks. `taken` are the fields that have headings of their own in it."""
    forms = _lone_forms(blocks, terms)
    yield from _Unroller(terms, taken, forms).blocks(blocks, ())


def _lone_forms(blocks: Iterable[Block], terms: Terms) -> bool:
    """Whether the document is a row of small tables, each with one label and its answer."""
    found = {field for block in blocks if isinstance(block, Table) for field in _label_fields(block, terms)}
    return len(found) > 1


def _label_fields(table: Table, terms: Terms) -> set[str]:
    firsts = [cell for row in table.rows[:6] for cell in row.cells[:2]]
    return {
        field
        for cell in firsts
        if (label := _cell_label(cell, terms)) and label.exact
        for field in label.fields
    }


def _cell_label(cell: Cell, terms: Terms) -> Match | None:
    first = _first_line(cell)
    return terms.find(first) or (terms.find(_text(cell)) if first else None)


def _first_line(cell: Cell) -> str:
    return (
        next((text for p in paragraphs(cell.blocks) if (text := p.text.strip())), "").split("\n")[0].strip()
    )


def _text(cell: Cell) -> str:
    return "\n".join(text for p in paragraphs(cell.blocks) if (text := p.text.strip()))


class _Unroller:
    def __init__(self, terms: Terms, taken: frozenset[str], forms: bool) -> None:
        self._terms = terms
        self._taken = taken
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
            piece = paragraph if len(groups) == 1 else replace(paragraph, spans=spans)
            pieces = lines.split(piece, self._terms.find) if one is None else (piece,)
            for number, cut in enumerate(pieces):
                yield Line(cut, one, opens and number == 0)

    # Tables

    def _table(self, table: Table, controls: tuple[Control, ...]) -> Iterator[Token]:
        width = max((len(row.cells) for row in table.rows), default=0)
        if width < 2:
            yield from self._frame(table, controls)
        elif self._is_form(table):
            yield from _Form(table, controls, self._terms, self).tokens()
        elif self._is_layout(table):
            yield from self._frame(table, controls)
        else:
            yield Line(table)

    def _frame(self, table: Table, controls: tuple[Control, ...]) -> Iterator[Token]:
        yield Enter()
        if table.caption:
            yield Line(caption(table))
        for row in table.rows:
            for cell in row.cells:
                yield from self.blocks(cell.blocks, (*controls, *row.controls, *cell.controls))
        yield Leave()

    def _is_form(self, table: Table) -> bool:
        if self._owns(table):
            return True
        found = [match for row in table.rows for match in _row_labels(row, self._terms)]
        fields = {field for match in found for field in match.fields}
        new = fields - self._taken
        if _is_grid(table, self._terms):
            return len(new) > 1
        if len(fields) > 1:
            return len(new) > 1 or (bool(new) and len(fields) > 2) or not self._taken
        return bool(new) and len(table.rows) <= 3 and (self._forms or any(match.exact for match in found))

    def _owns(self, table: Table) -> bool:
        """Whether any control inside names a field."""
        controls = {control for row in table.rows for control in _controls(row)}
        return any(owner((control,), self._terms.lexicon, self._terms.fields) for control in controls)

    def _is_layout(self, table: Table) -> bool:
        """Whether cells hold whole sections, each under its own label."""
        firsts = [cell for row in table.rows for cell in row.cells if len(cell.blocks) > 1]
        fields = {
            field for cell in firsts if (m := self._terms.find(_first_line(cell))) for field in m.fields
        }
        return len(fields - self._taken) > 1


def _controls(row: Row) -> Iterator[Control]:
    yield from row.controls
    for cell in row.cells:
        yield from cell.controls
        for block in cell.blocks:
            yield from block.controls
            if isinstance(block, Table):
                for inner in block.rows:
                    yield from _controls(inner)
            else:
                for span in block.spans:
                    yield from span.controls


def caption(table: Table) -> Paragraph:
    """A table's caption as a line of its own."""
    from workbench.richtext import Text
    from workbench.word.document import Span

    return Paragraph(table.ref, (Span(Text(table.caption)),), origin=table.origin)


def _row_labels(row: Row, terms: Terms) -> list[Match]:
    """The labels of a row: those of its first column, and of others where an answer stands between them."""
    found = [_cell_label(cell, terms) for cell in row.cells]
    return [match for match in found if match]


def _is_grid(table: Table, terms: Terms) -> bool:
    """Whether the first row is all labels, with answers in the rows below it."""
    if len(table.rows) < 2:
        return False
    head = [cell for cell in table.rows[0].cells if _text(cell)]
    return (
        len(head) > 1
        and all(_cell_label(cell, terms) for cell in head)
        and not _all_labels(table.rows[1], terms)
    )


def _all_labels(row: Row, terms: Terms) -> bool:
    cells = [cell for cell in row.cells if _text(cell)]
    return len(cells) > 1 and all(_cell_label(cell, terms) for cell in cells)


class _Form:
    """A table of labels and answers, row by row. A label stays open until the next one, for rows without any."""

    def __init__(
        self, table: Table, controls: tuple[Control, ...], terms: Terms, unroller: _Unroller
    ) -> None:
        self._table = table
        self._around = controls
        self._terms = terms
        self._unroller = unroller
        self._heads: list[tuple[int, Label]] = []
        self._label_columns = _label_columns(table, terms)
        self._open = False
        self._answered = False

    def tokens(self) -> Iterator[Token]:
        if self._table.caption:
            yield Line(caption(self._table))
        for number, row in enumerate(self._table.rows):
            yield from self._row(number, row)
        yield from self._close()

    def _row(self, number: int, row: Row) -> Iterator[Token]:
        filled = [cell for cell in row.cells if not _is_empty(cell)]
        following = self._table.rows[number + 1] if number + 1 < len(self._table.rows) else None
        if following and _all_labels(row, self._terms) and not _begins_with_label(following, self._terms):
            yield from self._close()
            self._heads = list(self._columns(row))
        elif self._heads:
            yield from self._under_heads(row)
        elif number == 0 and filled and all(_is_column_head(cell) for cell in filled):
            yield Label(None, "", tuple(filled))
            yield Leave()
        elif len(row.cells) == 1:
            yield from self._across(row, row.cells[0])
        else:
            yield from self._side_by_side(row)

    def _columns(self, row: Row) -> Iterator[tuple[int, Label]]:
        at = 0
        for cell in row.cells:
            yield at, self._label(cell)
            at += cell.colspan

    def _label(self, *cells: Cell) -> Label:
        return Label(_cell_label(cells[0], self._terms), _first_line(cells[0]), cells)

    def _under_heads(self, row: Row) -> Iterator[Token]:
        at = 0
        for cell in row.cells:
            yield next((label for start, label in reversed(self._heads) if start <= at), Label(None, "", ()))
            yield from self._content(row, cell)
            yield Leave()
            at += cell.colspan

    def _across(self, row: Row, cell: Cell) -> Iterator[Token]:
        """A row of one cell: a label for the rows below, the answer to the label above, a banner, or text."""
        if _cell_label(cell, self._terms) and _is_pure(cell, self._terms):
            yield from self._begin(self._label(cell))
        elif self._open and not self._answered:
            yield from self._content(row, cell)
            self._answered = True
        elif len(_text(cell).split()) <= 12 and not self._owned(cell):
            yield from self._begin(self._label(cell))
        else:
            yield from self._box([(row, cell)])

    def _side_by_side(self, row: Row) -> Iterator[Token]:
        cells = list(row.cells)
        while len(cells) > 1 and _text(cells[0]) and _NUMBER.match(_text(cells[0])):
            yield Label(None, "", (cells.pop(0),))
            yield Leave()
        if _is_empty(cells[0]) and self._open:
            yield from self._contents(row, cells[1:])
        elif _is_empty(cells[0]) or self._owned(cells[0]) or len(_text(cells[0]).split()) > 40:
            yield from self._box([(row, cell) for cell in cells])
        else:
            for label, answers in self._pairs(cells, len(row.cells) - len(cells)):
                yield from self._begin(label)
                yield from self._contents(row, answers)

    def _pairs(self, cells: Sequence[Cell], offset: int) -> Iterator[tuple[Label, list[Cell]]]:
        labels, answers = [cells[0]], list[Cell]()
        for at, cell in enumerate(cells[1:], start=offset + 1):
            if at in self._label_columns and answers and _text(cell):
                yield self._label(*labels), answers
                labels, answers = [cell], []
            elif not answers and at + 1 < len(cells) + offset and self._asks(cell):
                labels.append(cell)
            else:
                answers.append(cell)
        yield self._label(*labels), answers

    def _asks(self, cell: Cell) -> bool:
        text = _text(cell)
        return (
            bool(text) and len(text) < 500 and (text.endswith(("?", "?)")) or self._terms.prompts.asks(text))
        )

    def _begin(self, label: Label) -> Iterator[Token]:
        yield from self._close()
        yield label
        self._open, self._answered = True, False

    def _close(self) -> Iterator[Token]:
        if self._open:
            self._open = False
            yield Leave()

    def _box(self, cells: Sequence[tuple[Row, Cell]]) -> Iterator[Token]:
        yield from self._close()
        yield Enter()
        for row, cell in cells:
            yield from self._content(row, cell)
        yield Leave()

    def _contents(self, row: Row, cells: Sequence[Cell]) -> Iterator[Token]:
        for cell in cells:
            self._answered = self._answered or not _is_empty(cell)
            yield from self._content(row, cell)

    def _content(self, row: Row, cell: Cell) -> Iterator[Token]:
        yield from self._unroller.blocks(cell.blocks, (*self._around, *row.controls, *cell.controls))

    def _owned(self, cell: Cell) -> bool:
        controls = _controls(Row((cell,)))
        return any(owner((control,), self._terms.lexicon, self._terms.fields) for control in controls)


def _is_empty(cell: Cell) -> bool:
    return all(isinstance(block, Paragraph) and lines.is_blank(block) for block in cell.blocks)


def _is_pure(cell: Cell, terms: Terms) -> bool:
    """Whether a label cell holds nothing but the label and what explains it."""
    rest = _text(cell).split("\n")[1:]
    return all(terms.prompts.asks(line) or line.endswith("?") for line in rest)


def _is_column_head(cell: Cell) -> bool:
    return bool(_COLUMN_HEAD.match(normalise(_text(cell))))


def _begins_with_label(row: Row, terms: Terms) -> bool:
    return bool(row.cells) and _cell_label(row.cells[0], terms) is not None


def _label_columns(table: Table, terms: Terms) -> frozenset[int]:
    """The columns, beside the first, that hold labels of their own: at least half of their cells are labels."""
    columns: dict[int, list[Cell]] = {}
    for row in table.rows:
        for at, cell in enumerate(row.cells[2:], start=2):
            if _text(cell):
                columns.setdefault(at, []).append(cell)
    return frozenset(
        at
        for at, cells in columns.items()
        if 2 * sum(bool(_cell_label(cell, terms)) or _looks_like_label(cell) for cell in cells) >= len(cells)
    )


def _looks_like_label(cell: Cell) -> bool:
    texts = [p for p in paragraphs(cell.blocks) if not lines.is_blank(p)]
    return (
        len(texts) == 1
        and len(texts[0].text.split()) <= 6
        and (texts[0].bold or texts[0].text.rstrip().endswith(":"))
    )
