"""What goes wrong while the window is open: heard, kept, counted in the bar, and shown in one place."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from ui import problems
from ui.models.problems import Shown
from ui.phrases import say
from workbench import log
from workbench.desk.doctor import troubles
from workbench.desk.doctor.troubles import Kind, Trouble
from workbench.desk.rows import Arrival
from workbench.errors import WorldError
from workbench.log import crashing

if TYPE_CHECKING:
    from ui.views.problems.problems import ProblemsView
    from workbench.desk.doctor.doctor import Line

NOTICES = 60
"""How many notices of this session can be read again."""

HELPS = {
    "catalogue-closed": "show_settings",
    "catalogue-address": "show_settings",
    "catalogue-option": "show_settings",
    "catalogue-uninitialised": "show_settings",
    "catalogue-unreachable": "check_computer",
    "catalogue-lost": "check_computer",
    "conflict-open": "show_outbox",
    "overtaken-version": "show_outbox",
    "template-damaged": "show_templates",
    "unknown-template": "show_templates",
    "settings-damaged": "check_computer",
    "settings-unreadable": "check_computer",
    "settings-unwritable": "check_computer",
    "checks-damaged": "check_computer",
    "letter-unreadable": "check_computer",
    "desk-damaged": "check_computer",
    "desk-emptied": "check_computer",
    "desk-disk-full": "check_computer",
    "desk-read-only": "check_computer",
    "desk-unreachable": "check_computer",
    "desk-newer": "check_computer",
    "workspace-unwritable": "check_computer",
    "cannot-write": "check_computer",
    "no-keyring": "check_computer",
    "no-libreoffice": "check_computer",
    "blockers-open": "next_finding",
    "catalogue-rewritten": "pull",
    "asset-missing": "show_outbox",
}
"""The command that helps with an error of the world, by its code."""

_log = logging.getLogger("casebook.window")


class Problems(QObject):
    """What went wrong at this desk, in this session and before. `counted(n)`: so many nobody has looked at yet.

    `asked(name)` asks for a command, `told(sentence)` has something to say.
    """

    counted = Signal(int)
    asked = Signal(str)
    told = Signal(str)
    _examined = Signal(object)

    def __init__(self, window: QWidget, workspace: Path) -> None:
        super().__init__(window)
        log.start(workspace)
        self._window, self._workspace = window, workspace
        self._kept = troubles.Kept()
        self._notices: deque[Shown] = deque(maxlen=NOTICES)
        self._lines: Sequence[Line] = ()
        self._view: ProblemsView | None = None
        self._wanted = ""
        self._examined.connect(self._show_examined)

    def begin(self) -> None:
        """Reads what is remembered, and what is left of a crash of last time."""
        before = troubles.crashes(self._workspace, say("crashed"))
        troubles.remember(self._workspace, before)
        now = self._kept.troubles
        found = troubles.remembered(self._workspace)
        later = tuple(each for each in now if each not in found.troubles)
        self._kept = troubles.Kept((*found.troubles, *later), found.seen)
        for crash in before:
            _log.error("crashed at=%s", crash.at.isoformat(timespec="seconds"))
        self._count()

        _log.info("window opened %s", problems.versions())

    def watch(self) -> None:
        """From now on a crash leaves word for the next start."""
        crashing.watch(log.folder(self._workspace))

    def end(self) -> None:
        """The window closes as it should."""
        _log.info("window closed")
        crashing.settle()
        log.stop()

    def note(self, error: BaseException) -> Trouble:
        """Keeps an error, in the log and in the list; there once, as long as nobody has looked at it."""
        log.note(error)
        kind: Kind = "ours" if problems.is_ours(error) else "world"
        code = error.code if isinstance(error, WorldError) else ""
        details = problems.details(error) if kind == "ours" else ""
        said = problems.sentence(error)
        again = (each for each in self._kept.unseen if kind == each.kind == "world" and each.sentence == said)
        return next(again, None) or self._keep([Trouble(_now(), kind, code, said, details)])

    def pass_over(self, error: BaseException) -> None:
        """Keeps in the log alone what passes by itself, such as a connection that comes back."""
        log.note(error)

    def note_refused(self, arrivals: Sequence[Arrival]) -> None:
        """Keeps which files an import refused, and why."""
        refused = [each.error for each in arrivals if each.error is not None]
        if refused:
            self._keep([Trouble(_now(), "refused", error.code, error.message) for error in refused])

    def hear(self, sentence: str) -> None:
        """A notice that fades can be read again."""
        self._notices.append(Shown(_now(), "notice", sentence))

    @property
    def unseen(self) -> int:
        """How many problems nobody has looked at yet."""
        return len(self._kept.unseen)

    @property
    def view(self) -> ProblemsView:
        """The list as it is shown; made when it is first asked for."""
        if self._view is None:
            from ui.views.problems.problems import ProblemsView

            self._view = ProblemsView(self._window)
            self._view.asked.connect(self.asked)
            self._view.check_wanted.connect(self.check)
            self._view.report_wanted.connect(self.report)
            self._view.save_wanted.connect(self._save)
            self._view.cleared.connect(self._clear)
        return self._view

    def open(self) -> None:
        """Shows the list, and takes it as seen."""
        new = self._kept.unseen
        shown = [_shown(each, each in new) for each in self._kept.troubles]
        self.view.show_problems(shown, list(self._notices))
        self.view.open()
        if new:
            seen = max(each.at for each in new)
            self._kept = troubles.Kept(self._kept.troubles, seen)
            troubles.see(self._workspace, seen)
            self._count()

    # This computer, and the report

    def check(self) -> None:
        """Looks at this computer beside the window, and shows what was found."""
        self._examine("examined")

    def report(self) -> None:
        """Makes a report, looking at this computer first, and shows it before it is saved."""
        if self._lines:
            self._show_report()
        else:
            self._examine("report")

    def _examine(self, wanted: str) -> None:
        under_way = bool(self._wanted)
        self._wanted = wanted
        self.view.show_examined(None)
        self.view.open()
        if not under_way:
            threading.Thread(target=self._look, name="doctor", daemon=True).start()

    def _look(self) -> None:
        from workbench.desk.doctor import doctor

        lines = doctor.examine(self._workspace)
        if not _is_gone(self):
            self._examined.emit(lines)

    def _show_examined(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        wanted, self._wanted = self._wanted, ""
        if wanted == "report":
            self._show_report()
        else:
            self.view.show_examined([(line.standing, line.message) for line in lines])

    def _show_report(self) -> None:
        from workbench.desk.doctor import doctor

        details = [each.details for each in self._kept.troubles if each.details][-5:]
        self.view.show_report(
            doctor.report(self._lines, self._workspace, _now(), problems.versions(), *details)
        )

    def _save(self, text: str) -> None:
        from workbench.desk.doctor import doctor

        suggested = str(Path.home() / f"casebook-report-{_now():%Y-%m-%d}.txt")
        name, _ = QFileDialog.getSaveFileName(
            self._window, say("problems-save"), suggested, say("text-files")
        )
        if not name:
            return
        try:
            doctor.save(text, Path(name))
        except WorldError as error:
            self.told.emit(problems.sentence(error))
            return
        self.told.emit(say("problems-saved", file=Path(name).name))

    def _clear(self) -> None:
        troubles.clear(self._workspace)
        self._kept = troubles.Kept()
        self._notices.clear()
        self._count()
        self.open()

    def _keep(self, found: Sequence[Trouble]) -> Trouble:
        self._kept = troubles.Kept((*self._kept.troubles, *found), self._kept.seen)
        troubles.remember(self._workspace, found)
        self._count()
        return found[-1]

    def _count(self) -> None:
        self.counted.emit(self.unseen)


def _shown(trouble: Trouble, new: bool) -> Shown:
    helps = HELPS.get(trouble.code, "")
    return Shown(trouble.at, f"problem-{trouble.kind}", trouble.sentence, trouble.details, helps, new)


def _now() -> datetime:
    return datetime.now(UTC)


def _is_gone(owner: QObject) -> bool:
    import shiboken6

    return not shiboken6.isValid(owner)
