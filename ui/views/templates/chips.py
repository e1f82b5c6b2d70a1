"""Headings as chips: added by typing, taken off by Delete or a press, and what is typed counts at once."""

from __future__ import annotations

import re
from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ui.ear import announce
from ui.phrases import say
from ui.views.parts import Chip, Flow, clear

_PARTED = re.compile(r"[\n;,\t]+")


class Chips(QWidget):
    """A few words each on a chip, and a line to add more. `changed(values)`: those that stand there now.

    Enter or a comma makes a chip of what was typed; Backspace in the empty line takes the last one into it again.
    """

    changed = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._values: tuple[str, ...] = ()
        self._name = name
        self._shown = QWidget()
        self._flow = Flow(self._shown)
        self.line = QLineEdit()
        self.line.setAccessibleName(name)
        self.line.setPlaceholderText(say("chips-prompt"))
        self.line.textEdited.connect(self._typed)
        self.line.installEventFilter(self)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addWidget(self._shown)
        box.addWidget(self.line)

    @property
    def values(self) -> tuple[str, ...]:
        """What stands there, what is being typed included."""
        return _each_once((*self._values, *_parts(self.line.text())))

    def show_values(self, values: Iterable[str]) -> None:
        """Shows these, unless they are what stands there already."""
        wanted = tuple(values)
        if wanted != self.values:
            self.line.clear()
            self._set(wanted)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter makes a chip, Backspace in the empty line opens the last, Left goes to it."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._line_key(event) if watched is self.line else self._chip_key(watched, event)
        if watched is self.line and event.type() == QEvent.Type.FocusOut:
            self._take()
        return super().eventFilter(watched, event)

    def _line_key(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
            return True
        if event.matches(QKeySequence.StandardKey.Paste):
            return self._paste(QGuiApplication.clipboard().text())
        if self.line.text() or not self._values:
            return False
        if event.key() == Qt.Key.Key_Backspace:
            last = self._values[-1]
            self._set(self._values[:-1])
            self.line.setText(last)
            return True
        if event.key() == Qt.Key.Key_Left:
            self._go_to(len(self._values) - 1)
            return True
        return False

    def _chip_key(self, chip: QObject, event: QKeyEvent) -> bool:
        at = next((n for n in range(self._flow.count()) if self._chip(n) is chip), -1)
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._drop(at)
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Up):
            self._go_to(at - 1)
        elif event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Down):
            self._go_to(at + 1)
        else:
            return False
        return True

    def _paste(self, text: str) -> bool:
        """Several lines, as from a column of a table, are as many chips; the line itself would join them."""
        if len(_parts(text)) < 2:
            return False
        self.line.setText(text.replace("\n", ";"))
        self._take()
        return True

    def _typed(self, text: str) -> None:
        if _PARTED.search(text):
            self._take()
        else:
            self.changed.emit(self.values)

    def _take(self) -> None:
        """What was typed becomes chips."""
        if parts := _parts(self.line.text()):
            self.line.clear()
            self._set(_each_once((*self._values, *parts)))
            announce(self, say("chip-added", name=", ".join(parts)))
        self.changed.emit(self.values)

    def _drop(self, at: int) -> None:
        gone = self._values[at]
        self._set(self._values[:at] + self._values[at + 1 :])
        announce(self, say("chip-removed", name=gone))
        self.changed.emit(self.values)
        self._go_to(at)

    def _go_to(self, at: int) -> None:
        """The keyboard goes to a chip, or behind the last one to the line."""
        chip = self._chip(max(at, 0)) if at < len(self._values) else None
        (chip or self.line).setFocus(Qt.FocusReason.TabFocusReason)

    def _chip(self, at: int) -> QWidget | None:
        item = self._flow.itemAt(at)
        return item.widget() if item is not None else None

    def _set(self, values: tuple[str, ...]) -> None:
        self._values = values
        clear(self._flow)
        for at, value in enumerate(values):
            chip = Chip(value, "theme", say("chip-off", name=value), sign="  ×")
            chip.clicked.connect(lambda _=False, at=at: self._drop(at))
            chip.installEventFilter(self)
            self._flow.addWidget(chip)
            QWidget.setTabOrder(chip, self.line)
        self._shown.setVisible(bool(values))
        self._flow.invalidate()
        self._shown.updateGeometry()


def _parts(text: str) -> tuple[str, ...]:
    return tuple(filter(None, (" ".join(part.split()) for part in _PARTED.split(text))))


def _each_once(values: Iterable[str]) -> tuple[str, ...]:
    """Each once, without regard to case."""
    found: dict[str, str] = {}
    for value in values:
        found.setdefault(value.casefold(), value)
    return tuple(found.values())
