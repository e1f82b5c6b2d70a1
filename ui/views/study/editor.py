"""The text of one field: read in place, edited in place, and limited to what a field may hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any, cast

from PySide6.QtCore import QEvent, QMimeData, QRect, QSizeF, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
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
    QTextTable,
    QWheelEvent,
)
from PySide6.QtWidgets import QTextEdit

from ui import theme
from ui.gradual import Gradual
from ui.text import content, pasting, shaping, tools
from ui.text.content import Dress
from ui.text.lines import Lines, read
from ui.text.places import Places
from ui.views.carried import unpack
from ui.views.parts import restyle
from ui.views.study.speller import Speller
from workbench.errors import Refused
from workbench.richtext import Image, Paragraph, RichText, images, plain
from workbench.richtext.parting import cut
from workbench.richtext.pasted import Pasted
from workbench.submission import SEVERITIES, Finding

AUTOSAVE = 700
"""Milliseconds from the first unsaved keystroke to its saving."""

AGAIN = 100
"""Milliseconds until it is tried again where what was typed before is still being saved."""

HIGHEST = 30_000
"""A field higher than this many pixels scrolls inside itself."""

HIGHEST_LINES = 4
"""So many lines of a title are shown; a longer one scrolls inside itself, so that the study keeps its room."""

LONG = 10_000
"""Characters from which on a text is set a slice at a time, so that the window goes on."""

LINE = 40
"""Characters that take as long to set as another line or cell."""

_READING = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.LinksAccessibleByMouse
_JOURNAL = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FieldEditor(QTextEdit):
    """Shows rich text and, while `editing`, lets it be changed.

    `saved(content, before)` is emitted `AUTOSAVE` after a change, once `saving` is over, and whenever editing ends;
    `before` is what the desk held when the change began, as far as the editor knows; `drafted(content)` instead while
    what was typed is contested. `opened` and `closed` when editing begins and ends; `entered` when the field is
    focused; `refused` when it may not be edited; `declined(error)` when something may not be pasted, `told(sentence)`
    when not all of it could. `asked(tool)` names a tool that has something to ask; `menu_wanted(place)` asks for the
    menu of what is there; `pictured(pictures, cursor)` brings pictures. `aside(work, then)` has long work done
    elsewhere. There is no undo of its own: the desk's journal undoes.
    """

    saved = Signal(object, object)
    drafted = Signal(object)
    opened = Signal()
    closed = Signal()
    entered = Signal()
    refused = Signal()
    declined = Signal(object)
    told = Signal(str)
    asked = Signal(str)
    menu_wanted = Signal(object)
    aside = Signal(object, object)
    pictured = Signal(object, object)

    def __init__(self, dress: Dress | None = None, *, one_line: bool = False) -> None:
        super().__init__()
        self.setObjectName("body")
        self.dress = dress or Dress()
        self.one_line = one_line
        self.asked_meanwhile = False
        self.contested = False
        self.saving = False
        self.speller: Speller | None = None
        self.lines = Lines(self.document())
        self._base: RichText = ()
        self.editable = True
        self._dirty = False
        self._writing = False
        self._moved = False
        self._edit_later = False
        self._findings: tuple[Finding, ...] = ()
        self._found: tuple[tuple[int, int], ...] = ()
        self._current: tuple[int, int] | None = None
        self._reasons: tuple[tuple[int, int], ...] = ()
        self._pictures: dict[str, QImage] = {}
        self._gradual = Gradual(self)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._autosave)
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
        """Shows `blocks`. Words being typed are left alone; saving them tells that there are others."""
        self.editable = editable
        if self._dirty or self.contested or blocks == self._base:
            return
        self._base = blocks
        self._rewrite(blocks)

    def redress(self) -> None:
        """Sets the same content anew, as when the theme has changed."""
        self._rewrite(self.content())

    def _rewrite(self, blocks: RichText) -> None:
        at = self.textCursor().position()
        self._writing = True
        for image in images(blocks):
            self._offer(image.asset)
        if not _is_long(blocks):
            content.write(self.document(), blocks, self.dress)
            self._rewritten(at)
        else:
            self._gradual.start(
                content.pour(self.document(), blocks, self.dress), partial(self._rewritten, at)
            )

    def _rewritten(self, at: int) -> None:
        self._writing = False
        cursor = self.textCursor()
        cursor.setPosition(min(at, self.document().characterCount() - 1))
        self.setTextCursor(cursor)
        self._fit(self.document().size())
        self._mark_words()
        if self._edit_later:
            self._edit_later = False
            self.edit()

    def content(self) -> RichText:
        """The rich text as it stands now."""
        return self._base if self._writing else self.lines.content()

    def add_picture(self, asset: str, picture: QImage) -> None:
        """Shows `picture` wherever the text names it."""
        self._pictures[asset] = picture
        if not self._writing and any(image.asset == asset for image in images(self._base)):
            self._offer(asset)
            self.document().markContentsDirty(0, self.document().characterCount())

    def _offer(self, asset: str) -> None:
        picture = self._pictures.get(asset) or _missing()
        width = min(picture.width(), self.dress.picture)
        scaled = picture.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
        self.document().addResource(
            QTextDocument.ResourceType.ImageResource.value, QUrl(f"asset:{asset}"), scaled
        )

    # Marks over the words

    def underline(self, findings: Iterable[Finding]) -> None:
        """Puts a wavy line under the words that findings are about."""
        if tuple(findings) != self._findings or self._moved:
            self._findings = tuple(findings)
            self._mark_words()

    def show_found(self, spans: Sequence[tuple[int, int]], current: tuple[int, int] | None) -> None:
        """Lights words that were looked for, by their places in the plain text, the current ones most."""
        if (tuple(spans), current) != (self._found, self._current):
            self._found, self._current = tuple(spans), current
            self._mark_words()

    def show_reasons(self, spans: Sequence[tuple[int, int]]) -> None:
        """Lights the words that led to something proposed, by their places in the plain text."""
        if tuple(spans) != self._reasons:
            self._reasons = tuple(spans)
            self._mark_words()

    def _mark_words(self) -> None:
        if self._writing:
            return
        self._moved = False
        spans = [*self._reasons, *self._found, *(each.span for each in self._findings if each.span)]
        held = None if self._dirty or self.contested else self._base
        last = max((end for _, end in spans), default=0)
        self.setExtraSelections(list(self._marks(Places(self.lines, held, last))) if spans else [])

    def _marks(self, places: Places) -> Iterator[Any]:
        led = QTextCharFormat()
        led.setBackground(theme.colour("accent_soft"))
        led.setForeground(theme.colour("accent"))
        led.setFontUnderline(True)
        for start, end in self._reasons:
            yield from self._mark(places.span(start, end), led)
        for start, end in self._found:
            found = QTextCharFormat()
            found.setBackground(theme.colour("found"))
            if (start, end) == self._current:
                found.setBackground(theme.colour("accent"))
                found.setForeground(theme.colour("on_accent"))
            yield from self._mark(places.span(start, end), found)
        waves = {severity: _wave(theme.colour(severity)) for severity in SEVERITIES}
        for finding in self._findings:
            if finding.span:
                yield from self._mark(places.span(*finding.span), waves[finding.severity])

    def _mark(self, place: tuple[int, int] | None, form: QTextCharFormat) -> Iterator[Any]:
        if place is not None and place[0] != place[1]:
            made = cast("Any", QTextEdit.ExtraSelection())
            made.cursor = content.choose(self.document(), *place)
            made.format = form
            yield made

    # Editing

    @property
    def editing(self) -> bool:
        """Whether the words may be changed now."""
        return not self.isReadOnly()

    @property
    def busy(self) -> bool:
        """Whether a long text is still on its way in."""
        return self._gradual.busy

    def edit(self) -> None:
        """Begins editing, where the submission allows it; otherwise says that it does not."""
        if not self.editable:
            self.refused.emit()
            return
        if self._writing:
            self._edit_later = True
            return
        self.setReadOnly(False)
        restyle(self, editing=True)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._ensure_words_dress()
        self.opened.emit()

    def leave(self) -> None:
        """Ends editing; what was typed is saved."""
        self._edit_later = False
        if not self.editing:
            return
        self.flush()
        self.setReadOnly(True)
        self.setTextInteractionFlags(_READING)
        restyle(self, editing=False)
        self.closed.emit()

    def flush(self) -> None:
        """Saves what was typed since the last saving, if anything; what is contested is kept until a choice."""
        self._timer.stop()
        if not self._dirty:
            return
        self._dirty = False
        now = self.content()
        if self.contested:
            self.drafted.emit(now)
        elif now != self._base:
            before, self._base = self._base, now
            self.saved.emit(now, before)

    def _autosave(self) -> None:
        if self.saving:
            self._timer.start(AGAIN)
        else:
            self.flush()

    def contest(self) -> None:
        """What was typed could not be saved: it stays as it is until the editor chooses."""
        self.contested = True

    def resume(self, mine: RichText) -> None:
        """Shows what was typed and never saved, which waits for a choice again."""
        self.contest()
        self._rewrite(mine)

    def keep(self, theirs: RichText) -> None:
        """What was typed is saved over `theirs`."""
        self.contested, self._base, self._dirty = False, theirs, True
        self.flush()

    def give_up(self, theirs: RichText) -> None:
        """What was typed goes, and `theirs` is shown."""
        self.contested = self._dirty = False
        self._base = theirs
        self._rewrite(theirs)

    def change(self, blocks: RichText) -> None:
        """Replaces all that is written, as typing would."""
        self._rewrite(blocks)
        self._touch()

    def _note_change(self) -> None:
        self._moved = True
        if self.editing and not self._writing:
            self._touch()

    def _touch(self) -> None:
        if not self._dirty:
            self._dirty = True
            self._timer.start(AUTOSAVE)

    def _ensure_words_dress(self) -> None:
        """Words typed into an empty field are dressed like any other."""
        if self.document().isEmpty():
            self.setCurrentCharFormat(self.dress.words())

    def picture(self) -> Image | None:
        """The picture that the cursor stands before or behind, or has chosen."""
        cursor = self.textCursor()
        for at in (cursor.position(), cursor.position() + 1):
            if at < self.document().characterCount():
                form = content.choose(self.document(), at, at).charFormat()
                if form.isImageFormat():
                    return content.picture_of(form)
        return None

    def use(self, tool: tools.Tool) -> None:
        """Does what a tool does; asks where it has something to ask."""
        if self.one_line and tool.name not in tools.LINE:
            return
        if tool.run is not None:
            cursor = self.textCursor()
            tool.run(cursor, self.dress)
            self.setTextCursor(cursor)
        elif tool.name == "words":
            self._paste_from(QGuiApplication.clipboard().mimeData(), words_alone=True)
        elif tool.name == "spelling":
            self.menu_wanted.emit(self.viewport().mapToGlobal(self.cursorRect().bottomLeft()))
        else:
            self.asked.emit(tool.name)

    # Events

    def event(self, event: QEvent) -> bool:
        """Undo and redo go to the journal, never to the text; the keys of the tools come to the text."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if any(event.matches(key) for key in _JOURNAL):
                event.ignore()
                return False
            if not self.editing and not event.matches(QKeySequence.StandardKey.Copy):
                event.ignore()
                return False
            if tools.of(event) is not None:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter begins editing, Escape ends it; the keys of the tools do what they do."""
        if not self.editing:
            self._key_while_reading(event)
        elif self._writing:
            event.accept()
        elif event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif (tool := tools.of(event)) is not None:
            self.use(tool)
        elif event.key() in _ENTER and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._enter()
        else:
            super().keyPressEvent(event)

    def _enter(self) -> None:
        if self.one_line:
            self.leave()
            return
        cursor = self.textCursor()
        shaping.new_paragraph(cursor, self.dress)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def _key_while_reading(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self.edit()
        elif event.matches(QKeySequence.StandardKey.Copy) or event.key() in (
            Qt.Key.Key_Tab,
            Qt.Key.Key_Backtab,
        ):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002
        """Tab goes from cell to cell and puts entries of a list under the one before; elsewhere it leaves."""
        if self.editing and (self._step_cell(1 if next else -1) or self._step_entry(deeper=next)):
            return True
        return super().focusNextPrevChild(next)

    def _step_cell(self, step: int) -> bool:
        cursor = self.textCursor()
        table = cast("QTextTable | None", cursor.currentTable())
        if table is None:
            return False
        at = table.cellAt(cursor)
        place = at.row() * table.columns() + at.column()
        while 0 <= (place := place + step) < table.rows() * table.columns():
            cell = table.cellAt(*divmod(place, table.columns()))
            if (cell.row(), cell.column()) == divmod(place, table.columns()):
                self.setTextCursor(cell.firstCursorPosition())
                return True
        return False

    def _step_entry(self, *, deeper: bool) -> bool:
        cursor = self.textCursor()
        if content.list_of(cursor.block()) is None or not cursor.atBlockStart():
            return False
        if deeper:
            return shaping.nest(cursor)
        shaping.lift(cursor, self.dress)
        return True

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The field becomes the current one."""
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving the field ends editing, unless a menu, a question or another window took the focus for a moment."""
        super().focusOutEvent(event)
        if self.asked_meanwhile or event.reason() in (
            Qt.FocusReason.PopupFocusReason,
            Qt.FocusReason.ActiveWindowFocusReason,
        ):
            self.flush()
        else:
            self.leave()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click begins editing where it falls; on a picture it asks what that shows."""
        if self.editing:
            super().mouseDoubleClickEvent(event)
            return
        at = self.cursorForPosition(event.position().toPoint())
        self.edit()
        self.setTextCursor(at)
        if self.editing and self.picture() is not None:
            self.asked.emit("picture")

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of what stands there, by the mouse or by the key."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        if not by_key and not self.textCursor().hasSelection():
            self.setTextCursor(self.cursorForPosition(event.pos()))
        place = self.viewport().mapToGlobal(self.cursorRect().bottomLeft()) if by_key else event.globalPos()
        self.menu_wanted.emit(place)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The study scrolls, not the field."""
        if self.height() < self._highest:
            event.ignore()
            return
        super().wheelEvent(event)

    # Size

    def _fit(self, size: QSizeF) -> None:
        if self._writing:
            return
        least = round(self.dress.line) + 2
        if self.document().isEmpty():
            least = max(least, self._prompt_height())
        self.setFixedHeight(min(max(round(size.height()) + 2, least), self._highest))

    @property
    def _highest(self) -> int:
        """A title leaves the study its room; any other field grows with its words."""
        line = max(round(self.dress.line), self.fontMetrics().height())
        return line * HIGHEST_LINES + 2 if self.dress.line > Dress().line else HIGHEST

    def _prompt_height(self) -> int:
        """The height that the words shown in an empty field need."""
        room = QRect(0, 0, max(self.viewport().width(), 100), 1000)
        words = self.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, self.prompted)
        return words.height() + 4

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width is another height."""
        super().resizeEvent(event)
        if self.document().isEmpty():
            self._fit(self.document().size())

    prompted = ""

    def prompt(self, text: str) -> None:
        """Says in an empty field what is asked there."""
        self.prompted = text
        self._fit(self.document().size())
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The words; in an empty field what is asked there, on as many lines as it takes."""
        super().paintEvent(event)
        if self.document().isEmpty() and self.prompted:
            painter = QPainter(self.viewport())
            painter.setPen(theme.colour("ink2"))
            painter.setFont(self.font())
            painter.drawText(self.viewport().rect(), Qt.TextFlag.TextWordWrap, self.prompted)

    # Copying and pasting

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Words, and pictures in so far as something is said about them."""
        return unpack(source) is None and pasting.readable(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Pastes what a field may hold and says what was left behind."""
        self._paste_from(source)

    def _paste_from(self, source: QMimeData, *, words_alone: bool = False) -> None:
        if not words_alone and not self.one_line and (found := pasting.pictures(source)):
            self.pictured.emit(found, QTextCursor(self.textCursor()))
            return
        clipping = pasting.take(source, self._pictures, words_alone=words_alone)
        put = partial(self._put, self.textCursor())
        if clipping.heavy:
            self.aside.emit(clipping.read, put)
            return
        try:
            put(clipping.read())
        except Refused as error:
            self.declined.emit(error)

    def bring(self, source: QMimeData) -> None:
        """Takes what is dropped on the field to the end of the answer."""
        self.edit()
        self.moveCursor(QTextCursor.MoveOperation.End)
        self._paste_from(source)

    def put_picture(self, cursor: QTextCursor, asset: str, picture: QImage) -> None:
        """Puts a picture into a paragraph of its own, below the one where `cursor` stands; an empty one it takes."""
        self._pictures[asset] = picture
        self._offer(asset)
        if cursor.block().text():
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
            shaping.new_paragraph(cursor, self.dress)
        for _ in content.insert(cursor, (Paragraph((Image(asset),)),), self.dress):
            pass
        self._pasted(cursor)
        if not self.editing:
            self.flush()

    def _put(self, cursor: QTextCursor, pasted: Pasted) -> None:
        if not self.editing:
            return
        self.told.emit(pasting.left_out(pasted))
        if self.one_line:
            cursor.insertText(" ".join(plain(pasted.content).split()), self.dress.words())
            return
        cursor.removeSelectedText()
        steps = content.insert(cursor, pasted.content, self.dress)
        self._writing = _is_long(pasted.content)
        if self._writing:
            self._gradual.start(steps, partial(self._pasted, cursor))
            return
        for _ in steps:
            pass
        self._pasted(cursor)

    def _pasted(self, cursor: QTextCursor) -> None:
        self._writing = False
        self.setTextCursor(cursor)
        self._fit(self.document().size())
        self._touch()

    def createMimeDataFromSelection(self) -> QMimeData:
        """The chosen words as the field's own rich text, as HTML and as plain text."""
        return pasting.pack(_excerpt(self.lines, self.textCursor()))


def _is_long(blocks: RichText) -> bool:
    words = plain(blocks)
    return len(words) + LINE * (words.count("\n") + words.count("\t")) > LONG


def _excerpt(lines: Lines, cursor: QTextCursor) -> RichText:
    """What is chosen, as rich text."""
    start, end = cursor.selectionStart(), cursor.selectionEnd()
    document = cursor.document()
    if document.findBlock(start) == document.findBlock(end):
        made = QTextDocument()
        QTextCursor(made).insertFragment(cursor.selection())
        return read(made)
    places = Places(lines)
    return cut(lines.content(), places.character(start), places.character(end))[0]


def _wave(colour: QColor) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
    made.setUnderlineColor(colour)
    return made


def _missing() -> QImage:
    """What stands for a picture until it has been fetched."""
    made = QImage(320, 120, QImage.Format.Format_RGB32)
    made.fill(theme.colour("line"))
    return made
