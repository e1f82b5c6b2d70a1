"""What was changed of the vocabulary, each with its undo, and the terms that were proposed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from ui.phrases import day, kind_word, say
from ui.views.parts import Flow, Pill, button, clear, label, rule, scrolled
from workbench.desk.themes.vocabulary import AmendmentRow, ProposedTerm

PARTS = ("changes", "proposals")
SHOWN = 60
"""How many changes are listed at once."""


class ChangesPane(QWidget):
    """The right pane. `undo(number)`; `accept(proposal)`, `decline(proposal)` with a ProposedTerm."""

    undo = Signal(int)
    accept = Signal(object)
    decline = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("inspector")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(say("vocabulary-changes"))
        self._lists = {name: QVBoxLayout() for name in PARTS}
        self._stack = QStackedWidget()
        for name, rows in self._lists.items():
            self.tabs.addTab(say(f"tab-{name}"))
            self._stack.addWidget(_scrolled(rows))
        self.tabs.currentChanged.connect(self._stack.setCurrentIndex)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.tabs)
        box.addWidget(rule())
        box.addWidget(self._stack, 1)

    def show_part(self, name: str) -> None:
        """Brings the changes or the proposals to the front."""
        self.tabs.setCurrentIndex(PARTS.index(name))

    def show_changes(self, rows: Sequence[AmendmentRow], why_not: str, *, admin: bool) -> None:
        """Lists the changes, the newest first; `why_not` says why they are not known."""
        into = self._lists["changes"]
        clear(into)
        for row in rows[:SHOWN]:
            into.addWidget(self._change(row, admin=admin))
        if not rows:
            into.addWidget(label(why_not or say("no-changes"), "emptyText", wrap=True))
        if len(rows) > SHOWN:
            into.addWidget(label(say("and-more", n=len(rows) - SHOWN), "small"))
        into.addStretch(1)

    def show_proposals(self, rows: Sequence[ProposedTerm], *, admin: bool) -> None:
        """Lists the terms that were proposed, the oldest first."""
        into = self._lists["proposals"]
        clear(into)
        name = say("tab-proposals")
        self.tabs.setTabText(PARTS.index("proposals"), f"{name} {len(rows)}" if rows else name)
        for row in rows:
            into.addWidget(self._proposal(row, admin=admin))
        if not rows:
            into.addWidget(label(say("no-proposals"), "emptyText", wrap=True))
        into.addStretch(1)

    def _change(self, row: AmendmentRow, *, admin: bool) -> QWidget:
        told = filter(None, (row.who, day(row.at.astimezone()), say("n-moved", n=row.studies), row.reason))
        card, box = _card(row.said, " · ".join(told))
        if row.undone_by is not None:
            box.addWidget(Pill(say("taken-back")), 0, Qt.AlignmentFlag.AlignLeft)
        elif admin and row.undoes is None:
            undo = button(
                say("take-back"),
                partial(self.undo.emit, row.number),
                name="compact",
                says=say("take-back-named", said=row.said),
            )
            box.addWidget(undo, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _proposal(self, row: ProposedTerm, *, admin: bool) -> QWidget:
        told = (
            kind_word(row.term.kind),
            row.who,
            day(row.at.astimezone()),
            say("carried-by", n=row.on_desk) if row.on_desk else "",
        )
        card, box = _card(row.term.label, " · ".join(filter(None, told)))
        for text in filter(None, (row.scope_note, row.reason)):
            box.addWidget(label(text, wrap=True))
        if row.state == "kept":
            box.addWidget(label(say("proposal-kept"), "small", wrap=True))
        if admin:
            box.addWidget(self._deciding(row))
        return card

    def _deciding(self, row: ProposedTerm) -> QWidget:
        made = QWidget()
        flow = Flow(made)
        name = row.term.label
        flow.addWidget(
            button(
                say("accept-term"),
                partial(self.accept.emit, row),
                name="compact",
                says=say("accept-term-named", name=name),
            )
        )
        flow.addWidget(
            button(
                say("decline-term"),
                partial(self.decline.emit, row),
                name="compact",
                says=say("decline-term-named", name=name),
            )
        )
        return made


def _card(title: str, told: str) -> tuple[QFrame, QVBoxLayout]:
    made = QFrame()
    made.setObjectName("card")
    box = QVBoxLayout(made)
    box.setContentsMargins(12, 9, 12, 10)
    box.setSpacing(4)
    box.addWidget(label(title, "strong", wrap=True))
    box.addWidget(label(told, "small", wrap=True))
    return made, box


def _scrolled(rows: QVBoxLayout) -> QScrollArea:
    rows.setContentsMargins(16, 14, 16, 16)
    rows.setSpacing(8)
    page = QWidget()
    page.setLayout(rows)
    return scrolled(page)
