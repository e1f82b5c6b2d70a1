"""The templates in a list: what each is, how much it is used, which of them are being written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui.phrases import say
from ui.views.parts import Flow, Tone, button, label
from ui.views.templates.rows import SHOWN, RowList, Words

Kind = Literal["template", "sketch", "damaged", "taught"]


@dataclass(frozen=True, slots=True)
class Entry:
    """Something on the shelf: a template, one that is being written, a file that is none, the taught headings.

    `below` and `more` tell of it, each in a line, `sign` in a word.
    """

    kind: Kind
    id: str
    title: str
    below: str
    sign: str = ""
    tone: Tone = "quiet"
    more: str = ""

    @property
    def spoken(self) -> str:
        """All of it, for the ear."""
        return ", ".join(filter(None, (self.title, self.sign, self.below, self.more)))


class Shelf(QWidget):
    """The left pane. `chosen(entry)` when another one is to be shown, `asked(command)`."""

    chosen = Signal(object)
    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("side")
        self.setProperty("edge", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.list = RowList(say("stage-templates"), 2, _words)
        self.list.currentItemChanged.connect(self._tell)
        self.list.entered.connect(lambda: self.asked.emit("change_template"))
        head = QVBoxLayout()
        head.setContentsMargins(16, 14, 16, 10)
        head.setSpacing(8)
        head.addWidget(label(say("stage-templates"), "viewTitle"))
        head.addWidget(label(say("templates-about"), "small", wrap=True))
        beginnings = QWidget()
        flow = Flow(beginnings)
        for command in ("copy_template", "learn_template"):
            flow.addWidget(
                button(
                    say(f"command-{command}-short"),
                    partial(self.asked.emit, command),
                    name="compact",
                    command=command,
                    says=say(f"command-{command}"),
                )
            )
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 10, 16, 12)
        foot.addWidget(beginnings, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(head)
        box.addWidget(self.list, 1)
        box.addLayout(foot)

    @property
    def entry(self) -> Entry | None:
        """What is chosen."""
        item = self.list.currentItem()
        return item.data(SHOWN) if item is not None else None

    def show_entries(self, entries: Sequence[Entry], wanted: tuple[str, str] | None = None) -> None:
        """Lists these; `wanted`, a kind and an id, is chosen, or else what was, or else the first. Tells nobody."""
        before = self.entry
        wanted = wanted or ((before.kind, before.id) if before else None)
        self.list.blockSignals(True)
        self.list.clear()
        for entry in entries:
            item = QListWidgetItem(entry.title)
            item.setData(SHOWN, entry)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, entry.spoken)
            item.setToolTip(entry.title)
            self.list.addItem(item)
        at = next((n for n, each in enumerate(entries) if (each.kind, each.id) == wanted), 0)
        self.list.setCurrentRow(at if entries else -1)
        self.list.blockSignals(False)

    def choose(self, kind: str, name: str) -> bool:
        """Chooses one of the list; whether it is there."""
        for at in range(self.list.count()):
            entry: Entry = self.list.item(at).data(SHOWN)
            if (entry.kind, entry.id) == (kind, name):
                self.list.setCurrentRow(at)
                return True
        return False

    def redress(self) -> None:
        """Draws the same in the colours that hold now."""
        self.list.viewport().update()

    def _tell(self, *_: object) -> None:
        self.chosen.emit(self.entry)


def _words(entry: Entry) -> Words:
    return Words(entry.title, (entry.below, entry.more), entry.sign, entry.tone)
