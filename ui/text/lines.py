"""The rich text that a Qt document holds, read line by line; a line is read again only where it has changed.

A field of fifty thousand words is saved every two seconds while it is typed in: what stands in the lines nobody
touched is known. A line is a block of Qt's; a long paragraph stands on several (`content.PIECE`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, cast

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import (
    QTextBlock,
    QTextCharFormat,
    QTextDocument,
    QTextFrame,
    QTextListFormat,
    QTextTable,
    QTextTableCell,
)

from ui.gradual import Gradual
from ui.text.content import (
    CAPTION,
    CONTINUES,
    FILLER,
    LEVEL,
    LINE_BREAK,
    PICTURE,
    SCOPE,
    SPANS,
    list_of,
    marks_of,
    picture_of,
)
from workbench.richtext import (
    Block,
    Break,
    Cell,
    Heading,
    Inline,
    Item,
    ListBlock,
    Paragraph,
    RichText,
    Row,
    Table,
    Text,
    canonical,
    canonical_inline,
)

PAUSE = 100
"""Milliseconds from a change to looking at what it changed."""


@dataclass(frozen=True, slots=True)
class Line:
    """What a block says, and what its format makes of it.

    `alone` is what it comes to where no other belongs to it; `further` says that it goes on with a paragraph; `depth`
    is 0 outside lists; `list` tells one list from another. `words` are as many as a reader would count.
    """

    text: str
    content: tuple[Inline, ...]
    alone: Block | None
    level: int
    caption: bool
    further: bool
    depth: int
    list: int
    ordered: bool
    in_table: bool
    words: int

    def continues(self, before: Line) -> bool:
        """Whether it is a further piece of the paragraph that `before` is a piece of."""
        plain = not (before.depth or before.level or before.caption or self.depth)
        return self.further and plain and self.in_table == before.in_table


Look = Callable[[QTextBlock], Line]


def look(block: QTextBlock) -> Line:
    """Reads one line."""
    form, content = block.blockFormat(), tuple(_inlines(block))
    level, caption = form.intProperty(LEVEL), form.boolProperty(CAPTION)
    inline = canonical_inline(content)
    made = Heading(level, inline) if level in (3, 4) and not caption else Paragraph(inline)
    text = block.text()
    return Line(
        text,
        content,
        made if inline else None,
        level,
        caption,
        form.boolProperty(CONTINUES),
        *_in_list(block),
        in_table=_table_around(block) is not None,
        words=len(text.replace(PICTURE, "").split()),
    )


def read(document: QTextDocument) -> RichText:
    """The rich text that `document` holds, in its canonical form."""
    return _put_together(_parts(document.rootFrame(), look))


class Lines(QObject):
    """The lines of a document, kept as it changes. `counted(n)` when it holds another number of words."""

    counted = Signal(int)

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._document = document
        self._lines: list[Line | None] = [None] * document.blockCount()
        self._told = 0
        self._gradual = Gradual(self)
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(lambda: self._gradual.start(self._look_on(), self._tell))
        document.documentLayout()  # Without one a document does not tell of its changes.
        document.contentsChange.connect(self._forget)

    def all(self) -> list[Line]:
        """Every line as it is now."""
        for _ in self._look_on():
            pass
        return cast("list[Line]", self._lines)

    def content(self) -> RichText:
        """The rich text as it is now, in its canonical form; what did not change is the same object as before."""
        return _put_together(self._parts(self.all()))

    def count(self) -> int:
        """The number of words now."""
        return sum(line.words for line in self.all())

    def _parts(self, lines: list[Line]) -> Iterator[Line | Table]:
        at = 0
        while at < len(lines):
            table = _table_around(self._document.findBlockByNumber(at)) if lines[at].in_table else None
            if table is None:
                yield lines[at]
                at += 1
            else:
                yield _read_table(table, lambda block: lines[block.blockNumber()])
                at = self._document.findBlock(table.lastPosition()).blockNumber() + 1

    def _look_on(self) -> Iterator[None]:
        """Reads what is not known, a line at a time."""
        at = 0
        while (at := self._unknown(at)) >= 0:
            self._lines[at] = look(self._document.findBlockByNumber(at))
            yield

    def _unknown(self, start: int) -> int:
        """The first line from `start` on that is to be read; -1 where none is."""
        try:
            return self._lines.index(None, start)
        except ValueError:
            return -1

    def _forget(self, position: int, _removed: int, added: int) -> None:
        """Lines before the change and after it stay, wherever they stand now."""
        first = self._document.findBlock(position).blockNumber()
        last = self._document.findBlock(position + added).blockNumber()
        count = self._document.blockCount()
        after = len(self._lines) - (count - 1 - last if last >= 0 else 0)
        self._lines[max(first, 0) : after] = [None] * (count - max(first, 0) - (len(self._lines) - after))
        if not self._timer.isActive():
            self._timer.start()

    def _tell(self) -> None:
        now = self.count()
        if now != self._told:
            self._told = now
            self.counted.emit(now)


# A line


def _inlines(block: QTextBlock) -> Iterator[Inline]:
    """The runs, breaks and pictures of one block."""
    at = block.begin()
    while not at.atEnd():
        fragment = at.fragment()
        yield from _pieces(fragment.text(), fragment.charFormat())
        at += 1


def _pieces(text: str, form: QTextCharFormat) -> Iterator[Inline]:
    if form.isImageFormat():
        yield from (picture_of(form) for _ in text)
        return
    for number, part in enumerate(text.split(LINE_BREAK)):
        if number:
            yield Break()
        yield Text(part.replace(PICTURE, ""), marks_of(form), form.anchorHref() or None)


def _in_list(block: QTextBlock) -> tuple[int, int, bool]:
    """How deep a block stands in a list, in which, and whether that counts its entries."""
    made = list_of(block)
    if made is None:
        return 0, -1, False
    form = made.format()
    ordered = form.style().value <= QTextListFormat.Style.ListDecimal.value
    return max(form.indent(), 1), made.objectIndex(), ordered


def _table_around(block: QTextBlock) -> QTextTable | None:
    """The outermost table that a block stands in, if any."""
    found = None
    frame = block.document().frameAt(block.position())
    while isinstance(frame, QTextTable):
        found, frame = frame, cast("QTextFrame | None", frame.parentFrame())
    return found


# Lines put together


def _parts(frame: QTextFrame | QTextTableCell, look: Look) -> Iterator[Line | Table]:
    """The lines of a frame and its tables."""
    at = frame.begin()
    while not at.atEnd():
        inner = at.currentFrame()
        yield _read_table(inner, look) if isinstance(inner, QTextTable) else look(at.currentBlock())
        at += 1


def _put_together(parts: Iterable[Line | Table]) -> RichText:
    return tuple(block for block in _blocks(parts) if block is not None)


def _blocks(parts: Iterable[Line | Table]) -> Iterator[Block | None]:
    """What the parts come to; None for what is blank."""
    group: list[Line] = []
    for part in parts:
        if isinstance(part, Table):
            caption = group[0].content if group and group[0].caption else ()
            if not caption:
                yield from _of(group)
            yield from canonical((replace(part, caption=caption),))
            group = []
        elif group and _belong_together(group[-1], part):
            group.append(part)
        else:
            yield from _of(group)
            group = [part]
    yield from _of(group)


def _belong_together(before: Line, line: Line) -> bool:
    return bool(before.depth and line.depth) or line.continues(before)


def _of(group: list[Line]) -> Iterable[Block | None]:
    """The blocks that lines come to: entries of lists, pieces of one paragraph, or a line alone."""
    if group and group[0].depth:
        return canonical(_lists(group))
    if len(group) > 1:
        return canonical((Paragraph(tuple(part for line in group for part in line.content)),))
    return (line.alone for line in group)


def _lists(entries: list[Line], depth: int = 1) -> Iterator[ListBlock]:
    """The entries as nested lists; neighbours of the same Qt list stand in one."""
    current: list[Item] = []
    last: Line | None = None
    for first, below in _families(entries, depth):
        item = Item(first.content if first.depth == depth else (), tuple(_lists(below, depth + 1)))
        if last is not None and first.depth == depth and first.list != last.list:
            yield ListBlock(last.ordered, tuple(current))
            current = []
        current.append(item)
        last = first
    if last is not None:
        yield ListBlock(last.ordered, tuple(current))


def _families(entries: list[Line], depth: int) -> Iterator[tuple[Line, list[Line]]]:
    """Each entry at `depth` with the deeper ones that follow it."""
    at = 0
    while at < len(entries):
        start = at if entries[at].depth > depth else at + 1
        end = start
        while end < len(entries) and entries[end].depth > depth:
            end += 1
        yield entries[at], entries[start:end]
        at = end


# A table


def _read_table(table: QTextTable, look: Look) -> Table:
    """A table without its caption, which stands before it."""
    rows = tuple(_read_row(table, row, look) for row in range(table.rows()))
    head = table.format().headerRowCount()
    return Table(rows[head:], rows[:head])


def _read_row(table: QTextTable, row: int, look: Look) -> Row:
    cells = (table.cellAt(row, column) for column in range(table.columns()))
    own = {cell.column(): cell for cell in cells if cell.row() == row}
    used = [column for column, cell in own.items() if not _is_filler(cell)]
    return Row(tuple(_read_cell(cell, look) for column, cell in own.items() if used and column <= used[-1]))


def _is_filler(cell: QTextTableCell) -> bool:
    """Whether a cell stands only because Qt's tables are rectangular, and nobody has written in it."""
    return cell.firstPosition() == cell.lastPosition() and cell.format().boolProperty(FILLER)


def _read_cell(cell: QTextTableCell, look: Look) -> Cell:
    form = cell.format()
    scope = form.stringProperty(SCOPE)
    across, _, down = (form.stringProperty(SPANS) or "1,1").partition(",")
    kept = cast('Literal["col", "row"] | None', scope or None)
    return Cell(_put_together(_parts(cell, look)), kept, int(across), int(down))
