"""A newer version from the council on its way: laid beside the study, chosen from, and merged."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from ui.bridge import Bridge
from ui.views.coming import ComingBar
from ui.views.merging import MergeView
from workbench.desk import revisions, settling
from workbench.desk.conflicts import Choice
from workbench.desk.rows import Laid
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

    def show(self, submission: Submission) -> bool:
        """Shows what waits above a study; whether its newer version is being looked at and goes on being so."""
        self._shown = submission.id
        self._bar.show_coming(submission)
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

    def _settle(self, of: str) -> None:
        shown = self._shown
        if not of:
            self._bridge.do(lambda desk: settling.as_new(desk, shown))
        elif of.startswith("CB-"):
            self._bridge.do(lambda desk: settling.as_revision(desk, shown, of))
        else:
            self._bridge.do(lambda desk: settling.as_update(desk, shown, of))
