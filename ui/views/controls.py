"""Controls with an icon, drawn anew whenever the colours change."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QComboBox, QStyle, QStyleOptionButton, QStylePainter, QToolButton

from ui import icons
from ui.theme import colour


class IconButton(QToolButton):
    """A button that is only an icon; `says` is its name for the ear and its tool tip."""

    def __init__(self, icon: str, says: str, then: Callable[[], object], name: str = "quiet") -> None:
        super().__init__()
        self._icon = icon
        self.setObjectName(name)
        self.setIcon(icons.icon(icon))
        self.setToolTip(says)
        self.setAccessibleName(says)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(lambda: then())

    def changeEvent(self, event: QEvent) -> None:
        """The icon takes the colours that hold now."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.setIcon(icons.icon(self._icon))


class Tick(QCheckBox):
    """A box to tick, drawn in the window's own inks so that it can be seen in every look."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """The box, its tick, and the words beside it."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        inside = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxContents, option, self)
        place = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
        painter = QStylePainter(self)
        painter.drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option)
        box = QRectF(place.center().x() - 7, place.center().y() - 7, 15, 15)
        self._paint_box(painter, box)
        ink = "ink" if self.isEnabled() else "ink3"
        painter.setPen(colour(ink))
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())

    def _paint_box(self, painter: QPainter, box: QRectF) -> None:
        edge = "ink3" if not self.isEnabled() else "accent" if self.isChecked() or self.hasFocus() else "ink2"
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour(edge), 2 if self.hasFocus() else 1.2))
        painter.setBrush(colour("accent" if self.isChecked() and self.isEnabled() else "panel"))
        painter.drawRoundedRect(box, 3, 3)
        if self.isChecked():
            painter.setPen(QPen(colour("on_accent" if self.isEnabled() else "ink3"), 2))
            painter.drawPolyline(
                [box.topLeft() + QPointF(*at) for at in ((3.5, 7.5), (6.5, 10.5), (11.5, 4.5))]
            )


class Picker(QComboBox):
    """A choice of a few, with the sign that there are more."""

    def __init__(self, says: str) -> None:
        super().__init__()
        self.setAccessibleName(says)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The choice, and a small arrow at the right."""
        super().paintEvent(event)
        place = QPoint(self.width() - icons.SIZE - 5, (self.height() - icons.SIZE) // 2)
        painter = QPainter(self)
        painter.drawPixmap(place, icons.icon("down").pixmap(icons.SIZE, icons.SIZE))
