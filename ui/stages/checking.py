"""What the editor does about findings: takes what they offer, sets them aside with a reason, brings them back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from ui.bridge import Bridge
from ui.views.inspector.findings import FindingsView
from ui.views.study.review import StudyView
from workbench.desk import Desk
from workbench.desk.editing import review
from workbench.desk.rows import Changed


class Checking(QObject):
    """Keeps the findings beside the study and under its fields of one mind. `asked(command)` names a command.

    `reasons` are those that editors gave last.
    """

    asked = Signal(str)

    def __init__(self, bridge: Bridge, middle: StudyView, view: FindingsView) -> None:
        super().__init__()
        self._bridge = bridge
        self._study = middle
        self.reasons: tuple[str, ...] = ()
        for shown in (middle, view):
            shown.take.connect(self.take_fix)
            shown.take_kind.connect(self.take_fixes)
            shown.dismiss.connect(self._ask_dismiss)
        view.chosen.connect(middle.choose_finding)
        view.dismiss_kind.connect(self._ask_dismiss_kind)
        view.restore.connect(self.restore)
        middle.finding_marked.connect(view.set_finding)
        self._remember()

    def take_fix(self, finding: str) -> None:
        """Makes the change a finding offers."""
        self._do(lambda desk, shown: review.take_fix(desk, shown, finding))

    def take_fixes(self, check: str) -> None:
        """Makes every change that the findings of one check offer."""
        self._do(lambda desk, shown: review.take_fixes(desk, shown, check))

    def dismiss(self, finding: str, reason: str) -> None:
        """Sets a finding aside."""
        self._do(lambda desk, shown: review.dismiss(desk, shown, finding, reason))
        self._remember()

    def restore(self, finding: str) -> None:
        """Brings a dismissed finding back."""
        self._do(lambda desk, shown: review.restore(desk, shown, finding))

    def _ask_dismiss(self, finding: str) -> None:
        self._study.choose_finding(finding)
        self.asked.emit("dismiss")

    def _ask_dismiss_kind(self, finding: str) -> None:
        self._study.choose_finding(finding)
        self.asked.emit("dismiss_kind")

    def _do(self, verb: Callable[[Desk, str], Changed]) -> None:
        if self._study.submission is not None:
            shown = self._study.submission.id
            self._study.flush()
            self._bridge.do(lambda desk: verb(desk, shown))

    def _remember(self) -> None:
        self._bridge.ask(review.reasons, self._note_reasons, subject="reasons")

    def _note_reasons(self, reasons: tuple[str, ...]) -> None:
        self.reasons = reasons
