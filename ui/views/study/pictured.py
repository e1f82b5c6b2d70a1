"""What is told of a picture, below the answer that shows it: description, credit, and a way to change both."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.phrases import say
from ui.views.parts import Elided, button
from workbench.submission import Picture


class PictureLine(QWidget):
    """One picture in a line. `describe(sha256)` when the editor wants to say what it shows."""

    help_page = "writing#pictures"

    describe = Signal(str)

    def __init__(self, picture: Picture, *, editable: bool) -> None:
        super().__init__()
        missing = picture.alt is None
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(Elided(told(picture), "warn" if missing else "small"), 1)
        change = button(
            say("picture-describe"),
            lambda: self.describe.emit(picture.sha256),
            name="compact",
            says=say("picture-describe-of", name=picture.name),
        )
        box.addWidget(change)
        change.setVisible(editable)


def told(picture: Picture) -> str:
    """What a picture shows, and whose it is."""
    if picture.alt is None:
        said = say("picture-line-none")
    else:
        said = say("picture-line", alt=picture.alt) if picture.alt else say("picture-line-decorative")
    return say("picture-line-credit", told=said, credit=picture.credit) if picture.credit else said
