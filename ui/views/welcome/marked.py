"""A sentence with the shape of how grave it is before it, on a soft ground."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.ear import announce
from ui.theme import colour
from ui.views.compared import breakable
from ui.views.parts import Glyph, Tone, label, paint_glyph


class Marked(QWidget):
    """Empty until something is said. `plain` leaves the ground out, for a list of such sentences."""

    def __init__(self, *, plain: bool = False) -> None:
        super().__init__()
        self._tone: Tone = "quiet"
        self._glyph: Glyph = "none"
        self._plain = plain
        self.words = label("", "small" if plain else "", wrap=True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        box = QHBoxLayout(self)
        box.setContentsMargins(26 if not plain else 20, 2 if plain else 8, 12, 2 if plain else 8)
        box.addWidget(self.words)
        self.hide()

    def show_words(self, text: str, tone: Tone, glyph: Glyph) -> None:
        """Says something, to the ear too."""
        self._tone, self._glyph = tone, glyph
        self.words.setText(breakable(text))
        self.setVisible(bool(text))
        self.update()
        if text and not self._plain:
            announce(self, text)

    def clear(self) -> None:
        """Says nothing."""
        self.show_words("", "quiet", "none")

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground and the shape."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._plain:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(f"{self._tone}_soft"))
            painter.drawRoundedRect(QRectF(self.rect()), 8, 8)
        top = self.words.y() + self.words.fontMetrics().height() / 2 + 0.5
        paint_glyph(painter, QPointF(8 if self._plain else 14, top), self._glyph, self._tone, 9)
