"""Settings, each on a row of its own: what it is called, what it does, the control, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator, QWheelEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.phrases import say
from ui.views.controls import Picker, Tick
from ui.views.parts import button, label
from workbench import words
from workbench.config import Declared

Value = str | int | bool
CONTROL = 280
"""Pixels that a control takes, so that they stand below one another."""


def holds(typed: str, *told: str) -> bool:
    """Whether every word that was typed stands in what is told."""
    text = " ".join(told).casefold()
    return all(word in text for word in typed.casefold().split())


class StillPicker(Picker):
    """A choice that a wheel passing over it does not change."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The page scrolls."""
        event.ignore()


class Row(QFrame):
    """One setting with its control. `code` is the stem of its words."""

    def __init__(self, code: str, control: QWidget) -> None:
        super().__init__()
        self.setObjectName("setting")
        self.name, self.about = say(f"setting-{code}"), say(f"setting-{code}-about")
        self.control = control
        control.setAccessibleName(self.name)
        control.setAccessibleDescription(self.about)
        control.setFixedWidth(CONTROL)
        self.words = QVBoxLayout()
        self.words.setSpacing(1)
        self.words.addWidget(label(self.name, "strong", wrap=True))
        self.words.addWidget(label(self.about, "small", wrap=True))
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 10, 0, 10)
        box.setSpacing(24)
        box.addLayout(self.words, 1)
        box.addWidget(control, 0, Qt.AlignmentFlag.AlignVCenter)

    def narrow(self, typed: str) -> int:
        """Shows itself where it is called so; 1 or 0."""
        fits = holds(typed, self.name, self.about, *_offered(self.control))
        self.setVisible(fits)
        return int(fits)


class DeclaredRow(Row):
    """A setting as it is declared. `changed(name, value)`; the way back is there where it is not as it came."""

    changed = Signal(str, object)

    def __init__(self, declared: Declared) -> None:
        self.declared = declared
        made, self._show, connect = _control(declared)
        super().__init__(declared.name, made)
        self._value: Value = declared.default
        self.back = button("", self._put_back, name="quiet")
        self.words.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        connect(self._tell)
        self.show_value(declared.default)

    def show_value(self, value: Value) -> None:
        """Shows what holds now."""
        self._value = value
        self.control.blockSignals(True)
        self._show(value)
        self.control.blockSignals(False)
        usual = shown(self.declared.default)
        self.back.setText(say("setting-back", value=usual or say("setting-back-none")))
        self.back.setAccessibleName(
            say("setting-back-of", name=self.name, value=usual or say("setting-back-none"))
        )
        self.back.setVisible(value != self.declared.default)

    def _put_back(self) -> None:
        self.control.setFocus(Qt.FocusReason.OtherFocusReason)
        self._tell(self.declared.default)

    def _tell(self, value: Value) -> None:
        if value != self._value:
            self.changed.emit(self.declared.name, value)


class SettingsList(QWidget):
    """Rows of settings under one another, those of each group under its name. `changed(name, value)`."""

    changed = Signal(str, object)

    def __init__(self, groups: Sequence[tuple[str, Sequence[Row]]]) -> None:
        super().__init__()
        self._groups = [
            (label(say(f"group-{code}"), "section") if code else None, rows) for code, rows in groups
        ]
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        for title, rows in self._groups:
            if title is not None:
                box.addSpacing(10)
                box.addWidget(title)
            for row in rows:
                box.addWidget(row)
                if isinstance(row, DeclaredRow):
                    row.changed.connect(self.changed)
        box.addStretch(1)

    def narrow(self, typed: str) -> int:
        """Shows the rows that are called so, and says how many there are."""
        found = 0
        for title, rows in self._groups:
            here = sum(row.narrow(typed) for row in rows)
            if title is not None:
                title.setVisible(here > 0)
            found += here
        return found


def shown(value: Value) -> str:
    """A value in words: a choice as it is offered, yes or no."""
    if isinstance(value, bool):
        return say("setting-yes" if value else "setting-off")
    return _choice(str(value))


def _choice(value: str) -> str:
    if value in words.languages():
        return words.trait("name", value)
    return say(f"choice-{value}") if words.has("ui", f"choice-{value}") else value


_Made = tuple[QWidget, Callable[[Value], None], Callable[[Callable[[Value], None]], object]]
"""A control; how it shows a value; how it tells of another."""


def _control(declared: Declared) -> _Made:
    if declared.choices:
        return _picker(declared.choices)
    if isinstance(declared.default, bool):
        return _switch()
    return _number(declared.most) if isinstance(declared.default, int) else _line(declared.name)


def _picker(choices: Sequence[str]) -> _Made:
    made = StillPicker("")
    for choice in choices:
        made.addItem(_choice(choice), choice)
    show = lambda value: made.setCurrentIndex(choices.index(str(value)))  # noqa: E731
    return made, show, lambda tell: made.currentIndexChanged.connect(lambda at: tell(choices[at]))


def _switch() -> _Made:
    made = Tick(say("setting-yes"))
    return made, lambda value: made.setChecked(bool(value)), made.toggled.connect


def _number(most: int) -> _Made:
    made = QLineEdit()
    made.setValidator(QIntValidator(0, most, made))
    connect = lambda tell: made.editingFinished.connect(lambda: tell(int(made.text())))  # noqa: E731
    return made, lambda value: made.setText(str(value)), connect


def _line(name: str) -> _Made:
    made = QLineEdit()
    if name == "catalogue":
        made.setPlaceholderText(say("catalogue-of-one"))
    return (
        made,
        lambda value: made.setText(str(value)),
        lambda tell: made.editingFinished.connect(partial(_told, made, tell)),
    )


def _told(line: QLineEdit, tell: Callable[[Value], None]) -> None:
    tell(line.text().strip())


def _offered(control: QWidget) -> tuple[str, ...]:
    """The words of what a control offers."""
    return tuple(control.itemText(at) for at in range(control.count())) if isinstance(control, Picker) else ()
