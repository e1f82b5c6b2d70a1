"""A conflict on its way: the three sides fetched, shown beside the outbox, and what was chosen carried out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from ui.bridge import Bridge
from ui.jobs import Job, Jobs
from ui.phrases import say
from ui.views.council.merging import MergeView
from workbench.desk import Desk
from workbench.desk.catalogue import conflicts
from workbench.desk.catalogue.conflicts import Choice
from workbench.desk.rows import Changed, Conflict
from workbench.errors import Refused
from workbench.progress import Progress


class Merging(QObject):
    """Serves the view of a conflict, which it puts before what else `place` shows. `ended` when it is gone again.

    The catalogue is asked on jobs, since it may be far away.
    """

    ended = Signal()

    def __init__(self, bridge: Bridge, jobs: Jobs, place: QStackedWidget) -> None:
        super().__init__(place)
        self._bridge, self._jobs, self._place = bridge, jobs, place
        self._submission = ""
        self.view = MergeView()
        place.addWidget(self.view)
        self.view.applied.connect(self._apply)
        self.view.left.connect(self.leave)
        jobs.finished.connect(self._look_again)

    def open(self, submission: str) -> None:
        """Fetches the three sides of a submission and shows them."""
        work = partial(_three_sides, submission)
        self._jobs.start(say("job-conflict"), work, self._show, changes=False, anew=True)

    def goes_on(self, submission: str) -> bool:
        """Shows the conflict of that submission as it was left, if it is the one that was opened; whether it is."""
        if submission != self._submission:
            return False
        self._place.setCurrentWidget(self.view)
        return True

    def leave(self) -> None:
        """Goes without a change."""
        self._submission = ""
        self.ended.emit()

    def redress(self) -> None:
        """Shows the same in the colours that hold now."""
        self.view.redress()

    def _show(self, job: Job) -> None:
        for found in job.items:
            self._submission = found.submission
            self._place.setCurrentWidget(self.view)
            self.view.show_conflict(found)

    def _apply(self, choices: Mapping[str, Choice]) -> None:
        if found := self.view.found:
            work = partial(_brought_together, found, choices)
            self._jobs.start(say("job-merge"), work, self._applied, changes=False)

    def _applied(self, job: Job) -> None:
        self.leave()
        for changed in job.items:
            self._bridge.changed.emit(changed)

    def _look_again(self, job: Job) -> None:
        """What is live has moved once more: it is shown as it is now."""
        moved = isinstance(job.error, Refused) and job.error.code == "live-moved"
        if moved and self._submission:
            self.open(self._submission)


def _three_sides(submission: str, desk: Desk, _: Progress) -> Iterator[Conflict]:
    yield conflicts.show(desk, submission)


def _brought_together(
    found: Conflict, choices: Mapping[str, Choice], desk: Desk, _: Progress
) -> Iterator[Changed]:
    yield conflicts.resolve(desk, found.submission, found.seen, choices)
