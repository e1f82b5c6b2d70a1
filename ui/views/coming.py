"""Above a study: that a newer version of it came and waits, or that somebody has to say what its file is."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout

from ui.phrases import day, say
from ui.views.parts import SeverityMark, button, clear, label
from workbench.submission import Revision, Submission


class ComingBar(QFrame):
    """`laid(sha256)` to lay a newer version beside; `parted(sha256)` to make it a study of its own.

    `settled(of)` says what the file of the study itself is: a part of the study `of`, or, where that is "", one of
    its own.
    """

    laid = Signal(str)
    parted = Signal(str)
    settled = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(12, 8, 12, 10)
        self._rows.setSpacing(8)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    def show_coming(self, submission: Submission) -> None:
        """Shows what waits; nothing where nothing does."""
        clear(self._rows)
        because = {one.sha256: one.because for one in submission.revisions}
        for file in submission.waiting:
            said = say("newer-version", file=file.name, day=day(file.received.astimezone()))
            self._add(said, " ".join(because[file.sha256]))
            self._buttons(
                (say("lay-beside"), say("lay-beside-named", file=file.name), self.laid, file.sha256),
                (say("part-file"), say("part-file-named", file=file.name), self.parted, file.sha256),
            )
        if submission.asked is not None:
            self._ask(submission.asked)
        self.setVisible(bool(submission.waiting or submission.asked))

    def _ask(self, asked: Revision) -> None:
        here = asked.of.startswith("CB-")
        self._add(say("ask-revision", of=asked.of) if here else say("ask-update"), " ".join(asked.because))
        yes = say("settle-revision", of=asked.of) if here else say("settle-update")
        self._buttons(
            (yes, yes, self.settled, asked.of), (say("settle-new"), say("settle-new"), self.settled, "")
        )

    def _add(self, said: str, because: str) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(SeverityMark("warning"), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(said, "strong", wrap=True))
        words.addWidget(label(because, "small", wrap=True))
        row.addLayout(words, 1)
        self._rows.addLayout(row)

    def _buttons(self, *offered: tuple[str, str, Signal, str]) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(24, 0, 0, 0)
        for at, (text, says, signal, value) in enumerate(offered):
            name = "compact" if at else "primary"
            made = button(text, lambda signal=signal, value=value: signal.emit(value), name=name, says=says)
            row.addWidget(made)
        row.addStretch(1)
        self._rows.addLayout(row)
