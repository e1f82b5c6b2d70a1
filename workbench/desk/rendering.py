"""The Word file as the council sent it, as HTML for the source pane."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from itertools import chain

from workbench.desk.rows import SourceBlock
from workbench.richtext import inline_to_html
from workbench.word.document import Block, Cell, Paragraph, Row, Table, paragraphs


def blocks(source: Iterable[Block]) -> tuple[SourceBlock, ...]:
    """Each paragraph and table of the source with the refs of the paragraphs in it; blank ones are left out."""
    return tuple(SourceBlock(_html(block), _refs(block)) for block in source if _says_something(block))


def _says_something(block: Block) -> bool:
    return isinstance(block, Table) or bool(_inline(block))


def _refs(block: Block) -> tuple[str, ...]:
    inner = (paragraph.ref for paragraph in paragraphs([block]))
    return tuple(dict.fromkeys(chain([block.ref], inner)))


def _html(block: Block) -> str:
    return _table(block) if isinstance(block, Table) else _paragraph(block)


def _paragraph(paragraph: Paragraph) -> str:
    words = _inline(paragraph)
    if paragraph.outline is not None:
        tag = f"h{min(max(paragraph.outline, 1), 6)}"
        return f"<{tag}>{words}</{tag}>"
    if paragraph.list is None:
        return f"<p>{words}</p>"
    if paragraph.list.ordered and paragraph.list.label:
        return f"<p>{escape(paragraph.list.label)} {words}</p>"
    tag = "ol" if paragraph.list.ordered else "ul"
    return f"<{tag}><li>{words}</li></{tag}>"


def _inline(paragraph: Paragraph) -> str:
    return inline_to_html(span.inline for span in paragraph.spans)


def _table(table: Table) -> str:
    caption = f"<caption>{escape(table.caption)}</caption>" if table.caption else ""
    return f"<table>{caption}{''.join(_row(row) for row in table.rows)}</table>"


def _row(row: Row) -> str:
    tag = "th" if row.header else "td"
    return f"<tr>{''.join(_cell(cell, tag) for cell in row.cells)}</tr>"


def _cell(cell: Cell, tag: str) -> str:
    spans = "".join(_spans(cell))
    return f"<{tag}{spans}>{''.join(_html(block) for block in cell.blocks)}</{tag}>"


def _spans(cell: Cell) -> Iterator[str]:
    if cell.colspan > 1:
        yield f' colspan="{cell.colspan}"'
    if cell.rowspan > 1:
        yield f' rowspan="{cell.rowspan}"'
