"""Where studies are published: on this computer alone, or in a shared database, whose address can be tried."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from ui.phrases import say
from ui.views.parts import Glyph, Tone, button, clear, label
from ui.views.welcome.marked import Marked
from ui.views.welcome.option import Option
from ui.views.welcome.step import Step
from workbench.desk.office import connecting
from workbench.desk.office.connecting import Point, Trial
from workbench.errors import WorldError

_LOOKS: dict[str, tuple[Tone, Glyph]] = {
    "well": ("good", "dot"),
    "doubt": ("warning", "triangle"),
    "amiss": ("blocker", "square"),
    "ready": ("good", "dot"),
    "reads": ("warning", "triangle"),
    "closed": ("blocker", "square"),
}


class AddressForm(QWidget):
    """An address and a password, tried on request: `tried(address, password)`; `changed` when another is typed.

    `grew` when there is more to read. A password that stands in a pasted address goes into its own line at once,
    where nobody can read it.
    """

    tried = Signal(str, str)
    changed = Signal()
    grew = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.address = self._line("catalogue")
        self.address.setPlaceholderText(say("connect-address-prompt"))
        self.password = self._line("catalogue_password")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.keeping = label("", "small", wrap=True)
        self.test = button(say("connect-test"), self._try)
        self.found = Found()
        self._lay_out()
        self.address.textChanged.connect(self._typed)
        self.address.editingFinished.connect(self._part)
        self.password.textChanged.connect(self._typed)
        for line in (self.address, self.password):
            line.returnPressed.connect(self._try)

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(5)
        for line in (self.address, self.password):
            box.addWidget(label(line.accessibleName(), "small"))
            box.addWidget(line)
        box.addWidget(self.keeping)
        row = QHBoxLayout()
        row.addWidget(self.test)
        row.addStretch(1)
        box.addSpacing(4)
        box.addLayout(row)
        box.addWidget(self.found)

    def show_keyring(self, there: bool) -> None:
        """Says where a password is kept."""
        self.keeping.setText(say("connect-keyring" if there else "connect-no-keyring"))

    def show_under_way(self) -> None:
        """The address is being tried."""
        self.test.setEnabled(False)
        self.found.clear()
        self.found.outcome.show_words(say("connect-trying"), "quiet", "none")

    def show_trial(self, trial: Trial) -> None:
        """What came of it."""
        self.test.setEnabled(True)
        self.found.show_trial(trial)
        self.grew.emit()

    def show_failure(self, sentence: str) -> None:
        """It could not even be tried."""
        self.test.setEnabled(True)
        self.found.clear()
        self.found.outcome.show_words(sentence, "blocker", "square")
        self.grew.emit()

    @property
    def typed(self) -> tuple[str, str]:
        """The address without its password, and the password."""
        self._part()
        return connecting.completed(self.address.text()), self.password.text()

    def _line(self, name: str) -> QLineEdit:
        made = QLineEdit()
        made.setAccessibleName(say(f"setting-{name}"))
        made.setAccessibleDescription(say(f"setting-{name}-about"))
        return made

    def _typed(self) -> None:
        self.test.setEnabled(True)
        self.found.clear()
        self.changed.emit()

    def _part(self) -> None:
        """A password in the address goes where passwords go."""
        try:
            address, password = connecting.parted(connecting.completed(self.address.text()))
        except WorldError:
            return
        if password:
            self.address.setText(address)
            self.password.setText(password)

    def _try(self) -> None:
        address, password = self.typed
        if address:
            self.show_under_way()
            self.tried.emit(address, password)
        else:
            self.show_failure(say("connect-no-address"))


class Found(QWidget):
    """What a test found: each thing that was looked at, what it comes to, and what to ask the administrator for."""

    def __init__(self) -> None:
        super().__init__()
        self.outcome = Marked()
        self._points = QVBoxLayout()
        self._points.setSpacing(0)
        self.request = QPlainTextEdit()
        self.request.setReadOnly(True)
        self.request.setFixedHeight(92)
        self.request.setAccessibleName(say("connect-request"))
        self._asking = QWidget()
        asking = QVBoxLayout(self._asking)
        asking.setContentsMargins(0, 4, 0, 0)
        asking.setSpacing(5)
        asking.addWidget(label(say("connect-request"), "small"))
        asking.addWidget(self.request)
        row = QHBoxLayout()
        row.addWidget(button(say("connect-copy"), self._copy, name="compact"))
        row.addStretch(1)
        asking.addLayout(row)
        self._asking.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 4, 0, 0)
        box.setSpacing(6)
        box.addWidget(self.outcome)
        box.addLayout(self._points)
        box.addWidget(self._asking)
        self.points: list[Marked] = []

    def show_trial(self, trial: Trial) -> None:
        """All of it."""
        self.clear()
        self.outcome.show_words(trial.sentence, *_LOOKS[trial.verdict])
        for point in trial.points:
            self._add(point)
        self.request.setPlainText(trial.request)
        self._asking.setVisible(bool(trial.request))

    def clear(self) -> None:
        """Nothing was tried."""
        clear(self._points)
        self.points = []
        self.outcome.clear()
        self._asking.hide()

    def _add(self, point: Point) -> None:
        made = Marked(plain=True)
        self._points.addWidget(made)
        made.show_words(point.sentence, *_LOOKS[point.state])
        self.points.append(made)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.request.toPlainText())


class DatabaseStep(Step):
    """This computer alone, or a shared database."""

    def __init__(self) -> None:
        super().__init__("database")
        self.local = Option(say("welcome-database-local"), say("welcome-database-local-about"))
        self.shared = Option(say("welcome-database-shared"), say("welcome-database-shared-about"))
        self.form = AddressForm()
        self.shared.below.addWidget(self.form)
        self.together([self.local, self.shared])
        self.box.addStretch(1)
        self.local.dot.setChecked(True)
        self.form.hide()
        self.shared.dot.toggled.connect(self.form.setVisible)
        self.shared.dot.toggled.connect(lambda _: self.changed.emit())
        self.form.changed.connect(self.changed)

    @property
    def answer(self) -> str:
        """The address, or that it is this computer."""
        address, _ = self.chosen
        return connecting.shown(address) if address else say("welcome-database-none")

    @property
    def first(self) -> QWidget:
        """The choice that is made."""
        return self.shared.dot if self.shared.dot.isChecked() else self.local.dot

    @property
    def chosen(self) -> tuple[str, str]:
        """The address and the password; "" for this computer alone."""
        return self.form.typed if self.shared.dot.isChecked() else ("", "")

    def show_address(self, address: str) -> None:
        """Shows where a desk publishes."""
        self.form.address.setText(address)
        (self.shared if address else self.local).dot.setChecked(True)
