"""All that the checks found, worst first or field by field; and what was dismissed, with the reason."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.phrases import say
from ui.views.finding import spoken
from ui.views.parts import SeverityMark, button, clear, label
from workbench.submission import SEVERITIES, Finding, Submission
from workbench.template import Field


class FindingsView(QScrollArea):
    """`chosen(key)` goes to a finding, `restore(key)` brings a dismissed one back."""

    chosen = Signal(str)
    restore = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(16, 14, 16, 16)
        self._rows.setSpacing(6)
        page = QWidget()
        page.setLayout(self._rows)
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_findings(self, submission: Submission, fields: Mapping[str, Field]) -> None:
        """Shows the open findings by severity, then the dismissed ones."""
        clear(self._rows)
        for severity in SEVERITIES:
            found = [finding for finding in submission.open_findings if finding.severity == severity]
            if found:
                self._rows.addWidget(label(say(f"count-{severity}", n=len(found)), "section"))
            for finding in found:
                self._rows.addWidget(self._open(finding, fields))
        dismissed = [finding for finding in submission.findings if finding.key in submission.dismissed]
        if dismissed:
            self._rows.addWidget(label(say("dismissed-findings", n=len(dismissed)), "section"))
        for finding in dismissed:
            self._rows.addWidget(self._dismissed(finding, submission.dismissed[finding.key]))
        if not submission.findings:
            self._rows.addWidget(label(say("no-findings"), "emptyText", wrap=True))
        self._rows.addStretch(1)

    def _open(self, finding: Finding, fields: Mapping[str, Field]) -> QFrame:
        field = fields.get(finding.field or "")
        where = field.label if field else say("whole-document")
        go = button(
            say("go"),
            lambda: self.chosen.emit(finding.key),
            name="compact",
            says=say("go-to", what=spoken(finding)),
        )
        return _row(finding, f"{where} · {finding.check}", go)

    def _dismissed(self, finding: Finding, reason: str) -> QFrame:
        back = button(
            say("restore"),
            lambda: self.restore.emit(finding.key),
            name="compact",
            says=say("restore-named", what=finding.message),
        )
        return _row(finding, say("dismissed-because", reason=reason), back)


def _row(finding: Finding, below: str, action: QWidget) -> QFrame:
    made = QFrame()
    made.setObjectName("card")
    words = QVBoxLayout()
    words.setSpacing(1)
    words.addWidget(label(finding.message, wrap=True))
    words.addWidget(label(below, "small", wrap=True))
    box = QHBoxLayout(made)
    box.setContentsMargins(10, 7, 8, 7)
    box.setSpacing(8)
    box.addWidget(SeverityMark(finding.severity), 0, Qt.AlignmentFlag.AlignTop)
    box.addLayout(words, 1)
    box.addWidget(action, 0, Qt.AlignmentFlag.AlignTop)
    return made
