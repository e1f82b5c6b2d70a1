"""A step of beginning: its question, why it is asked, and what answers it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from ui.phrases import say
from ui.views.parts import label
from ui.views.welcome.option import Option


class Step(QWidget):
    """`changed` when its answer is another; `answer` in a few words, for the list of the steps."""

    changed = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(14)
        self.box.addWidget(label(say(f"welcome-{name}-title"), "pageTitle", wrap=True))
        self.box.addWidget(label(say(f"welcome-{name}-about"), "emptyText", wrap=True))

    @property
    def answer(self) -> str:
        """What is answered now."""
        raise NotImplementedError

    @property
    def first(self) -> QWidget:
        """What has the keyboard when the step is opened."""
        raise NotImplementedError

    def together(self, options: Sequence[Option]) -> QButtonGroup:
        """Of these one at a time is chosen; they stand under one another."""
        group = QButtonGroup(self)
        for option in options:
            option.dot.setAutoExclusive(True)
            group.addButton(option.dot)
            self.box.addWidget(option)
        return group
