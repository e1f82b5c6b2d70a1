"""Changing a rich text by the places of its plain text."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from workbench.richtext.model import (
    Block,
    Break,
    Cell,
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


@dataclass(frozen=True, slots=True)
class Splice:
    """Characters `start` to `end` of a plain text, and what comes in their place."""

    start: int
    end: int
    new: str


def replace_text(blocks: RichText, start: int, end: int, new: str) -> RichText:
    """`blocks` with the characters `start` to `end` of `plain(blocks)` replaced by `new`.

    The new words take the marks and the link of the first run they touch. What only parts blocks (line ends,
    the tabs between cells) cannot be replaced and stays.
    """
    return splice(blocks, (Splice(start, end, new),))


def splice(blocks: RichText, splices: Sequence[Splice]) -> RichText:
    """`blocks` with every splice made at once; they may not overlap, and count in the plain text as it was."""
    return canonical(_Walk(_Splicing(splices).rewrite).blocks(blocks))


class _Splicing:
    """Makes splices run by run, in their order; each new text goes to the first run that its splice touches."""

    def __init__(self, splices: Sequence[Splice]) -> None:
        self._waiting = deque(sorted(splices, key=lambda each: (each.start, each.end)))
        self._written: Splice | None = None

    def rewrite(self, at: int, run: Text) -> Text:
        pieces: list[str] = []
        done, end = at, at + len(run.text)
        while self._waiting and self._waiting[0].start <= end:
            each = self._waiting[0]
            if not self._touches(each, at, end):
                break
            pieces.append(run.text[done - at : max(each.start, done) - at])
            pieces.append("" if self._written is each else each.new)
            self._written = each
            done = max(min(each.end, end), done)
            if each.end > end:
                break
            self._waiting.popleft()
        return replace(run, text="".join((*pieces, run.text[done - at :]))) if pieces else run

    def _touches(self, each: Splice, at: int, end: int) -> bool:
        """Whether a run from `at` to `end` is changed: an insertion goes to the run before it, if there is one."""
        if each.start == each.end:
            return each.start >= at
        return (each.start < end and each.end > at) or self._written is each


class _Walk:
    """Visits each run in the order of `plain`, telling `rewrite` at which character it begins."""

    def __init__(self, rewrite: Callable[[int, Text], Text]) -> None:
        self._rewrite = rewrite
        self._at = 0
        self._first_line = True

    def blocks(self, blocks: Iterable[Block]) -> tuple[Block, ...]:
        return tuple(self._block(block) for block in blocks)

    def _block(self, block: Block) -> Block:
        match block:
            case Paragraph(content) | Heading(_, content):
                return replace(block, content=self._line(content))
            case ListBlock():
                return self._list(block)
            case Table(body, head, caption):
                return Table(
                    caption=self._line(caption) if caption else (),
                    head=self._rows(head),
                    body=self._rows(body),
                )

    def _list(self, block: ListBlock) -> ListBlock:
        items = (Item(self._line(item.content), tuple(map(self._list, item.lists))) for item in block.items)
        return replace(block, items=tuple(items))

    def _rows(self, rows: Iterable[Row]) -> tuple[Row, ...]:
        return tuple(self._row(row) for row in rows)

    def _row(self, row: Row) -> Row:
        self._next_line()
        cells: list[Cell] = []
        for number, cell in enumerate(row.cells):
            self._at += number > 0
            self._first_line = True
            cells.append(replace(cell, content=self.blocks(cell.content)))
        self._first_line = False
        return Row(tuple(cells))

    def _line(self, content: Iterable[Inline]) -> tuple[Inline, ...]:
        self._next_line()
        return tuple(self._inline(part) for part in content)

    def _inline(self, part: Inline) -> Inline:
        match part:
            case Text(text):
                at, self._at = self._at, self._at + len(text)
                return self._rewrite(at, part)
            case Break():
                self._at += 1
                return part
            case Image():
                return part

    def _next_line(self) -> None:
        self._at += not self._first_line
        self._first_line = False
