"""One of a few ways, with a line below it that says what it means."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QRadioButton, QStyle, QStyleOptionButton, QVBoxLayout, QWidget

from ui.theme import colour, sans
from ui.views.parts import label


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

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ring, the dot in it, and the words beside them."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        inside = self.style().subElementRect(QStyle.SubElement.SE_RadioButtonContents, option, self)
        place = self.style().subElementRect(QStyle.SubElement.SE_RadioButtonIndicator, option, self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ring(painter, QPointF(place.center()))
        painter.setPen(colour("ink" if self.isEnabled() else "ink3"))
        painter.setFont(sans(13, sans().Weight.DemiBold))
        painter.drawText(
            inside.adjusted(4, 0, 40, 0),
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
            self.text(),
        )

    def _paint_ring(self, painter: QPainter, centre: QPointF) -> None:
        lit = self.isChecked() or self.hasFocus()
        painter.setPen(QPen(colour("accent" if lit else "ink2"), 2 if self.hasFocus() else 1.2))
        painter.setBrush(colour("accent_soft" if self.hasFocus() else "panel"))
        painter.drawEllipse(QRectF(centre.x() - 7, centre.y() - 7, 15, 15))
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("accent"))
            painter.drawEllipse(QRectF(centre.x() - 3, centre.y() - 3, 7, 7))


class Option(QWidget):
    """A way that can be chosen; `dot` tells when it is. What else belongs to it stands `below` its words."""

    def __init__(self, name: str, about: str) -> None:
        super().__init__()
        self.dot = Dot(name)
        self.dot.setAutoExclusive(False)
        self.dot.setAccessibleDescription(about)
        self.about = label(about, "small", wrap=True)
        self.below = QVBoxLayout()
        self.below.setContentsMargins(26, 0, 0, 0)
        self.below.setSpacing(6)
        self.below.addWidget(self.about)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        box.addWidget(self.dot, 0, Qt.AlignmentFlag.AlignLeft)
        box.addLayout(self.below)
