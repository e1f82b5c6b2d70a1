"""One of a few ways, with a line below it that says what it means."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QRadioButton, QVBoxLayout, QWidget

from ui.theme import colour, sans
from ui.views.compared import breakable
from ui.views.parts import label

LEFT = 26
"""Pixels before the words."""


class Dot(QRadioButton):
    """A ring to fill in, drawn in the window's own inks so that it can be seen in every look."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes it too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Room for the ring and the words."""
        metrics = QFontMetrics(_face())
        return QSize(LEFT + metrics.horizontalAdvance(self.text()) + 4, max(22, metrics.height() + 6))

    def minimumSizeHint(self) -> QSize:
        """The ring, and some of the words."""
        return QSize(LEFT + 80, self.sizeHint().height())

    def hitButton(self, pos: QPoint) -> bool:
        """The words as well as the ring."""
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ring, the dot in it, and the words beside them."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ring(painter, QPointF(9, self.height() / 2 - 0.5))
        painter.setPen(colour("ink" if self.isEnabled() else "ink3"))
        painter.setFont(_face())
        words = self.rect().adjusted(LEFT, 0, 0, 0)
        shown = QFontMetrics(_face()).elidedText(self.text(), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    def _paint_ring(self, painter: QPainter, centre: QPointF) -> None:
        lit = self.isChecked() or self.hasFocus()
        painter.setPen(QPen(colour("accent" if lit else "ink2"), 2 if self.hasFocus() else 1.2))
        painter.setBrush(colour("accent_soft" if self.hasFocus() else "panel"))
        painter.drawEllipse(QRectF(centre.x() - 7, centre.y() - 7, 14, 14))
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("accent"))
            painter.drawEllipse(QRectF(centre.x() - 3.5, centre.y() - 3.5, 7, 7))


def _face() -> QFont:
    return sans(13, QFont.Weight.DemiBold)


class Option(QWidget):
    """A way that can be chosen; `dot` tells when it is. What else belongs to it stands `below` its words."""

    def __init__(self, name: str, about: str) -> None:
        super().__init__()
        self.dot = Dot(name)
        self.dot.setAutoExclusive(False)
        self.dot.setAccessibleDescription(about)
        self.about = label(breakable(about), "small", wrap=True)
        self.below = QVBoxLayout()
        self.below.setContentsMargins(LEFT, 0, 0, 0)
        self.below.setSpacing(6)
        self.below.addWidget(self.about)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        box.addWidget(self.dot)
        box.addLayout(self.below)
