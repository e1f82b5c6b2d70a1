"""A finding as it stands under the words it is about: what is wrong, the change that mends it, and what to press."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout

from ui.phrases import say
from ui.theme import tokens
from ui.views.parts import SeverityMark, button, restyle
from workbench.submission import Finding, Fix


def change(fix: Fix) -> str:
    """The change a fix makes, as HTML: what goes struck through, what comes marked as new."""
    colours = tokens()
    parts: list[str] = []
    if fix.before:
        style = f"color:{colours.blocker}; background-color:{colours.blocker_soft}"
        parts.append(f'<s style="{style}">{_shown(fix.before)}</s>')
    if fix.replacement:
        style = f"color:{colours.good}; background-color:{colours.good_soft}"
        parts.append(f'<span style="{style}">{_shown(fix.replacement)}</span>')
    return " ".join(parts)


def spoken(finding: Finding) -> str:
    """The finding in words alone, for those who listen."""
    said = f"{say(f'severity-{finding.severity}')}: {finding.message}"
    if finding.fix is None:
        return said
    return f"{said} {say('fix-is', before=finding.fix.before, after=finding.fix.replacement)}"


def _told(finding: Finding) -> str:
    text = escape(finding.message)
    return text if finding.fix is None else f"{text.rstrip('.')}: {change(finding.fix)}"


def _shown(text: str) -> str:
    visible = text.replace(" ", "\u00a0") if text.strip() != text else text
    return escape(visible if len(visible) < 120 else visible[:119] + "…").replace("\n", " ¶ ")


class FindingCard(QFrame):
    """One open finding with its actions. `take_all` is how many of its kind have a fix; 0 or 1 offers no "all"."""

    chosen = Signal(str)
    take = Signal(str)
    take_kind = Signal(str)
    dismiss = Signal(str)

    def __init__(self, finding: Finding, *, take_all: int = 0) -> None:
        super().__init__()
        self.setObjectName("finding")
        self.setProperty("severity", finding.severity)
        self.setAccessibleName(spoken(finding))
        self.finding = finding
        self._take = button(say("take-fix"), self._emit_take, name="compact")
        self._dismiss = button(say("dismiss"), self._emit_dismiss, name="quiet")
        long = len(finding.message) > 90 and finding.fix is not None
        box = QVBoxLayout(self) if long else QHBoxLayout(self)
        box.setContentsMargins(12, 6, 8, 6)
        box.setSpacing(4)
        top = QHBoxLayout()
        top.setSpacing(8)
        where = Qt.AlignmentFlag.AlignTop if len(finding.message) > 60 else Qt.AlignmentFlag.AlignVCenter
        top.addWidget(SeverityMark(finding.severity), 0, where)
        self._words = self._message(finding)
        top.addWidget(self._words, 1)
        box.addLayout(top, 1)
        box.addLayout(self._actions(take_all))
        self.set_current(False)

    def set_current(self, current: bool) -> None:
        """Whether this is the finding that the keys act on."""
        restyle(self, current=current)
        self._take.stand_for("take_fix" if current else "")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press makes it the current one."""
        self.chosen.emit(self.finding.key)
        super().mousePressEvent(event)

    def redress(self) -> None:
        """Shows the change in the colours that hold now."""
        self._words.setText(_told(self.finding))

    def _message(self, finding: Finding) -> QLabel:
        made = QLabel(_told(finding))
        made.setTextFormat(Qt.TextFormat.RichText)
        made.setWordWrap(True)
        made.setMinimumHeight(19)
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        made.setToolTip(finding.check)
        made.setAccessibleName(spoken(finding))
        return made

    def _actions(self, take_all: int) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(2)
        row.addStretch(1)
        if self.finding.fix is not None:
            row.addWidget(self._take)
            if take_all > 1:
                row.addWidget(button(say("take-all", n=take_all), self._emit_kind, name="quiet"))
        row.addWidget(self._dismiss)
        return row

    def _emit_take(self) -> None:
        self.take.emit(self.finding.key)

    def _emit_kind(self) -> None:
        self.take_kind.emit(self.finding.check)

    def _emit_dismiss(self) -> None:
        self.dismiss.emit(self.finding.key)
