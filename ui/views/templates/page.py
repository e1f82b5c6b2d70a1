"""One template to look at: what it is, what can be done with it, and its faces."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from ui.phrases import say
from ui.views.parts import Flow, Pill, Tone, button, clear, label, rule
from ui.views.templates.health import HealthView
from ui.views.templates.sheet import Sheet
from workbench.template import Template

FACES = ("asked", "read", "health")


class TemplatePage(QWidget):
    """The page of a template. `asked(command)`; `opened(face)` when another face is looked at."""

    asked = Signal(str)
    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        self.template: Template | None = None
        self._title = label("", "pageTitle", wrap=True)
        self._sign = Pill()
        self._told = label("", "small", wrap=True)
        self._about = label("", wrap=True)
        self._buttons = QWidget()
        self._flow = Flow(self._buttons)
        self._offered: tuple[str, ...] = ()
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(say("template-faces"))
        self.sheets = {"asked": Sheet("asked"), "read": Sheet("read")}
        self.health = HealthView()
        self._stack = QStackedWidget()
        self._lay_out()
        self.tabs.currentChanged.connect(self._open)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(self._title, 1)
        line.addWidget(self._sign)
        head = QVBoxLayout()
        head.setContentsMargins(28, 20, 24, 6)
        head.setSpacing(6)
        head.addLayout(line)
        for part in (self._told, self._about, self._buttons):
            head.addWidget(part)
        tabs = QHBoxLayout()
        tabs.setContentsMargins(20, 0, 20, 0)
        tabs.addWidget(self.tabs)
        tabs.addStretch(1)
        for name in FACES:
            self.tabs.addTab(say(f"template-face-{name}"))
        for face in (*self.sheets.values(), self.health):
            self._stack.addWidget(_inset(face))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(head)
        box.addLayout(tabs)
        box.addWidget(rule())
        box.addWidget(self._stack, 1)

    @property
    def face(self) -> str:
        """Which face is looked at."""
        return FACES[self.tabs.currentIndex()]

    def show_template(
        self, template: Template, told: str, sign: tuple[str, Tone], commands: Sequence[str]
    ) -> None:
        """Shows a template, what there is to know of it, what it is in a word, and what can be done with it."""
        self.template = template
        self._title.setText(template.label)
        self._told.setText(told)
        self._about.setText(template.description)
        self._about.setVisible(bool(template.description))
        self._sign.set(*sign)
        self._offer(tuple(commands))
        for sheet in self.sheets.values():
            sheet.show_template(template)

    def show_face(self, name: str) -> None:
        """Brings a face to the front."""
        self.tabs.setCurrentIndex(FACES.index(name))

    def redress(self) -> None:
        """Shows the same in the colours that hold now."""
        for sheet in self.sheets.values():
            sheet.redress()
        self.health.redress()

    def _offer(self, commands: tuple[str, ...]) -> None:
        if commands == self._offered:
            return
        self._offered = commands
        clear(self._flow)
        for name in commands:
            made = button(
                say(f"command-{name}-short"),
                partial(self.asked.emit, name),
                command=name,
                says=say(f"command-{name}"),
            )
            self._flow.addWidget(made)
        self._flow.invalidate()
        self._buttons.updateGeometry()

    def _open(self, at: int) -> None:
        self._stack.setCurrentIndex(at)
        self.opened.emit(FACES[at])

    def minimumSizeHint(self) -> QSize:
        """It may be as narrow as the window needs."""
        return QSize(300, super().minimumSizeHint().height())


def _inset(face: QWidget) -> QWidget:
    if isinstance(face, HealthView):
        return face
    made = QWidget()
    box = QVBoxLayout(made)
    box.setContentsMargins(24, 4, 8, 0)
    box.addWidget(face)
    return made
