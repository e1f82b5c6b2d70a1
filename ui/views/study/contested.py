"""Two answers to one field: what was typed here, and what the desk holds since. The editor chooses."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout

from ui.phrases import say
from ui.views.compared import compared
from ui.views.parts import SeverityMark, button, label

LONGEST = 3_000
"""Characters of each answer that are shown."""


class ContestedCard(QFrame):
    """Shows both answers, the words that differ marked. `keep` and `give_up` are the two ways to go on."""

    help_page = "writing#two-in-one-field"

    keep = Signal()
    give_up = Signal()

    def __init__(self, mine: str, theirs: str, why: str) -> None:
        super().__init__()
        self.setObjectName("finding")
        self.setProperty("severity", "warning")
        self.setProperty("current", False)
        self.setAccessibleName(why)
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 8, 12, 10)
        box.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(SeverityMark("warning"), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(label(why, "strong", wrap=True), 1)
        box.addLayout(head)
        box.addLayout(_both(mine, theirs))
        box.addLayout(self._choices())

    def _choices(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(say("contested-take-theirs"), self.give_up.emit, name="compact"))
        row.addWidget(button(say("contested-keep-mine"), self.keep.emit, name="primary"))
        return row


def _both(mine: str, theirs: str) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(20)
    texts = compared(theirs[:LONGEST], mine[:LONGEST])
    for column, (title, text) in enumerate(zip(("contested-theirs", "contested-mine"), texts, strict=True)):
        words = QLabel(text)
        words.setTextFormat(Qt.TextFormat.RichText)
        words.setWordWrap(True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words.setAccessibleName(f"{say(title)}: {theirs if column == 0 else mine}")
        grid.addWidget(label(say(title), "section"), 0, column)
        grid.addWidget(words, 1, column, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(column, 1)
    return grid
