"""Above a study: that a newer version of it came and waits, or that somebody has to say what its file is."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout

from ui.phrases import day, say
from ui.views.compared import breakable
from ui.views.parts import SeverityMark, button, clear, label
from workbench.desk.rows import Question
from workbench.submission import Submission


class ComingBar(QFrame):
    """`laid(sha256)` to lay a newer version beside; `parted(sha256)` to make it a study of its own.

    `settled(yes)` says what the file of the study itself is: what was asked, or a study of its own.
    """

    help_page = "revisions#when-the-answer-comes"

    laid = Signal(str)
    parted = Signal(str)
    settled = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(12, 8, 12, 10)
        self._rows.setSpacing(8)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    def show_coming(self, submission: Submission, question: Question | None) -> None:
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
        if question is not None:
            self._ask(question)
        self.setVisible(bool(submission.waiting or question))

    def _ask(self, asked: Question) -> None:
        here = {"of": asked.of}
        said = say("ask-revision", **here) if asked.of else say("ask-update")
        self._add(said, " ".join(asked.because))
        yes = say("settle-revision", **here) if asked.of else say("settle-update")
        self._buttons(
            (yes, yes, self.settled, True), (say("settle-new"), say("settle-new"), self.settled, False)
        )

    def _add(self, said: str, because: str) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(SeverityMark("warning"), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(breakable(said), "strong", wrap=True))
        words.addWidget(label(because, "small", wrap=True))
        row.addLayout(words, 1)
        self._rows.addLayout(row)

    def _buttons(self, *offered: tuple[str, str, Signal, str | bool]) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(24, 0, 0, 0)
        for at, (text, says, signal, value) in enumerate(offered):
            name = "compact" if at else "primary"
            made = button(text, lambda signal=signal, value=value: signal.emit(value), name=name, says=says)
            row.addWidget(made)
        row.addStretch(1)
        self._rows.addLayout(row)
