"""Settings, each on a row of its own: what it is called, what it does, the control, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QPoint, QRegularExpression, Qt, Signal
from PySide6.QtGui import QRegularExpressionValidator, QWheelEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from ui import icons
from ui.phrases import say
from ui.views.controls import Picker, Tick
from ui.views.parts import button, label, restyle
from workbench import words
from workbench.config import Declared, Kind

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
        self._code = code
        self.name, self.about = say(f"setting-{code}"), say(f"setting-{code}-about")
        self.also = say(f"setting-{code}-also") if words.has("ui", f"setting-{code}-also") else ""
        self.control = control
        control.setAccessibleName(self.name)
        control.setAccessibleDescription(self.about)
        control.setMinimumWidth(CONTROL // 2)
        control.setMaximumWidth(CONTROL)
        control.setSizePolicy(QSizePolicy.Policy.Expanding, control.sizePolicy().verticalPolicy())
        self.words = QVBoxLayout()
        self.words.setSpacing(1)
        self.words.addWidget(label(self.name, "strong", wrap=True))
        self.words.addWidget(label(self.about, "small", wrap=True))
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 10, 0, 10)
        box.setSpacing(24)
        box.addLayout(self.words, 1)
        box.addWidget(control, 1)

    def explain(self, point: QPoint | None) -> object:
        """What the setting does, as the guide tells it."""
        from ui.views.help import things

        return things.setting(self._code)

    def narrow(self, typed: str) -> int:
        """Shows itself where it is called so; 1 or 0."""
        fits = holds(typed, self.name, self.about, self.also, *_offered(self.control))
        self.setVisible(fits)
        return int(fits)


class DeclaredRow(Row):
    """A setting as it is declared, whatever its kind. `changed(name, value)`.

    Below its words stands what it usually is, or the way back where it is not as it came.
    """

    changed = Signal(str, object)

    def __init__(self, declared: Declared) -> None:
        self.declared = declared
        made, self._show, connect = CONTROLS[declared.kind](declared)
        super().__init__(declared.name, made)
        self._value: Value = declared.default
        self.usual = label(
            say("setting-usual", value=self._default) if self._default else "", "hint", wrap=True
        )
        usual = self._default or say("setting-back-none")
        self.back = button(say("setting-back", value=usual), self._put_back, name="quiet")
        self.back.setAccessibleName(say("setting-back-of", name=self.name, value=usual))
        self.wrong = label("", "warn", wrap=True)
        self.words.addWidget(self.usual)
        self.words.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        self.words.addWidget(self.wrong)
        connect(self._tell)
        self.show_value(declared.default)

    def show_value(self, value: Value) -> None:
        """Shows what holds now."""
        self._value = value
        self.control.blockSignals(True)
        self._show(value)
        self.control.blockSignals(False)
        self._complain("")
        self.back.setVisible(value != self.declared.default)
        self.usual.setVisible(value == self.declared.default and bool(self._default))

    @property
    def _default(self) -> str:
        """What it usually is, in words; "" where it is usually empty and there is no more to say."""
        told = f"setting-{self.declared.name}-usual"
        return say(told) if words.has("ui", told) else shown(self.declared.default)

    def _put_back(self) -> None:
        self.control.setFocus(Qt.FocusReason.OtherFocusReason)
        self._tell(self.declared.default)

    def _tell(self, value: Value) -> None:
        if value == self._value:
            self._complain("")
        elif self.declared.kind == "number" and not _within(self.declared, value):
            least, most = self.declared.least, self.declared.most
            self._complain(say("setting-bounds", least=least, most=most))
        else:
            self.changed.emit(self.declared.name, value)

    def _complain(self, sentence: str) -> None:
        """Says below its words what is wrong with what was typed."""
        self.wrong.setText(sentence)
        self.wrong.setVisible(bool(sentence))
        restyle(self.control, wrong=bool(sentence))


class SecretRow(DeclaredRow):
    """A setting that no file holds: it is typed, goes where secrets go, and is not shown again."""

    def show_kept(self, where: str) -> None:
        """Shows where it is kept; "" where nothing is, which leaves nothing to forget."""
        line = self.control
        assert isinstance(line, QLineEdit)
        line.clear()
        line.setPlaceholderText(say(f"secret-{where}") if where else say("secret-none"))
        self.back.setText(say("secret-forget"))
        self.back.setAccessibleName(say("secret-forget-of", name=self.name))
        self.back.setVisible(bool(where))

    def _put_back(self) -> None:
        self.changed.emit(self.declared.name, "")

    def _tell(self, value: Value) -> None:
        if value:
            self.changed.emit(self.declared.name, value)


def row_of(declared: Declared) -> DeclaredRow:
    """The row for a setting."""
    return SecretRow(declared) if declared.kind == "secret" else DeclaredRow(declared)


def _within(declared: Declared, value: Value) -> bool:
    return isinstance(value, int) and declared.least <= value <= declared.most


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


def _picker(declared: Declared) -> _Made:
    choices = declared.choices
    made = StillPicker("")
    for choice in choices:
        made.addItem(_choice(choice), choice)
    show = lambda value: made.setCurrentIndex(choices.index(str(value)))  # noqa: E731
    return made, show, lambda tell: made.currentIndexChanged.connect(lambda at: tell(choices[at]))


def _switch(_: Declared) -> _Made:
    made = Tick(say("setting-yes"))
    return made, lambda value: made.setChecked(bool(value)), made.toggled.connect


def _number(declared: Declared) -> _Made:
    """Digits; whether it is within its bounds is said when the line is left."""
    made = QLineEdit()
    made.setValidator(QRegularExpressionValidator(QRegularExpression(r"-?\d{0,9}"), made))
    connect = lambda tell: made.editingFinished.connect(  # noqa: E731
        lambda: tell(int(made.text()) if made.text().strip("-") else declared.least - 1)
    )
    return made, lambda value: made.setText(str(value)), connect


def _line(declared: Declared) -> _Made:
    made = QLineEdit()
    if declared.kind == "address":
        made.setPlaceholderText(say("catalogue-of-one"))
    return (
        made,
        lambda value: made.setText(str(value)),
        lambda tell: made.editingFinished.connect(partial(_told, made, tell)),
    )


def _secret(declared: Declared) -> _Made:
    made, _, connect = _line(declared)
    assert isinstance(made, QLineEdit)
    made.setEchoMode(QLineEdit.EchoMode.Password)
    return made, lambda _: made.clear(), connect


class FolderLine(QLineEdit):
    """A folder, typed or chosen."""

    def __init__(self) -> None:
        super().__init__()
        choose = self.addAction(icons.icon("import"), QLineEdit.ActionPosition.TrailingPosition)
        choose.setText(say("welcome-folder-choose"))
        choose.triggered.connect(self._browse)

    def _browse(self) -> None:
        if name := QFileDialog.getExistingDirectory(self, self.accessibleName(), self.text()):
            self.setText(name)
            self.editingFinished.emit()


def _folder(_: Declared) -> _Made:
    made = FolderLine()
    connect = lambda tell: made.editingFinished.connect(partial(_told, made, tell))  # noqa: E731
    return made, lambda value: made.setText(str(value)), connect


CONTROLS: Mapping[Kind, Callable[[Declared], _Made]] = {
    "choice": _picker,
    "yes-no": _switch,
    "number": _number,
    "text": _line,
    "address": _line,
    "secret": _secret,
    "folder": _folder,
}
"""What each kind of setting is set with."""


def _told(line: QLineEdit, tell: Callable[[Value], None]) -> None:
    tell(line.text().strip())


def _offered(control: QWidget) -> tuple[str, ...]:
    """The words of what a control offers."""
    return tuple(control.itemText(at) for at in range(control.count())) if isinstance(control, Picker) else ()
