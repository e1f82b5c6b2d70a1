"""The headings that editors have taught, by placing passages; each can be forgotten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.phrases import say
from ui.views.parts import button, clear, label
from workbench.template import Template

Taught = tuple[str, str, str]
"""A template's id, a heading, and the id of the question that it means."""


class TaughtView(QWidget):
    """Lists them. `forget(template, heading)`."""

    forget = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 22, 28, 28)
        column.setSpacing(8)
        column.addWidget(label(say("taught-headings"), "pageTitle"))
        column.addWidget(label(say("taught-about"), "small", wrap=True))
        column.addSpacing(6)
        column.addLayout(self._rows)
        column.addStretch(1)

    def show_taught(self, taught: Sequence[Taught], templates: Mapping[str, Template]) -> None:
        """Lists these headings."""
        clear(self._rows)
        for each in taught:
            self._rows.addWidget(self._card(*each, templates.get(each[0])))

    def _card(self, template: str, heading: str, field: str, known: Template | None) -> QFrame:
        asked = known.by_id.get(field) if known else None
        told = say("taught", heading=heading, field=asked.label if asked else field)
        forget = button(
            say("forget"),
            partial(self.forget.emit, template, heading),
            name="compact",
            says=say("forget-named", heading=heading),
        )
        made = QFrame()
        made.setObjectName("card")
        box = QHBoxLayout(made)
        box.setContentsMargins(16, 6, 12, 6)
        box.addWidget(label(told, wrap=True), 1)
        box.addWidget(label(known.label if known else template, "small"))
        box.addWidget(forget)
        return made
