"""What the reader met that is no answer, and the pictures that came along, with what they show."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from ui.phrases import note_kind, say
from ui.views.parts import Elided, Flow, button, clear, label
from workbench.submission import EDITABLE, Note, Picture, Submission

_SHORT = ("label", "guidance", "prompt", "heading-skip")
"""Kinds whose notes are a word or two and stand together."""


class NotesView(QScrollArea):
    """`described(sha256, alt)` when the editor has said what a picture shows; `asked(command)` for a button;
    `looked(ref)` when a note is pressed that hangs on a paragraph of the source."""

    help_page = "reviewing#notes"

    described = Signal(str, str)
    looked = Signal(str)
    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(16, 14, 16, 16)
        self._rows.setSpacing(6)
        self._thumbs: dict[str, QLabel] = {}
        self._pictures: dict[str, QImage] = {}
        self._shown: object = None
        page = QWidget()
        page.setLayout(self._rows)
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_notes(self, submission: Submission) -> None:
        """Shows pictures first, then notes by their kind."""
        shown = (submission.id, submission.status, submission.pictures, submission.notes)
        if shown == self._shown:
            return
        self._shown = shown
        clear(self._rows)
        self._thumbs.clear()
        if submission.pictures:
            self._rows.addWidget(label(say("pictures"), "section"))
        for picture in submission.pictures:
            self._rows.addWidget(self._picture(picture, editable=submission.status in EDITABLE))
        for kind in dict.fromkeys(note.kind for note in submission.notes):
            several = [note for note in submission.notes if note.kind == kind]
            self._rows.addWidget(label(note_kind(kind, len(several)), "section"))
            if kind in _SHORT:
                self._rows.addWidget(self._in_a_row(several))
            for note in several if kind not in _SHORT else ():
                self._rows.addWidget(self._card(note))
            if kind == "second-study" and submission.status in EDITABLE:
                self._rows.addWidget(
                    button(say("command-split"), lambda: self.asked.emit("split"), command="split")
                )
        if not submission.notes and not submission.pictures:
            self._rows.addWidget(label(say("no-notes"), "emptyText", wrap=True))
        self._rows.addStretch(1)

    def add_picture(self, asset: str, picture: QImage) -> None:
        """Shows a picture that has been fetched."""
        self._pictures[asset] = picture
        if asset in self._thumbs:
            self._thumbs[asset].setPixmap(_thumb(picture))

    def _card(self, note: Note) -> NoteCard:
        made = NoteCard(note)
        made.pressed.connect(self.looked)
        return made

    def _in_a_row(self, notes: Sequence[Note]) -> QWidget:
        """Notes of a word or two, one after the other."""
        made = QWidget()
        flow = Flow(made, gap=2)
        for note in notes:
            told = note.text if len(note.text) <= 40 else f"{note.text[:39]}…"
            says = say("show-in-source", text=note.text)
            flow.addWidget(button(told, partial(self.looked.emit, note.ref), name="quiet", says=says))
        return made

    def _picture(self, picture: Picture, *, editable: bool) -> QFrame:
        made = QFrame()
        made.setObjectName("card")
        thumb = QLabel()
        thumb.setFixedSize(72, 54)
        thumb.setAccessibleName(picture.alt or picture.name)
        self._thumbs[picture.sha256] = thumb
        if picture.sha256 in self._pictures:
            thumb.setPixmap(_thumb(self._pictures[picture.sha256]))
        alt = QLineEdit(picture.alt or "")
        alt.setPlaceholderText(say("alt-prompt"))
        alt.setAccessibleName(say("alt-of", name=picture.name))
        alt.setEnabled(editable)
        alt.editingFinished.connect(lambda: self._describe(picture, alt))
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(Elided(_size(picture), "small"))
        words.addWidget(alt)
        box = QHBoxLayout(made)
        box.setContentsMargins(8, 8, 8, 8)
        box.addWidget(thumb, 0, Qt.AlignmentFlag.AlignTop)
        box.addLayout(words, 1)
        return made

    def _describe(self, picture: Picture, alt: QLineEdit) -> None:
        if alt.isModified() and alt.text().strip() != (picture.alt or ""):
            alt.setModified(False)
            self.described.emit(picture.sha256, alt.text())


def _size(picture: Picture) -> str:
    size = f" · {picture.width} × {picture.height}" if picture.width else ""
    return f"{picture.name.rsplit('/', 1)[-1]}{size}"


def _thumb(picture: QImage) -> QPixmap:
    keep = Qt.AspectRatioMode.KeepAspectRatio
    return QPixmap.fromImage(picture.scaled(72, 54, keep, Qt.TransformationMode.SmoothTransformation))


class NoteCard(QFrame):
    """One note. `pressed(ref)` by the mouse or its button, where it hangs on a paragraph."""

    pressed = Signal(str)

    def __init__(self, note: Note) -> None:
        super().__init__()
        self.setObjectName("card")
        self._ref = note.ref
        text = note.text if len(note.text) < 2000 else note.text[:1999] + "…"
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(label(text, wrap=True))
        if note.author:
            words.addWidget(label(note.author, "small", wrap=True))
        box = QHBoxLayout(self)
        box.setContentsMargins(10, 7, 6, 7)
        box.addLayout(words, 1)
        self.setAccessibleName(text)
        if note.ref:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            go = button(say("go"), self._press, name="compact", says=say("show-in-source", text=text[:200]))
            box.addWidget(go, 0, Qt.AlignmentFlag.AlignTop)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Shows where the note hangs."""
        super().mousePressEvent(event)
        self._press()

    def _press(self) -> None:
        if self._ref:
            self.pressed.emit(self._ref)
