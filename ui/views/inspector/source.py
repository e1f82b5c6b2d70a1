"""The Word file as the council sent it, beside the study, with the passages that have no field yet below it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, cast

from PySide6.QtCore import QEvent, QMimeData, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QHelpEvent,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QTextBlock,
    QTextCharFormat,
    QTextDocument,
)
from PySide6.QtWidgets import QHBoxLayout, QTextEdit, QToolTip, QVBoxLayout, QWidget

from ui.gradual import Gradual
from ui.phrases import say
from ui.text import content, manuscript
from ui.theme import colour
from ui.views.carried import Carried, carry, is_far, pack, unpack
from ui.views.inspector.tray import Tray
from ui.views.parts import Elided, button
from workbench.desk.rows import Source
from workbench.submission import FieldValue
from workbench.template import Field


class SourceText(QTextEdit):
    """The words of the source.

    `touched(refs, line)` when a passage is pressed; `light` shows where an answer came from. A passage without a
    field, or whatever is chosen, can be carried to a field.
    """

    touched = Signal(tuple, str)

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setAccessibleName(say("source-text"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._paper = self.document()
        self._lines: Mapping[str, list[tuple[int, int]]] = {}
        self._source: Source | None = None
        self._pictures: Mapping[str, QImage] = {}
        self._lit: tuple[str, ...] = ()
        self._unplaced: frozenset[str] = frozenset()
        self._writing = Gradual(self)
        self._pressed: QPoint | None = None

    # What it shows

    def show_source(self, source: Source | None, pictures: Mapping[str, QImage] | None = None) -> None:
        """Shows a document from its beginning, with these pictures by SHA-256; nothing where it is None."""
        if source is not None and source == self._source:
            return
        self._source, self._pictures = source, pictures or {}
        self._lit = ()
        self._write(0)

    def redress(self) -> None:
        """Sets the document anew in the colours that hold now."""
        self._write(self.verticalScrollBar().value())

    def light(self, refs: Iterable[str]) -> None:
        """Marks the paragraphs of these refs, and brings the first into view where none is."""
        self._lit = tuple(refs)
        self._mark()
        self.reveal(self._lit)

    def mark_unplaced(self, refs: Iterable[str]) -> None:
        """Says which paragraphs have no field yet."""
        self._unplaced = frozenset(refs)
        self.viewport().update()

    def reveal(self, refs: Iterable[str]) -> None:
        """Brings the first paragraph of these refs into view, where none of them is."""
        places = sorted(place for ref in refs for place in self._lines.get(ref, ()))
        tops = [self.cursorRect(content.choose(self.document(), start, start)).top() for start, _ in places]
        if tops and not any(0 <= top <= self.viewport().height() - 60 for top in tops):
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + tops[0] - 40)

    def _write(self, scrolled: int) -> None:
        fresh = QTextDocument()
        steps = manuscript.write(fresh, self._source, self._pictures) if self._source else iter(())
        self._writing.start(steps, partial(self._show, fresh, scrolled))

    def _show(self, fresh: QTextDocument, scrolled: int) -> None:
        self.setDocument(fresh)
        self._paper = fresh
        self._lines = _lines(fresh)
        self._mark()
        self.verticalScrollBar().setValue(scrolled)
        if not scrolled:
            self.reveal(self._lit)

    def _mark(self) -> None:
        places = [place for ref in self._lit for place in self._lines.get(ref, ())]
        self.setExtraSelections([self._selection(start, end) for start, end in places])

    def _selection(self, start: int, end: int) -> Any:
        made = cast("Any", QTextEdit.ExtraSelection())
        made.cursor = content.choose(self.document(), start, end)
        made.format = QTextCharFormat()
        made.format.setBackground(colour("found"))
        return made

    def paintEvent(self, event: QPaintEvent) -> None:
        """The words, and a broken line beside those that have no field yet."""
        super().paintEvent(event)
        if not self._unplaced:
            return
        painter = QPainter(self.viewport())
        painter.setPen(QPen(colour("warning"), 2, Qt.PenStyle.DashLine))
        for block, place in self._seen():
            if manuscript.ref_of(block) in self._unplaced:
                painter.drawLine(
                    round(place.left()) - 6,
                    round(place.top()),
                    round(place.left()) - 6,
                    round(place.bottom()),
                )

    def _seen(self) -> Iterator[tuple[QTextBlock, QRectF]]:
        """The lines that are in view, each with where it stands."""
        layout, gone = self.document().documentLayout(), self.verticalScrollBar().value()
        block = self.cursorForPosition(QPoint(0, 0)).block()
        while block.isValid():
            place = layout.blockBoundingRect(block).translated(0, -gone)
            if place.top() > self.viewport().height():
                return
            yield block, place
            block = block.next()

    # The mouse, and what it carries

    @property
    def chosen(self) -> tuple[str, ...]:
        """The refs of the paragraphs that are chosen, or of the one that was pressed last."""
        cursor = self.textCursor()
        block = self.document().findBlock(cursor.selectionStart())
        found: list[str] = []
        while block.isValid() and block.position() <= cursor.selectionEnd():
            found.append(manuscript.ref_of(block))
            block = block.next()
        return tuple(dict.fromkeys(filter(None, found)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on a passage without a field may be the beginning of carrying it."""
        super().mousePressEvent(event)
        at = event.position().toPoint()
        free = manuscript.ref_of(self.cursorForPosition(at).block()) in self._unplaced
        self._pressed = at if free and not self.textCursor().hasSelection() else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Carries the passage, or chooses words."""
        if self._pressed is None:
            super().mouseMoveEvent(event)
        elif is_far(event, self._pressed):
            block = self.cursorForPosition(self._pressed).block()
            self._pressed = None
            carry(self, Carried(refs=(manuscript.ref_of(block),)), block.text())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Says which passage was pressed."""
        super().mouseReleaseEvent(event)
        self._pressed = None
        block = self.cursorForPosition(event.position().toPoint()).block()
        if not self.textCursor().hasSelection() and (ref := manuscript.ref_of(block)):
            self.touched.emit((ref,), block.text().strip())

    def createMimeDataFromSelection(self) -> QMimeData:
        """What is copied or carried: the chosen words, and the paragraphs they stand in."""
        chosen, made = super().createMimeDataFromSelection(), QMimeData()
        made.setHtml(chosen.html())
        made.setText(chosen.text())
        return pack(Carried(refs=self.chosen), made)

    def viewportEvent(self, event: QEvent) -> bool:
        """A passage without a field says so in words too."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            block = self.cursorForPosition(event.pos()).block()
            if manuscript.ref_of(block) in self._unplaced:
                QToolTip.showText(event.globalPos(), say("unplaced-here"), self)
                return True
        return super().viewportEvent(event)


def _lines(document: QTextDocument) -> Mapping[str, list[tuple[int, int]]]:
    """Where the words of each paragraph stand, by its ref; what stands beside the text is left out."""
    found: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    block = document.begin()
    while block.isValid():
        if (ref := manuscript.ref_of(block)) and not manuscript.is_beside(block):
            found[ref].append((block.position(), block.position() + block.length() - 1))
        block = block.next()
    return found


class Sheet(QWidget):
    """Paper: the one place with a shadow."""

    def __init__(self, inner: QWidget, margins: tuple[int, int, int, int] = (26, 28, 18, 20)) -> None:
        super().__init__()
        box = QVBoxLayout(self)
        box.setContentsMargins(*margins)
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


class SourceView(QWidget):
    """The first part of the inspector: what the template asked, the sheet, the tray.

    `brought(carried)` when an answer, or words that stand in one, are dropped here to lose their field; `turned` to
    look at another of several files.
    """

    help_page = "reviewing"

    brought = Signal(object)
    turned = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self.text = SourceText()
        self._file = Elided("", "small")
        self._turn = button(say("other-file"), self.turned.emit, name="compact", says=say("other-file-named"))
        self._files = QWidget()
        self.tray = Tray()
        self.tray.looked.connect(self._show_passage)
        self._asked = Elided("", "small")
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 10, 16, 14)
        box.setSpacing(8)
        row = QHBoxLayout(self._files)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._file, 1)
        row.addWidget(self._turn)
        box.addWidget(self._files)
        self._files.hide()
        box.addWidget(self._asked)
        box.addWidget(Sheet(self.text, (16, 18, 8, 10)), 1)
        box.addWidget(self.tray)
        self.tray.hide()

    def show_source(self, source: Source | None, pictures: Mapping[str, QImage] | None = None) -> None:
        """Shows the Word file; says so where there is none."""
        self.text.show_source(source, pictures)
        without = "source-none" if source is None else "" if source.document.blocks else "source-empty"
        self.text.setPlaceholderText(say(without) if without else "")
        self.text.setAccessibleDescription(source.name if source else "")

    def show_files(self, place: int, names: Sequence[str]) -> None:
        """Says which of several files is shown; nothing where there is one."""
        self._files.setVisible(len(names) > 1)
        if len(names) > 1:
            said = {"n": place + 1, "of": len(names), "file": names[place]}
            self._file.say(say("file-shown-first", **said) if not place else say("file-shown", **said))

    def show_field(self, field: Field | None, value: FieldValue) -> None:
        """Lights where the current field came from, and says what the template asked for."""
        self._asked.say(say("asked", guidance=field.guidance) if field and field.guidance else "")
        self.text.light(value.sources)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """An answer, or words of the source, may be dropped anywhere here."""
        carried = unpack(event.mimeData())
        if carried is not None and not carried.passage:
            event.acceptProposedAction()
            self.tray.invite(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """What is carried goes on."""
        super().dragLeaveEvent(event)
        self.tray.invite(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """What is dropped has no field from now on."""
        self.tray.invite(False)
        if (carried := unpack(event.mimeData())) is not None:
            event.acceptProposedAction()
            self.brought.emit(carried)

    def _show_passage(self, passage: str) -> None:
        found = next((each for each in self.tray.passages if each.key == passage), None)
        if found is not None:
            self.text.light(found.sources)
