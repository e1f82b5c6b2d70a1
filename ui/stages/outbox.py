"""The outbox: rehearse against the catalogue, see what each publication would do, send the picked ones."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.bridge import Bridge
from ui.jobs import Job, Jobs
from ui.models.outbox import WAITING, Item, OutboxModel
from ui.phrases import say
from ui.stages.pictures import fetch
from ui.views.outbox import OutboxView
from workbench.desk import browsing, publishing
from workbench.desk.rows import Changed, OutboxRow, Rehearsal
from workbench.publication import Outcome, Study


class OutboxStage(QWidget):
    """Shows what waits. `told(sentence)` is for a notice, `asked(command)` for a command of the window."""

    told = Signal(str)
    asked = Signal(str)

    def __init__(self, bridge: Bridge, jobs: Jobs) -> None:
        super().__init__()
        self.setObjectName("page")
        self._bridge, self._jobs = bridge, jobs
        self._rows: tuple[OutboxRow, ...] = ()
        self.rehearsal: Rehearsal | None = None
        self.model = OutboxModel()
        self.view = OutboxView(self.model)
        self.view.asked.connect(self.asked)
        self.view.chosen.connect(self._choose)
        self.view.show_about(None)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.view)
        self.refresh()

    def follow(self, changed: Changed) -> None:
        """Looks again where the outbox changed."""
        if "outbox" in changed.grains:
            self.refresh()

    def refresh(self) -> None:
        """Lists what waits."""
        self._bridge.ask(publishing.outbox, self._list, subject="outbox")

    def enter(self) -> None:
        """The stage is shown: a rehearsal says what would happen now."""
        if self.rehearsal is None and any(row.state in WAITING for row in self._rows):
            self.rehearse()

    def rehearse(self) -> None:
        """Asks the catalogue what sending would do, on a job, since the catalogue may be far away."""
        self._jobs.start(
            say("job-rehearse"), lambda desk, _: [publishing.rehearse(desk)], self._rehearsed, changes=False
        )

    def publish(self) -> None:
        """Sends the picked publications, each with its own outcome."""
        ids = tuple(item.row.submission for item in self.model.picked)
        if ids:
            work = lambda desk, progress: publishing.publish(desk, ids, progress)  # noqa: E731
            self._jobs.start(say("job-publish"), work, self._published)

    def current(self) -> Item | None:
        """The item that is shown."""
        row = self.view.list.currentIndex().row()
        return self.model.items[row] if 0 <= row < len(self.model.items) else None

    def _list(self, rows: tuple[OutboxRow, ...]) -> None:
        if rows != self._rows:
            self._rows = rows
        known = {row.publication for row in rows if row.state in WAITING}
        if self.rehearsal and not known <= {row.publication for row in self.rehearsal.rows}:
            self.rehearsal = None
        self._show()
        if self.isVisible():
            self.enter()

    def _rehearsed(self, job: Job) -> None:
        if job.items:
            self.rehearsal = job.items[0]
            self._show()

    def _show(self) -> None:
        rehearsed = {row.publication: row for row in self.rehearsal.rows} if self.rehearsal else {}
        place = max(self.view.list.currentIndex().row(), 0)
        rows = sorted(self._rows, key=lambda row: row.state not in WAITING)
        self.model.show_items([Item(row, rehearsed.get(row.publication)) for row in rows])
        self.view.show_about(self.rehearsal)
        if self._rows:
            self.view.list.setCurrentIndex(self.model.index(min(place, len(self._rows) - 1)))
        else:
            self.view.difference.show_item(None)

    def _published(self, job: Job) -> None:
        self.told.emit(summed_up(job.items))
        self.rehearsal = None

    def _choose(self, item: Item | None) -> None:
        self.view.difference.show_item(item)
        if item is not None:
            submission = item.row.submission
            self._bridge.ask(
                lambda desk: browsing.preview(desk, submission), self._preview, subject="outbox-page"
            )

    def _preview(self, page: Study) -> None:
        self.view.difference.page.show_study(page)
        fetch(self._bridge, page, partial(self.view.difference.page.add_picture))

    def redress(self) -> None:
        """Shows the same in the colours that hold now."""
        self.view.difference.redress()


def summed_up(outcomes: list[Outcome]) -> str:
    """What became of a batch, in one sentence."""
    results = [outcome.result for outcome in outcomes]
    parts = [say(f"sent-{result}", n=results.count(result)) for result in dict.fromkeys(results)]
    reasons = [
        outcome.reason for outcome in outcomes if outcome.result in ("failed", "conflict") and outcome.reason
    ]
    return ", ".join(parts) + ("." if parts else "") + (f" {reasons[0]}" if reasons else "")
