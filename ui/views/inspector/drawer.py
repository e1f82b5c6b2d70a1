"""Where there is no room beside the study a pane is a drawer: it comes over the study and goes again."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QPoint, QPropertyAnimation, QRect, Qt
from PySide6.QtWidgets import QApplication, QSplitter, QStyle, QVBoxLayout, QWidget

from ui import theme
from ui.views.overlay import Overlay

WIDTH = 400
SLIDE = 150
"""Milliseconds the drawer takes to come."""


class Drawer(Overlay):
    """Holds `pane`, an outer one of `panes`, while there is no room; drawn out until Escape, or work elsewhere.

    It comes from the side that the pane stands on, `inset` pixels from the edge of the stage.
    """

    def __init__(self, stage: QWidget, panes: QSplitter, pane: QWidget, inset: int = 0) -> None:
        super().__init__(stage)
        self.setObjectName("drawer")
        self._panes = panes
        self._pane = pane
        self._place = panes.indexOf(pane)
        self._inset = inset
        self._slide = QPropertyAnimation(self, b"pos", self)
        self._slide.setDuration(SLIDE)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        box = self._box = QVBoxLayout(self)
        box.setContentsMargins(0 if self._at_left else 1, 0, 1 if self._at_left else 0, 0)
        self.setProperty("edge", "right" if self._at_left else "left")

    @property
    def narrow(self) -> bool:
        """Whether the pane is in the drawer."""
        return self._pane.parent() is self

    @property
    def _at_left(self) -> bool:
        return (self._place == 0) != (self.layoutDirection() == Qt.LayoutDirection.RightToLeft)

    def fold(self, *, narrow: bool, shown: bool) -> None:
        """Puts the pane into the drawer, or back beside the others; without anything to show neither shows it."""
        if narrow and not self.narrow:
            self._box.addWidget(self._pane)
        elif not narrow and self.narrow:
            self.hide()
            self._panes.insertWidget(min(self._place, self._panes.count()), self._pane)
        self._pane.setVisible(shown)
        if not shown:
            self.hide()

    def pull(self, first: QWidget) -> None:
        """Draws it out, with the keyboard in `first`."""
        self.appear(first)
        app = QApplication.instance()
        if isinstance(app, QApplication) and not theme.less_motion(app):
            away = -self.width() if self._at_left else self.width()
            self._slide.setStartValue(self.pos() + QPoint(away, 0))
            self._slide.setEndValue(self.pos())
            self._slide.start()

    def place(self) -> None:
        """At its edge, as high as the stage."""
        whole = self.window_.rect()
        wide = min(WIDTH, whole.width() - self._inset - 40)
        start = self._inset if self._place == 0 else whole.width() - self._inset - wide
        self._slide.stop()
        there = QRect(start, 0, wide, whole.height())
        self.setGeometry(QStyle.visualRect(self.layoutDirection(), whole, there))
