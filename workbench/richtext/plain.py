"""The words of a rich text, and what else stands in it, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from workbench.richtext.model import (
    Block,
    Heading,
    Image,
    Inline,
    Item,
    ListBlock,
    Paragraph,
    RichText,
    Row,
    Table,
    Text,
    canonical,
)


def from_text(text: str) -> RichText:
    """A paragraph for each line of `text` that is not blank."""
    return canonical(Paragraph((Text(line),)) for line in text.splitlines())


def plain(blocks: RichText) -> str:
    """The words alone: a line for each paragraph, list item and table row; cells parted by tabs."""
    return "\n".join(_lines(blocks))


def _lines(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph(content) | Heading(_, content):
                yield plain_inline(content)
            case ListBlock():
                yield from _list_lines(block)
            case Table(body, head, caption):
                if caption:
                    yield plain_inline(caption)
                for row in (*head, *body):
                    yield "\t".join(plain(cell.content) for cell in row.cells)


def _list_lines(block: ListBlock) -> Iterator[str]:
    for item in block.items:
        yield plain_inline(item.content)
        for nested in item.lists:
            yield from _list_lines(nested)


def plain_inline(content: Iterable[Inline]) -> str:
    """The words of inline content; a break is a line end, a picture nothing."""
    return "".join(
        [part.text if isinstance(part, Text) else "\n" for part in content if not isinstance(part, Image)]
    )


def count_words(blocks: RichText) -> int:
    """How many words a reader would count."""
    return len(plain(blocks).split())


def images(blocks: RichText) -> tuple[Image, ...]:
    """Every picture of a rich text, in order."""
    return tuple(part for content in inlines(blocks) for part in content if isinstance(part, Image))


def links(blocks: RichText) -> tuple[tuple[str, str], ...]:
    """Every link as its words and its address, in order; runs of one link are one entry."""
    found: list[tuple[str, str]] = []
    for content in inlines(blocks):
        if any(isinstance(part, Text) and part.href for part in content):
            found.extend((plain_inline(parts), href) for href, parts in by_link(content) if href)
    return tuple(found)


def by_link(content: Iterable[Inline]) -> Iterator[tuple[str | None, list[Inline]]]:
    """Neighbours that share an address, so that one link of several runs stays one link."""
    group: list[Inline] = []
    address: str | None = None
    for part in content:
        href = part.href if isinstance(part, Text) else None
        if group and href != address:
            yield address, group
            group = []
        address = href
        group.append(part)
    if group:
        yield address, group


def inlines(blocks: Iterable[Block]) -> Iterator[tuple[Inline, ...]]:
    """The inline content of every paragraph, heading, item, caption and cell, in order."""
    for block in blocks:
        match block:
            case Paragraph(content) | Heading(_, content):
                yield content
            case ListBlock(_, items):
                for item in items:
                    yield item.content
                    yield from inlines(item.lists)
            case Table(body, head, caption):
                yield caption
                for row in (*head, *body):
                    for cell in row.cells:
                        yield from inlines(cell.content)


def line_starts(blocks: RichText, at: int = 0) -> Iterator[tuple[int, tuple[Inline, ...]]]:
    """Each line of a rich text, in the order of `inlines`, with where it begins in `plain(blocks)`."""
    for block in blocks:
        if isinstance(block, Table):
            yield from _table_starts(block, at)
        else:
            here = at
            for content in inlines((block,)):
                yield here, content
                here += len(plain_inline(content)) + 1
        at += len(plain((block,))) + 1


def _table_starts(table: Table, at: int) -> Iterator[tuple[int, tuple[Inline, ...]]]:
    if table.caption:
        yield at, table.caption
        at += len(plain_inline(table.caption)) + 1
    for row in (*table.head, *table.body):
        for cell in row.cells:
            yield from line_starts(cell.content, at)
            at += len(plain(cell.content)) + 1


def map_inline(blocks: RichText, change: Callable[[Inline], Inline]) -> RichText:
    """`blocks` with `change` applied to every run, break and picture."""
    return canonical(_map_block(block, change) for block in blocks)


def _map_block(block: Block, change: Callable[[Inline], Inline]) -> Block:
    match block:
        case Paragraph(content) | Heading(_, content):
            return replace(block, content=tuple(map(change, content)))
        case ListBlock():
            return _map_list(block, change)
        case Table(body, head, caption):
            return Table(_map_rows(body, change), _map_rows(head, change), tuple(map(change, caption)))


def _map_list(block: ListBlock, change: Callable[[Inline], Inline]) -> ListBlock:
    items = (
        Item(tuple(map(change, item.content)), tuple(_map_list(nested, change) for nested in item.lists))
        for item in block.items
    )
    return replace(block, items=tuple(items))


def _map_rows(rows: Iterable[Row], change: Callable[[Inline], Inline]) -> tuple[Row, ...]:
    return tuple(
        Row(tuple(replace(cell, content=map_inline(cell.content, change)) for cell in row.cells))
        for row in rows
    )
