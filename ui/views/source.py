"""The Word file as the council sent it, beside the study; and the passages that have no field yet."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, cast

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import (
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QTextEdit, QVBoxLayout, QWidget

from ui import content, theme
from ui.content import Dress
from ui.phrases import say
from ui.theme import colour
from ui.views.controls import IconButton
from ui.views.parts import Elided, button, clear, label
from workbench.desk.rows import Source, SourceBlock
from workbench.richtext import EMPTY, Table, from_html, images
from workbench.submission import FieldValue, Passage
from workbench.template import Field

_NUMBER = re.compile(r"^\W?\w{1,4}[.)]\s+")
"""What Word puts before an item of a numbered list."""

DIGITS = 9
"""So many passages can be placed by a digit."""


class SourceText(QTextEdit):
    """The words of the source. `touched(refs)` when a passage is pressed; `light` shows where a field came from."""

    touched = Signal(tuple, str)

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setAccessibleName(say("source-text"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._spans: list[tuple[int, int, tuple[str, ...]]] = []
        self._source: Source | None = None
        self._lit: frozenset[str] = frozenset()
        self._lines: frozenset[str] = frozenset()

    def show_source(self, source: Source | None) -> None:
        """Shows a document from its beginning; nothing where it is None."""
        if source == self._source:
            return
        self._source = source
        self.redress()
        self.verticalScrollBar().setValue(0)

    def redress(self) -> None:
        """Sets the document anew in the colours that hold now."""
        self._spans.clear()
        document = self.document()
        content.write(document, EMPTY)
        document.setDocumentMargin(0)
        for block in self._source.blocks if self._source else ():
            self._append(document, block)
        self._mark()

    def light(self, refs: Iterable[str], lines: frozenset[str]) -> None:
        """Marks the blocks that these refs stand in, of a table only these lines, and brings the first into view."""
        self._lit, self._lines = frozenset(refs), lines
        found = self._mark()
        if found:
            self._reveal(found[0][0])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Says which passage was pressed."""
        super().mousePressEvent(event)
        at = self.cursorForPosition(event.position().toPoint()).position()
        refs = next((held for start, end, held in self._spans if start <= at <= end), None)
        if refs:
            self.touched.emit(refs, self.document().findBlock(at).text().strip())

    def _append(self, document: QTextDocument, block: SourceBlock) -> None:
        cursor = QTextCursor(document)
        cursor.movePosition(QTextCursor.MoveOperation.End)
        blocks = from_html(block.html)
        for image in images(blocks):
            self._offer(image.asset, in_table=isinstance(blocks[0], Table))
        start = cursor.position()
        content.append(cursor, blocks, Dress(size=13, line=20, gap=8), used=not document.isEmpty())
        self._spans.append((start + (start > 0), cursor.position(), block.refs))

    def _offer(self, asset: str, *, in_table: bool) -> None:
        picture = QImage.fromData(self._source.assets.get(asset, b"")) if self._source else QImage()
        if picture.isNull():
            picture = QImage(200, 80, QImage.Format.Format_RGB32)
            picture.fill(colour("line"))
        room = max(self.viewport().width() - 8, 160)
        wide = min(picture.width(), room // 2 if in_table else room)
        scaled = picture.scaledToWidth(wide, Qt.TransformationMode.SmoothTransformation)
        self.document().addResource(
            QTextDocument.ResourceType.ImageResource.value, QUrl(f"asset:{asset}"), scaled
        )

    def _mark(self) -> list[tuple[int, int]]:
        spans = [(start, end, held) for start, end, held in self._spans if self._lit & set(held)]
        lit = [place for span in spans for place in self._parts(*span)]
        self.setExtraSelections([self._selection(start, end) for start, end in lit])
        return lit

    def _parts(self, start: int, end: int, held: tuple[str, ...]) -> list[tuple[int, int]]:
        """The block itself; of one that holds several paragraphs, such as a table, the lines that are meant."""
        if len(held) == 1:
            return [(start, end)]
        found: list[tuple[int, int]] = []
        block = self.document().findBlock(start)
        while block.isValid() and block.position() <= end:
            line = block.text().strip()
            if line in self._lines or _NUMBER.sub("", line) in self._lines:
                found.append((block.position(), block.position() + block.length() - 1))
            block = block.next()
        return found

    def _selection(self, start: int, end: int) -> Any:
        made = cast("Any", QTextEdit.ExtraSelection())
        made.cursor = content.choose(self.document(), start, end)
        made.format = QTextCharFormat()
        made.format.setBackground(theme.colour("found"))
        return made

    def _reveal(self, position: int) -> None:
        cursor = self.textCursor()
        cursor.setPosition(position)
        top = self.cursorRect(cursor).top()
        bar = self.verticalScrollBar()
        if not 0 <= top <= self.viewport().height() - 60:
            bar.setValue(bar.value() + top - 40)


class Sheet(QWidget):
    """Paper: the one place with a shadow."""

    def __init__(self, inner: QWidget) -> None:
        super().__init__()
        box = QVBoxLayout(self)
        box.setContentsMargins(26, 28, 18, 20)
        box.addWidget(inner)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A light edge, and three soft lines below it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for depth, alpha in ((3, 6), (2, 10), (1, 16)):
            shade = colour("ink")
            shade.setAlpha(alpha)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(shade)
            painter.drawRoundedRect(self.rect().adjusted(2, 3, -2, depth - 3), 5, 5)
        painter.setPen(colour("line"))
        painter.setBrush(colour("panel"))
        painter.drawRoundedRect(self.rect().adjusted(2, 1, -3, -4), 4, 4)


class PassageCard(QFrame):
    """An unplaced passage, with the field it likely belongs to and the digit that puts it there."""

    def __init__(
        self,
        passage: Passage,
        digit: int,
        suggested: Field | None,
        here: Callable[[], object],
        elsewhere: Callable[[], object],
    ) -> None:
        super().__init__()
        self.setObjectName("passage")
        self.setAccessibleName(say("passage-is", text=passage.text[:200]))
        quoted = label(f"“{_short(passage.text)}”", wrap=True)
        quoted.setToolTip(passage.text[:2000])
        self.place = button(
            suggested.label if suggested else say("place"),
            here,
            name="compact",
            command=f"place_{digit}" if digit <= DIGITS else "",
            says=say("place-in", label=suggested.label) if suggested else say("place-passage"),
        )
        self.elsewhere = IconButton("down", say("place-elsewhere"), elsewhere)
        self.elsewhere.setVisible(suggested is not None)
        box = QHBoxLayout(self)
        box.setContentsMargins(10, 7, 6, 7)
        box.setSpacing(4)
        box.addWidget(quoted, 1)
        box.addWidget(self.place)
        box.addWidget(self.elsewhere)


class Tray(QFrame):
    """The unplaced passages. `placed(key, field)`; `asked(key)` where the field is still to be chosen."""

    placed = Signal(str, str)
    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("tray")
        self.passages: tuple[Passage, ...] = ()
        self._title = label("", "trayTitle")
        self._cards = QVBoxLayout()
        self._cards.setSpacing(6)
        self._cards.setContentsMargins(0, 0, 0, 0)
        inner = QWidget()
        inner.setLayout(self._cards)
        self._scroll = QScrollArea()
        self._scroll.setWidget(inner)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 10, 12, 10)
        box.setSpacing(8)
        box.addWidget(self._title)
        box.addWidget(self._scroll)

    def show_passages(
        self, passages: Sequence[Passage], fields: Mapping[str, Field], *, editable: bool
    ) -> None:
        """Shows the passages; the tray is gone where there are none."""
        self.passages = tuple(passages)
        self.setVisible(bool(passages))
        self._title.setText(say("unplaced", n=len(passages)))
        clear(self._cards)
        for number, passage in enumerate(passages, 1):
            card = self._card(passage, number, fields.get(passage.suggested or ""))
            card.setEnabled(editable)
            self._cards.addWidget(card)
        self._cards.addStretch(1)
        self._scroll.setFixedHeight(min(66 * len(passages), 206))

    def press(self, digit: int) -> None:
        """Does what the digit of a passage stands for."""
        if digit <= len(self.passages):
            self._press(self.passages[digit - 1])

    def _card(self, passage: Passage, number: int, suggested: Field | None) -> PassageCard:
        here = partial(self._press, passage)
        return PassageCard(passage, number, suggested, here, partial(self.asked.emit, passage.key))

    def _press(self, passage: Passage) -> None:
        if passage.suggested:
            self.placed.emit(passage.key, passage.suggested)
        else:
            self.asked.emit(passage.key)


class SourceView(QWidget):
    """The first part of the inspector: what the template asked, the sheet, the tray."""

    def __init__(self) -> None:
        super().__init__()
        self.text = SourceText()
        self.tray = Tray()
        self._asked = Elided("", "small")
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 10, 16, 14)
        box.setSpacing(8)
        box.addWidget(self._asked)
        box.addWidget(Sheet(self.text), 1)
        box.addWidget(self.tray)
        self.tray.hide()

    def show_source(self, source: Source | None) -> None:
        """Shows the Word file."""
        self.text.show_source(source)
        self.text.setAccessibleDescription(source.name if source else "")

    def show_field(self, field: Field | None, value: FieldValue) -> None:
        """Lights where the current field came from, and says what the template asked for."""
        self._asked.say(say("asked", guidance=field.guidance) if field and field.guidance else "")
        said = (*value.text.splitlines(), value.heading)
        lines = frozenset(line.strip() for line in said if line.strip())
        self.text.light(value.sources, lines)


def _short(text: str, limit: int = 70) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[: limit - 1].rsplit(" ", 1)[0] + "…"
