"""Controls of a form whose steps are taken back by the form, with what is wrong told below each of them."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from ui.views.parts import SeverityMark, clear, label, restyle

HISTORY = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


class Lines(QPlainTextEdit):
    """A few lines of text. Tab goes on to the next control."""

    def __init__(self, name: str, high: int) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setFixedHeight(high)


class HandsOn(QObject):
    """Leaves undo and redo of the controls it watches to the window, whose steps are those of the whole form."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Lets a control claim neither key."""
        override = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if override and any(event.matches(key) for key in HISTORY):  # type: ignore[attr-defined]
            event.ignore()
            return True
        return super().eventFilter(watched, event)


class Part(QWidget):
    """One control under its name, with what is wrong with it below, each with its sign."""

    def __init__(self, name: str, control: QWidget, about: str = "") -> None:
        super().__init__()
        self.control = control
        self._about = about
        self._wrong = QVBoxLayout()
        self._wrong.setSpacing(3)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        if name:
            box.addWidget(label(name, "section"))
        told = [label(about, "small", wrap=True)] if about else []
        for part in (*told, control) if name else (control, *told):
            box.addWidget(part)
        box.addLayout(self._wrong)
        control.setAccessibleDescription(about)

    def show_wrong(self, sentences: Iterable[str]) -> None:
        """Says what is wrong with what stands there; nothing where it is right."""
        found = tuple(sentences)
        clear(self._wrong)
        for sentence in found:
            self._wrong.addWidget(_fault(sentence))
        if isinstance(self.control, QLineEdit):
            restyle(self.control, wrong=bool(found))
        self.control.setAccessibleDescription(" ".join((*found, self._about)).strip())


def _fault(sentence: str) -> QWidget:
    made = QWidget()
    box = QHBoxLayout(made)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(6)
    box.addWidget(SeverityMark("warning"), 0, Qt.AlignmentFlag.AlignTop)
    box.addWidget(label(sentence, "warn", wrap=True), 1)
    return made
