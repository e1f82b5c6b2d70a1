"""Controls with an icon, drawn anew whenever the colours change."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QToolButton

from ui import icons


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
