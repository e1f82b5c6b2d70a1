"""The window: the rail, the stage that is open, the bar; and what they share."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QEvent, QSettings, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QHelpEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

import workbench
from ui import problems, theme
from ui.bridge import ALL, Bridge, Opener
from ui.duties import Duties
from ui.jobs import Job, Jobs
from ui.keys import Keys
from ui.models.outbox import WAITING
from ui.phrases import say
from ui.program.collecting import Collector
from ui.sending import Light, Sending
from ui.stages.desk import DeskStage
from ui.views.chooser import Chooser
from ui.views.frame import STAGES, Bar, Rail, RailButton
from ui.views.overlay import Overlay
from ui.views.parts import KeyButton, Keycap
from ui.views.queue.arrivals import ArrivalsView, summed_up
from ui.views.queue.foreseen import ForeseenView
from workbench.desk.arriving import arrivals
from workbench.desk.catalogue import publishing
from workbench.desk.editing import spelling
from workbench.desk.keeping import backups
from workbench.desk.office import connecting
from workbench.desk.rows import Changed, OutboxRow, Problem, QueueFilter
from workbench.errors import WorldError
from workbench.search import CatalogueQuery

if TYPE_CHECKING:
    from ui.stages.catalogue import CatalogueStage
    from ui.stages.outbox import OutboxStage
    from ui.stages.problems import Problems
    from ui.stages.returning import Returning
    from ui.stages.settings import SettingsStage
    from ui.stages.templates import TemplatesStage
    from ui.stages.themes import ThemesStage
    from ui.views.vocabulary.termpage import Filed

S = TypeVar("S", bound=QWidget)


ASKED_WHAT = (QEvent.Type.QueryWhatsThis, QEvent.Type.WhatsThis)

PANES = "desk-panes"
"""Under which name the window remembers how wide the outer panes of the desk are."""

SHUT = ("desk-", "settings-", "workspace-")
"""How the codes begin of what keeps a desk from being opened."""

TURN = 0.0005
"""Seconds for which a worker keeps Python to itself while the window, once it is there, waits for it."""


class Window(QMainWindow):
    """Holds the stages together.

    `keys` knows by which key each command is given. `asked(name)` asks for a command, `pointed(at)` for what stands
    at a point of the screen, `elsewhere(what, folder)` for another desk: to `switch` to it, to `browse` for one, to
    `practise`, or to `leave` practice, begin it `anew`, `delete` it.
    """

    asked = Signal(str)
    pointed = Signal(object)
    elsewhere = Signal(str, str)

    def __init__(self, opener: Opener, memory: QSettings, keys: Keys) -> None:
        super().__init__()
        self.setWindowTitle(say("title"))
        self.setAcceptDrops(True)
        self.resize(1440, 900)
        self.memory = memory
        self.practice = False
        self._asked_why = False
        self.keys = keys
        self._collector = Collector(self)
        self.bridge = Bridge(opener, self)
        self.far = Bridge(opener, self)
        self.jobs = Jobs(opener, self)
        self.sending = Sending(self.far, self.jobs, self)
        self.rail = Rail()
        self.bar = Bar()
        self.desk = DeskStage(self.bridge)
        self._opened: list[Any] = []
        self._colours = theme.tokens()
        self._stack = QStackedWidget()
        self._lay_out()
        self.chooser = Chooser(self)
        self.foreseen = ForeseenView(self)
        self.arrivals = ArrivalsView(self)
        self._watch = problems.Watch(self)
        self._connect_work()
        self._connect_views()
        self._remember()
        self.show_stage("desk")
        self.desk.queue.list.setFocus()
        self.bridge.idle.connect(self._look_around, Qt.ConnectionType.SingleShotConnection)

    def _lay_out(self) -> None:
        self._add(self.desk)
        upper = QHBoxLayout()
        upper.setContentsMargins(0, 0, 0, 0)
        upper.setSpacing(0)
        upper.addWidget(self.rail)
        upper.addWidget(self._stack, 1)
        whole = QWidget()
        box = self._whole = QVBoxLayout(whole)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(upper, 1)
        box.addWidget(self.bar)
        self.setCentralWidget(whole)

    def _connect_work(self) -> None:
        for bridge in (self.bridge, self.far):
            bridge.changed.connect(self._follow)
            bridge.failed.connect(self.fail)
        self.jobs.started.connect(lambda job: self.bar.show_progress(job.name, 0, 0, ""))
        self.jobs.progress.connect(self._progress)
        self.jobs.finished.connect(self._finished)
        self.sending.moved.connect(self._show_light)
        self.sending.told.connect(self.tell)
        self._watch.found.connect(self.fail)
        self._watch.install()
        self.bar.notice.said.connect(lambda said: self.problems.hear(said))

    def _connect_views(self) -> None:
        self.rail.chosen.connect(self.show_stage)
        self.bar.cancelled.connect(self.jobs.cancel)
        self.bar.asked.connect(self.asked)
        self.keys.changed.connect(self._show_keys)
        self.desk.saved.connect(lambda: self.bar.saved.setText(say("saved")))
        self.arrivals.chosen.connect(self.show_submission)

    def _look_around(self) -> None:
        """The first study is shown: now what else there is to know, today's copy of the desk, and the dictionary."""
        sys.setswitchinterval(TURN)
        self.problems.begin()
        self._tell_news()
        self.duties = Duties(self.bridge, self.bar.notice.tell, self._look_at_kept)
        self.look_at_catalogue()
        self._count_waiting()
        self.bridge.ask(lambda desk: desk.warnings, self._warn)
        self.far.ask(backups.back_up_daily, lambda made: self.far.ask(spelling.make_ready, lambda done: None))

    # Stages: the desk is there from the beginning, each other one is read and built when it is first looked at

    @cached_property
    def outbox(self) -> OutboxStage:
        """What waits to be sent."""
        from ui.stages.outbox import OutboxStage

        return self._add(OutboxStage(self.bridge, self.jobs, self.sending))

    @cached_property
    def catalogue(self) -> CatalogueStage:
        """What readers find."""
        from ui.stages.catalogue import CatalogueStage

        return self._add(CatalogueStage(self.bridge, self.far))

    @cached_property
    def themes(self) -> ThemesStage:
        """The vocabulary."""
        from ui.stages.themes import ThemesStage

        made = self._add(ThemesStage(self.bridge, self.far))
        made.opened.connect(self._show_filed)
        return made

    @cached_property
    def templates(self) -> TemplatesStage:
        """What councils are asked."""
        from ui.stages.templates import TemplatesStage

        made = self._add(TemplatesStage(self.bridge, self.far, self.jobs))
        made.offered.connect(self.bar.notice.tell)
        made.listed.connect(self._show_listed)
        made.opened.connect(self.show_submission)
        return made

    @cached_property
    def settings(self) -> SettingsStage:
        """What an editor sets."""
        from ui.stages.settings import SettingsStage

        made = self._add(SettingsStage(self.bridge, self.scheme, self.keys, self.jobs))
        made.scheme_chosen.connect(self.set_scheme)
        made.later.connect(self._offer_anew)
        return made

    @cached_property
    def returning(self) -> Returning:
        """How a study goes back to its council."""
        from ui.stages.returning import Returning

        made = Returning(self, self.bridge, self.memory)
        made.asked.connect(self.asked)
        made.told.connect(self.tell)
        return made

    def _add(self, stage: S) -> S:
        self._stack.addWidget(stage)
        self._opened.append(stage)
        for name, then in (("asked", self.asked), ("told", self.tell)):
            if hasattr(stage, name):
                getattr(stage, name).connect(then)
        return stage

    @property
    def stage(self) -> str:
        """The name of the stage that is open."""
        current = self._stack.currentWidget()
        return next(name for name in STAGES if self.__dict__.get(name) is current)

    @property
    def is_drafting(self) -> bool:
        """Whether a template is being written in the stage that is open; that has steps of its own."""
        return self.stage == "templates" and self.templates.is_writing

    def show_stage(self, name: str) -> None:
        """Opens a stage."""
        if name != "desk":
            self.desk.study.flush()
        stage: Any = getattr(self, name)
        if self._stack.currentWidget() is not stage:
            self._clear_away()
        self._stack.setCurrentWidget(stage)
        self.rail.show_stage(name)
        stage.enter()

    def _clear_away(self) -> None:
        """What floats above one stage has nothing to say above another."""
        for each in self.findChildren(Overlay):
            if each.isVisible():
                each.close_()

    def step_pane(self, step: int) -> None:
        """Takes the keyboard round the panes: the rail, those of the stage, the bar."""
        stage: Any = self._stack.currentWidget()
        inside: dict[QWidget, QWidget] = getattr(stage, "places", {}) or _first_of(stage)
        panes = {self.rail: self.rail.buttons[self.stage], **inside, **_first_of(self.bar)}
        now = QApplication.focusWidget()
        at = next((n for n, pane in enumerate(panes) if now is not None and pane.isAncestorOf(now)), 0)
        list(panes.values())[(at + step) % len(panes)].setFocus(Qt.FocusReason.OtherFocusReason)

    def show_submission(self, submission: str) -> None:
        """Opens the desk with a submission."""
        self.arrivals.hide()
        self.show_stage("desk")
        listed = self.desk.model.place(submission) is not None
        self.desk.open(submission)
        if listed:
            self.desk.queue.choose(submission)
        else:
            self.desk.queue.clear_filter()

    def _show_filed(self, filed: Filed) -> None:
        if filed.published:
            self.show_stage("catalogue")
            self.catalogue.show_query(CatalogueQuery(), filed.id)
        else:
            self.show_submission(filed.id)

    def _show_listed(self, wanted: QueueFilter) -> None:
        self.show_stage("desk")
        self.desk.queue.show_filter(wanted)

    def _show_keys(self) -> None:
        shown: list[KeyButton | Keycap | RailButton] = [
            *self.findChildren(KeyButton),
            *self.findChildren(Keycap),
            *self.rail.buttons.values(),
        ]
        for each in shown:
            each.show_key()

    # Help

    @property
    def help_page(self) -> str:
        """The page of the help about the stage that is open."""
        return getattr(self._stack.currentWidget(), "help_page", self.stage)

    def event(self, event: QEvent) -> bool:
        """What is pressed on while the editor asks what things are comes here, whatever it is."""
        if isinstance(event, QHelpEvent) and event.type() in ASKED_WHAT:
            event.accept()
            if event.type() == QEvent.Type.WhatsThis:
                self.pointed.emit(event.globalPos())
            return True
        return super().event(event)

    def _look_at_kept(self) -> None:
        self.show_stage("settings")
        self.settings.show_section("keeping")

    def _tell_news(self) -> None:
        """After the version has changed, that once, what is new can be read."""
        before = self.memory.value("version")
        self.memory.setValue("version", workbench.__version__)
        if before and before != workbench.__version__:
            told = say("new-version", version=workbench.__version__)
            self.bar.notice.tell(told, say("help-notes"), lambda: self.asked.emit("show_notes"))

    def _warn(self, found: tuple[Problem, ...]) -> None:
        """What the editor should know about where the desk stands."""
        if found:
            self.bar.notice.tell(" ".join(each.message for each in found), grave=True)

    def show_practice(self) -> None:
        """Says above everything that this is practice, and how to leave it."""
        from ui.views.welcome.banner import PracticeBanner

        self.practice = True
        self.setWindowTitle(say("practice-window"))
        self.banner = PracticeBanner()
        self.banner.asked.connect(self.asked)
        self._whole.insertWidget(0, self.banner)

    # What happened

    def _offer_anew(self, sentence: str) -> None:
        """What was set counts once the desk is opened anew, which can be done at once."""
        self.bar.notice.tell(sentence, say("command-open_anew"), lambda: self.asked.emit("open_anew"))

    def tell(self, sentence: str) -> None:
        """Shows a notice."""
        if sentence:
            self.bar.notice.tell(sentence)

    @cached_property
    def problems(self) -> Problems:
        """What went wrong, now and before."""
        from ui.stages.problems import Problems

        made = Problems(self, Path(self.memory.fileName()).parent)
        made.counted.connect(self.bar.show_problems)
        made.asked.connect(self.asked)
        made.told.connect(self.tell)
        return made

    def fail(self, error: BaseException) -> None:
        """Says it in a notice and keeps it among the problems; what we did wrong has details there to copy."""
        trouble = self.problems.note(error)
        if isinstance(error, WorldError) and error.code.startswith(SHUT):
            self.desk.show_shut(trouble.sentence)
        if trouble.kind == "ours":
            self.bar.notice.tell(trouble.sentence, say("bug-show"), self.problems.open, grave=True)
        else:
            self.bar.notice.tell(trouble.sentence, grave=True)

    def _follow(self, changed: Changed) -> None:
        for stage in self._opened:
            stage.follow(changed)
        if "outbox" in changed.grains:
            self._count_waiting()
        if changed.said and changed.entry is not None:
            self.bar.notice.tell(changed.said, say("undo"), lambda: self.asked.emit("undo"))
        else:
            self.tell(changed.said)

    def _count_waiting(self) -> None:
        self.bridge.ask(publishing.outbox, self._show_waiting, subject="waiting")

    def _show_waiting(self, rows: tuple[OutboxRow, ...]) -> None:
        waiting = sum(row.state in WAITING for row in rows)
        self.bar.show_waiting(waiting)
        self.sending.count(rows)
        self.rail.buttons["outbox"].count(waiting)

    def _progress(self, job: Job, done: int, total: int, what: str) -> None:
        self.bar.show_progress(job.name, done, total, what)

    def _finished(self, job: Job) -> None:
        self.bar.end_progress()
        if job.error is not None and job.dealt_with:
            self.problems.pass_over(job.error)
        elif job.error is not None:
            self.fail(job.error)
        if job.changes:
            self.bridge.changed.emit(ALL)

    # Import

    def import_paths(self, paths: Sequence[Path]) -> None:
        """Imports files and folders on a job, and says what each was taken for."""
        chosen = list(paths)
        work = lambda desk, progress: arrivals.import_paths(desk, chosen, progress)  # noqa: E731
        self.jobs.start(say("job-import"), work, self._imported)

    def _imported(self, job: Job) -> None:
        if job.cancelled or any(arrival.taken_for != "new" or not arrival.certain for arrival in job.items):
            self.arrivals.show_arrivals(job.items, cancelled=job.cancelled)
        self.problems.note_refused(job.items)
        self.tell(summed_up(job.items) or say("arrived-nothing"))
        self.show_stage("desk")
        self.desk.to_the_top()

    def take(self, paths: Sequence[Path]) -> None:
        """Comes to the front, and brings in what somebody opened with Casebook elsewhere."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.raise_()
        self.activateWindow()
        if paths:
            self.import_paths(paths)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and folders may be dropped anywhere on the window."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """What is dropped is imported."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        self.import_paths(paths)

    # The shared database

    def look_at_catalogue(self) -> None:
        """Asks how the shared database stands, without waiting for it."""
        self.sending.look()

    def _show_light(self, light: Light) -> None:
        if light.standing:
            self.bar.show_connection(light.word, light.sentence or light.why, reachable=light.open)

        if light.standing == "offline" and not self._asked_why:
            self._asked_why = True
            self.far.ask(
                lambda desk: connecting.shut_out(desk.settings.catalogue),
                self._tell_shut_out,
                subject="shut-out",
            )

    def _tell_shut_out(self, sentence: str) -> None:
        """The shared database answers and lets nobody in, which no waiting changes."""
        if sentence:
            self.bar.notice.tell(sentence, say("connect-test"), self._test_connection, grave=True)

    def _test_connection(self) -> None:
        self.show_stage("settings")
        self.settings.show_section("desk")
        self.settings.test_connection()

    # Looks and size

    @property
    def scheme(self) -> theme.Scheme:
        """Light, dark, or as the system has it."""
        return theme.scheme_named(self.memory.value("scheme"))

    def set_scheme(self, scheme: str) -> None:
        """Turns light or dark or to high contrast, for good."""
        self.memory.setValue("scheme", scheme)
        self.dress()
        if "settings" in self.__dict__:
            self.settings.show_scheme(self.scheme)

    def dress(self) -> None:
        """Dresses the whole application as was chosen, or as the system has it now."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, self.scheme)

    def changeEvent(self, event: QEvent) -> None:
        """The colours have changed: what is drawn from them is drawn anew."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and theme.tokens() is not self._colours:
            self._colours = theme.tokens()
            self.rail.redress()
            for stage in self._opened:
                stage.redress()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What floats keeps to its place."""
        super().resizeEvent(event)
        if self.arrivals.isVisible():
            self.arrivals.place()

    def _remember(self) -> None:
        kept = self.memory.value("window")
        if kept is not None:
            self.restoreGeometry(kept)
        widths = self.memory.value(PANES)
        if isinstance(widths, list) and len(widths) == len(self.desk.widths):
            self.desk.set_widths([int(each) for each in widths])

    def closeEvent(self, event: QCloseEvent) -> None:
        """Saves what was typed, ends what is under way, and remembers the window's shape."""
        self.desk.study.settle()
        if "templates" in self.__dict__:
            self.templates.flush()
        self.memory.setValue("window", self.saveGeometry())
        self.memory.setValue(PANES, list(self.desk.widths))
        self.sending.close()
        self.jobs.close()
        self.bridge.close()
        self.far.close()
        self._collector.release()
        self._watch.remove()
        if "problems" in self.__dict__:
            self.problems.end()
        super().closeEvent(event)


def _first_of(pane: QWidget) -> dict[QWidget, QWidget]:
    """A pane with the first of its controls that the keyboard reaches by Tab, if there is one."""
    for each in pane.findChildren(QWidget):
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isVisible() and each.isEnabled():
            return {pane: each}
    return {}
