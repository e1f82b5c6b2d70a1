"""Parting a rich text at places of its plain text, so that a part of an answer can go elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from workbench.richtext.editing import replace_text
from workbench.richtext.model import (
    Block,
    Break,
    Heading,
    Inline,
    Item,
    ListBlock,
    Paragraph,
    RichText,
    Table,
    Text,
    canonical,
)
from workbench.richtext.plain import images, plain, plain_inline

Parts = tuple[tuple[Block, ...], tuple[Block, ...]]


def split(blocks: RichText, at: int, *, tables_before: bool = False) -> tuple[RichText, RichText]:
    """What stands before and after character `at` of `plain(blocks)`; blanks at the cut are dropped.

    A table is never parted: one that `at` stands in goes whole into the second part, or, with `tables_before`, into
    the first.
    """
    before: list[Block] = []
    after: list[Block] = []
    here = 0
    for block in blocks:
        end = here + len(plain((block,)))
        first, second = _block_parts(block, at - here, end - here, tables_before)
        before += first
        after += second
        here = end + 1
    return canonical(before), canonical(after)


def cut(blocks: RichText, start: int, end: int) -> tuple[RichText, RichText]:
    """Characters `start` to `end` of `plain(blocks)` as a rich text, and what is left without them.

    Words cut out of the middle of a line leave one line; a table goes whole, whatever is chosen of it.
    """
    head, tail = split(blocks, end, tables_before=True)
    left, taken = split(head, start)
    words_alone = not images(taken) and not any(isinstance(block, Table) for block in taken)
    if words_alone and _within_line(plain(blocks), start, end):
        return taken, replace_text(blocks, start, end, "")
    return taken, left + tail


def _within_line(text: str, start: int, end: int) -> bool:
    """Whether words of the same line stand before and after."""
    around = (text[:start][-1:], text[end : end + 1])
    return "\n" not in text[start:end] and not any(each in ("", "\n") for each in around)


def _block_parts(block: Block, at: int, length: int, tables_before: bool) -> Parts:
    if at <= 0:
        return (), (block,)
    if at >= length:
        return (block,), ()
    match block:
        case Paragraph(content) | Heading(_, content):
            first, second = _inline_parts(content, at)
            return (replace(block, content=first),), (replace(block, content=second),)
        case ListBlock():
            return _list_parts(block, at, tables_before)
        case Table():
            return ((block,), ()) if tables_before else ((), (block,))


def _list_parts(block: ListBlock, at: int, tables_before: bool) -> Parts:
    """Whole items on either side; the lists nested in an item that is parted follow its second half."""
    for number, item in enumerate(block.items):
        own = len(plain_inline(item.content))
        length = len(plain((ListBlock(block.ordered, (item,)),)))
        if at > length:
            at -= length + 1
            continue
        first, second = _inline_parts(item.content, min(at, own))
        kept, moved = _nested_parts(item.lists, at - own - 1, tables_before)
        begun = (Item(second, moved),) if second else (each for nested in moved for each in nested.items)
        following = (*begun, *block.items[number + 1 :])
        return (
            (replace(block, items=(*block.items[:number], Item(first, kept))),),
            (replace(block, items=following),),
        )
    return (block,), ()


def _nested_parts(
    lists: Iterable[ListBlock], at: int, tables_before: bool
) -> tuple[tuple[ListBlock, ...], tuple[ListBlock, ...]]:
    kept: list[ListBlock] = []
    moved: list[ListBlock] = []
    for nested in lists:
        length = len(plain((nested,)))
        first, second = _block_parts(nested, at, length, tables_before)
        kept += [each for each in first if isinstance(each, ListBlock)]
        moved += [each for each in second if isinstance(each, ListBlock)]
        at -= length + 1
    return tuple(kept), tuple(moved)


def _inline_parts(content: Iterable[Inline], at: int) -> tuple[tuple[Inline, ...], tuple[Inline, ...]]:
    first: list[Inline] = []
    second: list[Inline] = []
    for part in content:
        length = len(part.text) if isinstance(part, Text) else isinstance(part, Break)
        if isinstance(part, Text) and 0 < at < length:
            first.append(replace(part, text=part.text[:at]))
            second.append(replace(part, text=part.text[at:]))
        else:
            (first if at > 0 and at >= length else second).append(part)
        at -= length
    return _trimmed_right(first), _trimmed_left(second)


def _trimmed_left(content: list[Inline]) -> tuple[Inline, ...]:
    while content and (isinstance(content[0], Break) or _is_blank(content[0])):
        content = content[1:]
    if content and isinstance(content[0], Text):
        content[0] = replace(content[0], text=content[0].text.lstrip())
    return tuple(content)


def _trimmed_right(content: list[Inline]) -> tuple[Inline, ...]:
    while content and (isinstance(content[-1], Break) or _is_blank(content[-1])):
        content = content[:-1]
    if content and isinstance(content[-1], Text):
        content[-1] = replace(content[-1], text=content[-1].text.rstrip())
    return tuple(content)


def _is_blank(part: Inline) -> bool:
    return isinstance(part, Text) and not part.text.strip()
