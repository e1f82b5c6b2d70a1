"""Whether to practise first, with the samples and apart from real work."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.phrases import say
from ui.views.welcome.option import Option
from ui.views.welcome.step import Step


class PracticeStep(Step):
    """One's own desk, or practice first."""

    def __init__(self) -> None:
        super().__init__("samples")
        self.own = Option(say("welcome-samples-own"), say("welcome-samples-own-about"))
        self.practice = Option(say("welcome-samples-practice"), say("welcome-samples-practice-about"))
        self.together([self.own, self.practice])
        self.box.addStretch(1)
        self.own.dot.setChecked(True)
        self.practice.dot.toggled.connect(lambda _: self.changed.emit())

    @property
    def answer(self) -> str:
        """What is opened."""
        return say("welcome-samples-later" if self.own.dot.isChecked() else "welcome-samples-first")

    @property
    def first(self) -> QWidget:
        """The choice that is made."""
        return self.own.dot if self.own.dot.isChecked() else self.practice.dot
