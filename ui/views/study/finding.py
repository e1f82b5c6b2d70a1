"""A finding as it stands under the words it is about: what is wrong, the change that mends it, and what to press."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ui.phrases import say
from ui.theme import tokens
from ui.views.parts import Flow, SeverityMark, button, label, let_go, restyle
from workbench import words
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
    said = f"{say(f'severity-{finding.severity}')}: {words.finding(finding.check, finding.message)}"
    if finding.fix is None:
        return said
    return f"{said} {say('fix-is', before=finding.fix.before, after=finding.fix.replacement)}"


def _told(finding: Finding) -> str:
    if finding.fix is None:
        return words.finding(finding.check, finding.message)
    return f"{escape(words.finding(finding.check, finding.message)).rstrip('.')}: {change(finding.fix)}"


def _shown(text: str) -> str:
    visible = _ENDS.sub(lambda blank: "\u00a0" * len(blank[0]), text)
    return escape(visible if len(visible) < 120 else visible[:119] + "…").replace("\n", " ¶ ")


def _face(finding: Finding, where: str) -> tuple[object, ...]:
    """What a card is made of. Not where the finding stands, which changes with every word typed before it."""
    fix = (finding.fix.before, finding.fix.replacement) if finding.fix else None
    return finding.key, finding.severity, finding.message, fix, where


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

    help_page = "checks#what-to-do-with-a-finding"

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
        self.setProperty("current", False)
        self.finding = finding
        self.face = _face(finding, where)
        self._take = button(say("take-fix"), self._emit_take, name="compact")
        self._take_all = button("", self._emit_kind, name="quiet") if finding.fix else None
        self._dismiss = button(say("dismiss"), self._emit_dismiss, name="quiet")
        self._dismiss_all = button("", self._emit_all, name="quiet") if where else None
        self._kin: Kin | None = None
        long = bool(where) or (len(finding.message) > 90 and finding.fix is not None)
        box = QVBoxLayout(self) if long else QHBoxLayout(self)
        box.setContentsMargins(12, 6, 8, 6)
        box.setSpacing(4)
        self._words = self._message(finding)
        box.addLayout(self._said(where), 1)
        if where:
            box.addWidget(self._narrow_actions())
        else:
            box.addLayout(self._wide_actions())
        self.show_kin(kin)

    def explain(self, point: QPoint | None) -> object:
        """Why its check is asked, and what to do."""
        from ui.views.help import things

        return things.check(self.finding.check)

    def show_kin(self, kin: Kin) -> None:
        """Offers what can be done about all of its kind."""
        if kin == self._kin:
            return
        self._kin = kin
        if self._take_all is not None:
            self._take_all.setText(say("take-all", n=kin.fixes))
            self._take_all.setVisible(kin.fixes > 1)
        if self._dismiss_all is not None:
            self._dismiss_all.setText(say("dismiss-all", n=kin.open))
            self._dismiss_all.setAccessibleName(
                say("dismiss-all-named", n=kin.open, check=self.finding.check)
            )
            self._dismiss_all.setVisible(kin.open > 1)

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
        made.setTextFormat(Qt.TextFormat.RichText if finding.fix else Qt.TextFormat.PlainText)
        made.setWordWrap(True)
        made.setMinimumSize(1, 19)
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        made.setToolTip(finding.check)
        made.setAccessibleName(spoken(finding))
        return made

    def _wide_actions(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(2)
        row.addStretch(1)
        for made in self._buttons():
            row.addWidget(made)
        return row

    def _narrow_actions(self) -> QWidget:
        """The same and more, on as many lines as it takes."""
        holder = QWidget()
        row = Flow(holder, gap=2)
        going = say("go-to", what=spoken(self.finding))
        row.addWidget(button(say("go"), self._emit_chosen, name="quiet", says=going))
        for made in self._buttons():
            row.addWidget(made)
        if self._dismiss_all is not None:
            row.addWidget(self._dismiss_all)
        return holder

    def _buttons(self) -> Iterator[QWidget]:
        if self._take_all is not None:
            yield self._take
            yield self._take_all
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


class Deck:
    """The cards of a list of findings: from `begin` to `end` they are dealt anew, and one that would show the same
    is the same card.
    """

    def __init__(self, make: Callable[[Finding, Kin, str], FindingCard]) -> None:
        self.cards: list[FindingCard] = []
        self._make = make
        self._before: dict[object, FindingCard] = {}

    def begin(self) -> Iterable[FindingCard]:
        """Takes all cards in, which may be dealt again."""
        self._before.update((card.face, card) for card in self.cards)
        self.cards = []
        return self._before.values()

    def deal(self, finding: Finding, kin: Kin, where: str = "") -> FindingCard:
        """The card of a finding."""
        card = self._before.pop(_face(finding, where), None) or self._make(finding, kin, where)
        card.finding = finding
        card.show_kin(kin)
        self.cards.append(card)
        return card

    def end(self) -> None:
        """Lets the cards go that were not dealt again."""
        for card in self._before.values():
            let_go(card)
        self._before.clear()
