"""A Word file as it was sent, as a Qt document to read.

Everything is shown: headings, lists with the numbers Word gave them, tables, pictures, text boxes; insertions and
deletions with their authors; hidden words and prompts; comments and footnotes under the paragraph they hang on. Each
line knows the ref of its paragraph (`ref_of`), so that a field can light where it came from and a press can find the
field.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from PySide6.QtCore import QUrl
from PySide6.QtGui import (
    QFont,
    QImage,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextLength,
    QTextOption,
    QTextTable,
)

from ui import theme
from ui.phrases import note_kind, say
from ui.text import content
from workbench.desk.rows import Source
from workbench.richtext import Break, Image, Text
from workbench.richtext.tables import laid_out
from workbench.submission import Note
from workbench.word.document import Block, Cell, Paragraph, Row, Span, Table, Trace, paragraphs
from workbench.words import listed

REF = int(QTextFormat.Property.UserProperty.value) + 20
BESIDE = REF + 1

SIZE = 13
LINE = 20
MARGIN = 10
BAND = 5
"""Rows of a table that are laid out at once: Qt lays out a whole table before it shows a line of it."""
SHORTEST, LONGEST = 6, 40
"""Characters by which the width of a column is measured, at least and at most."""
ROOM, IN_CELL = 290, 120
"""Pixels across that a picture may take, and one in a table."""
STEP = 18
"""Pixels by which each level of a list stands in."""

_HEADINGS = {0: 17.0, 1: 15.0, 2: 14.0}
_GONE = frozenset({"deletion", "moved-from"})
_NEW = frozenset({"insertion", "moved-to"})


def ref_of(block: QTextBlock) -> str:
    """The ref of the paragraph that a line of the document shows; "" where it shows none."""
    return block.blockFormat().stringProperty(REF)


def is_beside(block: QTextBlock) -> bool:
    """Whether a line tells of its paragraph instead of being its words: a comment, who changed it."""
    return block.blockFormat().boolProperty(BESIDE)


def write(document: QTextDocument, source: Source, pictures: Mapping[str, QImage]) -> Iterator[None]:
    """Writes `source` into `document`, which is empty and not yet shown; pauses after each paragraph and row."""
    writer = _Writer(document, source, pictures)
    yield from writer.blocks(source.document.blocks)
    yield from writer.rest()


class _Writer:
    def __init__(self, document: QTextDocument, source: Source, pictures: Mapping[str, QImage]) -> None:
        document.setDocumentMargin(MARGIN)
        document.setUndoRedoEnabled(False)
        for asset, picture in pictures.items():
            kind = QTextDocument.ResourceType.ImageResource.value
            document.addResource(kind, QUrl(f"asset:{asset}"), picture)
        self._cursor = QTextCursor(document)
        self._used = False
        self._boxed = False
        self._size = float(SIZE)
        self._pictures = pictures
        self._notes: defaultdict[str, list[Note]] = defaultdict(list)
        for note in source.document.notes:
            self._notes[note.ref].append(note)

    def blocks(self, blocks: Iterable[Block]) -> Iterator[None]:
        for block in blocks:
            self._tell_box(boxed=block.origin == "textbox", ref=block.ref)
            if isinstance(block, Table):
                yield from self._table(block)
            else:
                self._paragraph(block)
            yield

    def rest(self) -> Iterator[None]:
        """What hangs on no paragraph: page headers, links to elsewhere, macros."""
        left = [note for notes in self._notes.values() for note in notes]
        if left:
            self._line(_beside("", top=14), say("beside-the-text"), _small(strong=True))
        for note in left:
            self._note(note)
            yield

    def _paragraph(self, paragraph: Paragraph) -> None:
        if paragraph.spans:
            self._line(_shape(paragraph, boxed=self._boxed))
            heading = _heading(paragraph, self._size)
            if paragraph.list is not None:
                self._cursor.insertText(f"{paragraph.list.label or '•'}\t", heading)
            prompt = any(control.prompt for control in paragraph.controls)
            for span in paragraph.spans:
                self._span(span, heading, prompt=prompt)
            self._tell_authors(paragraph)
        for note in self._notes.pop(paragraph.ref, ()):
            self._note(note)

    def _span(self, span: Span, heading: QTextCharFormat, *, prompt: bool) -> None:
        match span.inline:
            case Image(asset, alt):
                self._picture(asset, alt)
            case Break():
                self._cursor.insertText(content.LINE_BREAK, heading)
            case Text():
                asked = prompt or any(control.prompt for control in span.controls)
                self._cursor.insertText(span.inline.text, _run(span, span.inline, heading, prompt=asked))

    def _picture(self, asset: str, alt: str | None) -> None:
        picture = self._pictures.get(asset)
        room = IN_CELL if self._size < SIZE else ROOM
        form = content.picture_format(asset, alt, min(picture.width(), room) if picture else room)
        form.setToolTip(alt or say("picture-without-words"))
        self._cursor.insertImage(form)

    def _table(self, table: Table) -> Iterator[None]:
        if table.caption:
            self._line(_beside(table.ref), table.caption, _small(strong=True))
        size, self._size = self._size, self._size - 1
        bands = tuple(_bands(table.rows))
        widths = _widths(table.rows)
        for band in bands:
            if not self._used:
                self._cursor.setBlockFormat(content.sliver())
            yield from self._band(band, widths, alone=len(bands) == 1)
        self._size = size

    def _band(self, rows: Sequence[Row], widths: Sequence[float], *, alone: bool) -> Iterator[None]:
        """Rows of a table as a table of their own; where they are not `alone`, as wide as those above and below."""
        heads = next((n for n, row in enumerate(rows) if not row.header), len(rows))
        form = content.table_format(heads, len(widths))
        if not alone:
            form.setTopMargin(0)
            form.setBottomMargin(0)
            form.setColumnWidthConstraints(
                [QTextLength(QTextLength.Type.PercentageLength, width) for width in widths]
            )
        made = self._cursor.insertTable(max(len(rows), 1), len(widths), form)
        after = QTextCursor(made.lastCursorPosition())
        for place in laid_out(row.cells for row in rows):
            yield from self._cell(made, rows, *place)
        after.setPosition(made.lastPosition() + 1)
        self._cursor, self._used = after, False

    def _cell(
        self, made: QTextTable, rows: Sequence[Row], row: int, at: int, cell: Cell, down: int, across: int
    ) -> Iterator[None]:
        if down > 1 or across > 1:
            made.mergeCells(row, at, down, across)
        self._cursor, self._used = made.cellAt(row, at).firstCursorPosition(), False
        if rows[row].header:
            form = made.cellAt(row, at).format()
            form.setBackground(theme.colour("raised"))
            made.cellAt(row, at).setFormat(form)
        yield from self.blocks(cell.blocks)

    def _tell_box(self, *, boxed: bool, ref: str) -> None:
        if boxed and not self._boxed:
            self._line(_beside(ref, top=6), say("text-box"), _small(strong=True))
        self._boxed = boxed

    def _tell_authors(self, paragraph: Paragraph) -> None:
        authors = dict.fromkeys(t.author for span in paragraph.spans for t in span.traces if t.author)
        if authors:
            self._line(_beside(paragraph.ref), say("tracked-by", names=listed(list(authors))), _small())

    def _note(self, note: Note) -> None:
        form = _beside(note.ref)
        form.setBackground(theme.colour("advice_soft" if note.kind == "comment" else "raised"))
        who = f"{note_kind(note.kind)} · {note.author}" if note.author else note_kind(note.kind)
        self._line(form, f"{who}: ", _small(strong=True))
        self._cursor.insertText(note.text.replace("\n", content.LINE_BREAK), _small())

    def _line(self, form: QTextBlockFormat, text: str = "", words: QTextCharFormat | None = None) -> None:
        if self._used:
            self._cursor.insertBlock(form, words or QTextCharFormat())
        else:
            self._cursor.setBlockFormat(form)
        self._used = True
        if words is not None:
            self._cursor.insertText(text, words)


def _bands(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    """The rows in bands of about `BAND`, none parted from a row that a cell of it reaches down to."""
    start = reaches = 0
    for number, row in enumerate(rows):
        if number >= start + BAND and number >= reaches:
            yield rows[start:number]
            start = number
        reaches = max(reaches, number + max((cell.rowspan for cell in row.cells), default=1))
    yield rows[start:]


def _widths(rows: Sequence[Row]) -> list[float]:
    """How wide each column is, in per cent, by the longest words that stand in it alone."""
    longest: defaultdict[int, int] = defaultdict(int)
    for _, at, cell, _, across in laid_out(row.cells for row in rows):
        said = sum(len(each.text) for each in paragraphs(cell.blocks))
        longest[at] = max(longest[at], min(said, LONGEST) if across == 1 else 0)
        longest[at + across - 1] += 0
    columns = [max(longest[column], SHORTEST) for column in range(max(longest, default=0) + 1)]
    return [100 * width / sum(columns) for width in columns]


def _form(ref: str, *, left: float = 0, top: float = 0, bottom: float = 4) -> QTextBlockFormat:
    made = QTextBlockFormat()
    made.setProperty(REF, ref)
    made.setLeftMargin(left)
    made.setTopMargin(top)
    made.setBottomMargin(bottom)
    return made


def _beside(ref: str, *, top: float = 0) -> QTextBlockFormat:
    made = _form(ref, left=10, top=top)
    made.setProperty(BESIDE, True)
    return made


def _shape(paragraph: Paragraph, *, boxed: bool) -> QTextBlockFormat:
    """How a paragraph stands: a heading apart, an item as deep as its level, a text box on a ground of its own."""
    headed = paragraph.outline is not None
    made = _form(paragraph.ref, left=10 if boxed else 0, top=8 if headed else 0, bottom=3 if headed else 8)
    made.setLineHeight(LINE, QTextBlockFormat.LineHeightTypes.MinimumHeight.value)
    if boxed:
        made.setBackground(theme.colour("raised"))
    if paragraph.list is not None:
        deep = STEP * (min(paragraph.list.level, 8) + 1)
        made.setLeftMargin(made.leftMargin() + deep)
        made.setTextIndent(-STEP)
        made.setTabPositions([QTextOption.Tab(STEP, QTextOption.TabType.LeftTab)])
        made.setBottomMargin(3)
    return made


def _heading(paragraph: Paragraph, size: float) -> QTextCharFormat:
    """The dress of a paragraph's words: headings are set in the interface's face, as labels are."""
    made = QTextCharFormat()
    if paragraph.outline is None:
        made.setFont(theme.serif(size))
    else:
        made.setFont(theme.sans(_HEADINGS.get(paragraph.outline, float(SIZE)), QFont.Weight.DemiBold))
        made.setForeground(theme.colour("accent"))
    return made


def _run(span: Span, text: Text, heading: QTextCharFormat, *, prompt: bool) -> QTextCharFormat:
    made = QTextCharFormat(heading)
    if "strong" in text.marks:
        made.setFontWeight(QFont.Weight.Bold)
    made.setFontItalic("em" in text.marks or prompt)
    if "sup" in text.marks:
        made.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
    if "sub" in text.marks:
        made.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSubScript)
    if text.href:
        made.setForeground(theme.colour("accent"))
        made.setFontUnderline(True)
        made.setToolTip(text.href)
    if prompt:
        made.setForeground(theme.colour("ink2"))
        made.setToolTip(say("trace-prompt"))
    for trace in span.traces:
        _trace(made, trace)
    return made


def _trace(made: QTextCharFormat, trace: Trace) -> None:
    """Marks a run by a line and by colour, so that neither says it alone."""
    if trace.kind in _GONE:
        made.setFontStrikeOut(True)
        made.setForeground(theme.colour("blocker"))
    elif trace.kind in _NEW:
        made.setFontUnderline(True)
        made.setForeground(theme.colour("good"))
    elif trace.kind == "hidden":
        made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
        made.setBackground(theme.colour("quiet_soft"))
    else:
        made.setBackground(theme.colour("advice_soft"))
    made.setToolTip(say(f"trace-{trace.kind}", who=trace.author or say("somebody")))


def _small(*, strong: bool = False) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setFont(theme.sans(12, QFont.Weight.DemiBold if strong else QFont.Weight.Normal))
    made.setForeground(theme.colour("ink2"))
    return made
