"""The rich text of a field as a Qt document that can be edited, and back.

`write` sets a rich text, `read` gives the rich text a document holds; for every canonical `x`, reading what was
written gives `x` again. What counts is kept in properties of Qt's formats (`MARKS`, `ALT`, …), never in how things
look, so that the look may change freely. `positions` says where the characters of the plain text stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, cast

from PySide6.QtGui import (
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrame,
    QTextImageFormat,
    QTextLength,
    QTextListFormat,
    QTextTable,
    QTextTableCell,
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
    Item,
    ListBlock,
    Mark,
    Paragraph,
    RichText,
    Row,
    Table,
    Text,
    canonical,
    canonical_inline,
    inlines,
    plain,
    plain_inline,
)

_USER = int(QTextFormat.Property.UserProperty.value)
MARK_BITS = _USER + 1
ALT = _USER + 2
LEVEL = _USER + 3
CAPTION = _USER + 4
SPANS = _USER + 5
SCOPE = _USER + 6
FILLER = _USER + 7

LINE_BREAK = "\u2028"
PICTURE = "\ufffc"
_WIDEST = 60


@dataclass(frozen=True, slots=True)
class Dress:
    """How content is set: its size and the pixels from line to line, and the widest a picture may be."""

    size: float = theme.BODY_SIZE
    line: float = theme.LINE_HEIGHT
    gap: float = 8
    picture: int = theme.MEASURE
    weight: QFont.Weight = QFont.Weight.Normal

    def block(self, *, level: int = 0, caption: bool = False) -> QTextBlockFormat:
        """The format of a paragraph, of a heading of `level`, or of a table's caption."""
        made = QTextBlockFormat()
        made.setBottomMargin(4 if level or caption else self.gap)
        made.setTopMargin(10 if level else 0)
        made.setLineHeight(self.line, QTextBlockFormat.LineHeightTypes.MinimumHeight.value)
        if level:
            made.setProperty(LEVEL, level)
        if caption:
            made.setProperty(CAPTION, True)
        return made

    def words(
        self, marks: Iterable[Mark] = (), href: str | None = None, *, heavy: bool = False
    ) -> QTextCharFormat:
        """The format of a run with these marks and this link."""
        made = QTextCharFormat()
        made.setFont(theme.serif(self.size, self.weight))
        _mark(made, frozenset(marks), QFont.Weight.Bold if heavy else self.weight)
        if href:
            made.setAnchor(True)
            made.setAnchorHref(href)
            made.setForeground(theme.colour("accent"))
            made.setFontUnderline(True)
        return made


def _mark(made: QTextCharFormat, marks: frozenset[Mark], weight: QFont.Weight = QFont.Weight.Normal) -> None:
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
    document.clear()
    document.setDocumentMargin(0)
    append(QTextCursor(document), blocks, dress or Dress())


def append(cursor: QTextCursor, blocks: RichText, dress: Dress, *, used: bool = False) -> None:
    """Writes `blocks` where `cursor` stands; `used` says that its block already holds something."""
    cursor.beginEditBlock()
    _Writer(cursor, dress, used=used).blocks(blocks)
    cursor.endEditBlock()


class _Writer:
    def __init__(self, cursor: QTextCursor, dress: Dress, *, used: bool = False, heavy: bool = False) -> None:
        self._cursor = cursor
        self._dress = dress
        self._used = used
        self._heavy = heavy

    def blocks(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            match block:
                case Paragraph(content):
                    self._line(content, self._dress.block())
                case Heading(level, content):
                    self._line(content, self._dress.block(level=level), heavy=True)
                case ListBlock():
                    self._list(block, 1)
                case Table():
                    self._table(block)

    def _line(self, content: Iterable[Inline], form: QTextBlockFormat, *, heavy: bool = False) -> None:
        plain_words = self._dress.words(heavy=heavy or self._heavy)
        if self._used:
            self._cursor.insertBlock(form, plain_words)
        else:
            self._cursor.setBlockFormat(form)
            self._cursor.setBlockCharFormat(plain_words)
        self._used = True
        for part in content:
            self._inline(part, heavy=heavy or self._heavy)

    def _inline(self, part: Inline, *, heavy: bool) -> None:
        match part:
            case Text(text, marks, href):
                self._cursor.insertText(text, self._dress.words(marks, href, heavy=heavy))
            case Break():
                self._cursor.insertText(LINE_BREAK, self._dress.words(heavy=heavy))
            case Image(asset, alt):
                self._cursor.insertImage(picture_format(asset, alt))

    def _list(self, block: ListBlock, depth: int) -> None:
        form = _list_format(depth, ordered=block.ordered)
        made = None
        for item in block.items:
            self._line(item.content, replace(self._dress, gap=4).block())
            if made is None:
                made = self._cursor.createList(form)
            else:
                made.add(self._cursor.block())
            for nested in item.lists:
                self._list(nested, depth + 1)

    def _table(self, table: Table) -> None:
        if table.caption:
            self._line(table.caption, self._dress.block(caption=True), heavy=True)
        elif not self._used:
            self._cursor.setBlockFormat(_sliver())
        rows = (*table.head, *table.body)
        places = tuple(_places(rows))
        columns = max((at + across for _, at, _, _, across in places), default=1)
        made = self._cursor.insertTable(len(rows), columns, _table_format(len(table.head), columns))
        for place in places:
            self._cell(made, *place)
        _mark_fillers(made, {(row, at) for row, at, *_ in places})
        self._cursor.setPosition(made.lastPosition() + 1)
        self._used = False

    def _cell(self, made: QTextTable, row: int, at: int, cell: Cell, down: int, across: int) -> None:
        if down > 1 or across > 1:
            made.mergeCells(row, at, down, across)
        place = made.cellAt(row, at)
        small = replace(self._dress, size=self._dress.size - 1.5, gap=2, line=self._dress.line - 4)
        _Writer(place.firstCursorPosition(), small, heavy=cell.scope is not None).blocks(cell.content)
        form = place.format()
        form.setProperty(SPANS, f"{cell.colspan},{cell.rowspan}")
        form.setProperty(SCOPE, cell.scope or "")
        place.setFormat(form)


def picture_format(asset: str, alt: str | None, width: int = 0) -> QTextImageFormat:
    """The format by which a document shows the picture `asset`, as wide as it is where `width` is 0."""
    made = QTextImageFormat()
    made.setName(f"asset:{asset}")
    if width:
        made.setWidth(width)
    if alt is not None:
        made.setProperty(ALT, alt)
    return made


def _list_format(depth: int, *, ordered: bool) -> QTextListFormat:
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


def _table_format(head: int, columns: int) -> QTextTableFormat:
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


def _sliver() -> QTextBlockFormat:
    """The unavoidable empty block before a table that begins a document, too thin to see."""
    made = QTextBlockFormat()
    made.setLineHeight(1, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    return made


def _places(rows: Iterable[Row]) -> Iterator[tuple[int, int, Cell, int, int]]:
    """Each cell with its row, its column, and how far down and across it reaches, as a browser lays them out."""
    rows = tuple(rows)
    taken: set[tuple[int, int]] = set()
    for row, entry in enumerate(rows):
        at = 0
        for cell in entry.cells:
            while (row, at) in taken:
                at += 1
            across = _free(taken, row, at, min(cell.colspan, _WIDEST))
            down = min(cell.rowspan, len(rows) - row)
            taken.update((row + y, at + x) for y in range(down) for x in range(across))
            yield row, at, cell, down, across
            at += across


def _free(taken: set[tuple[int, int]], row: int, at: int, wanted: int) -> int:
    return next((x for x in range(1, wanted) if (row, at + x) in taken), wanted)


def _mark_fillers(table: QTextTable, filled: set[tuple[int, int]]) -> None:
    """Marks the cells that stand only because Qt's tables are rectangular."""
    for row in range(table.rows()):
        for column in range(table.columns()):
            cell = table.cellAt(row, column)
            if (cell.row(), cell.column()) not in filled:
                form = cell.format()
                form.setProperty(FILLER, True)
                cell.setFormat(form)


# Reading


@dataclass(frozen=True, slots=True)
class _Entry:
    """A block that stands in a list."""

    depth: int
    list: int
    ordered: bool
    content: tuple[Inline, ...]


def read(document: QTextDocument) -> RichText:
    """The rich text that `document` holds, in its canonical form."""
    return canonical(_frame(document.rootFrame()))


def _frame(frame: QTextFrame | QTextTableCell) -> Iterator[Block]:
    entries: list[_Entry] = []
    caption: tuple[Inline, ...] = ()
    for part in _parts(frame):
        if isinstance(part, QTextBlock) and part.textList() is not None:
            entries.append(_entry(part))
            continue
        yield from _lists(entries)
        entries = []
        if isinstance(part, QTextTable):
            yield _read_table(part, caption)
            caption = ()
            continue
        if canonical_inline(caption):
            yield Paragraph(caption)
        caption = ()
        if part.blockFormat().boolProperty(CAPTION):
            caption = tuple(_content(part))
        else:
            yield _read_line(part)
    yield from _lists(entries)
    if caption:
        yield Paragraph(caption)


def _parts(frame: QTextFrame | QTextTableCell) -> Iterator[QTextBlock | QTextTable]:
    at = frame.begin()
    while not at.atEnd():
        inner = at.currentFrame()
        yield inner if isinstance(inner, QTextTable) else at.currentBlock()
        at += 1


def _read_line(block: QTextBlock) -> Block:
    level = block.blockFormat().intProperty(LEVEL)
    content = tuple(_content(block))
    return Heading(cast("Literal[3, 4]", level), content) if level in (3, 4) else Paragraph(content)


def _entry(block: QTextBlock) -> _Entry:
    form = block.textList().format()
    ordered = form.style().value <= QTextListFormat.Style.ListDecimal.value
    return _Entry(max(form.indent(), 1), block.textList().objectIndex(), ordered, tuple(_content(block)))


def _lists(entries: list[_Entry], depth: int = 1) -> Iterator[ListBlock]:
    """The entries as nested lists; neighbours of the same Qt list stand in one."""
    current: list[Item] = []
    last: _Entry | None = None
    for first, below in _families(entries, depth):
        item = Item(first.content if first.depth == depth else (), tuple(_lists(below, depth + 1)))
        if last is not None and first.depth == depth and first.list != last.list:
            yield ListBlock(last.ordered, tuple(current))
            current = []
        current.append(item)
        last = first
    if last is not None:
        yield ListBlock(last.ordered, tuple(current))


def _families(entries: list[_Entry], depth: int) -> Iterator[tuple[_Entry, list[_Entry]]]:
    """Each entry at `depth` with the deeper ones that follow it."""
    at = 0
    while at < len(entries):
        start = at if entries[at].depth > depth else at + 1
        end = start
        while end < len(entries) and entries[end].depth > depth:
            end += 1
        yield entries[at], entries[start:end]
        at = end


def _read_table(table: QTextTable, caption: tuple[Inline, ...]) -> Table:
    rows = tuple(_read_row(table, row) for row in range(table.rows()))
    head = table.format().headerRowCount()
    return Table(rows[head:], rows[:head], caption)


def _read_row(table: QTextTable, row: int) -> Row:
    cells = (table.cellAt(row, column) for column in range(table.columns()))
    starts = {
        cell.column(): cell for cell in cells if cell.row() == row and not cell.format().boolProperty(FILLER)
    }
    return Row(tuple(_read_cell(cell) for cell in starts.values()))


def _read_cell(cell: QTextTableCell) -> Cell:
    scope = cell.format().stringProperty(SCOPE)
    across, _, down = (cell.format().stringProperty(SPANS) or "1,1").partition(",")
    kept = cast('Literal["col", "row"] | None', scope or None)
    return Cell(canonical(_frame(cell)), kept, int(across), int(down))


def _content(block: QTextBlock) -> Iterator[Inline]:
    at = block.begin()
    while not at.atEnd():
        fragment = at.fragment()
        yield from _pieces(fragment.text(), fragment.charFormat())
        at += 1


def _pieces(text: str, form: QTextCharFormat) -> Iterator[Inline]:
    if form.isImageFormat():
        image = form.toImageFormat()
        alt = image.stringProperty(ALT) if image.hasProperty(ALT) else None
        yield from (Image(image.name().removeprefix("asset:"), alt) for _ in text)
        return
    for number, line in enumerate(text.split(LINE_BREAK)):
        if number:
            yield Break()
        yield Text(line.replace(PICTURE, ""), marks_of(form), form.anchorHref() or None)


# Positions


def positions(document: QTextDocument, start: int, end: int) -> tuple[int, int] | None:
    """Where the characters `start` to `end` of the plain text stand in `document`; None where they do not."""
    first = last = None
    for at, block in _plain_lines(document):
        length = len(block.text().replace(PICTURE, ""))
        if first is None and at <= start <= at + length:
            first = block.position() + _offset(block.text(), start - at)
        if at <= end <= at + length:
            last = block.position() + _offset(block.text(), end - at)
    return (first, last) if first is not None and last is not None else None


def _offset(text: str, wanted: int) -> int:
    """How far into `text` character `wanted` of its plain text stands, in the UTF-16 units that Qt counts."""
    units = seen = 0
    for character in text:
        if seen == wanted and character != PICTURE:
            return units
        seen += character != PICTURE
        units += 2 if character > "\uffff" else 1
    return units


def _plain_lines(document: QTextDocument) -> Iterator[tuple[int, QTextBlock]]:
    """Each block with words in it, with the place of its first character in the plain text."""
    blocks = (block for block in _every_block(document) if canonical_inline(_content(block)))
    starts = (at for at, content in line_starts(read(document)) if content)
    return zip(starts, blocks, strict=False)


def _every_block(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


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


# Editing


def toggle(cursor: QTextCursor, mark: Mark) -> None:
    """Sets `mark` on the chosen words, or clears it where all of them carry it."""
    held = marks_of(cursor.charFormat())
    opposite: dict[Mark, Mark] = {"sup": "sub", "sub": "sup"}
    alone: frozenset[Mark] = frozenset((mark,))
    wanted = held - alone if mark in held else (held - frozenset((opposite.get(mark, mark),))) | alone
    form = QTextCharFormat()
    _mark(form, wanted)
    cursor.mergeCharFormat(form)


def set_link(cursor: QTextCursor, href: str | None) -> None:
    """Links the chosen words to `href`, or frees them of their link."""
    form = QTextCharFormat()
    form.setAnchor(bool(href))
    form.setAnchorHref(href or "")
    form.setFontUnderline(bool(href))
    form.setForeground(theme.colour("accent" if href else "ink"))
    cursor.mergeCharFormat(form)


def toggle_list(cursor: QTextCursor, *, ordered: bool) -> None:
    """Makes the chosen paragraphs a list of this kind, or plain paragraphs where they are one."""
    current = cursor.currentList()
    if current is not None and _entry(cursor.block()).ordered == ordered:
        form = cursor.blockFormat()
        form.setObjectIndex(-1)
        form.setIndent(0)
        cursor.setBlockFormat(form)
    else:
        cursor.createList(_list_format(1, ordered=ordered))


def choose(document: QTextDocument, start: int, end: int) -> QTextCursor:
    """A cursor over the positions `start` to `end` of `document`."""
    cursor = QTextCursor(document)
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    return cursor
