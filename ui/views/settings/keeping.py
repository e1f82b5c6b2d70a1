"""What is kept no longer: the rule, what it would take now and what can then be done no more, and what is held."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
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
from ui.views.parts import button, label
from ui.views.settings.settings import SettingsList, holds
from workbench import words
from workbench.desk.keeping.retention import Leaving

COLUMNS = ("study", "since", "due", "what")
STUDY = Qt.ItemDataRole.UserRole
TALLEST, LOWEST = 420, 120
"""Pixels of the list."""


class Sure(QWidget):
    """A button for what cannot be undone: pressed once it asks, and does it when pressed again. `meant()`."""

    meant = Signal()

    def __init__(self, text: str, again: str) -> None:
        super().__init__()
        self.first = button(text, self._ask)
        self.question = label("", "strong", wrap=True)
        self.second = button(again, self._mean, name="primary")
        self.back = button(say("keeping-leave"), self.rest)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        for each in (self.first, self.question, self.second, self.back):
            box.addWidget(each, int(each is self.question))
        box.addStretch(0)
        self.rest()

    def ask_about(self, question: str) -> None:
        """What is asked when it is pressed; nothing can be pressed where that is ""."""
        self.question.setText(question)
        self.first.setEnabled(bool(question))
        self.rest()

    def rest(self) -> None:
        """Asks nothing."""
        self._turn(asking=False)

    def _ask(self) -> None:
        self._turn(asking=True)
        self.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _mean(self) -> None:
        self.rest()
        self.meant.emit()

    def _turn(self, *, asking: bool) -> None:
        self.first.setVisible(not asking)
        for each in (self.question, self.second, self.back):
            each.setVisible(asking)


class Keeping(QWidget):
    """The rule above, what is due below it. `run()`, `hold(submission, reason)`, `release(submission)`."""

    help_page = "keeping"

    run = Signal()
    hold = Signal(str, str)
    release = Signal(str)

    def __init__(self, rule: SettingsList) -> None:
        super().__init__()
        self.rule = rule
        self.changed = rule.changed
        self._told: dict[str, Leaving] = {}
        self.about = label("", "small", wrap=True)
        self.list = QTreeWidget()
        self.detail = label("", "", wrap=True)
        self.reason = QLineEdit()
        self.held = button(say("keeping-hold"), self._hold)
        self.sure = Sure(say("keeping-run"), say("keeping-run-sure"))
        self.sure.meant.connect(self.run)
        self._dress()
        self._lay_out()
        self.show_leaving(())

    def _dress(self) -> None:
        self.list.setObjectName("boxed")
        self.list.setAccessibleName(say("keeping-list"))
        self.list.setHeaderLabels([say(f"keeping-column-{name}") for name in COLUMNS])
        self.list.setRootIsDecorated(False)
        self.list.setAllColumnsShowFocus(True)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        header = self.list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for at in range(1, len(COLUMNS)):
            header.setSectionResizeMode(at, QHeaderView.ResizeMode.ResizeToContents)
        self.list.currentItemChanged.connect(self._show_detail)
        self.reason.setPlaceholderText(say("keeping-reason"))
        self.reason.setAccessibleName(say("keeping-reason"))
        self.reason.returnPressed.connect(self._hold)

    def _lay_out(self) -> None:
        self._one = QWidget()
        row = QHBoxLayout(self._one)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.reason, 1)
        row.addWidget(self.held)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(self.rule)
        box.addSpacing(8)
        box.addWidget(label(say("keeping-due"), "section"))
        for each in (self.about, self.list, self.detail, self._one, self.sure):
            box.addWidget(each)
        box.addStretch(1)

    @property
    def chosen(self) -> Leaving | None:
        """The study that the lines below the list are about."""
        item = self.list.currentItem()
        return self._told.get(item.data(0, STUDY)) if item is not None else None

    def show_leaving(self, leaving: Sequence[Leaving]) -> None:
        """Shows what would go now, what is held at the end; the study that was chosen is chosen still."""
        before = self.chosen
        self._told = {each.submission: each for each in leaving}
        self.list.clear()
        self.list.addTopLevelItems([_line(each) for each in leaving])
        going = sum(not each.held for each in leaving)
        self.about.setText(say("keeping-going", n=going) if leaving else say("keeping-none"))
        self.sure.ask_about(say("keeping-question", n=going) if going else "")
        for each in (self.list, self.detail, self._one, self.sure):
            each.setVisible(bool(leaving))
        height = self.list.fontMetrics().height() + 12
        self.list.setFixedHeight(min(max(height * (len(leaving) + 1), LOWEST), TALLEST))
        self._choose(before.submission if before else "")

    def _choose(self, submission: str) -> None:
        items = [self.list.topLevelItem(at) for at in range(self.list.topLevelItemCount())]
        wanted = next((item for item in items if item.data(0, STUDY) == submission), None)
        if items:
            self.list.setCurrentItem(wanted or items[0])

    def _show_detail(self) -> None:
        one = self.chosen
        if one is None:
            return
        held = [say("keeping-held", reason=one.held)] if one.held else []
        outside = [say("keeping-outside", names=", ".join(one.outside))] if one.outside else []
        self.detail.setText("\n".join((*held, *(f"• {each}" for each in one.goes), *one.lost, *outside)))
        self.reason.setVisible(not one.held)
        self.reason.clear()
        self.held.setText(say("keeping-release" if one.held else "keeping-hold"))
        self.held.setAccessibleName(say("keeping-hold-of", title=one.title, what=self.held.text()))

    def _hold(self) -> None:
        one = self.chosen
        if one is not None and one.held:
            self.release.emit(one.submission)
        elif one is not None:
            self.hold.emit(one.submission, self.reason.text().strip())

    def narrow(self, typed: str) -> int:
        """Shows the settings and the studies that are called so, and says how many there are."""
        items = [self.list.topLevelItem(at) for at in range(self.list.topLevelItemCount())]
        for item in items:
            item.setHidden(not holds(typed, *(item.text(at) for at in range(len(COLUMNS)))))
        return self.rule.narrow(typed) + sum(not item.isHidden() for item in items)


def _line(one: Leaving) -> QTreeWidgetItem:
    what = say("keeping-is-held") if one.held else say(f"keeping-{'-'.join(one.kinds)}")
    title = " ".join(filter(None, (one.submission, one.title)))
    since = say(
        "keeping-since", status=words.say("journal", f"status-{one.status}"), day=words.day(one.since)
    )
    item = QTreeWidgetItem([title, since, words.day(one.due), what])
    item.setData(0, STUDY, one.submission)
    item.setToolTip(0, title)
    return item
