"""What a step with a template means, looked at before it is taken."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.phrases import say
from ui.views.overlay import Overlay
from ui.views.parts import button, label, let_go, scrolled

WIDTH, HIGHEST = 620, 560


class Deciding(Overlay):
    """Stands until the step is taken (Enter) or left (Escape)."""

    def __init__(
        self, window: QWidget, title: str, lines: Sequence[str], does: str, then: Callable[[], object]
    ) -> None:
        super().__init__(window)
        self._then = then
        self.setAccessibleName(title)
        self.setAccessibleDescription(" ".join(lines))
        self._title = label(title, "strong", wrap=True)
        self._lines = QWidget()
        rows = QVBoxLayout(self._lines)
        rows.setContentsMargins(0, 0, 8, 0)
        rows.setSpacing(8)
        self._labels = [label(line, wrap=True) for line in lines]
        for each in self._labels:
            rows.addWidget(each)
        rows.addStretch(1)
        scroll = scrolled(self._lines)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        self.do = button(does, self._do, name="primary")
        feet = QHBoxLayout()
        feet.addStretch(1)
        feet.addWidget(button(say("cancel"), self.close_))
        feet.addWidget(self.do)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(12)
        box.addWidget(self._title)
        box.addWidget(scroll, 1)
        box.addLayout(feet)
        self.appear(self.do)

    def place(self) -> None:
        """In the upper middle of the window, as high as it has lines."""
        window = self.window_
        wide = min(WIDTH, window.width() - 40)
        said = sum(max(each.heightForWidth(wide - 60), 18) + 8 for each in self._labels)
        high = min(said + self._title.heightForWidth(wide - 40) + 100, HIGHEST, window.height() - 80)
        self.setGeometry((window.width() - wide) // 2, min(100, window.height() // 8), wide, high)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the step."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._do()
            return
        super().keyPressEvent(event)

    def close_(self) -> None:
        """Goes away for good."""
        super().close_()
        let_go(self)

    def _do(self) -> None:
        self.close_()
        self._then()
