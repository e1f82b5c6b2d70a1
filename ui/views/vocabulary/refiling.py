"""What a change of the vocabulary would do to every study, looked at before it is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui.phrases import say
from ui.views.overlay import Overlay
from ui.views.parts import Flow, button, clear, label
from workbench.desk.themes.vocabulary import Foreseen, Refiled
from workbench.submission import Term

WIDTH, HIGHEST = 760, 560
TERMS = 180
"""How wide the columns of the terms are, in pixels."""

STUDY = Qt.ItemDataRole.UserRole

Choices = Mapping[str, tuple[str, ...]]
"""To which terms the studies of a split one go: slugs by the study's UUID."""


class RefilingView(Overlay):
    """Stands until the change is made (Enter) or left (Escape). Where a term is split, each study may be sent on."""

    help_page = "themes#the-vocabulary"

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._then: Callable[[str, Choices], object] = lambda *_: None
        self._title = label("", "strong", wrap=True)
        self._hint = label("", "small", wrap=True)
        self.list = _List()
        self._into = QWidget()
        self._answers = Flow(self._into)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(say("change-reason"))
        self.reason.setAccessibleName(say("change-reason"))
        self.do = button(say("change-do"), self._do, name="primary")
        self.leave = button(say("cancel"), self.close_, name="quiet")
        feet = QHBoxLayout()
        feet.addWidget(self.reason, 1)
        feet.addWidget(self.leave)
        feet.addWidget(self.do)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(10)
        for part in (self._title, self.list, self._hint, self._into):
            box.addWidget(part, 1 if part is self.list else 0)
        box.addLayout(feet)

    def show_foreseen(
        self, foreseen: Foreseen, does: str, then: Callable[[str, Choices], object], into: Sequence[Term] = ()
    ) -> None:
        """Shows what would be done; `then` gets the reason, and where a term is split what was chosen for each study.

        `does` names the button; `into` are the terms that a split one goes to.
        """
        self._then = then
        self._title.setText(foreseen.said)
        self.setAccessibleName(foreseen.said)
        self.list.show_foreseen(foreseen, into)
        self.do.setText(does)
        self.do.setAccessibleName(does)
        self.reason.clear()
        self._show_into(into, any_study=bool(foreseen.studies))
        self.appear(self.reason)

    def _show_into(self, into: Sequence[Term], *, any_study: bool) -> None:
        clear(self._answers)
        self._hint.setText(say("split-hint", label=into[0].label) if into else "")
        for part in (self._hint, self._into):
            part.setVisible(bool(into) and any_study)
        answers = [((term,), term.label) for term in into]
        answers += [(tuple(into), say("split-all"))] if len(into) > 1 else []
        for terms, name in answers:
            says = say("split-send", label=name)
            self._answers.addWidget(button(name, partial(self.list.send, terms), name="compact", says=says))

    def place(self) -> None:
        """In the upper middle of the window, as high as it has lines."""
        window = self.window_
        wide = min(WIDTH, window.width() - 40)
        said = sum(
            each.heightForWidth(wide - 40) + 10
            for each in (self._title, self._hint)
            if each.isVisibleTo(self)
        )
        sent = self._answers.heightForWidth(wide - 40) + 10 if self._into.isVisibleTo(self) else 0
        high = min(HIGHEST, 130 + said + sent + 26 * self.list.lines, window.height() - 100)
        self.setGeometry((window.width() - wide) // 2, min(80, window.height() // 9), wide, high)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter does it, wherever in it the keyboard is."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._do()
            return
        super().keyPressEvent(event)

    def _do(self) -> None:
        reason, choices = self.reason.text().strip(), self.list.choices
        self.close_()
        self._then(reason, choices)


class _List(QTreeWidget):
    """The studies with their terms before and after. `lines` counts them; `choices` are what was chosen in it."""

    def __init__(self) -> None:
        super().__init__()
        self.lines = 0
        self.choices: dict[str, tuple[str, ...]] = {}
        self.setObjectName("boxed")
        self.setAccessibleName(say("studies"))
        self.setColumnCount(3)
        self.setHeaderLabels([say("column-study"), say("column-before"), say("column-after")])
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for at in (1, 2):
            self.header().resizeSection(at, TERMS)

    def show_foreseen(self, foreseen: Foreseen, into: Sequence[Term]) -> None:
        """Lists the studies that are published, then what lies on this desk, then what stays as it is.

        A published study that lies here too is one line, but where a term is split: there the two may part.
        """
        self.clear()
        self.choices = {}
        published = {one.id: one for one in foreseen.studies}
        both = () if into else foreseen.submissions
        alike = {one.study for one in both if _alike(one, published.get(one.study))}
        items = [_item(one, say("refiled-also") if one.id in alike else "") for one in foreseen.studies]
        items += [_item(one, say("refiled-here")) for one in foreseen.submissions if one.study not in alike]
        items += [_item(one, say("refiled-stays")) for one in foreseen.staying]
        if into:
            for item, one in zip(items, foreseen.studies, strict=False):
                item.setData(0, STUDY, one.id)
        self.addTopLevelItems(items)
        self.lines = len(items)
        self.setVisible(bool(items))

    def send(self, terms: Sequence[Term]) -> None:
        """Sends the studies that are chosen, or all where none is, to these terms."""
        items = self.selectedItems() or [self.topLevelItem(at) for at in range(self.topLevelItemCount())]
        for item in items:
            if study := item.data(0, STUDY):
                self.choices[study] = tuple(term.slug for term in terms)
                item.setText(2, ", ".join(term.label for term in terms))

    def keyboardSearch(self, text: str) -> None:
        """Letters are not a search here."""


def _alike(here: Refiled, live: Refiled | None) -> bool:
    """Whether a submission is a published study that is shown already, with the same going and coming."""
    return live is not None and (live.title, *_moves(live)) == (here.title, *_moves(here))


def _moves(one: Refiled) -> tuple[str, str]:
    """The labels of the terms that come off and of those that go on."""
    gone = ", ".join(term.label for term in one.before if term not in one.after)
    come = ", ".join(term.label for term in one.after if term not in one.before)
    return gone or "–", come or "–"


def _item(one: Refiled, standing: str) -> QTreeWidgetItem:
    gone, come = _moves(one)
    title = f"{standing}: {one.title or one.id}" if standing else one.title or one.id
    made = QTreeWidgetItem([title, gone, come])
    made.setData(0, Qt.ItemDataRole.AccessibleTextRole, say("refiled", title=title, gone=gone, come=come))
    made.setToolTip(0, title)
    return made
