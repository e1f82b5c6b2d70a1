"""The text of one field: read in place, edited in place, and limited to what a field may hold."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from PySide6.QtCore import QEvent, QMimeData, QRect, QSizeF, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QWheelEvent,
)
from PySide6.QtWidgets import QTextEdit

from ui import content, shaping, theme
from ui.content import Dress
from ui.places import Places
from ui.views.parts import restyle
from workbench.richtext import RichText, from_html, from_text, images, plain, to_html
from workbench.submission import Finding

AUTOSAVE = 1500
"""Milliseconds from the first unsaved keystroke to its saving."""

HIGHEST = 30_000
"""A field higher than this many pixels scrolls inside itself."""

_READING = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.LinksAccessibleByMouse
_JOURNAL = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


class FieldEditor(QTextEdit):
    """Shows rich text and, while `editing`, lets it be changed.

    `saved(content)` is emitted at most `AUTOSAVE` after a change and whenever editing ends; `opened` and `closed`
    when editing begins and ends; `entered` when the field is focused; `refused` when it may not be
    edited. There is no undo of its own: the desk's journal undoes.
    """

    saved = Signal(object)
    opened = Signal()
    closed = Signal()
    entered = Signal()
    refused = Signal()

    def __init__(self, dress: Dress | None = None, *, one_line: bool = False) -> None:
        super().__init__()
        self.setObjectName("body")
        self.dress = dress or Dress()
        self._one_line = one_line
        self.asked = ""
        self._shown: RichText = ()
        self._editable = True
        self._dirty = False
        self._writing = False
        self._pictures: dict[str, QImage] = {}
        self._timer = QTimer(self, singleShot=True, interval=AUTOSAVE)
        self._timer.timeout.connect(self.flush)
        self._dress_up()

    def _dress_up(self) -> None:
        self.setUndoRedoEnabled(False)
        self.setReadOnly(True)
        self.setTextInteractionFlags(_READING)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFont(theme.serif(self.dress.size))
        self.document().setDocumentMargin(0)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.document().contentsChanged.connect(self._note_change)
        self.setProperty("editing", False)

    # What it shows

    def show_content(self, blocks: RichText, *, editable: bool = True) -> None:
        """Shows `blocks`; words that are being typed and not yet saved are left alone."""
        self._editable = editable
        if self._dirty or (self.editing and content.read(self.document()) == blocks):
            self._shown = blocks
            return
        if blocks == self._shown and not self.document().isEmpty():
            return
        self._shown = blocks
        self._rewrite(blocks)

    def redress(self) -> None:
        """Sets the same content anew, as when the theme has changed."""
        self._rewrite(content.read(self.document()) if self._dirty else self._shown)

    def _rewrite(self, blocks: RichText) -> None:
        at = self.textCursor().position()
        self._writing = True
        content.write(self.document(), blocks, self.dress)
        for image in images(blocks):
            self._offer(image.asset)
        self._writing = False
        cursor = self.textCursor()
        cursor.setPosition(min(at, self.document().characterCount() - 1))
        self.setTextCursor(cursor)
        self._fit(self.document().size())

    def content(self) -> RichText:
        """The rich text as it stands now."""
        return content.read(self.document())

    def add_picture(self, asset: str, picture: QImage) -> None:
        """Shows `picture` wherever the text names it."""
        self._pictures[asset] = picture
        if any(image.asset == asset for image in images(self._shown)):
            self.redress()

    def _offer(self, asset: str) -> None:
        picture = self._pictures.get(asset) or _missing()
        width = min(picture.width(), self.dress.picture)
        scaled = picture.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
        self.document().addResource(
            QTextDocument.ResourceType.ImageResource.value, QUrl(f"asset:{asset}"), scaled
        )

    def underline(self, findings: Iterable[Finding]) -> None:
        """Puts a wavy line under the words that findings are about."""
        self.setExtraSelections([mark for finding in findings if (mark := self._mark(finding)) is not None])

    def _mark(self, finding: Finding) -> Any:
        place = Places(self.document()).span(*finding.span) if finding.span else None
        if place is None or place[0] == place[1]:
            return None
        made = cast("Any", QTextEdit.ExtraSelection())
        made.cursor = content.choose(self.document(), *place)
        made.format = QTextCharFormat()
        made.format.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        made.format.setUnderlineColor(theme.colour(finding.severity))
        return made

    # Editing

    @property
    def editing(self) -> bool:
        """Whether the words may be changed now."""
        return not self.isReadOnly()

    def edit(self) -> None:
        """Begins editing, where the submission allows it; otherwise says that it does not."""
        if not self._editable:
            self.refused.emit()
            return
        self.setReadOnly(False)
        restyle(self, editing=True)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._ensure_words_dress()
        self.opened.emit()

    def leave(self) -> None:
        """Ends editing; what was typed is saved."""
        if not self.editing:
            return
        self.flush()
        self.setReadOnly(True)
        self.setTextInteractionFlags(_READING)
        restyle(self, editing=False)
        self.closed.emit()

    def flush(self) -> None:
        """Saves what was typed since the last saving, if anything."""
        self._timer.stop()
        if not self._dirty:
            return
        self._dirty = False
        now = self.content()
        if now != self._shown:
            self._shown = now
            self.saved.emit(now)

    def _note_change(self) -> None:
        if self.editing and not self._dirty and not self._writing:
            self._dirty = True
            self._timer.start()

    def _ensure_words_dress(self) -> None:
        """Words typed into an empty field are dressed like any other."""
        if self.document().isEmpty():
            self.setCurrentCharFormat(self.dress.words())

    # Events

    def event(self, event: QEvent) -> bool:
        """Undo and redo go to the journal, never to the text."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if any(event.matches(key) for key in _JOURNAL):
                event.ignore()
                return False
            if not self.editing and not event.matches(QKeySequence.StandardKey.Copy):
                event.ignore()
                return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter begins editing, Escape ends it; Ctrl with B and I set marks."""
        if not self.editing:
            self._key_while_reading(event)
        elif event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.matches(QKeySequence.StandardKey.Bold):
            shaping.toggle(self.textCursor(), "strong")
        elif event.matches(QKeySequence.StandardKey.Italic):
            shaping.toggle(self.textCursor(), "em")
        elif self._one_line and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.leave()
        else:
            super().keyPressEvent(event)

    def _key_while_reading(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.edit()
        elif event.matches(QKeySequence.StandardKey.Copy) or event.key() in (
            Qt.Key.Key_Tab,
            Qt.Key.Key_Backtab,
        ):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The field becomes the current one."""
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving the field ends editing, unless a menu or another window took the focus for a moment."""
        super().focusOutEvent(event)
        if event.reason() in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.flush()
        else:
            self.leave()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click begins editing where it falls."""
        if self.editing:
            super().mouseDoubleClickEvent(event)
            return
        at = self.cursorForPosition(event.position().toPoint())
        self.edit()
        self.setTextCursor(at)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The study scrolls, not the field."""
        if self.height() < HIGHEST:
            event.ignore()
            return
        super().wheelEvent(event)

    # Size

    def _fit(self, size: QSizeF) -> None:
        least = round(self.dress.line) + 2
        if self.document().isEmpty():
            least = max(least, self._prompt_height())
        self.setFixedHeight(min(max(round(size.height()) + 2, least), HIGHEST))

    def _prompt_height(self) -> int:
        """The height that the words shown in an empty field need."""
        room = QRect(0, 0, max(self.viewport().width(), 100), 1000)
        words = self.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, self.asked)
        return words.height() + 4

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width is another height."""
        super().resizeEvent(event)
        if self.document().isEmpty():
            self._fit(self.document().size())

    def prompt(self, text: str) -> None:
        """Says in an empty field what is asked there."""
        self.asked = text
        self._fit(self.document().size())
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The words; in an empty field what is asked there, on as many lines as it takes."""
        super().paintEvent(event)
        if self.document().isEmpty() and self.asked:
            painter = QPainter(self.viewport())
            painter.setPen(theme.colour("ink2"))
            painter.setFont(self.font())
            painter.drawText(self.viewport().rect(), Qt.TextFlag.TextWordWrap, self.asked)

    # Pasting

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Words only; a picture that is not in the submission has no place here."""
        return source.hasHtml() or source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Pastes what a field may hold and leaves the rest behind."""
        blocks = from_html(source.html()) if source.hasHtml() else from_text(source.text())
        if self._one_line:
            self.textCursor().insertText(" ".join(plain(blocks).split()), self.dress.words())
            return
        insert(self.textCursor(), blocks, self.dress)

    def createMimeDataFromSelection(self) -> QMimeData:
        """The chosen words as the field's own HTML and as plain text."""
        chosen = QTextDocument()
        QTextCursor(chosen).insertFragment(self.textCursor().selection())
        blocks = content.read(chosen)
        made = QMimeData()
        made.setHtml(to_html(blocks))
        made.setText(plain(blocks))
        return made


def insert(cursor: QTextCursor, blocks: RichText, dress: Dress) -> None:
    """Puts `blocks` where `cursor` stands, in place of what it has chosen; a lone paragraph joins the line."""
    cursor.beginEditBlock()
    cursor.removeSelectedText()
    fragment = QTextDocument()
    content.write(fragment, blocks, dress)
    whole = QTextCursor(fragment)
    whole.select(QTextCursor.SelectionType.Document)
    cursor.insertFragment(whole.selection())
    cursor.endEditBlock()


def _missing() -> QImage:
    """What stands for a picture until it has been fetched."""
    made = QImage(320, 120, QImage.Format.Format_RGB32)
    made.fill(theme.colour("line"))
    return made
