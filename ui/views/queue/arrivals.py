"""What each imported file was taken for, said once the import is over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import PurePath

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.phrases import say
from ui.views.parts import Elided, Pill, Tone, button, clear, label, scrolled
from workbench.desk.rows import Arrival

_TONES: dict[str, Tone] = {
    "new": "good",
    "duplicate": "quiet",
    "revision": "accent",
    "update": "accent",
    "asked": "warning",
    "refused": "blocker",
    "skipped": "quiet",
}
_ORDER = ("refused", "asked", "revision", "update", "duplicate", "skipped", "new")


def summed_up(arrivals: Sequence[Arrival]) -> str:
    """One line: how many files were taken for what."""
    counts = Counter(map(_kind, arrivals))
    return " · ".join(say(f"arrived-{kind}", n=counts[kind]) for kind in reversed(_ORDER) if counts[kind])


class ArrivalsView(QFrame):
    """Floats above the bar until it is closed. `chosen(id)` goes to a submission."""

    help_page = "arriving#what-a-file-was-taken-for"

    chosen = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName("overlay")
        self._title = label("", "strong")
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(0, 0, 6, 0)
        self._rows.setSpacing(8)
        page = QWidget()
        page.setLayout(self._rows)
        scroll = scrolled(page, sideways=True)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        self.shut = button(say("close"), self.hide, name="quiet")
        head.addWidget(self.shut)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 10, 10, 12)
        box.addLayout(head)
        box.addWidget(scroll)
        self.hide()

    def show_arrivals(self, arrivals: Sequence[Arrival], *, cancelled: bool) -> None:
        """Shows the files, those that need a look first."""
        self._title.setText(say("import-cancelled") if cancelled else say("import-done"))
        clear(self._rows)
        self._rows.addWidget(label(summed_up(arrivals) or say("arrived-nothing"), "small"))
        for arrival in sorted(arrivals, key=lambda a: _ORDER.index(_kind(a))):
            self._rows.addWidget(self._row(arrival))
        self._rows.addStretch(1)
        self.place()
        self.show()
        self.raise_()

    def place(self) -> None:
        """Keeps to its corner of the window."""
        window = self._window
        high = min(120 + 52 * max(self._rows.count() - 2, 0), window.height() - 160)
        self.setGeometry(window.width() - 540, window.height() - high - 43, 524, high)

    def _row(self, arrival: Arrival) -> QWidget:
        made = QWidget()
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(Elided(PurePath(arrival.file).name or arrival.file))
        words.addWidget(label(_why(arrival), "small", wrap=True))
        box = QHBoxLayout(made)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        box.addWidget(
            Pill(say(f"taken-for-{_kind(arrival)}"), _TONES[_kind(arrival)]),
            0,
            Qt.AlignmentFlag.AlignTop,
        )
        box.addLayout(words, 1)
        target = arrival.submission or arrival.of
        if target:
            go = button(
                say("open"),
                lambda: self.chosen.emit(target),
                name="compact",
                says=say("open-named", what=arrival.title or target),
            )
            box.addWidget(go, 0, Qt.AlignmentFlag.AlignTop)
        return made


def _kind(arrival: Arrival) -> str:
    """What a file was taken for, or that somebody has to say."""
    return arrival.taken_for if arrival.certain else "asked"


def _why(arrival: Arrival) -> str:
    if arrival.error is not None:
        return arrival.error.message
    if not arrival.certain or arrival.taken_for == "update":
        told = {"id": arrival.submission, "title": arrival.title or say("untitled"), "of": arrival.of}
        return " ".join((say(f"arrival-{_kind(arrival)}", **told), *arrival.because))
    if arrival.taken_for in ("duplicate", "revision"):
        said = say(f"arrival-{arrival.taken_for}", of=arrival.of, title=arrival.title)
        return " ".join((said, *arrival.because)) if arrival.taken_for == "revision" else said
    parts = [f"{arrival.submission} · {arrival.title or say('untitled')}"]
    parts += [say("count-blocker", n=arrival.blockers)] if arrival.blockers else []
    parts += [say("unplaced", n=arrival.unplaced)] if arrival.unplaced else []
    return " · ".join(parts)
