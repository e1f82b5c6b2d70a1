"""All that the checks found, by severity or field by field; and what was dismissed, with the reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.gradual import Gradual
from ui.phrases import say
from ui.views.controls import Picker
from ui.views.parts import SeverityMark, button, clear, label, scrolled
from ui.views.study.finding import Deck, FindingCard, Kin
from workbench import words
from workbench.submission import SEVERITIES, Finding, Submission
from workbench.template import Field

ORDERS = ("severity", "field")

AT_ONCE = 30
"""So many findings are shown at first, and so many more when they are asked for."""


class FindingsView(QWidget):
    """Every finding with what can be done about it.

    `chosen(key)` goes to a finding, `take(key)` and `take_kind(check)` make the changes that are offered,
    `dismiss(key)` and `dismiss_kind(key)` ask for a reason, `restore(key)` brings a dismissed one back.
    """

    help_page = "checks#what-to-do-with-a-finding"

    chosen = Signal(str)
    take = Signal(str)
    take_kind = Signal(str)
    dismiss = Signal(str)
    dismiss_kind = Signal(str)
    restore = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._deck = Deck(self._card)
        self._submission: Submission | None = None
        self._fields: Mapping[str, Field] = {}
        self._current = ""
        self._limit = AT_ONCE
        self._filled = True
        self._filling = Gradual(self)
        self._counts = QHBoxLayout()
        self._counts.setSpacing(2)
        self.order = Picker(say("findings-order"))
        for order in ORDERS:
            self.order.addItem(say(f"findings-by-{order}"), order)
        self.order.currentIndexChanged.connect(self._fill)
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(16, 4, 16, 16)
        self._rows.setSpacing(6)
        self._scroll = self._scroller()
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 16, 6)
        head.addLayout(self._counts)
        head.addStretch(1)
        head.addWidget(self.order)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(head)
        box.addWidget(self._scroll, 1)

    def _scroller(self) -> QScrollArea:
        page = QWidget()
        page.setLayout(self._rows)
        return scrolled(page)

    def show_findings(self, submission: Submission, fields: Mapping[str, Field]) -> None:
        """Shows the open findings in the order that was chosen, then the dismissed ones, once they are looked at."""
        before, self._submission, self._fields = self._submission, submission, fields
        if before is None or before.id != submission.id:
            self._limit = AT_ONCE
        self._filled = self._filled and before is not None and _told(before) == _told(submission)
        if self.isVisible() and not self._filled:
            self._fill()

    def showEvent(self, event: QShowEvent) -> None:
        """What has changed while it was not looked at."""
        super().showEvent(event)
        if not self._filled:
            self._fill()
        else:
            self.set_finding(self._current)

    def set_finding(self, key: str) -> None:
        """Marks which finding the keys act on, and brings it into view."""
        self._current = key
        if key and self.isVisible() and self._is_further_down(key):
            self._show_more()
        for card in self.cards:
            card.set_current(card.finding.key == key)
            if card.finding.key == key:
                self._scroll.ensureWidgetVisible(card, 0, 40)

    def redress(self) -> None:
        """Shows the changes in the colours that hold now."""
        for card in self.cards:
            card.redress()

    def _fill(self) -> None:
        if self._submission is None:
            return
        self._filled = True
        for card in self._deck.begin():
            self._rows.removeWidget(card)
        clear(self._rows)
        clear(self._counts)
        found = self._submission.open_findings
        self._count(found)
        self.order.setVisible(bool(found))
        self._rows.setEnabled(False)
        self._filling.start(self._parts(self._submission), self._end)

    def _end(self) -> None:
        self._deck.end()
        self._rows.addStretch(1)
        self._rows.setEnabled(True)
        self.set_finding(self._current)

    def _is_further_down(self, key: str) -> bool:
        found = self._submission.open_findings if self._submission else ()
        shown = {card.finding.key for card in self.cards}
        return not self._filling.busy and key not in shown and any(each.key == key for each in found)

    def _show_more(self) -> None:
        self._limit += AT_ONCE
        self._fill()

    def _count(self, found: Sequence[Finding]) -> None:
        counts = Counter(finding.severity for finding in found)
        for severity in SEVERITIES:
            if counts[severity]:
                self._counts.addWidget(SeverityMark(severity))
                self._counts.addWidget(label(say(f"tally-{severity}", n=counts[severity]), "small"))
                self._counts.addSpacing(4)

    def _parts(self, submission: Submission) -> Iterator[None]:
        found = submission.open_findings
        kinds = Counter(finding.check for finding in found)
        fixes = Counter(finding.check for finding in found if finding.fix)
        for title, several in self._groups(found):
            room = self._limit - len(self.cards)
            if room > 0:
                self._rows.addWidget(label(title, "section"))
            for finding in several[: max(room, 0)]:
                kin = Kin(kinds[finding.check], fixes[finding.check])
                card = self._deck.deal(finding, kin, f"{self._where(finding)} · {finding.check}")
                card.set_current(finding.key == self._current)
                self._rows.addWidget(card)
                yield
        if len(found) > self._limit:
            further = len(found) - self._limit
            self._rows.addWidget(button(say("show-more", n=further), self._show_more, name="compact"))
        yield from self._set_aside(submission)
        if not submission.findings:
            self._rows.addWidget(label(say("no-findings"), "emptyText", wrap=True))

    def _groups(self, found: Sequence[Finding]) -> list[tuple[str, list[Finding]]]:
        """The findings under the name of their severity, or of their field in the order of the template."""
        if self.order.currentData() == "field":
            order = {field: place for place, field in enumerate(self._fields)}
            places = sorted(found, key=lambda f: (order.get(f.field or "", -1), f.span or (0, 0)))
            return [(name, list(several)) for name, several in groupby(places, self._where)]
        held = {severity: [f for f in found if f.severity == severity] for severity in SEVERITIES}
        return [
            (say(f"count-{severity}", n=len(several)), several)
            for severity, several in held.items()
            if several
        ]

    def _where(self, finding: Finding) -> str:
        field = self._fields.get(finding.field or "")
        return field.label if field else say("whole-document")

    @property
    def cards(self) -> list[FindingCard]:
        """The open findings that are shown."""
        return self._deck.cards

    def _card(self, finding: Finding, kin: Kin, where: str) -> FindingCard:
        made = FindingCard(finding, kin, where=where)
        for name in ("chosen", "take", "take_kind", "dismiss", "dismiss_kind"):
            getattr(made, name).connect(getattr(self, name))
        return made

    def _set_aside(self, submission: Submission) -> Iterator[None]:
        dismissed = [finding for finding in submission.findings if finding.key in submission.dismissed]
        if dismissed:
            self._rows.addWidget(label(say("dismissed-findings", n=len(dismissed)), "section"))
        for finding in dismissed:
            self._rows.addWidget(self._dismissed(finding, submission.dismissed[finding.key]))
            yield

    def _dismissed(self, finding: Finding, reason: str) -> QFrame:
        made = QFrame()
        made.setObjectName("card")
        column = QVBoxLayout()
        column.setSpacing(1)
        column.addWidget(label(words.finding(finding.check, finding.message), "faint", wrap=True))
        column.addWidget(label(say("dismissed-because", reason=reason), "small", wrap=True))
        back = button(
            say("restore"),
            lambda: self.restore.emit(finding.key),
            name="compact",
            says=say("restore-named", what=words.finding(finding.check, finding.message)),
        )
        box = QHBoxLayout(made)
        box.setContentsMargins(10, 7, 8, 7)
        box.setSpacing(8)
        box.addWidget(SeverityMark(finding.severity), 0, Qt.AlignmentFlag.AlignTop)
        box.addLayout(column, 1)
        box.addWidget(back, 0, Qt.AlignmentFlag.AlignTop)
        return made


def _told(submission: Submission) -> tuple[object, ...]:
    """What the view shows of a submission."""
    return submission.id, submission.findings, submission.dismissed
