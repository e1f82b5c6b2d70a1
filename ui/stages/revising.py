"""A newer version from the council on its way: laid beside the study, chosen from, and merged."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from ui.bridge import Bridge
from ui.views.council.merging import MergeView
from ui.views.study.coming import ComingBar
from workbench.desk.arriving import settling
from workbench.desk.catalogue.conflicts import Choice
from workbench.desk.council import revisions
from workbench.desk.rows import Laid, Question
from workbench.submission import Submission


class Revising(QObject):
    """Serves the bar above a study and the view of three texts, which it puts before the study in `place`.

    `opened(sha256)` when a newer version is laid beside it, `ended` when that is gone again.
    """

    opened = Signal(str)
    ended = Signal()

    def __init__(self, bridge: Bridge, bar: ComingBar, place: QStackedWidget) -> None:
        super().__init__(place)
        self._bridge, self._place = bridge, place
        self._submission = ""
        self._seen = 0
        self.view = MergeView()
        place.addWidget(self.view)
        self.view.applied.connect(self._apply)
        self.view.left.connect(self.leave)
        self._bar = bar
        bar.laid.connect(self.open)
        bar.parted.connect(self._part)
        bar.settled.connect(self._settle)
        self._shown = ""
        self._study: Submission | None = None
        self.question: Question | None = None

    @property
    def waiting(self) -> str:
        """The SHA-256 of the newer version of the study that came first of those that wait, "" for none."""
        shown = self._study
        return next((file.sha256 for file in shown.waiting), "") if shown else ""

    def show(self, submission: Submission) -> bool:
        """Shows what waits above a study; whether its newer version is being looked at and goes on being so."""
        shown = self._shown = submission.id
        self._study = submission
        asked = self.question
        self._put_question(asked if submission.asked and asked and asked.submission == shown else None)
        if submission.asked:
            self._bridge.ask(
                lambda desk: settling.question(desk, shown), self._put_question, subject="question"
            )
        found = self.view.found
        goes_on = (
            self._submission == submission.id
            and isinstance(found, Laid)
            and any(file.sha256 == found.sha256 for file in submission.waiting)
        )
        if not goes_on:
            self._submission = ""
        return goes_on

    def open(self, sha256: str = "") -> None:
        """Lays a newer version of the study that is shown beside it: the one of that SHA-256, else the first."""
        shown = self._shown
        self._bridge.ask(lambda desk: revisions.show(desk, shown, sha256), self._lay, subject="revision")

    def own(self) -> None:
        """Says that it is a study of its own: the one that is asked about, else the newer version that waits."""
        if self.question is not None:
            self._settle(False)
        elif self.waiting:
            self._part(self.waiting)

    def belong(self) -> None:
        """Says that the study that is asked about belongs to the other one."""
        self._settle(True)

    def leave(self) -> None:
        """Goes without a change."""
        self._submission = ""
        self.ended.emit()

    def redress(self) -> None:
        """Shows the same in the colours that hold now."""
        self.view.redress()

    def _lay(self, found: Laid) -> None:
        if found.submission == self._shown:
            self._submission = found.submission
            self._place.setCurrentWidget(self.view)
            self.view.show_laid(found)
            self.opened.emit(found.sha256)

    def _apply(self, choices: Mapping[str, Choice]) -> None:
        found = self.view.found
        if isinstance(found, Laid):
            self._submission = ""
            self._bridge.do(
                lambda desk: revisions.resolve(desk, found.submission, found.seen, choices, found.sha256)
            )
            self.ended.emit()

    def _part(self, sha256: str) -> None:
        shown = self._shown
        self._bridge.do(lambda desk: settling.as_new(desk, shown, sha256))

    def _settle(self, yes: bool) -> None:
        """Says of the study that is asked about whether it is what it was asked to be."""
        asked = self.question
        if asked is None:
            return
        if not yes:
            self._bridge.do(lambda desk: settling.as_new(desk, asked.submission))
        elif asked.of:
            self._bridge.do(lambda desk: settling.as_revision(desk, asked.submission, asked.of))
        else:
            self._bridge.do(lambda desk: settling.as_update(desk, asked.submission, asked.study))

    def _put_question(self, question: Question | None) -> None:
        shown = self._study
        if shown is not None and (question is None or question.submission == shown.id):
            self.question = question
            self._bar.show_coming(shown, question)
