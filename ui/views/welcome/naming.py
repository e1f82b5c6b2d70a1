"""In whose name the work is done: a name beside every step, initials beside comments."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from ui.phrases import say
from ui.views.parts import label
from ui.views.welcome.step import Step
from workbench.desk.office import workspaces

WIDE = 360


class NameStep(Step):
    """Two lines; the initials are those of the name until somebody types others."""

    def __init__(self) -> None:
        super().__init__("name")
        self.who = self._line("who")
        self.initials = self._line("initials")
        self.box.addStretch(1)
        self.who.textChanged.connect(self._suggest)
        self.who.textChanged.connect(self.changed)
        self.initials.textEdited.connect(self.changed)

    @property
    def answer(self) -> str:
        """The name."""
        return self.who.text().strip() or say("welcome-name-none")

    @property
    def first(self) -> QWidget:
        """The name."""
        return self.who

    def show_person(self, who: str, initials: str) -> None:
        """Shows a name, as the system suggests it or a desk has it."""
        self.who.setText(who)
        self.initials.setText(initials)
        self.changed.emit()

    def _suggest(self, who: str) -> None:
        self.initials.setPlaceholderText(workspaces.initials(who))

    def _line(self, name: str) -> QLineEdit:
        made = QLineEdit()
        made.setFixedWidth(WIDE)
        made.setAccessibleName(say(f"setting-{name}"))
        made.setAccessibleDescription(say(f"welcome-{name}-about"))
        self.box.addWidget(label(say(f"setting-{name}"), "strong"))
        self.box.addWidget(made)
        self.box.addWidget(label(say(f"welcome-{name}-about"), "small", wrap=True))
        return made
