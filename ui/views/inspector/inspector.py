"""The right pane of the desk: source, themes, findings, notes, history and preview of the study in the middle."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from ui.phrases import say
from ui.views.inspector.findings import FindingsView
from ui.views.inspector.history import HistoryView
from ui.views.inspector.notes import NotesView
from ui.views.inspector.preview import PreviewView
from ui.views.inspector.source import SourceView
from ui.views.inspector.themes import ThemesView

SHORT = 70
"""Pixels of a tab below which its words are never cut."""

TABS = ("source", "themes", "findings", "notes", "history", "preview")
"""The parts in their order; each is an attribute of the inspector by this name."""


class PartTabs(QTabBar):
    """All tabs always show: where there is too little room the long ones end in … and say all in their tool tips."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("parts")
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setElideMode(Qt.TextElideMode.ElideRight)

    def minimumTabSizeHint(self, index: int) -> QSize:
        """A short word is never cut."""
        whole = self.tabSizeHint(index)
        return QSize(min(whole.width(), SHORT), whole.height())

    def tabInserted(self, index: int) -> None:
        """Its words are its tool tip too."""
        super().tabInserted(index)
        self.setTabToolTip(index, self.tabText(index))


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
        self.tabs = PartTabs()
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
        at, said = TABS.index("findings"), f"{say('tab-findings')} {n}" if n else say("tab-findings")
        self.tabs.setTabText(at, said)
        self.tabs.setTabToolTip(at, said)

    def redress(self) -> None:
        """Shows the same in the colours that hold now."""
        self.source.text.redress()
        self.findings.redress()
        self.preview.redress()

    def _open(self, index: int) -> None:
        self._stack.setCurrentIndex(index)
        self.opened.emit(TABS[index])
