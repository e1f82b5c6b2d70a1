"""The rich text of a field as a Qt document that can be edited, and back.

`write` sets a rich text, `read` gives the rich text a document holds; for every canonical `x`, reading what was
written gives `x` again. What counts is kept in properties of Qt's formats (`MARKS`, `ALT`, …), never in how things
look, so that the look may change freely.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby, islice
from operator import itemgetter
from typing import cast

from PySide6.QtGui import (
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextImageFormat,
    QTextLength,
    QTextList,
    QTextListFormat,
    QTextTable,
    QTextTableFormat,
)

from ui import theme
from workbench.richtext import (
    MARKS,
    Block,
    Break,
    Cell,
    Heading,
    Image,
    Inline,
    ListBlock,
    Mark,
    Paragraph,
    RichText,
    Table,
    Text,
)
from workbench.richtext.tables import laid_out

_USER = int(QTextFormat.Property.UserProperty.value)
MARK_BITS = _USER + 1
ALT = _USER + 2
LEVEL = _USER + 3
CAPTION = _USER + 4
SPANS = _USER + 5
SCOPE = _USER + 6
FILLER = _USER + 7
CONTINUES = _USER + 8

LINE_BREAK = "\u2028"
PICTURE = "\ufffc"
BATCH = 30
"""Lines, or rows of a table, that are written before the document is laid out and the window may go on."""
PIECE = 4_000
"""Characters of a paragraph that are laid out at once. A longer one is shown in pieces and is one all the same: Qt
lays out the whole of what it holds for a paragraph with every key."""


@dataclass(frozen=True, slots=True)
class Dress:
    """How content is set: its size and the pixels from line to line, and the widest a picture may be."""

    size: float = theme.BODY_SIZE
    line: float = theme.LINE_HEIGHT
    gap: float = 8
    picture: int = theme.MEASURE
    weight: QFont.Weight = QFont.Weight.Normal

    def block(
        self, *, level: int = 0, caption: bool = False, continues: bool = False, continued: bool = False
    ) -> QTextBlockFormat:
        """The format of a paragraph or a piece of one, of a heading of `level`, or of a table's caption."""
        made = QTextBlockFormat()
        made.setBottomMargin(0 if continued else 4 if level or caption else self.gap)
        made.setTopMargin(10 if level else 0)
        made.setLineHeight(self.line, QTextBlockFormat.LineHeightTypes.MinimumHeight.value)
        if level:
            made.setProperty(LEVEL, level)
        if caption:
            made.setProperty(CAPTION, True)
        if continues:
            made.setProperty(CONTINUES, True)
        return made

    def words(
        self, marks: Iterable[Mark] = (), href: str | None = None, *, heavy: bool = False
    ) -> QTextCharFormat:
        """The format of a run with these marks and this link."""
        made = QTextCharFormat()
        made.setFont(theme.serif(self.size, self.weight))
        mark(made, frozenset(marks), QFont.Weight.Bold if heavy else self.weight)
        if href:
            made.setAnchor(True)
            made.setAnchorHref(href)
            made.setForeground(theme.colour("accent"))
            made.setFontUnderline(True)
        return made


def mark(made: QTextCharFormat, marks: frozenset[Mark], weight: QFont.Weight = QFont.Weight.Normal) -> None:
    """Gives a format these marks, and the look that goes with them."""
    made.setProperty(MARK_BITS, sum(1 << MARKS.index(mark) for mark in marks))
    made.setFontWeight(QFont.Weight.Bold if "strong" in marks else weight)
    made.setFontItalic("em" in marks)
    if "sup" in marks:
        made.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
    elif "sub" in marks:
        made.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSubScript)


def marks_of(words: QTextCharFormat) -> frozenset[Mark]:
    """The marks a run carries."""
    bits = words.intProperty(MARK_BITS)
    return frozenset(mark for number, mark in enumerate(MARKS) if bits >> number & 1)


# Writing


def write(document: QTextDocument, blocks: RichText, dress: Dress | None = None) -> None:
    """Makes `document` hold `blocks` and nothing else."""
    for _ in pour(document, blocks, dress):
        pass


def pour(document: QTextDocument, blocks: RichText, dress: Dress | None = None) -> Iterator[None]:
    """Does as `write`, pausing after every `BATCH` lines; until the end, `document` holds a part of them."""
    document.clear()
    document.setDocumentMargin(0)
    cursor = QTextCursor(document)
    return _in_batches(cursor, _Writer(cursor, dress or Dress()).blocks(blocks))


def _in_batches(cursor: QTextCursor, steps: Iterator[None]) -> Iterator[None]:
    """Goes through `steps` so that the document is laid out once for several of them."""
    more = True
    while more:
        cursor.beginEditBlock()
        more = len(list(islice(steps, BATCH))) == BATCH
        cursor.endEditBlock()
        yield


def append(cursor: QTextCursor, blocks: RichText, dress: Dress, *, used: bool = False) -> None:
    """Writes `blocks` where `cursor` stands; `used` says that its block already holds something."""
    cursor.beginEditBlock()
    for _ in _Writer(cursor, dress, used=used).blocks(blocks):
        pass
    cursor.endEditBlock()


def insert(cursor: QTextCursor, blocks: RichText, dress: Dress) -> Iterator[None]:
    """Puts `blocks` where `cursor` stands, pausing after every `BATCH` lines.

    A paragraph at the beginning joins the words before the cursor, one at the end those after it.
    """
    return _in_batches(cursor, _inserting(cursor, blocks, dress))


def _inserting(cursor: QTextCursor, blocks: RichText, dress: Dress) -> Iterator[None]:
    part_before = not cursor.atBlockStart()
    part_after = not cursor.atBlockEnd()
    if part_after:
        cursor.insertBlock()
        cursor.movePosition(QTextCursor.MoveOperation.PreviousCharacter)
    writer = _Writer(cursor, dress, used=part_before, in_cell=begins_cell(cursor))
    first = blocks[0] if blocks else None
    if isinstance(first, Paragraph) and (part_before or len(blocks) == 1):
        writer.run_on(first)
        blocks = blocks[1:]
    last = blocks[-1] if blocks else first
    yield from writer.blocks(blocks)
    if part_after and isinstance(last, Paragraph):
        cursor.deleteChar()


_Forms = dict[tuple[Dress, frozenset[Mark], str | None, bool], QTextCharFormat]


class _Writer:
    """Writes where `cursor` stands. `used` says that its block holds something, `heavy` that words are bold,
    `in_cell` that it is the first block of a table's cell, whose format is the cell's own.
    """

    def __init__(
        self,
        cursor: QTextCursor,
        dress: Dress,
        *,
        used: bool = False,
        heavy: bool = False,
        in_cell: bool = False,
        forms: _Forms | None = None,
    ) -> None:
        self._cursor = cursor
        self._in_cell = in_cell
        self._dress = dress
        self._used = used
        self._heavy = heavy
        self._forms: _Forms = {} if forms is None else forms

    def _words(
        self, marks: frozenset[Mark] = frozenset(), href: str | None = None, *, heavy: bool = False
    ) -> QTextCharFormat:
        """The format of a run, made once."""
        key = self._dress, marks, href, heavy
        if key not in self._forms:
            self._forms[key] = self._dress.words(marks, href, heavy=heavy)
        return self._forms[key]

    def blocks(self, blocks: Iterable[Block]) -> Iterator[None]:
        for block in blocks:
            match block:
                case Paragraph(content):
                    yield from self._paragraph(content)
                case Heading(level, content):
                    yield self._line(content, self._dress.block(level=level), heavy=True)
                case ListBlock():
                    yield from self._list(block, 1)
                case Table():
                    yield from self._table(block)

    def run_on(self, paragraph: Paragraph) -> None:
        """Writes the words of a paragraph into the line where the cursor stands."""
        for part in paragraph.content:
            self._inline(part, heavy=self._heavy)
        self._used = True

    def _paragraph(self, content: tuple[Inline, ...]) -> Iterator[None]:
        pieces = tuple(_in_pieces(content))
        for number, piece in enumerate(pieces, 1):
            form = self._dress.block(continues=number > 1, continued=number < len(pieces))
            yield self._line(piece, form)

    def _line(self, content: Iterable[Inline], form: QTextBlockFormat, *, heavy: bool = False) -> None:
        plain_words = self._words(heavy=heavy or self._heavy)
        if self._used:
            self._cursor.insertBlock(form, plain_words)
        else:
            self._cursor.setBlockFormat(form)
            if not self._in_cell:
                self._cursor.setBlockCharFormat(plain_words)
        self._used = True
        for part in content:
            self._inline(part, heavy=heavy or self._heavy)

    def _inline(self, part: Inline, *, heavy: bool) -> None:
        match part:
            case Text(text, marks, href):
                self._cursor.insertText(text, self._words(marks, href, heavy=heavy))
            case Break():
                self._cursor.insertText(LINE_BREAK, self._words(heavy=heavy))
            case Image(asset, alt):
                self._cursor.insertImage(picture_format(asset, alt))

    def _list(self, block: ListBlock, depth: int) -> Iterator[None]:
        form = list_format(depth, ordered=block.ordered)
        made = None
        for item in block.items:
            self._line(item.content, replace(self._dress, gap=4).block())
            if made is None:
                made = self._cursor.createList(form)
            else:
                made.add(self._cursor.block())
            yield
            for nested in item.lists:
                yield from self._list(nested, depth + 1)

    def _table(self, table: Table) -> Iterator[None]:
        if table.caption:
            self._line(table.caption, self._dress.block(caption=True), heavy=True)
        elif not self._used:
            self._cursor.setBlockFormat(sliver())
        rows = (*table.head, *table.body)
        places = tuple(laid_out(row.cells for row in rows))
        columns = max((at + across for _, at, _, _, across in places), default=1)
        made = self._cursor.insertTable(len(rows), columns, table_format(len(table.head), columns))
        small = replace(self._dress, size=self._dress.size - 1.5, gap=2, line=self._dress.line - 4)
        for _, row in groupby(places, key=itemgetter(0)):
            for place in row:
                self._cell(made, small, *place)
            yield
        _mark_fillers(made, {(row, at) for row, at, *_ in places})
        self._cursor.setPosition(made.lastPosition() + 1)
        self._used = False

    def _cell(
        self, made: QTextTable, dress: Dress, row: int, at: int, cell: Cell, down: int, across: int
    ) -> None:
        if down > 1 or across > 1:
            made.mergeCells(row, at, down, across)
        place = made.cellAt(row, at)
        heavy = cell.scope is not None
        writer = _Writer(place.firstCursorPosition(), dress, heavy=heavy, in_cell=True, forms=self._forms)
        for _ in writer.blocks(cell.content):
            pass
        form = place.format()
        form.setProperty(SPANS, f"{cell.colspan},{cell.rowspan}")
        form.setProperty(SCOPE, cell.scope or "")
        place.setFormat(form)


def _in_pieces(content: tuple[Inline, ...]) -> Iterator[tuple[Inline, ...]]:
    """Inline content in pieces of about `PIECE` characters, parted after a space; almost always one piece."""
    if sum(len(part.text) for part in content if isinstance(part, Text)) <= PIECE:
        yield content
        return
    piece: list[Inline] = []
    room = PIECE
    for part in content:
        while isinstance(part, Text) and len(part.text) > room:
            cut = part.text.rfind(" ", 0, room) + 1 or room
            yield (*piece, replace(part, text=part.text[:cut]))
            piece, room, part = [], PIECE, replace(part, text=part.text[cut:])
        piece.append(part)
        room -= len(part.text) if isinstance(part, Text) else 0
    yield tuple(piece)


def begins_cell(cursor: QTextCursor) -> bool:
    """Whether the cursor's block is the first of a table's cell: what would be its format is the cell's own."""
    table = cast("QTextTable | None", cursor.currentTable())
    return table is not None and table.cellAt(cursor).firstPosition() == cursor.block().position()


def picture_format(asset: str, alt: str | None, width: int = 0) -> QTextImageFormat:
    """The format by which a document shows the picture `asset`, as wide as it is where `width` is 0."""
    made = QTextImageFormat()
    made.setName(f"asset:{asset}")
    if width:
        made.setWidth(width)
    if alt is not None:
        made.setProperty(ALT, alt)
    return made


def list_format(depth: int, *, ordered: bool) -> QTextListFormat:
    """The format of a list at that depth, 1 for the outermost."""
    made = QTextListFormat()
    styles = (
        (
            QTextListFormat.Style.ListDecimal,
            QTextListFormat.Style.ListLowerAlpha,
            QTextListFormat.Style.ListLowerRoman,
        )
        if ordered
        else (
            QTextListFormat.Style.ListDisc,
            QTextListFormat.Style.ListCircle,
            QTextListFormat.Style.ListSquare,
        )
    )
    made.setStyle(styles[(depth - 1) % 3])
    made.setIndent(depth)
    return made


def table_format(head: int, columns: int) -> QTextTableFormat:
    """The format of a table of so many head rows and columns."""
    made = QTextTableFormat()
    made.setHeaderRowCount(head)
    made.setCellPadding(5)
    made.setCellSpacing(0)
    made.setBorder(1)
    made.setBorderCollapse(True)
    made.setBorderBrush(theme.colour("line"))
    made.setBorderStyle(QTextTableFormat.BorderStyle.BorderStyle_Solid)
    made.setTopMargin(4)
    made.setBottomMargin(8)
    made.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    made.setColumns(columns)
    return made


def sliver() -> QTextBlockFormat:
    """The unavoidable empty block before a table that begins a document, too thin to see."""
    made = QTextBlockFormat()
    made.setLineHeight(1, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    return made


def _mark_fillers(table: QTextTable, filled: set[tuple[int, int]]) -> None:
    """Marks the cells that stand only because Qt's tables are rectangular."""
    for row in range(table.rows()):
        for column in range(table.columns()):
            cell = table.cellAt(row, column)
            if (cell.row(), cell.column()) not in filled:
                form = cell.format()
                form.setProperty(FILLER, True)
                cell.setFormat(form)


# What stands where


def list_of(block: QTextBlock) -> QTextList | None:
    """The list that a block stands in, if any."""
    return cast("QTextList | None", block.textList())


def picture_of(form: QTextCharFormat) -> Image:
    """The picture that a run of this format is."""
    image = form.toImageFormat()
    alt = image.stringProperty(ALT) if image.hasProperty(ALT) else None
    return Image(image.name().removeprefix("asset:"), alt)


def choose(document: QTextDocument, start: int, end: int) -> QTextCursor:
    """A cursor over the positions `start` to `end` of `document`."""
    cursor = QTextCursor(document)
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    return cursor
