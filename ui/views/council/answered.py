"""How a newer version answers what its council was asked, and what else the council wrote in comments."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.phrases import say
from ui.views.parts import Pill, clear, label
from workbench.desk.rows import Answered, CouncilWords, Laid


class CouncilPart(QWidget):
    """The list of what was asked, each with its answer; the council's other comments; what comes into the tray."""

    def __init__(self) -> None:
        super().__init__()
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 6, 0, 10)
        self._rows.setSpacing(8)
        self.hide()

    def show_laid(self, found: Laid) -> None:
        """Shows them; nothing where the council was asked nothing and wrote nothing."""
        clear(self._rows)
        if found.asked:
            answered = sum(item.answered for item in found.asked)
            self._part(say("asked-list", n=answered, of=len(found.asked)), map(_asked, found.asked))
        if found.remarks:
            self._part(say("council-comments"), map(_remark, found.remarks))
        if found.unplaced:
            self._part(
                say("into-the-tray"), (label(_first_words(text), wrap=True) for text in found.unplaced)
            )
        self.setVisible(bool(found.asked or found.remarks or found.unplaced))

    def _part(self, title: str, rows: Iterable[QWidget]) -> None:
        self._rows.addWidget(label(title, "section"))
        card = QFrame()
        card.setObjectName("card")
        box = QVBoxLayout(card)
        box.setContentsMargins(14, 10, 14, 12)
        box.setSpacing(10)
        for row in rows:
            box.addWidget(row)
        self._rows.addWidget(card)


def _asked(item: Answered) -> QWidget:
    row = QWidget()
    answered = say(f"answered-{item.how}") if item.how else say("answered-not")
    words = QVBoxLayout()
    words.setSpacing(2)
    if item.label:
        words.addWidget(label(item.label, "small"))
    words.addWidget(label(item.words, wrap=True))
    for reply in item.replies:
        words.addWidget(label(say("council-replied", who=reply.author, text=reply.text), "small", wrap=True))
    box = QHBoxLayout(row)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(10)
    pill = Pill(answered, "good" if item.answered else "warning")
    pill.setMinimumWidth(96)
    box.addWidget(pill, 0, Qt.AlignmentFlag.AlignTop)
    box.addLayout(words, 1)
    row.setAccessibleName(f"{answered}: {item.words}")
    return row


def _remark(said: CouncilWords) -> QWidget:
    where = f"{said.author} · {said.label}" if said.label else said.author
    row = QWidget()
    box = QVBoxLayout(row)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(2)
    box.addWidget(label(where, "small"))
    box.addWidget(label(said.text, wrap=True))
    return row


def _first_words(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 240 else f"{words[:239]}…"
