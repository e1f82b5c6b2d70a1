"""Where there is no room beside the study the inspector is a drawer: it comes over the study and goes again."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QPoint, QPropertyAnimation
from PySide6.QtWidgets import QApplication, QSplitter, QVBoxLayout, QWidget

from ui import theme
from ui.views.overlay import Overlay

WIDTH = 400
SLIDE = 150
"""Milliseconds the drawer takes to come."""


class Drawer(Overlay):
    """Holds `pane`, the last of `panes`, while there is no room; drawn out until Escape, or work elsewhere."""

    def __init__(self, stage: QWidget, panes: QSplitter, pane: QWidget) -> None:
        super().__init__(stage)
        self.setObjectName("drawer")
        self._panes = panes
        self._pane = pane
        self._sizes = panes.sizes()
        self._slide = QPropertyAnimation(self, b"pos", self)
        self._slide.setDuration(SLIDE)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(1, 0, 0, 0)

    @property
    def narrow(self) -> bool:
        """Whether the pane is in the drawer."""
        return self._pane.parent() is self

    def fold(self, *, narrow: bool, shown: bool) -> None:
        """Puts the pane into the drawer, or back beside the others; without anything to show neither shows it."""
        if narrow and not self.narrow:
            self._sizes = self._panes.sizes()
            self._box.addWidget(self._pane)
        elif not narrow and self.narrow:
            self.hide()
            self._panes.addWidget(self._pane)
            self._panes.setSizes(self._sizes)
        self._pane.setVisible(shown)
        if not shown:
            self.hide()

    def pull(self, first: QWidget) -> None:
        """Draws it out, with the keyboard in `first`."""
        self.appear(first)
        app = QApplication.instance()
        if isinstance(app, QApplication) and not theme.less_motion(app):
            self._slide.setStartValue(QPoint(self.window_.width(), 0))
            self._slide.setEndValue(self.pos())
            self._slide.start()

    def place(self) -> None:
        """At the right edge, as high as the stage."""
        wide = min(WIDTH, self.window_.width() - 40)
        self._slide.stop()
        self.setGeometry(self.window_.width() - wide, 0, wide, self.window_.height())
