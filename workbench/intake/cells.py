"""Table cells as labels and answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from workbench.intake import lines
from workbench.intake.controls import owner
from workbench.intake.headings import Match, normalise
from workbench.intake.tokens import Terms
from workbench.richtext import Text
from workbench.word.document import Cell, Control, Paragraph, Row, Span, Table, paragraphs

_NUMBER = re.compile(
    r"^\W*(?:q(?:uestion)?\s*)?\d{0,3}(?:\.\d+)*[a-z]?\W*$|^\W*[a-z](?:\d{1,2}(?:\.\d+)*)?\W*$", re.IGNORECASE
)
_COLUMN_HEAD = re.compile(
    r"^(?:your |council |please )?(?:section|question|heading|field|item|answer|response|details|information|text"
    r"|description|comment|content|topic|prompt|guidance|instruction|note|complete|word limit"
    r"|no|number|ref|reference)s?$"
)


def text(cell: Cell) -> str:
    """The words of a cell, a line for each paragraph that has any."""
    return "\n".join(said for p in paragraphs(cell.blocks) if (said := p.text.strip()))


def first_line(cell: Cell) -> str:
    """The first line that says anything."""
    return (
        next((said for p in paragraphs(cell.blocks) if (said := p.text.strip())), "").split("\n")[0].strip()
    )


def label(cell: Cell, terms: Terms) -> Match | None:
    """What the cell means as a label."""
    first = first_line(cell)
    return terms.find(first) or (terms.find(text(cell)) if first else None)


def is_empty(cell: Cell) -> bool:
    """Whether a cell holds neither words nor a picture nor a table."""
    return all(isinstance(block, Paragraph) and lines.is_blank(block) for block in cell.blocks)


def is_number(cell: Cell) -> bool:
    """Whether a cell only counts: "3", "Q3.", "b)", "A1"."""
    said = text(cell)
    return bool(said) and bool(_NUMBER.match(said))


def heads_group(cell: Cell, rest: int) -> bool:
    """Whether a cell stands beside several rows, each with a label and `rest` cells in all, and names their group."""
    return cell.rowspan > 1 and rest > 1 and not is_empty(cell)


def is_pure(cell: Cell, terms: Terms) -> bool:
    """Whether a label's cell holds nothing but the label and what explains it."""
    rest = text(cell).split("\n")[1:]
    return all(terms.prompts.asks(line) or line.endswith("?") for line in rest)


def is_column_head(cell: Cell) -> bool:
    """Whether a cell heads a column of any form: "Question", "Your answer"."""
    return bool(_COLUMN_HEAD.match(normalise(text(cell))))


def looks_like_label(cell: Cell) -> bool:
    """Whether a cell looks like a label, known or not: few words, bold or ending in a colon."""
    said = [p for p in paragraphs(cell.blocks) if not lines.is_blank(p)]
    if len(said) != 1 or len(said[0].text.split()) > 6:
        return False
    return said[0].bold or said[0].text.rstrip().endswith(":")


def asks(cell: Cell, terms: Terms) -> bool:
    """Whether a cell beside a label asks rather than answers."""
    said = text(cell)
    return bool(said) and len(said) < 500 and (said.endswith(("?", "?)")) or terms.prompts.asks(said))


def first_of(row: Row) -> Cell | None:
    """The first cell that is no number."""
    return next((cell for cell in row.cells if not is_number(cell)), None)


def row_label(row: Row, terms: Terms) -> Match | None:
    """What a row is labelled, by its first cell."""
    first = first_of(row)
    return label(first, terms) if first else None


def is_head(row: Row, terms: Terms) -> bool:
    """Whether a row is all labels, or labels side by side among a few nobody knows."""
    cells = [cell for cell in row.cells if text(cell)]
    known = [label(cell, terms) is not None for cell in cells]
    if len(cells) < 2 or sum(known) < 2:
        return False
    side_by_side = any(one and other for one, other in pairwise(known))
    return all(known) or (side_by_side and all(len(text(cell).split()) <= 6 for cell in cells))


def label_columns(table: Table, terms: Terms) -> frozenset[int]:
    """The columns, beside the first, that hold labels of their own: at least half of their cells are labels."""
    columns: dict[int, list[Cell]] = {}
    for row in table.rows:
        for at, cell in enumerate(row.cells[2:], start=2):
            if text(cell):
                columns.setdefault(at, []).append(cell)
    return frozenset(at for at, cells in columns.items() if _mostly_labels(cells, terms))


def _mostly_labels(cells: Sequence[Cell], terms: Terms) -> bool:
    return 2 * sum(bool(label(cell, terms)) or looks_like_label(cell) for cell in cells) >= len(cells)


def controls(row: Row) -> Iterator[Control]:
    """Every content control in and around the cells of a row."""
    yield from row.controls
    for cell in row.cells:
        yield from cell.controls
        for block in cell.blocks:
            yield from block.controls
            if isinstance(block, Table):
                for inner in block.rows:
                    yield from controls(inner)
            else:
                for span in block.spans:
                    yield from span.controls


def is_owned(row: Row, terms: Terms) -> bool:
    """Whether a control in the row names a field."""
    return any(owner((control,), terms.lexicon, terms.fields) for control in set(controls(row)))


def caption(table: Table) -> Paragraph:
    """A table's caption as a line of its own."""
    return Paragraph(table.ref, (Span(Text(table.caption)),), origin=table.origin)
