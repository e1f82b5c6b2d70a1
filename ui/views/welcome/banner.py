"""What stands above the window while somebody practises: that nothing here is real, and the ways out."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.phrases import say
from ui.views.parts import Elided, button, label


class PracticeBanner(QWidget):
    """`asked(command)`: leave it, begin it anew, delete it."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("practice")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(38)
        self.leave = button(say("practice-leave"), lambda: self.asked.emit("leave_practice"), name="compact")
        self.anew = button(say("practice-anew"), lambda: self.asked.emit("practise_anew"), name="compact")
        self.delete = button(
            say("practice-delete"), lambda: self.asked.emit("delete_practice"), name="compact"
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 12, 0)
        row.setSpacing(8)
        row.addWidget(label(say("practice-title"), "strong"))
        row.addWidget(Elided(say("practice-about"), "small"), 1)
        for each in (self.anew, self.delete, self.leave):
            row.addWidget(each)
