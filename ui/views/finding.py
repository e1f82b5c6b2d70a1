"""A finding as it stands under the words it is about: what is wrong, the change that mends it, and what to press."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ui.phrases import say
from ui.theme import tokens
from ui.views.parts import Flow, SeverityMark, button, label, restyle
from workbench.submission import Finding, Fix

_ENDS = re.compile(r"^ +| +$")
"""Blanks that would not be seen."""


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
    visible = _ENDS.sub(lambda blank: "\u00a0" * len(blank[0]), text)
    return escape(visible if len(visible) < 120 else visible[:119] + "…").replace("\n", " ¶ ")


@dataclass(frozen=True, slots=True)
class Kin:
    """How many open findings of the study are of one kind, and how many of them offer a change."""

    open: int = 1
    fixes: int = 0


ALONE = Kin()


class FindingCard(QFrame):
    """One open finding with its actions, those on all of its kind included.

    `where` says where it stands; with it the card is set for the narrow pane, its actions below its words.
    """

    chosen = Signal(str)
    take = Signal(str)
    take_kind = Signal(str)
    dismiss = Signal(str)
    dismiss_kind = Signal(str)

    def __init__(self, finding: Finding, kin: Kin = ALONE, *, where: str = "") -> None:
        super().__init__()
        self.setObjectName("finding")
        self.setProperty("severity", finding.severity)
        self.setAccessibleName(spoken(finding))
        self.finding = finding
        self._take = button(say("take-fix"), self._emit_take, name="compact")
        self._dismiss = button(say("dismiss"), self._emit_dismiss, name="quiet")
        long = bool(where) or (len(finding.message) > 90 and finding.fix is not None)
        box = QVBoxLayout(self) if long else QHBoxLayout(self)
        box.setContentsMargins(12, 6, 8, 6)
        box.setSpacing(4)
        self._words = self._message(finding)
        box.addLayout(self._said(where), 1)
        if where:
            box.addWidget(self._narrow_actions(kin))
        else:
            box.addLayout(self._wide_actions(kin))
        self.set_current(False)

    def _said(self, where: str) -> QHBoxLayout:
        top = QHBoxLayout()
        top.setSpacing(8)
        high = bool(where) or len(self.finding.message) > 60
        place = Qt.AlignmentFlag.AlignTop if high else Qt.AlignmentFlag.AlignVCenter
        top.addWidget(SeverityMark(self.finding.severity), 0, place)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(self._words)
        if where:
            words.addWidget(label(where, "small", wrap=True))
        top.addLayout(words, 1)
        return top

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
        made.setMinimumSize(1, 19)
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        made.setToolTip(finding.check)
        made.setAccessibleName(spoken(finding))
        return made

    def _wide_actions(self, kin: Kin) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(2)
        row.addStretch(1)
        for made in self._buttons(kin):
            row.addWidget(made)
        return row

    def _narrow_actions(self, kin: Kin) -> QWidget:
        """The same and more, on as many lines as it takes."""
        holder = QWidget()
        row = Flow(holder, gap=2)
        going = say("go-to", what=spoken(self.finding))
        row.addWidget(button(say("go"), self._emit_chosen, name="quiet", says=going))
        for made in self._buttons(kin):
            row.addWidget(made)
        if kin.open > 1:
            says = say("dismiss-all-named", n=kin.open, check=self.finding.check)
            row.addWidget(button(say("dismiss-all", n=kin.open), self._emit_all, name="quiet", says=says))
        return holder

    def _buttons(self, kin: Kin) -> Iterator[QWidget]:
        if self.finding.fix is not None:
            yield self._take
            if kin.fixes > 1:
                yield button(say("take-all", n=kin.fixes), self._emit_kind, name="quiet")
        yield self._dismiss

    def _emit_chosen(self) -> None:
        self.chosen.emit(self.finding.key)

    def _emit_take(self) -> None:
        self.take.emit(self.finding.key)

    def _emit_kind(self) -> None:
        self.take_kind.emit(self.finding.check)

    def _emit_dismiss(self) -> None:
        self.dismiss.emit(self.finding.key)

    def _emit_all(self) -> None:
        self.dismiss_kind.emit(self.finding.key)
