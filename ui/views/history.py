"""What was done to a study, newest first, each step with its undo."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.phrases import day, say
from ui.views.parts import button, clear, label, rule
from workbench.desk.rows import JournalEntry


class HistoryView(QScrollArea):
    """`undo(entry)` takes one step back."""

    undo = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(16, 14, 16, 16)
        self._rows.setSpacing(8)
        page = QWidget()
        page.setLayout(self._rows)
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_entries(self, entries: Sequence[JournalEntry]) -> None:
        """Shows the steps under the day they were done on."""
        clear(self._rows)
        last = ""
        for entry in entries:
            when = day(entry.at.astimezone())
            if when != last:
                self._rows.addWidget(label(when, "section"))
            last = when
            self._rows.addWidget(self._entry(entry))
            self._rows.addWidget(rule())
        if not entries:
            self._rows.addWidget(label(say("no-history"), "emptyText", wrap=True))
        self._rows.addStretch(1)

    def _entry(self, entry: JournalEntry) -> QFrame:
        made = QFrame()
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(label(entry.said, wrap=True))
        undone = f" · {say('undone')}" if entry.undone else ""
        words.addWidget(label(f"{entry.at.astimezone():%H:%M} · {entry.who}{undone}", "small"))
        box = QHBoxLayout(made)
        box.setContentsMargins(0, 2, 0, 2)
        box.addLayout(words, 1)
        if entry.undoable:
            back = button(
                say("undo"),
                lambda: self.undo.emit(entry.id),
                name="quiet",
                says=say("undo-named", said=entry.said),
            )
            box.addWidget(back, 0, Qt.AlignmentFlag.AlignTop)
        return made
