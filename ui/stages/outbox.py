"""The outbox: rehearse against the catalogue, see what each publication would do, send the picked ones.

Beside what waits stand the batches that went, each with a report to keep.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from ui.bridge import Bridge
from ui.jobs import Job, Jobs
from ui.models.lines import Line
from ui.models.outbox import WAITING, Item, OutboxModel
from ui.phrases import moment, say
from ui.sending import Light, Sending
from ui.stages.merging import Merging
from ui.stages.pictures import fetch
from ui.views.outbox.outbox import OutboxView
from workbench.desk import Desk
from workbench.desk.catalogue import batches, browsing, publishing, reporting
from workbench.desk.rows import BatchReport, Changed, OutboxRow, Rehearsal
from workbench.progress import Progress
from workbench.publication import Batch, Outcome, Study


class OutboxStage(QWidget):
    """Shows what waits and what went. `told(sentence)` is for a notice, `asked(command)` for a command."""

    help_page = "publishing"

    told = Signal(str)
    asked = Signal(str)

    def __init__(self, bridge: Bridge, jobs: Jobs, sending: Sending) -> None:
        super().__init__()
        self.setObjectName("page")
        self._bridge, self._jobs, self._sending = bridge, jobs, sending
        self._rows: tuple[OutboxRow, ...] = ()
        self.rehearsal: Rehearsal | None = None
        self.report: BatchReport | None = None
        self.model = OutboxModel()
        self.view = OutboxView(self.model)
        self.merging = Merging(bridge, jobs, self.view.difference)
        self._connect()
        self.view.show_about(None)
        self.show_light(sending.light)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.view)
        self.refresh()

    def _connect(self) -> None:
        self.view.asked.connect(self.asked)
        self.view.chosen.connect(self._choose)
        self.view.batches_wanted.connect(self._list_batches)
        self.view.batch_chosen.connect(self._open_batch)
        self.merging.ended.connect(self.refresh)
        self._sending.moved.connect(self.show_light)
        self._sending.told.connect(self._published)

    def follow(self, changed: Changed) -> None:
        """Looks again where the outbox changed."""
        if "outbox" in changed.grains:
            self.refresh()

    def refresh(self) -> None:
        """Lists what waits, and the batches where they are looked at."""
        self._bridge.ask(publishing.outbox, self._list, subject="outbox")
        if self.view.shows_batches:
            self._list_batches()

    def enter(self) -> None:
        """The stage is shown: a rehearsal says what would happen now."""
        if not self.isAncestorOf(QApplication.focusWidget() or self):
            self.view.first().setFocus()
        self._rehearse_at_need()

    def _rehearse_at_need(self) -> None:
        if self.rehearsal is None and any(row.state in WAITING for row in self._rows):
            self.rehearse(self._sending.met)

    def rehearse(self, otherwise: Callable[[BaseException], bool] = lambda _: False) -> None:
        """Asks the catalogue what sending would do, on a job, since the catalogue may be far away.

        `otherwise` gets the error of a rehearsal that failed, and says whether it has dealt with it.
        """

        def work(desk: Desk, _: Progress) -> list[Rehearsal]:
            return [publishing.rehearse(desk)]

        self._jobs.start(say("job-rehearse"), work, self._rehearsed, changes=False, otherwise=otherwise)

    def publish(self) -> None:
        """Sends the picked publications as one batch, each with its own outcome."""
        if ids := tuple(item.row.submission for item in self.model.picked):
            self._sending.publish(ids)

    def resolve(self) -> None:
        """Opens the conflict of the item that is shown."""
        item = self.current()
        if item is not None:
            self.merging.open(item.row.submission)

    def current(self) -> Item | None:
        """The item that is shown; None while the batches are looked at."""
        row = self.view.list.currentIndex().row()
        known = not self.view.shows_batches and 0 <= row < len(self.model.items)
        return self.model.items[row] if known else None

    def show_light(self, light: Light) -> None:
        """Says why sending is held up, where it is."""
        self.view.show_light(light.sentence, light.why)

    def _list(self, rows: tuple[OutboxRow, ...]) -> None:
        before, self._rows = _waiting(self._rows), rows
        rehearsed = {row.publication for row in self.rehearsal.rows} if self.rehearsal else set[str]()
        now = _waiting(rows)
        if not now.keys() <= rehearsed or any(now[name] != before.get(name, now[name]) for name in now):
            self.rehearsal = None
        self._show()
        if self.isVisible():
            self._rehearse_at_need()

    def _rehearsed(self, job: Job) -> None:
        if job.items:
            self.rehearsal = job.items[0]
            self._show()

    def _show(self) -> None:
        rehearsed = {row.publication: row for row in self.rehearsal.rows} if self.rehearsal else {}
        shown = self.current()
        place = max(self.view.list.currentIndex().row(), 0)
        self.model.show_items(
            [
                Item(row, rehearsed.get(row.publication) if row.state in WAITING else None)
                for row in self._rows
            ]
        )
        self.view.show_about(self.rehearsal)
        if not self._rows:
            self.view.difference.show_item(None)
            return
        names = [item.row.publication for item in self.model.items]
        if shown and shown.row.publication in names:
            place = names.index(shown.row.publication)
        self.view.list.setCurrentIndex(self.model.index(min(place, len(names) - 1)))
        if self.view.tabs.hasFocus() and not self.view.shows_batches:
            self.view.list.setFocus()

    def _published(self, _said: str) -> None:
        self.rehearsal = None

    def _choose(self, item: Item | None) -> None:
        if item is not None and self.merging.goes_on(item.row.submission):
            return
        self.view.difference.show_item(item)
        if item is not None:
            row = item.row
            self._bridge.ask(
                lambda desk: browsing.preview(desk, row.submission),
                partial(self._preview, version=row.version),
                subject="outbox-page",
            )

    def _preview(self, page: Study, version: int) -> None:
        """The page as it will be; of what has gone, with the version that it went as."""
        page = replace(page, version=version or page.version)
        self.view.difference.page.show_study(page)
        fetch(self._bridge, page, partial(self.view.difference.page.add_picture))

    def redress(self) -> None:
        """Shows the same in the colours that hold now."""
        self.view.redress()
        self.merging.redress()
        if item := self.current():
            self.merging.goes_on(item.row.submission)

    # Batches

    def show_batches(self) -> None:
        """Turns to the batches that went."""
        self.view.show_batches()
        self.view.batch_list.setFocus()

    def save_report(self, path: Path) -> None:
        """Writes the report that is shown, as its file's name asks for."""
        if (report := self.report) is not None:
            then = partial(self.told.emit, say("report-saved", file=path.name))
            self._bridge.ask(lambda _: reporting.save(report, path), lambda _: then())

    def copy_report(self) -> None:
        """Puts the report that is shown on the clipboard, as text."""
        if self.report is not None:
            QGuiApplication.clipboard().setText(reporting.as_text(self.report))
            self.told.emit(say("report-copied"))

    def undo_batch(self, number: int) -> None:
        """Takes a batch back, on a job."""

        def work(desk: Desk, progress: Progress) -> Iterator[Outcome]:
            return batches.undo(desk, str(number), progress)

        self._jobs.start(say("job-undo-batch"), work, self._undone)

    def _undone(self, job: Job) -> None:
        results = [outcome.result for outcome in job.items]
        parts = (say(f"undone-{result}", n=results.count(result)) for result in dict.fromkeys(results))
        self.told.emit(", ".join(parts) + ".")

    def _list_batches(self) -> None:
        self._bridge.ask(batches.newest, self._show_batches, subject="batches")

    def _show_batches(self, found: tuple[Batch, ...]) -> None:
        place = max(self.view.batch_list.currentIndex().row(), 0)
        self.view.batches.show_lines([(_line(batch), batch) for batch in found])
        if found:
            self.view.batch_list.setCurrentIndex(self.view.batches.index(min(place, len(found) - 1)))
        else:
            self.report = None
            self.view.report.show_report(None)

    def _open_batch(self, batch: Batch | None) -> None:
        if batch is not None:
            self.view.show_undo(batch.number if batches.can_undo(batch) else None)
            self._bridge.ask(lambda desk: batches.report(desk, batch.id), self._show_report, subject="report")

    def _show_report(self, report: BatchReport) -> None:
        self.report = report
        self.view.report.show_report(report, reporting.headline(report.batch))


def _waiting(rows: tuple[OutboxRow, ...]) -> dict[str, date | None]:
    """What waits, with the day that it waits for."""
    return {row.publication: row.embargo for row in rows if row.state in WAITING}


def _line(batch: Batch) -> Line:
    state = "held-up" if batch.waiting else "undone" if batch.undone_by else "sent"
    outcome = "undo" if batch.kind == "undo" else state
    title = say(f"batch-{batch.kind}", number=batch.number, undoes=batch.undoes or "")
    at = moment(batch.began_at)
    below = " · ".join(filter(None, (at, batch.who, reporting.summed_up(batch))))
    return Line(title, below, outcome)
