"""A page of the help to read: Markdown in the house's look, its links followed, its pictures fitted, words marked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QDesktopServices,
    QFont,
    QFontDatabase,
    QImage,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextList,
    QTextListFormat,
    QTextOption,
    QTextTable,
    QTextTableCellFormat,
)
from PySide6.QtWidgets import QTextBrowser, QTextEdit

from ui import help as pages
from ui import theme
from ui.phrases import say
from ui.theme import colour, sans, serif
from workbench.search import fold

MARGIN = 36
"""Pixels at each side of the column of text."""
TEXT = 14.0
"""Pixels of the type, before it is made larger."""
WORD_START = r"(?<![^\W_])"


@dataclass(frozen=True)
class Type:
    """How the parts of a page are set, `zoom` times as large as usual."""

    zoom: float = 1.0

    @property
    def measure(self) -> int:
        """The widest a line may be, in pixels."""
        return round(theme.MEASURE * min(self.zoom, 1.4))

    def heading(self, level: int) -> QFont:
        """The face of a heading."""
        if level == 1:
            return serif(25 * self.zoom, QFont.Weight.DemiBold)
        return sans((17 if level == 2 else TEXT) * self.zoom, QFont.Weight.DemiBold)

    @cached_property
    def code(self) -> QFont:
        """The face of what is typed, and of keys."""
        made = QFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        made.setPointSizeF(sans((TEXT - 1) * self.zoom).pointSizeF())
        return made

    def block(self, level: int) -> QTextBlockFormat:
        """The room around a heading, or around a paragraph at level 0."""
        made = QTextBlockFormat()
        above = {0: 0, 1: 4, 2: 26}.get(level, 18)
        made.setTopMargin(above * self.zoom)
        made.setBottomMargin((8 if level else 10) * self.zoom)
        made.setLineHeight(115 if level else 150, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        return made


class Reader(QTextBrowser):
    """Shows one page. `followed(address)` when a link to another place of the help is pressed."""

    followed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(say("help-page"))
        self.setOpenLinks(False)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.anchorClicked.connect(self._follow)
        self.page: pages.Page | None = None
        self.type = Type()
        self._words = ""
        self._place = ""
        self._refit = QTimer(self, singleShot=True, interval=0)
        self._refit.timeout.connect(self._fit)

    def show_page(self, page: pages.Page, place: str = "", words: str = "") -> None:
        """Shows a page from its top or from a place on it, with the words that were looked for marked."""
        self.page, self._words, self._place = page, words, place
        self._write()
        self._refit.start()

    def set_zoom(self, zoom: float) -> None:
        """Sets the page larger or smaller; the same words stay in view."""
        self.type = Type(zoom)
        self._again()

    def redress(self) -> None:
        """Sets the page anew in the colours that hold now."""
        self._again()

    def _again(self) -> None:
        if self.page is not None:
            at = self.cursorForPosition(self.viewport().rect().topLeft()).position()
            self._write()
            self._scroll_to(at)

    def _write(self) -> None:
        assert self.page is not None
        blocked = QSignalBlocker(self)
        document = QTextDocument(self)
        document.setDocumentMargin(0)
        document.setIndentWidth(26 * self.type.zoom)
        document.setDefaultFont(sans(TEXT * self.type.zoom))
        self.setDocument(document)
        self._space()
        document.setMarkdown(self.page.text, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
        dress(document, self.type)
        self._size_pictures()
        self.setExtraSelections(list(self._found()))
        self.setTextCursor(QTextCursor(document))
        blocked.unblock()

    # Room

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The column keeps its measure; pictures fit into it."""
        super().resizeEvent(event)
        self._space()
        self._size_pictures()

    def _space(self) -> None:
        """The column begins at the margin, and is no wider than can be read."""
        side = MARGIN if self.width() > 500 else MARGIN // 2
        rest = self.width() - 2 * side - self.type.measure
        self.setViewportMargins(side, 20, max(side, side + rest), 0)

    def _fit(self) -> None:
        """Once there is a layout: the place that was asked for is at the top."""
        self.document().setTextWidth(self.viewport().width())
        at = place_in(self.document(), self._place) if self._place else None
        self._scroll_to(at.position() if at is not None else 0)

    def _scroll_to(self, position: int) -> None:
        cursor = QTextCursor(self.document())
        cursor.setPosition(min(position, max(self.document().characterCount() - 1, 0)))
        self.setTextCursor(cursor)
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self.cursorRect(cursor).top() - 12 if position else 0)

    # Pictures

    def _wide(self) -> int:
        return min(self.type.measure, max(self.viewport().width(), 200))

    def _size_pictures(self) -> None:
        for block in blocks(self.document()):
            for format_, start, length in runs(block):
                if not format_.isImageFormat():
                    continue
                image = format_.toImageFormat()
                natural = self._natural(image.name())
                image.setWidth(min(natural.width(), self._wide()))
                image.setHeight(image.width() * natural.height() / max(natural.width(), 1))
                cursor = QTextCursor(self.document())
                cursor.setPosition(start)
                cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
                cursor.setCharFormat(image)

    def _natural(self, name: str) -> QImage:
        assert self.page is not None
        return QImage(str(shown_picture(self.page.folder / name)))

    def loadResource(self, kind: int, name: QUrl) -> object:
        """A picture of the page, drawn as small as it is shown, in the look that holds now."""
        if self.page is None or kind != QTextDocument.ResourceType.ImageResource.value:
            return None
        picture = self._natural(name.toString())
        ratio = self.devicePixelRatioF()
        wide = round(min(picture.width(), self._wide()) * ratio)
        if picture.isNull() or wide >= picture.width():
            return picture
        made = picture.scaledToWidth(wide, Qt.TransformationMode.SmoothTransformation)
        made.setDevicePixelRatio(ratio)
        return made

    # Links and words

    def _follow(self, link: QUrl) -> None:
        assert self.page is not None
        address = pages.address_of(link.toString(), self.page)
        if address:
            self.followed.emit(address)
        else:
            QDesktopServices.openUrl(QUrl.fromUserInput(link.toString(), str(self.page.folder)))

    def _found(self) -> Iterator[QTextEdit.ExtraSelection]:
        """Every word on the page that begins with one that was looked for."""
        words = [re.escape(word) for word in fold(self._words).split()]
        if not words:
            return
        text = fold(self.document().toPlainText())
        for found in re.finditer(rf"{WORD_START}(?:{'|'.join(words)})\w*", text):
            marked = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.document())
            cursor.setPosition(found.start())
            cursor.setPosition(found.end(), QTextCursor.MoveMode.KeepAnchor)
            marked.cursor = cursor  # type: ignore[attr-defined]
            marked.format.setBackground(colour("found"))  # type: ignore[attr-defined]
            yield marked


def shown_picture(path: Path) -> Path:
    """The picture that belongs to the look that holds now: a light one has a dark twin, or stands for both."""
    dark = path.with_name(path.name.replace("-light", "-dark"))
    ground = colour("panel")
    return dark if ground.lightnessF() < 0.5 and dark.exists() else path


def place_in(document: QTextDocument, place: str) -> QTextBlock | None:
    """The heading of that name, or the first cell of that row."""
    for block in blocks(document):
        heading = block.blockFormat().headingLevel() and pages.slug(block.text()) == place
        if heading or (QTextCursor(block).currentTable() and pages.is_row(block.text(), place)):
            return block
    return None


# The look


def dress(document: QTextDocument, made: Type) -> None:
    """Sets a document that was read from Markdown as the house sets what it says."""
    for block in blocks(document):
        _dress_block(block, made)
    for table in tables(document):
        _dress_table(table, made)


def is_code(block: QTextBlock) -> bool:
    """Whether a paragraph is a line of a block of code."""
    return block.isValid() and block.blockFormat().hasProperty(QTextFormat.Property.BlockCodeLanguage.value)


def _dress_block(block: QTextBlock, made: Type) -> None:
    level = block.blockFormat().headingLevel()
    coded = is_code(block)
    cursor = QTextCursor(block)
    form = made.block(level)
    if (listed := block.textList()) is not None:
        form.setBottomMargin(4 * made.zoom)
        _dress_list(listed)
    if coded:
        form.setBackground(colour("raised"))
        form.setBottomMargin(0 if is_code(block.next()) else 10 * made.zoom)
        form.setLineHeight(21 * made.zoom, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        form.setNonBreakableLines(False)
    if any(format_.isImageFormat() for format_, _, _ in runs(block)):
        form.setLineHeight(100, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    if cursor.currentTable() is None or level:
        cursor.mergeBlockFormat(form)
    for format_, start, length in runs(block):
        cursor.setPosition(start)
        cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
        cursor.setCharFormat(_words(format_, level, coded, made))


def _dress_list(listed: QTextList) -> None:
    """One kind of bullet, whatever sign was typed for it."""
    form = listed.format()
    if form.style() in (QTextListFormat.Style.ListCircle, QTextListFormat.Style.ListSquare):
        form.setStyle(QTextListFormat.Style.ListDisc)
        listed.setFormat(form)


def _words(before: QTextCharFormat, level: int, coded: bool, made: Type) -> QTextCharFormat:
    """The format of a run of words, which had that of Markdown before."""
    form = QTextCharFormat(before)
    if level:
        form.clearProperty(QTextCharFormat.Property.FontSizeAdjustment.value)
        form.setFont(made.heading(level))
        form.setForeground(colour("ink"))
    elif before.fontFixedPitch() or coded:
        form.setFont(made.code)
        if not coded:
            form.setBackground(colour("raised"))
    if before.isAnchor():
        form.setForeground(colour("accent"))
        form.setFontUnderline(True)
    return form


def _dress_table(table: QTextTable, made: Type) -> None:
    form = table.format().toTableFormat()
    form.setBorder(0)
    form.setBorderCollapse(True)
    form.setCellPadding(5 * made.zoom)
    form.setCellSpacing(0)
    form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_None)
    form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    form.setTopMargin(4 * made.zoom)
    form.setBottomMargin(16 * made.zoom)
    table.setFormat(form)
    for row in range(table.rows()):
        for column in range(table.columns()):
            _dress_cell(table, row, column)


def _dress_cell(table: QTextTable, row: int, column: int) -> None:
    cell = table.cellAt(row, column)
    form = QTextTableCellFormat(cell.format().toTableCellFormat())
    form.setBottomBorder(1)
    form.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    form.setBottomBorderBrush(colour("line"))
    cell.setFormat(form)
    if row == 0:
        head = QTextCharFormat()
        head.setFontWeight(QFont.Weight.DemiBold)
        head.setForeground(colour("ink2"))
        cursor = cell.firstCursorPosition()
        cursor.setPosition(cell.lastCursorPosition().position(), QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(head)


# Walking a document


def blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    """Every paragraph, those in cells too."""
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def runs(block: QTextBlock) -> list[tuple[QTextCharFormat, int, int]]:
    """The runs of a paragraph: their format, where they begin, how long they are."""
    found: list[tuple[QTextCharFormat, int, int]] = []
    walk = block.begin()
    while not walk.atEnd():
        fragment = walk.fragment()
        found.append((fragment.charFormat(), fragment.position(), fragment.length()))
        walk += 1
    return found


def tables(document: QTextDocument) -> list[QTextTable]:
    """Every table, once."""
    met: dict[int, QTextTable] = {}
    for block in blocks(document):
        table = QTextCursor(block).currentTable()
        if table is not None:
            met[table.firstPosition()] = table
    return list(met.values())
