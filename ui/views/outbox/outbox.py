"""The outbox: what will be sent, in one word what that does, and the difference that the chosen item makes.

A second tab holds the batches that were sent, each with its report.
"""

from __future__ import annotations

from collections import Counter
from functools import partial
from html import escape
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from ui.models.lines import LinesModel
from ui.models.outbox import GROUPS, WAITING, Item, OutboxModel
from ui.phrases import say
from ui.theme import serif
from ui.views.catalogue.page import PageView
from ui.views.compared import compared
from ui.views.inspector.source import Sheet
from ui.views.lines import TONES, LineList
from ui.views.outbox.report import ReportView
from ui.views.parts import Empty, Flow, KeyButton, Pill, button, clear, label, rule, scrolled
from workbench.desk.rows import FieldDifference, Rehearsal

WIDE = 520
LEAST = 300

ACTS: dict[str, tuple[str, ...]] = {"blocked": ("set_embargo",), "conflict": ("resolve",)}
"""The commands that are offered beside an item, by its outcome."""


class OutboxView(QWidget):
    """What waits, and the batches that went.

    `chosen(item)` when another item is to be shown, `batch_chosen(batch)` another report, `batches_wanted` when their
    list is looked at; `asked(command)` for the buttons.
    """

    chosen = Signal(object)
    batch_chosen = Signal(object)
    batches_wanted = Signal()
    asked = Signal(str)

    def __init__(self, model: OutboxModel) -> None:
        super().__init__()
        self.model = model
        self.batches = LinesModel()
        self.list = LineList(model, say("stage-outbox"))
        self.batch_list = LineList(self.batches, say("outbox-batches"))
        self.difference = DifferenceView()
        self.report = ReportView()
        self.tabs = QTabBar()
        self._about = label("", "small", wrap=True)
        self._light = label("", "small", wrap=True)
        self._sum = label("", "small", wrap=True)
        self._make_buttons()
        self._sides = [self._waiting(), self._sent()]
        self._lay_out()
        model.picked_changed.connect(self._count)
        self.batches.modelReset.connect(self._count_batches)
        self.list.moved.connect(self.chosen)
        self.batch_list.moved.connect(self.batch_chosen)
        self.tabs.currentChanged.connect(self._turn)
        self.difference.asked.connect(self.asked)
        self._count()
        self._count_batches()

    def _make_buttons(self) -> None:
        self.publish = self._button("publish", "", name="primary")
        self.rehearse = self._button("rehearse", say("rehearse"))
        self.back = self._button("unqueue", say("command-unqueue-short"), name="quiet")
        self.save = self._button("save_report", say("command-save_report-short"), name="primary")
        self.copy = self._button("copy_report", say("command-copy_report-short"))
        self.undo = self._button("undo_batch", say("command-undo_batch-short"), name="quiet")

    def _button(self, command: str, text: str, *, name: str = "") -> KeyButton:
        return button(text, lambda: self.asked.emit(command), name=name, command=command)

    def _waiting(self) -> _Side:
        empty = Empty(say("outbox-empty-title"), say("outbox-empty"))
        return _Side(self.list, empty, (self.publish, self.rehearse), self.back)

    def _sent(self) -> _Side:
        empty = Empty(say("batches-empty-title"), say("batches-empty"))
        return _Side(self.batch_list, empty, (self.save, self.copy), self.undo)

    def _lay_out(self) -> None:
        side = QWidget()
        side.setObjectName("side")
        side.setProperty("edge", True)
        self._side = side
        self._left, self._right = QStackedWidget(), QStackedWidget()
        for pane in self._sides:
            self._left.addWidget(pane)
        for pane in (self.difference, self.report):
            self._right.addWidget(pane)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        column.addLayout(self._head())
        column.addWidget(rule())
        column.addWidget(self._left, 1)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(side)
        box.addWidget(self._right, 1)

    def _head(self) -> QVBoxLayout:
        self.tabs.setAccessibleName(say("outbox-tabs"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for name in ("outbox-waiting", "outbox-batches"):
            self.tabs.addTab(say(name))
        top = QHBoxLayout()
        top.addWidget(label(say("stage-outbox"), "pageTitle"))
        top.addStretch(1)
        top.addWidget(self.tabs)
        about = QWidget()
        lines = QVBoxLayout(about)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(4)
        for part in (self._about, self._light, self._sum):
            lines.addWidget(part)
        self._told = QStackedWidget()
        self._told.addWidget(about)
        self._told.addWidget(label(say("batches-about"), "small", wrap=True))
        head = QVBoxLayout()
        head.setContentsMargins(24, 10, 16, 14)
        head.setSpacing(4)
        head.addLayout(top)
        head.addWidget(self._told)
        return head

    def minimumSizeHint(self) -> QSize:
        """Room for both sides at their narrowest, however wide they are now."""
        return QSize(2 * LEAST, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is sent has half of a narrow window: what it changes is read beside it."""
        super().resizeEvent(event)
        self._side.setFixedWidth(max(min(WIDE, self.width() // 2), LEAST))

    def show_about(self, rehearsal: Rehearsal | None) -> None:
        """Says what the words on the items rest on."""
        if rehearsal is None:
            self._about.setText(say("not-rehearsed"))
        else:
            when = f"{rehearsal.at.astimezone():%H:%M}"
            self._about.setText(say("rehearsed", at=when, catalogue=_named(rehearsal.catalogue)))

    def show_light(self, sentence: str, why: str) -> None:
        """Says that sending is held up and what happens next, nothing where it is not; `why` for a closer look."""
        self._light.setText(sentence)
        self._light.setToolTip(why)
        self._light.setVisible(bool(sentence))

    def show_batches(self) -> None:
        """Turns to the batches that were sent."""
        self.tabs.setCurrentIndex(1)

    def first(self) -> QWidget:
        """Where the keyboard begins: the list, or the tabs where that is empty."""
        shown = self.batch_list if self.shows_batches else self.list
        return shown if shown.isVisibleTo(self) else self.tabs

    @property
    def shows_batches(self) -> bool:
        """Whether the batches are looked at."""
        return self.tabs.currentIndex() == 1

    def show_undo(self, number: int | None) -> None:
        """Offers to take back the batch of that number; None where nothing in it could be."""
        named = say("command-undo_batch-short") if number is None else say("undo-batch-n", number=number)
        self.undo.setEnabled(number is not None)
        self.undo.setText(named)
        self.undo.setAccessibleName(named.rstrip("…"))

    def _turn(self, tab: int) -> None:
        self._left.setCurrentIndex(tab)
        self._right.setCurrentIndex(tab)
        self._told.setCurrentIndex(tab)
        if tab:
            self.batches_wanted.emit()

    def _count(self) -> None:
        n, rows = len(self.model.picked), self.model.rowCount()
        self.publish.setText(say("publish-n", n=n))
        self.publish.setAccessibleName(say("publish-n", n=n))
        self.publish.setEnabled(n > 0)
        self.publish.updateGeometry()
        waiting = any(item.row.state in WAITING for item in self.model.items)
        self.rehearse.setEnabled(waiting)
        self.back.setEnabled(waiting)
        self._sum.setText(_summed_up(self.model))
        self._sum.setVisible(rows > 0)
        self._sides[0].show_list(rows > 0)

    def _count_batches(self) -> None:
        there = self.batches.rowCount() > 0
        for each in (self.save, self.copy, self.undo):
            each.setEnabled(there)
        self._sides[1].show_list(there)

    def redress(self) -> None:
        """Shows the same in the colours that hold now."""
        self.difference.redress()


def _summed_up(model: OutboxModel) -> str:
    """How many there are of each group, in the order of the groups."""
    groups = Counter(item.group for item in model.items)
    return " · ".join(say(f"sum-of-{name}", n=groups[name]) for name in GROUPS if name in groups)


class _Side(QWidget):
    """A list, or what an empty one says, above its buttons."""

    def __init__(self, listed: LineList, empty: Empty, does: tuple[QWidget, ...], undoes: QWidget) -> None:
        super().__init__()
        foot = QWidget()
        foot.setObjectName("foot")
        feet = QHBoxLayout(foot)
        feet.setContentsMargins(24, 13, 16, 13)
        doing = QWidget()
        flow = Flow(doing)
        for each in does:
            flow.addWidget(each)
        feet.addWidget(doing, 1)
        feet.addWidget(undoes, 0, Qt.AlignmentFlag.AlignBottom)
        self._middle = QStackedWidget()
        self._middle.addWidget(listed)
        self._middle.addWidget(empty)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._middle, 1)
        box.addWidget(foot)

    def show_list(self, there: bool) -> None:
        """Shows the list where it holds anything."""
        self._middle.setCurrentIndex(0 if there else 1)


class DifferenceView(QStackedWidget):
    """What sending one item would change for readers: field by field, or the whole page where it is new.

    `asked(command)` for what can be done with the item that is shown.
    """

    help_page = "publishing#what-a-rehearsal-says"

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        self.page = PageView()
        self._pill = Pill()
        self._why = label("", "small", wrap=True)
        self._title = label("", wrap=True)
        self._title.setFont(serif(20, QFont.Weight.DemiBold))
        self._acts = QHBoxLayout()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(14)
        self._item: Item | None = None
        self.addWidget(Empty(say("difference-empty-title"), say("difference-empty")))
        self.addWidget(self._differences())
        self.addWidget(self._page())

    def _differences(self) -> QWidget:
        page = QWidget()
        page.setObjectName("page")
        top = QHBoxLayout()
        top.addWidget(self._pill, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self._why, 1)
        box = QVBoxLayout(page)
        box.setContentsMargins(36, 20, 36, 24)
        box.setSpacing(10)
        box.addLayout(top)
        box.addWidget(self._title)
        box.addLayout(self._acts)
        box.addLayout(self._rows)
        box.addStretch(1)
        return scrolled(page, sideways=True)

    def _page(self) -> QWidget:
        made = QWidget()
        sheet = Sheet(self.page)
        sheet.setMaximumWidth(760)
        box = QHBoxLayout(made)
        box.setContentsMargins(36, 20, 36, 24)
        box.addStretch(1)
        box.addWidget(sheet, 100)
        box.addStretch(1)
        return made

    def show_item(self, item: Item | None) -> None:
        """Shows the difference of an item; the caller sets `page` for one that has none."""
        self._item = item
        differences = item.rehearsed.differences if item and item.rehearsed else ()
        if item is None:
            self.setCurrentIndex(0)
            return
        if not differences and (item.outcome == "new" or not item.reason):
            self.setCurrentIndex(2)
            return
        self._pill.set(say(f"outcome-{item.outcome}"), TONES.get(item.outcome, "quiet"))
        self._why.setText(item.reason or say("fields-changed", n=len(differences)))
        self._title.setText(item.row.title)
        self._offer(ACTS.get(item.outcome, ()))
        clear(self._rows)
        for difference in differences:
            self._rows.addWidget(_field(difference))
        self.setCurrentIndex(1)

    def _offer(self, commands: tuple[str, ...]) -> None:
        clear(self._acts)
        for command in commands:
            text = say(f"command-{command}")
            self._acts.addWidget(button(text, partial(self.asked.emit, command), command=command))
        self._acts.addStretch(1)

    def redress(self) -> None:
        """Shows the same in the colours that hold now."""
        self.show_item(self._item)
        self.page.redress()


def _field(difference: FieldDifference) -> QWidget:
    made = QWidget()
    box = QVBoxLayout(made)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(6)
    box.addWidget(label(difference.label, "strong"))
    sides = QHBoxLayout()
    sides.setSpacing(16)
    sides.addWidget(_side(say("live-now"), _told(difference, mine=False), current=False), 1)
    sides.addWidget(_side(say("yours"), _told(difference, mine=True), current=True), 1)
    box.addLayout(sides)
    return made


def _side(title: str, html: str, *, current: bool) -> QFrame:
    made = QFrame()
    made.setObjectName("card")
    made.setProperty("current", current)
    text = QLabel(html or f"<i>{escape(say('nothing'))}</i>")
    text.setTextFormat(Qt.TextFormat.RichText)
    text.setWordWrap(True)
    text.setFont(serif(14))
    text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    box = QVBoxLayout(made)
    box.setContentsMargins(14, 11, 14, 12)
    box.setSpacing(6)
    box.addWidget(label(title, "section"))
    box.addWidget(text)
    box.addStretch(1)
    return made


def _told(difference: FieldDifference, *, mine: bool) -> str:
    return compared(difference.live, difference.mine)[mine]


def _named(catalogue: str) -> str:
    """An embedded catalogue by its file alone: where it lies says nothing about what will be sent."""
    return Path(catalogue).name if Path(catalogue).is_absolute() else catalogue
