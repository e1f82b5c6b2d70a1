"""This computer looked at: what is broken first, then what is to be looked at, then what is fine."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from ui.phrases import say
from ui.views.parts import Pill, Tone, clear, label, scrolled

_TONES: dict[str, Tone] = {"broken": "blocker", "look": "warning", "fine": "good"}


class ExaminedView(QWidget):
    """Shows the lines of the doctor, or that it is under way."""

    def __init__(self) -> None:
        super().__init__()
        self.whole = label("", "strong", wrap=True)
        self._running = QProgressBar()
        self._running.setRange(0, 0)
        self._running.setTextVisible(False)
        self._running.setAccessibleName(say("examining"))
        page = QWidget()
        self._rows = QVBoxLayout(page)
        self._rows.setContentsMargins(0, 4, 10, 8)
        self._rows.setSpacing(10)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        box.addWidget(self.whole)
        box.addWidget(self._running)
        box.addWidget(scrolled(page), 1)

    def show_lines(self, lines: Sequence[tuple[str, str]] | None) -> None:
        """Shows each line with how it stands, the worst first; None while it is under way."""
        clear(self._rows)
        self._running.setVisible(lines is None)
        self.whole.setText(
            say("examining") if lines is None else summed_up([standing for standing, _ in lines])
        )
        for standing, sentence in sorted(lines or (), key=lambda line: list(_TONES).index(line[0])):
            self._rows.addWidget(_row(standing, sentence))
        self._rows.addStretch(1)


def summed_up(standings: Sequence[str]) -> str:
    """How it stands as a whole, in a sentence."""
    worst = next((each for each in _TONES if each in standings), "fine")
    return say(f"examined-{worst}", n=standings.count(worst))


def _row(standing: str, sentence: str) -> QWidget:
    made = QWidget()
    said = label(sentence, wrap=True)
    said.setAccessibleName(f"{say(f'standing-{standing}')}: {sentence}")
    said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    box = QHBoxLayout(made)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(12)
    pill = Pill(say(f"standing-{standing}"), _TONES[standing])
    pill.setMinimumWidth(86)
    box.addWidget(pill, 0, Qt.AlignmentFlag.AlignTop)
    box.addWidget(said, 1)
    return made
