"""What one thing is, on a card beside it: a few sentences, and the way to the page that says more."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ui.help import Explained
from ui.phrases import say
from ui.views.overlay import Overlay
from ui.views.parts import button, label

WIDE = 400
GAP = 6


class ExplainedCard(Overlay):
    """Floats beside what it is about until Escape or a press elsewhere. `more(address)` for all there is to read."""

    more = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._beside = QRect()
        self._address = ""
        self.title = label("", "viewTitle", wrap=True)
        self.text = QLabel()
        self.text.setTextFormat(Qt.TextFormat.MarkdownText)
        self.text.setWordWrap(True)
        self.text.linkActivated.connect(lambda _: self._go())
        self.read = button(say("explained-more"), self._go, name="quiet")
        box = QVBoxLayout(self)
        box.setContentsMargins(18, 14, 14, 10)
        box.setSpacing(6)
        box.addWidget(self.title)
        box.addWidget(self.text)
        box.addWidget(self.read, 0, Qt.AlignmentFlag.AlignLeft)

    def explain(self, told: Explained, about: QWidget, at: QPoint | None = None) -> None:
        """Shows what there is to say beside the control it is about, or beside a point of the screen."""
        self._beside, self._address = self._place_of(about, at), told.address
        self.title.setText(told.title)
        self.text.setText(told.text)
        self.setAccessibleName(f"{told.title}. {told.text}")
        self.read.setEnabled(bool(told.address))
        self.appear(self.read if told.address else self)

    def _place_of(self, about: QWidget, at: QPoint | None) -> QRect:
        if at is None:
            return QRect(about.mapTo(self.window_, QPoint(0, 0)), about.size())
        point = self.window_.mapFromGlobal(at)
        return QRect(point, point)

    def place(self) -> None:
        """Below what it is about, or above it, and within the window."""
        room = self.window_.rect().adjusted(12, 12, -12, -12)
        wide = min(WIDE, room.width())
        high = min(self.heightForWidth(wide), room.height())
        below = self._beside.bottom() + GAP
        top = below if below + high <= room.bottom() else self._beside.top() - GAP - high
        left = min(max(self._beside.left(), room.left()), room.right() - wide)
        self.setGeometry(left, min(max(top, room.top()), room.bottom() - high), wide, high)

    def _go(self) -> None:
        self.close_()
        self.more.emit(self._address)
