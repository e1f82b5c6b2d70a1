"""From the blocks of a Word file to the rich text of an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Literal

from workbench import richtext
from workbench.richtext import Break, Inline, RichText, Text
from workbench.word.document import Block, Cell, Paragraph, Row, Span, Table, paragraphs

_DEEPEST_LIST = 12


def rich(blocks: Sequence[Block]) -> RichText:
    """The canonical rich text of an answer: lists nested by level, its highest headings of level 3."""
    levels = [block.outline for block in paragraphs(blocks) if block.outline is not None]
    return richtext.canonical(_convert(blocks, min(levels, default=0)))


def _convert(blocks: Iterable[Block], highest: int) -> Iterator[richtext.Block]:
    for listed, group in groupby(blocks, key=_is_item):
        if listed:
            yield from _lists([block for block in group if isinstance(block, Paragraph)], 0)
        else:
            for block in group:
                yield _table(block, highest) if isinstance(block, Table) else _paragraph(block, highest)


def _is_item(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.list is not None and block.outline is None


def _paragraph(paragraph: Paragraph, highest: int) -> richtext.Block:
    content = inline(paragraph)
    if paragraph.outline is None:
        return richtext.Paragraph(content)
    return richtext.Heading(3 if paragraph.outline <= highest else 4, content)


def _lists(items: Sequence[Paragraph], depth: int) -> tuple[richtext.ListBlock, ...]:
    """Lists from a run of items: what is deeper than an item is nested in it."""
    made: list[tuple[bool, richtext.Item]] = []
    at = 0
    while at < len(items):
        first, end = items[at], at + 1
        while end < len(items) and depth < _DEEPEST_LIST and _level(items[end]) > _level(first):
            end += 1
        item = richtext.Item(inline(first), _lists(items[at + 1 : end], depth + 1) if end > at + 1 else ())
        made.append((bool(first.list and first.list.ordered), item))
        at = end
    alike = groupby(made, key=lambda entry: entry[0])
    return tuple(richtext.ListBlock(ordered, tuple(item for _, item in group)) for ordered, group in alike)


def _level(paragraph: Paragraph) -> int:
    return paragraph.list.level if paragraph.list else 0


def _table(table: Table, highest: int) -> richtext.Table:
    headed = next((at for at, row in enumerate(table.rows) if not row.header), len(table.rows))
    if headed == len(table.rows):
        headed = 0
    caption = (Text(table.caption),) if table.caption else ()
    head = tuple(_row(row, highest, "col") for row in table.rows[:headed])
    return richtext.Table(tuple(_row(row, highest, None) for row in table.rows[headed:]), head, caption)


def _row(row: Row, highest: int, scope: Literal["col"] | None) -> richtext.Row:
    return richtext.Row(tuple(_cell(cell, highest, scope) for cell in row.cells))


def _cell(cell: Cell, highest: int, scope: Literal["col"] | None) -> richtext.Cell:
    return richtext.Cell(tuple(_convert(cell.blocks, highest)), scope, cell.colspan, cell.rowspan)


def inline(paragraph: Paragraph) -> tuple[Inline, ...]:
    """The words and pictures of a paragraph, without prompts and without blanks at either end."""
    if any(control.prompt for control in paragraph.controls):
        return ()
    parts = [span.inline for span in paragraph.spans if not span.controls or not _shows_prompt(span)]
    while parts and _is_blank(parts[0]):
        del parts[0]
    while parts and _is_blank(parts[-1]):
        parts.pop()
    if parts:
        parts[0] = _stripped(parts[0], str.lstrip)
        parts[-1] = _stripped(parts[-1], str.rstrip)
    return tuple(parts)


def _shows_prompt(span: Span) -> bool:
    return any(control.prompt for control in span.controls)


def _is_blank(part: Inline) -> bool:
    return isinstance(part, Break) or (isinstance(part, Text) and not part.text.strip())


def _stripped(part: Inline, strip: Callable[[str], str]) -> Inline:
    if not isinstance(part, Text):
        return part
    text = strip(part.text)
    return part if text == part.text else replace(part, text=text)
