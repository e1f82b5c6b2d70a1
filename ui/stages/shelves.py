"""A quiet stage: the templates."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.bridge import Bridge
from ui.phrases import say
from ui.views.parts import button, clear, label
from workbench.desk import Desk
from workbench.desk.editing import placing
from workbench.desk.office import templates
from workbench.desk.rows import Changed
from workbench.template import Template


class Shelf(QScrollArea):
    """A page with a title and what stands on it, at reading width."""

    def __init__(self, title: str, about: str) -> None:
        super().__init__()
        page = QWidget()
        page.setObjectName("page")
        self.rows = QVBoxLayout()
        self.rows.setSpacing(10)
        column = QVBoxLayout(page)
        column.setContentsMargins(36, 22, 36, 36)
        column.setSpacing(8)
        column.addWidget(label(title, "pageTitle"))
        column.addWidget(label(about, "small", wrap=True))
        column.addSpacing(8)
        column.addLayout(self.rows)
        column.addStretch(1)
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)

    def enter(self) -> None:
        """The stage is shown."""

    def follow(self, changed: Changed) -> None:
        """Nothing here changes with the work."""

    def redress(self) -> None:
        """Nothing here holds a colour."""


class TemplatesStage(Shelf):
    """The templates, each with what it asks, and the blank Word file to send out; below them the headings that
    editors have taught. `told(sentence)`."""

    told = Signal(str)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(say("stage-templates"), say("templates-about"))
        self._bridge = bridge
        self._templates: Mapping[str, Template] = {}
        self._taught = QWidget()
        self._headings = QVBoxLayout(self._taught)
        self._headings.setContentsMargins(0, 12, 0, 0)
        bridge.ask(lambda desk: desk.templates, self._show)

    def _show(self, found: Mapping[str, Template]) -> None:
        clear(self.rows)
        self._templates = found
        for template in found.values():
            self.rows.addWidget(self._card(template))
        self.rows.addWidget(self._taught)
        self._look()

    def enter(self) -> None:
        """What was taught meanwhile is shown."""
        self._look()

    def follow(self, changed: Changed) -> None:
        """Headings are taught on the desk."""
        if "settings" in changed.grains:
            self._look()

    def _look(self) -> None:
        self._bridge.ask(placing.learned, self._show_taught, subject="learned")

    def _show_taught(self, learned: tuple[tuple[str, str, str], ...]) -> None:
        clear(self._headings)
        if learned:
            self._headings.addWidget(label(say("taught-headings"), "section"))
        for template, heading, field in learned:
            self._headings.addWidget(self._heading(template, heading, field))

    def _heading(self, template: str, heading: str, field: str) -> QFrame:
        known = self._templates.get(template)
        asked = known.by_id.get(field) if known else None
        told = say("taught", heading=heading, field=asked.label if asked else field)
        forget = button(
            say("forget"),
            lambda: self._bridge.do(lambda desk: placing.forget(desk, template, heading)),
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

    def _card(self, template: Template) -> QFrame:
        made = QFrame()
        made.setObjectName("card")
        asks = " · ".join(field.label for field in template.fields)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(label(f"{template.label} ({say('version', n=template.version)})", "strong"))
        words.addWidget(label(template.description, wrap=True))
        words.addWidget(label(asks, "small", wrap=True))
        save = button(
            say("save-blank"),
            lambda: self._ask_where(template),
            says=say("save-blank-of", label=template.label),
        )
        box = QHBoxLayout(made)
        box.setContentsMargins(16, 12, 12, 14)
        box.setSpacing(16)
        box.addLayout(words, 1)
        box.addWidget(save, 0, Qt.AlignmentFlag.AlignTop)
        return made

    def _ask_where(self, template: Template) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, say("save-blank"), f"{template.id}.docx", say("word-files")
        )
        if name:
            self.save(template, Path(name))

    def save(self, template: Template, path: Path) -> None:
        """Writes the blank Word file of a template."""

        def write(desk: Desk) -> str:
            path.write_bytes(templates.blank(template))
            return say("blank-saved", file=path.name)

        self._bridge.ask(write, self._tell)

    def _tell(self, sentence: str) -> None:
        self.told.emit(sentence)
