"""What the queue leaves at the edge while it is a drawer: the way to it, the way in, and how many it lists."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.phrases import number, say
from ui.views.controls import IconButton
from ui.views.parts import label

STRIP = 44
"""How wide it is."""


class Strip(QWidget):
    """Stands in the queue's place. `asked(command)` when one of its buttons is pressed."""

    help_page = "queue"

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("strip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(STRIP)
        self.opener = IconButton("queue", say("command-to_queue"), lambda: self.asked.emit("to_queue"))
        self._counted = label("", "small")
        self._counted.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        box = QVBoxLayout(self)
        box.setContentsMargins(4, 14, 5, 12)
        box.setSpacing(8)
        box.addWidget(self.opener, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addWidget(self._counted)
        bring = IconButton("import", say("command-import_files"), lambda: self.asked.emit("import_files"))
        box.addWidget(bring, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addStretch(1)
        self.hide()

    def show_listing(self, total: int, *, narrowed: bool) -> None:
        """Says how many submissions the queue lists, and marks it where a filter keeps others back."""
        said = say("submissions", n=total)
        self._counted.setText(f"{number(total)}*" if narrowed else number(total))
        self._counted.setToolTip(said)
        self._counted.setAccessibleName(said)
        self.opener.setAccessibleDescription(said)
