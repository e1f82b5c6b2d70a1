"""Tables: rows and cells wherever controls and revisions put them, merged cells as one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from workbench.errors import Refused
from workbench.richtext import plain_inline
from workbench.submission import Note
from workbench.word.alternate import chosen
from workbench.word.document import Block, Cell, Control, Row, Table, paragraphs
from workbench.word.line import Where
from workbench.word.story import Story
from workbench.word.xml import MC, Element, W, child, flag, number, value_of

MAX_SPAN = 1000
"""Columns one cell may span. Word itself stops at 63."""

_ROW, _CELL, _SDT, _SDT_CONTENT = W + "tr", W + "tc", W + "sdt", W + "sdtContent"


@dataclass(slots=True)
class _Cell:
    blocks: tuple[Block, ...]
    controls: tuple[Control, ...] = ()
    colspan: int = 1
    rowspan: int = 1


def table(story: Story, element: Element, controls: tuple[Control, ...]) -> Table | None:
    """The table that `w:tbl` is; None where every row of it is deleted."""
    story.reading.tables += 1
    ref = story.anchor or f"t{story.reading.tables}"
    properties = child(element, W + "tblPr")
    caption = value_of(child(properties, W + "tblCaption"))
    if described := value_of(child(properties, W + "tblDescription")):
        story.reading.notes.append(Note("alt-text", described, ref))
    above: dict[int, _Cell] = {}
    rows: list[tuple[list[_Cell], bool, tuple[Control, ...]]] = []
    for row, within in _members(story, element, _ROW, controls):
        properties = child(row, W + "trPr")
        where = _row_where(story, properties)
        with story.standing(where):
            cells, above = _cells(story, row, within, above)
        if not where.aside:
            rows.append((cells, _is_header(properties), within))
    if not rows and story.where.aside:
        return None
    return Table(ref, tuple(_row(*row) for row in rows), controls, caption, story.origin)


def _row(cells: list[_Cell], header: bool, controls: tuple[Control, ...]) -> Row:
    return Row(
        tuple(Cell(cell.blocks, cell.controls, cell.colspan, cell.rowspan) for cell in cells),
        header,
        controls,
    )


def _members(
    story: Story, parent: Element, wanted: str, controls: tuple[Control, ...]
) -> Iterator[tuple[Element, tuple[Control, ...]]]:
    """Rows of a table or cells of a row, each with the controls it stands in."""
    for each in parent:
        tag = each.tag
        if tag == wanted:
            yield each, controls
        elif tag == _SDT:
            content = child(each, _SDT_CONTENT)
            if content is not None:
                yield from _members(story, content, wanted, (*controls, story.control(each)))
        elif tag == MC + "AlternateContent":
            for branch in chosen(each):
                yield from (
                    _members(story, branch, wanted, controls)
                    if branch.tag != wanted
                    else [(branch, controls)]
                )
        elif tag not in _NO_MEMBERS:
            yield from _members(story, each, wanted, controls)


_NO_MEMBERS = frozenset(W + name for name in ("tblPr", "tblGrid", "trPr", "tblPrEx", "tc", "p", "sdtPr"))


def _row_where(story: Story, properties: Element | None) -> Where:
    """In what a row stands that may itself be inserted or deleted."""
    where = story.where
    if properties is not None and not where.aside:
        for tag in (W + "del", W + "ins"):
            if (mark := child(properties, tag)) is not None:
                where = story.reading.revised(mark, where)
    return where


def _is_header(properties: Element | None) -> bool:
    return flag(child(properties, W + "tblHeader")) is True


def _cells(
    story: Story, row: Element, controls: tuple[Control, ...], above: dict[int, _Cell]
) -> tuple[list[_Cell], dict[int, _Cell]]:
    """The cells that begin in a row, and those that may go on in the next, begun here or above."""
    cells: list[_Cell] = []
    open_below: dict[int, _Cell] = {}
    column = _skipped_columns(row)
    if column:
        cells.append(_Cell((), colspan=column))
    for element, within in _members(story, row, _CELL, controls):
        properties = child(element, W + "tcPr")
        span = _span(properties)
        begun = _continued(properties, above, column)
        if begun is not None:
            begun.rowspan += 1
            _note_covered(story, element, within)
            open_below[column] = begun
        elif _joins_left(properties) and cells:
            cells[-1].colspan += span
            cells[-1].blocks += story.blocks(element, within)
        else:
            story.reading.count_cell()
            cells.append(_Cell(story.blocks(element, within), within, span))
            open_below[column] = cells[-1]
        column += span
    return cells, open_below


def _span(properties: Element | None) -> int:
    span = number(value_of(child(properties, W + "gridSpan"), "1"), 1)
    if span > MAX_SPAN:
        raise Refused("unsafe-package", reason="a table cell spans more columns than any table has")
    return max(span, 1)


def _skipped_columns(row: Element) -> int:
    """How many columns a row leaves empty before its first cell."""
    count = number(value_of(child(child(row, W + "trPr"), W + "gridBefore"), "0"), 0)
    if count > MAX_SPAN:
        raise Refused("unsafe-package", reason="a table row begins beyond any table's width")
    return max(count, 0)


def _continued(properties: Element | None, above: dict[int, _Cell], column: int) -> _Cell | None:
    """The cell above that this one continues, where it is merged with one."""
    merge = child(properties, W + "vMerge")
    if merge is None or merge.get(W + "val") == "restart":
        return None
    return above.get(column)


def _joins_left(properties: Element | None) -> bool:
    merge = child(properties, W + "hMerge")
    return merge is not None and merge.get(W + "val") != "restart"


def _note_covered(story: Story, element: Element, controls: tuple[Control, ...]) -> None:
    """Words in a cell that a merged cell covers: Word keeps them, and shows them to nobody."""
    for paragraph in paragraphs(story.blocks(element, controls)):
        text = plain_inline(span.inline for span in paragraph.spans)
        if text.strip():
            story.reading.notes.append(Note("covered-cell", text, paragraph.ref))
