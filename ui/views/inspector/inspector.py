"""The right pane of the desk: source, themes, findings, notes, history and preview of the study in the middle."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from ui.phrases import say
from ui.views.inspector.findings import FindingsView
from ui.views.inspector.history import HistoryView
from ui.views.inspector.notes import NotesView
from ui.views.inspector.preview import PreviewView
from ui.views.inspector.source import SourceView
from ui.views.inspector.themes import ThemesView

TABS = ("source", "themes", "findings", "notes", "history", "preview")
"""The parts in their order; each is an attribute of the inspector by this name."""


class Inspector(QWidget):
    """The parts, of which one shows. `opened(name)` when another does; `wanted` when one is to be looked at."""

    opened = Signal(str)
    wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("inspector")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.source = SourceView()
        self.themes = ThemesView()
        self.findings = FindingsView()
        self.notes = NotesView()
        self.history = HistoryView()
        self.preview = PreviewView()
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setElideMode(Qt.TextElideMode.ElideNone)
        self.tabs.setAccessibleName(say("inspector"))
        self._stack = QStackedWidget()
        for name in TABS:
            self.tabs.addTab(say(f"tab-{name}"))
            self._stack.addWidget(getattr(self, name))
        self.tabs.currentChanged.connect(self._open)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.tabs)
        line = QFrame()
        line.setObjectName("rule")
        box.addWidget(line)
        box.addWidget(self._stack, 1)

    @property
    def current(self) -> str:
        """The part that shows."""
        return TABS[self.tabs.currentIndex()]

    def show_part(self, name: str) -> None:
        """Brings a part to the front."""
        self.tabs.setCurrentIndex(TABS.index(name))
        self.wanted.emit()

    def count_findings(self, n: int) -> None:
        """Says on the tab how many findings are open."""
        self.tabs.setTabText(
            TABS.index("findings"), f"{say('tab-findings')} {n}" if n else say("tab-findings")
        )

    def redress(self) -> None:
        """Shows the same in the colours that hold now."""
        self.source.text.redress()
        self.findings.redress()
        self.preview.redress()

    def _open(self, index: int) -> None:
        self._stack.setCurrentIndex(index)
        self.opened.emit(TABS[index])
