"""Taking a study away from readers: why, what they are told, and how its page then reads."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.phrases import say
from ui.views.forms import Form
from ui.views.parts import label


class WithdrawForm(Form):
    """Asks for a reason and a public note. `chosen(reason, note)`."""

    help_page = "publishing#taking-a-study-away"

    chosen = Signal(str, str)

    def __init__(self, window: QWidget, title: str) -> None:
        super().__init__(window, say("withdraw-title"))
        self._box.addWidget(label(title, wrap=True))
        self.reason = self.line(say("withdraw-reason"), "", say("withdraw-reason-prompt"))
        self.note = self.line(say("withdraw-note"), "", say("withdraw-note-prompt"))
        self._box.addWidget(label(say("withdraw-preview"), "small"))
        self.preview = label("", wrap=True)
        self._box.addWidget(self.preview)
        self.note.textChanged.connect(self._foresee)
        self.finish(self.accept, does=say("withdraw-do"))
        self._foresee("")
        self.appear(self.reason)

    def accept(self) -> None:
        """Takes them where a reason is given; else says that one is needed."""
        reason, note = self.reason.text().strip(), self.note.text().strip()
        if not reason:
            self.complain(say("withdraw-needs-reason"))
            self.reason.setFocus()
            return
        self.close_()
        self.chosen.emit(reason, note)

    def _foresee(self, note: str) -> None:
        self.preview.setText(say("page-withdrawn", note=note.strip()).strip())
        self.place()
