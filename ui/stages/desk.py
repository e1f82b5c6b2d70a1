"""The desk: the queue, the study in the middle, the inspector beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSplitter, QStackedWidget, QWidget

from ui import keys
from ui.bridge import Bridge
from ui.models.queue import PAGE, QueueModel
from ui.phrases import say
from ui.stages.checking import Checking
from ui.stages.placing import Placing
from ui.stages.replacing import Replacing
from ui.stages.revising import Revising
from ui.stages.tagging import Tagging
from ui.stages.writing import Writing
from ui.views.inspector.drawer import Drawer
from ui.views.inspector.inspector import Inspector
from ui.views.parts import Empty, button
from ui.views.queue.queue import QueueView
from ui.views.queue.strip import STRIP, Strip
from ui.views.study.review import StudyView
from workbench.desk import Desk, history, queue, study
from workbench.desk.arriving import splitting
from workbench.desk.catalogue import browsing
from workbench.desk.editing import review, versions
from workbench.desk.rows import (
    Card,
    Changed,
    FieldChange,
    JournalEntry,
    Listing,
    QueueFilter,
    QueueRow,
)
from workbench.publication import Study
from workbench.richtext import images
from workbench.submission import Submission
from workbench.template import Template

NARROW = 1180
"""Below so many pixels of the stage, all that its three panes need, the inspector folds into a drawer."""

NARROWEST = 860
"""Below so many, all that the queue and the study need, the queue folds too, and leaves a strip behind."""

STUDY = 560
"""What the study needs beside another pane to be read with ease."""

WIDTHS = (324, 386)
"""How wide the queue and the inspector are until the editor has it otherwise."""


class DeskStage(QWidget):
    """Shows one submission at a time, kept as the desk has it.

    `asked(command)` names a command of the window; `told(sentence)` is for a notice.
    """

    help_page = "queue"

    asked = Signal(str)
    told = Signal(str)
    saved = Signal()

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.setObjectName("page")
        self._bridge = bridge
        self._today = date.today()
        self.pictures: dict[str, QImage] = {}
        self._wanted = ""
        self._unsourced = False
        self._place = 0
        self._is_empty = False
        self._listed = False
        self.submission: Submission | None = None
        self.model = QueueModel()
        self.queue = QueueView(self.model, lambda: self._today)
        self.study = StudyView()
        self.inspector = Inspector()
        self.writing = Writing(bridge, self.study)
        self.replacing = Replacing(bridge, self.study, self.chosen)
        self.placing = Placing(bridge, self.study, self.inspector.source)
        self.checking = Checking(bridge, self.study, self.inspector.findings)
        self.checking.asked.connect(self.asked)
        self.tagging = Tagging(bridge, self.study, self.inspector.themes)
        self._middle = QStackedWidget()
        self._nothing = Empty(say("study-empty-title"), say("study-empty"))
        self._fresh = Empty(
            say("desk-empty-title"),
            say("desk-empty"),
            button(say("command-practise"), lambda: self.asked.emit("practise")),
        )
        self._shut: Empty | None = None
        self.panes = QSplitter(Qt.Orientation.Horizontal)
        self.strip = Strip()
        self._widths = dict(zip((self.queue, self.inspector), WIDTHS, strict=True))
        self._lay_out()
        self.revising = Revising(bridge, self.study.head.coming, self._middle)
        self.revising.ended.connect(self._show_study)
        self.revising.opened.connect(self._look_into)
        self._connect_queue()
        self._connect_study()
        self._connect_inspector()
        bridge.ask(lambda desk: desk.today, self._begin)

    def _lay_out(self) -> None:
        self._middle.setObjectName("page")
        self._middle.addWidget(self._nothing)
        self._middle.addWidget(self._fresh)
        self._middle.addWidget(self.study)
        for pane in (self.queue, self._middle, self.inspector):
            self.panes.addWidget(pane)
        self.panes.setHandleWidth(1)
        self.panes.setChildrenCollapsible(False)
        self.panes.setStretchFactor(1, 1)
        self.queue.setMinimumWidth(280)
        self.inspector.setMinimumWidth(340)
        self._share_out()
        self.panes.splitterMoved.connect(self._note_widths)
        self.drawer = Drawer(self, self.panes, self.inspector)
        self.queue_drawer = Drawer(self, self.panes, self.queue, inset=STRIP)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.strip)
        box.addWidget(self.panes, 1)

    def _connect_queue(self) -> None:
        self.model.wanted.connect(self._fetch)
        self.queue.filtered.connect(self._filter)
        self.queue.chosen.connect(self.open)
        self.queue.asked.connect(self.asked)
        self.queue.list.activated.connect(self._go_to_field)
        self.queue.list.clicked.connect(self._put_queue_away)
        self.strip.asked.connect(self.asked)
        self.queue.list.selectionModel().selectionChanged.connect(self._count_chosen)

    def _connect_study(self) -> None:
        self.study.asked.connect(self.asked)
        self.writing.told.connect(self.told)
        self.writing.saved.connect(self.saved)
        self.replacing.opened.connect(self.open)
        self.study.locked.connect(self._say_locked)

    def _connect_inspector(self) -> None:
        parts = self.inspector
        parts.opened.connect(self._fill_part)
        parts.wanted.connect(self._draw_out)
        parts.preview.larger.connect(lambda: self.asked.emit("preview_large"))
        self.tagging.asked.connect(self.asked)
        parts.themes.left.connect(self._leave_themes)
        parts.notes.described.connect(self._describe)
        parts.notes.asked.connect(self.asked)
        parts.notes.looked.connect(self._look)
        parts.history.undo.connect(self._undo)
        parts.history.opened.connect(self._compare)
        parts.history.revert.connect(self.revert)
        parts.history.older.connect(self._fill_history)

    def _say_locked(self) -> None:
        self.told.emit(say("locked", key=keys.cap("reopen") or keys.cap("palette")))

    # Following the desk

    def _begin(self, today: date) -> None:
        self._today = today
        self.refresh()

    def enter(self) -> None:
        """The stage is shown."""

    def follow(self, changed: Changed) -> None:
        """Looks again at what a change touched."""
        if "queue" in changed.grains:
            self.refresh()
        touched = not changed.submissions or self._wanted in changed.submissions
        if self._wanted and "submission" in changed.grains and touched:
            self._load(self._wanted)

    def refresh(self) -> None:
        """Lists the queue anew, keeping to the submission that is shown, wherever it stands now."""
        place = max(self.queue.list.currentIndex().row(), 0)
        wanted, shown = self.queue.filter, self._wanted or None
        self._bridge.ask(
            lambda desk: queue.listing(desk, wanted, PAGE, place, shown), self._list, subject="queue"
        )

    def to_the_top(self) -> None:
        """Lists the queue anew and shows the first submission of it."""
        self._wanted = ""
        self.queue.list.clearSelection()
        self.queue.list.setCurrentIndex(QModelIndex())
        self.refresh()

    def show_shut(self, reason: str) -> None:
        """Says in the middle why the desk cannot be opened, unless some of it was shown already."""
        if self._listed or self._shut is not None:
            return
        actions = [
            button(say(f"command-{name}"), partial(self.asked.emit, name))
            for name in ("check_computer", "open_anew", "switch_desk")
        ]
        self._shut = Empty(say("desk-shut-title"), reason, *actions)
        self._middle.addWidget(self._shut)
        self._middle.setCurrentWidget(self._shut)

    def _list(self, listing: Listing) -> None:
        self._listed = True
        before, chosen = self._wanted, self.queue.selected()
        self._place = max(self.queue.list.currentIndex().row(), 0)
        self.queue.list.selectionModel().blockSignals(True)
        self.model.expect(listing.total)
        self.model.put(listing.offset, listing.rows)
        self.queue.list.selectionModel().blockSignals(False)
        self._is_empty = not listing.total and self.queue.filter == QueueFilter()
        self.queue.show_listing(listing)
        self.strip.show_listing(listing.total, narrowed=self.queue.filter != QueueFilter())
        self._keep(before)
        if len(chosen) > 1:
            self.queue.select(chosen)

    def _keep(self, submission: str) -> None:
        """Chooses the submission that was shown, or, where it is no longer listed, the one in its place."""
        place = self.model.place(submission) if submission else None
        if place is None:
            place = min(self._place, self.model.rowCount() - 1)
        if place < 0:
            self.open("")
        else:
            self.queue.follow(place)
        row = self.model.at(place) if place >= 0 else None
        if row is not None:
            self.open(row.id)

    def _fetch(self, offset: int) -> None:
        wanted = self.queue.filter
        self._bridge.ask(
            lambda desk: queue.rows(desk, wanted, PAGE, offset), partial(self._put, wanted, offset)
        )

    def _put(self, wanted: QueueFilter, offset: int, rows: tuple[QueueRow, ...]) -> None:
        if wanted == self.queue.filter:
            self.model.put(offset, rows)

    def _filter(self, _: QueueFilter) -> None:
        self.model.forget()
        self._place = 0
        self.refresh()

    # Showing a submission

    def open(self, submission: str) -> None:
        """Shows a submission; nothing where it is ""."""
        if not submission:
            self._wanted = ""
            self.submission = None
            self._middle.setCurrentWidget(self._fresh if self._is_empty else self._nothing)
            self._fold()
        elif submission != self._wanted:
            self.study.flush()
            self._wanted = submission
            self._unsourced = True
            self._load(submission)

    def _go_to_field(self, _: QModelIndex) -> None:
        self.study.choose_field(self.study.field)

    def _load(self, submission: str) -> None:
        self._bridge.ask(lambda desk: _told(desk, submission), self._show, subject="submission")

    def _show(self, told: tuple[Submission, Template]) -> None:
        submission, template = told
        if submission.id != self._wanted:
            return
        before, self.submission = self.submission, submission
        if before is not None and before.id == submission.id and before.told_by != submission.told_by:
            self._unsourced = True
        self.study.show_submission(submission, template, self._today)
        if not self.revising.show(submission):
            self._middle.setCurrentWidget(self.study)
        self._fold()
        self.inspector.count_findings(len(submission.open_findings))
        self.inspector.findings.show_findings(submission, template.by_id)
        self.inspector.notes.show_notes(submission)
        self.placing.show(submission, template)
        self._fetch_pictures(submission)
        if self._unsourced:
            self._unsourced = False
            self.placing.open(submission)
        self._fill_part(self.inspector.current)
        self.tagging.show(submission)

    def _show_study(self) -> None:
        """The study itself again, after its newer version was looked at."""
        self._middle.setCurrentWidget(self.study)
        self.study.choose_field(self.study.field)
        if self.submission is not None:
            self.placing.open(self.submission)

    def _look_into(self, sha256: str) -> None:
        if self.submission is not None:
            self.placing.look_into(self.submission, sha256)

    def _count_chosen(self) -> None:
        self.inspector.themes.show_chosen(len(self.queue.selected_places()))

    def _fetch_pictures(self, submission: Submission) -> None:
        wanted = {image.asset for value in submission.fields.values() for image in images(value.content)}
        wanted |= {picture.sha256 for picture in submission.pictures}
        for asset in wanted:
            if asset in self.pictures:
                self._show_picture(asset, self.pictures[asset])
            else:
                self._bridge.ask(
                    lambda desk, asset=asset: _picture(desk, asset), partial(self._show_picture, asset)
                )

    def _show_picture(self, asset: str, picture: QImage) -> None:
        if not picture.isNull():
            self.pictures[asset] = picture
            self.study.add_picture(asset, picture)
            self.inspector.notes.add_picture(asset, picture)
            self.inspector.preview.add_picture(asset, picture)

    def _fill_part(self, part: str) -> None:
        """The parts that cost something are filled when they are looked at."""
        if self.submission is None:
            return
        shown = self.submission.id
        if part == "history":
            self._fill_history()
        elif part == "preview":
            self._bridge.ask(
                lambda desk: browsing.previewed(desk, shown), self._show_preview, subject="preview"
            )

    def _fill_history(self) -> None:
        shown, limit = self._wanted, self.inspector.history.limit
        self._bridge.ask(
            lambda desk: history.entries(desk, shown, limit), self._show_history, subject="history"
        )

    def _show_history(self, entries: tuple[JournalEntry, ...]) -> None:
        self.inspector.history.show_entries(self._wanted, entries, self._today)

    def _compare(self, older: int, newer: int) -> None:
        """Shows what differs between two steps of the study's history; 0 as the newer is now."""
        shown = self._wanted
        self._bridge.ask(
            lambda desk: versions.difference(desk, shown, older, newer or None),
            partial(self._show_changes, older, newer),
            subject="versions",
        )

    def _show_changes(self, older: int, newer: int, changes: tuple[FieldChange, ...]) -> None:
        self.inspector.history.show_changes(older, newer, changes)

    def compare(self, older: int, newer: int) -> None:
        """Brings the history to the front with what differs between two steps; 0 as the newer is now."""
        self.inspector.show_part("history")
        self._compare(older, newer)

    def revert(self, field: str, entry: int) -> None:
        """Puts a field back to how it stood after a step."""
        shown = self._wanted
        self.study.flush()
        self._bridge.do(lambda desk: versions.revert(desk, shown, field, entry))

    def _show_preview(self, page: tuple[Study, Card]) -> None:
        self.inspector.preview.show_study(*page)
        for asset, picture in self.pictures.items():
            self.inspector.preview.add_picture(asset, picture)

    # What the editor does

    @property
    def today(self) -> date:
        """The date as the desk has it."""
        return self._today

    def chosen(self) -> tuple[str, ...]:
        """The submissions that a decision is about, as far as their rows have been fetched."""
        return self.queue.selected() or ((self._wanted,) if self._wanted else ())

    def with_chosen(self, then: Callable[[tuple[str, ...]], object]) -> None:
        """Calls `then` with all submissions that a decision is about; those never scrolled to are asked for."""
        self.study.flush()
        places, wanted = self.queue.selected_places(), self.queue.filter
        if len(places) == len(self.queue.selected()):
            then(self.chosen())
        else:
            self._bridge.ask(lambda desk: _at(queue.ids(desk, wanted), places), then)

    def split(self) -> None:
        """Makes the second study in the file a submission of its own."""
        shown = self._wanted
        self.study.flush()
        self._bridge.do(lambda desk: splitting.split(desk, shown))

    def _look(self, ref: str) -> None:
        """Shows where in the source a note hangs."""
        self.inspector.show_part("source")
        self.placing.look(ref)

    def _describe(self, sha256: str, alt: str) -> None:
        shown = self._wanted
        self._bridge.do(lambda desk: review.set_alt(desk, shown, sha256, alt))

    def _undo(self, entry: int) -> None:
        self._bridge.do(lambda desk: history.undo(desk, entry))

    # Size

    def minimumSizeHint(self) -> QSize:
        """Room for the study beside the strip: the other panes fold before they would hold the window wide."""
        return QSize(STRIP + self.study.minimumSizeHint().width(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Folds the inspector, and then the queue, into a drawer where there is no room for it."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        narrow, narrowest = self.width() < NARROW, self.width() < NARROWEST
        before = (self.drawer.narrow, self.queue_drawer.narrow)
        held = narrowest and self.queue.isAncestorOf(QApplication.focusWidget() or self)
        self.drawer.fold(narrow=narrow, shown=self.submission is not None)
        self.queue_drawer.fold(narrow=narrowest, shown=True)
        self.study.head.panel.setVisible(narrow)
        self.strip.setVisible(narrowest)
        if before != (narrow, narrowest):
            self._middle.setMinimumWidth(0 if narrowest else STUDY)
            self._share_out()
            if held and not before[1]:
                self.strip.opener.setFocus(Qt.FocusReason.OtherFocusReason)

    def _share_out(self) -> None:
        """Each outer pane as wide as the editor has it, the study what is left."""
        panes = [self.panes.widget(place) for place in range(self.panes.count())]
        outer = {pane: wide for pane, wide in self._widths.items() if pane in panes}
        rest = max(self.width() - sum(outer.values()), STUDY)
        self.panes.setSizes([outer.get(pane, rest) if isinstance(pane, QWidget) else rest for pane in panes])
        self.panes.setStretchFactor(self.panes.indexOf(self._middle), 1)

    def _note_widths(self) -> None:
        for pane in self._widths:
            if self.panes.indexOf(pane) >= 0 and pane.isVisible():
                self._widths[pane] = pane.width()

    @property
    def widths(self) -> tuple[int, ...]:
        """How wide the editor has the queue and the inspector, wherever they are now."""
        return tuple(self._widths.values())

    def set_widths(self, widths: Sequence[int]) -> None:
        """Makes the queue and the inspector as wide as they were."""
        self._widths = dict(zip(self._widths, widths, strict=True))
        self._share_out()

    def _draw_out(self) -> None:
        if self.drawer.narrow and not self.drawer.isVisible():
            self.drawer.pull(self.inspector.tabs)

    def look_into_inspector(self) -> None:
        """The keyboard goes to the inspector; a drawer that is out goes in again."""
        if self.drawer.isVisible():
            self.drawer.close_()
        elif self.drawer.narrow:
            self._draw_out()
        else:
            self.inspector.tabs.setFocus(Qt.FocusReason.OtherFocusReason)

    def look_into_queue(self) -> None:
        """The keyboard goes to the queue; a drawer that is out goes in again."""
        if self.queue_drawer.isVisible():
            self.queue_drawer.close_()
        else:
            self.draw_out_queue(self.queue.first)

    def draw_out_queue(self, first: QWidget) -> None:
        """The keyboard goes to a control of the queue, which is drawn out where it is a drawer."""
        if self.queue_drawer.narrow:
            self.queue_drawer.pull(first)
        else:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _put_queue_away(self) -> None:
        """A submission that was clicked in the drawer is read; where several are chosen the drawer stays."""
        if self.queue_drawer.isVisible() and not self.queue.several:
            self.queue_drawer.close_()

    def _leave_themes(self) -> None:
        """The keyboard goes back to the list, or, where that is put away, to the study."""
        if self.queue_drawer.narrow:
            self.study.choose_field(self.study.field)
        else:
            self.queue.list.setFocus()

    @property
    def places(self) -> dict[QWidget, QWidget]:
        """The panes that F6 goes round, each with the control that gets the keyboard."""
        field = self.study.fields.get(self.study.field)
        queue: dict[QWidget, QWidget] = {self.strip: self.strip.opener, self.queue: self.queue.first}
        shown: dict[QWidget, QWidget] = {**queue, self.inspector: self.inspector.tabs}
        if field is not None:
            shown = {**queue, self.study: field.editor, **shown}
        return {pane: control for pane, control in shown.items() if control.isVisible()}

    def redress(self) -> None:
        """Shows the same in the colours that hold now."""
        self.study.redress()
        self.revising.redress()
        self.inspector.redress()


def _told(desk: Desk, submission: str) -> tuple[Submission, Template]:
    """The submission, with the template it was sent in under."""
    found = study.show(desk, submission)
    return found, study.asked_by(desk, found)


def _picture(desk: Desk, asset: str) -> QImage:
    """Decoded on the worker, since that is what takes its time."""
    return QImage.fromData(study.asset(desk, asset))


def _at(ids: Sequence[str], places: Sequence[int]) -> tuple[str, ...]:
    return tuple(ids[place] for place in places if place < len(ids))
