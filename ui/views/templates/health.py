"""How the questions of a template fare: which fails most, as bars and as a table, by version and by council."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QScrollArea,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui.phrases import say
from ui.theme import colour, sans
from ui.views.parts import Flow, button, label
from ui.views.settings.settings import StillPicker
from ui.views.templates.bars import PATTERNS, Bar, Bars, paint_part

WAYS = ("empty", "length", "findings", "placing", "asked")
"""In which ways an answer fails, in the order of a bar's parts."""
COLUMNS = ("question", "sent", "failing", *WAYS)
MOST_COUNCILS = 12
"""How many councils are named, those with most failing answers first."""
ROW = 26
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Fare:
    """How a question, or one of its versions or councils, fares.

    Of `sent` submissions `failing` fail, each counted once; `ways` counts them by what is wrong first, in the order
    of `WAYS`, and sums up to `failing`. `ids` are the failing submissions.
    """

    name: str
    value: str
    sent: int
    failing: int
    ways: tuple[int, ...]
    ids: tuple[str, ...] = ()

    @property
    def share(self) -> float:
        """How many of those sent in fail, 0 to 1."""
        return self.failing / self.sent if self.sent else 0.0

    @property
    def spoken(self) -> str:
        """All of it in words."""
        ways = [say(f"way-{way}-n", n=n) for way, n in zip(WAYS, self.ways, strict=True) if n]
        return ": ".join(
            filter(None, (say("fares", name=self.name, n=self.failing, of=self.sent), ", ".join(ways)))
        )

    @property
    def bar(self) -> Bar:
        """As a bar: how long it is tells the share that fails."""
        number = say("n-of", n=self.failing, of=self.sent)
        parts = tuple(n / self.sent for n in self.ways) if self.sent else ()
        return Bar(self.name, number, parts, self.spoken, self)


class HealthView(QScrollArea):
    """The report. `wanted(version, council)` when it is to be asked anew, 0 and "" for all of them.

    `listed(ids, name)` wants submissions in the queue, `export()` the report as a file; `looked(question)`.
    """

    wanted = Signal(int, str)
    listed = Signal(object, str)
    export = Signal()
    looked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("health")
        self.version = StillPicker(say("health-version"))
        self.council = StillPicker(say("health-council"))
        self.saves = button(
            say("command-export_health-short"), self.export.emit, says=say("command-export_health")
        )
        self._told = label("", wrap=True)
        self._legend = _Legend()
        self.bars = Bars(say("health-plot"))
        self.table = _Table()
        self._of = label("", "section", wrap=True)
        self.versions, self.councils = Bars(say("health-by-version")), Bars(say("health-by-council"))
        self._titles = {
            name: label(say(f"health-{name}"), "section")
            for name in ("plot", "by-version", "by-council", "table")
        }
        self._one_version = label(say("health-one-version"), "small", wrap=True)
        self._more = label("", "small", wrap=True)
        self._controls = QWidget()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        page = QWidget()
        page.setObjectName("page")
        column = QVBoxLayout(page)
        column.setContentsMargins(28, 14, 28, 28)
        column.setSpacing(8)
        flow = Flow(self._controls, gap=10)
        for each in (self.version, self.council, self.saves):
            flow.addWidget(each)
        column.addWidget(self._controls)
        column.addWidget(self._told)
        for part in (self._titles["plot"], self._legend, self.bars, self._of):
            column.addWidget(part)
        for part in (self._titles["by-version"], self._one_version, self.versions):
            column.addWidget(part)
        for part in (self._titles["by-council"], self.councils, self._more):
            column.addWidget(part)
        column.addWidget(self._titles["table"])
        column.addWidget(self.table)
        column.addStretch(1)
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.say_nothing("")

    def _connect(self) -> None:
        for picker in (self.version, self.council):
            picker.currentIndexChanged.connect(lambda _: self.wanted.emit(*self.asked))
        for bars in (self.bars, self.versions, self.councils):
            bars.opened.connect(self._list)
        self.bars.moved.connect(self._look)
        self.table.itemActivated.connect(lambda item, _: self._list(item.data(0, Qt.ItemDataRole.UserRole)))

    @property
    def asked(self) -> tuple[int, str]:
        """Of which version and which council the report is to be; 0 and "" for all of them."""
        return int(self.version.currentData() or 0), str(self.council.currentData() or "")

    def offer(self, versions: Sequence[int], councils: Sequence[tuple[str, str]]) -> None:
        """Offers these versions and councils (by key and name) to be picked, what is picked picked still."""
        every = [(say("health-all-versions"), 0), *((say("version", n=n), n) for n in versions)]
        _offer(self.version, every)
        _offer(self.council, [(say("health-all-councils"), ""), *((name, key) for key, name in councils)])

    def show_fares(self, fares: Sequence[Fare], told: str) -> None:
        """Shows how the questions fare, the worst first; `told` sums it up."""
        self._told.setText(told)
        self.bars.show_bars([each.bar for each in fares])
        self.table.show_fares(fares)
        for part in (self._titles["plot"], self._legend, self._titles["table"], self.table):
            part.setVisible(bool(fares))
        self._controls.setVisible(True)
        self.saves.setEnabled(bool(fares))
        self._look(self.bars.current)

    def show_compared(self, name: str, versions: Sequence[Fare], councils: Sequence[Fare]) -> None:
        """Shows how one question fares by version and by council."""
        self._of.setText(say("health-of", name=name))
        self._of.setVisible(bool(versions or councils))
        named = councils[:MOST_COUNCILS]
        longest = max((each.share for each in (*versions, *named)), default=0)
        self.versions.show_bars([each.bar for each in versions] if len(versions) > 1 else [], longest)
        self._one_version.setVisible(len(versions) == 1)
        self.councils.show_bars([each.bar for each in named], longest)
        self._more.setText(say("health-more-councils", n=len(councils) - len(named)))
        self._more.setVisible(len(councils) > len(named))
        self._titles["by-version"].setVisible(bool(versions))
        self._titles["by-council"].setVisible(bool(councils))

    def say_nothing(self, sentence: str) -> None:
        """Says why there is no report yet."""
        self.show_fares((), sentence)
        self.show_compared("", (), ())
        self._controls.hide()

    def redress(self) -> None:
        """Draws the same in the colours that hold now."""
        for each in (self.bars, self.versions, self.councils):
            each.viewport().update()
        self._legend.update()

    def _look(self, fare: Fare | None) -> None:
        self.looked.emit(fare.value if fare is not None else "")

    def _list(self, fare: Fare | None) -> None:
        if fare is not None and fare.ids:
            self.listed.emit(fare.ids, fare.name)


class _Legend(QWidget):
    """Which pattern tells of what."""

    def __init__(self) -> None:
        super().__init__()
        flow = Flow(self, gap=12)
        for way, pattern in zip(WAYS, PATTERNS, strict=True):
            flow.addWidget(_Sample(say(f"way-{way}"), pattern))


class _Sample(QWidget):
    """A small piece of a pattern with its name."""

    def __init__(self, name: str, pattern: Qt.BrushStyle) -> None:
        super().__init__()
        self._pattern = pattern
        self.setAccessibleName(name)

    def sizeHint(self) -> QSize:
        """As wide as its name."""
        return QSize(QFontMetrics(sans(12)).horizontalAdvance(self.accessibleName()) + 26, 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The pattern, and the name behind it."""
        painter = QPainter(self)
        paint_part(painter, QRectF(0.5, 4.5, 16, 11), self._pattern)
        painter.setFont(sans(12))
        painter.setPen(colour("ink2"))
        words = QRectF(self.rect()).adjusted(22, 0, 4, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.accessibleName())


class _Table(QTreeWidget):
    """The questions with their numbers, all of them at once, sorted by any column."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("boxed")
        self.setAccessibleName(say("health-table"))
        self.setHeaderLabels([say(f"health-column-{name}") for name in COLUMNS])
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionsClickable(True)
        header.setMinimumSectionSize(44)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for at in range(1, len(COLUMNS)):
            header.setSectionResizeMode(at, QHeaderView.ResizeMode.ResizeToContents)
            self.headerItem().setTextAlignment(at, _RIGHT)
        header.sectionClicked.connect(partial(self._sort))

    def show_fares(self, fares: Sequence[Fare]) -> None:
        """Lists these."""
        self.clear()
        self.header().setSortIndicatorShown(False)
        self.addTopLevelItems([_Item(each) for each in fares])
        self.setFixedHeight(len(fares) * ROW + self.header().sizeHint().height() + 10)

    def keyboardSearch(self, text: str) -> None:
        """Letters are commands here, not a search."""

    def _sort(self, column: int) -> None:
        descending = column > 0
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        again = self.header().isSortIndicatorShown() and self.header().sortIndicatorSection() == column
        if again and self.header().sortIndicatorOrder() == order:
            order = Qt.SortOrder.AscendingOrder if descending else Qt.SortOrder.DescendingOrder
        self.header().setSortIndicatorShown(True)
        self.header().setSortIndicator(column, order)
        self.sortItems(column, order)


class _Item(QTreeWidgetItem):
    """One question in the table."""

    def __init__(self, fare: Fare) -> None:
        numbers = (fare.sent, fare.failing, *fare.ways)
        super().__init__([fare.name, *map(str, numbers)])
        self._sorted = (fare.name.casefold(), *numbers)
        self.setData(0, Qt.ItemDataRole.UserRole, fare)
        self.setData(0, Qt.ItemDataRole.AccessibleTextRole, fare.spoken)
        self.setToolTip(0, fare.name)
        self.setSizeHint(0, QSize(0, ROW))
        for at in range(1, len(COLUMNS)):
            self.setTextAlignment(at, _RIGHT)

    def __lt__(self, other: QTreeWidgetItem) -> bool:
        tree = self.treeWidget()
        column = tree.sortColumn() if tree is not None else 0
        return isinstance(other, _Item) and self._sorted[column] < other._sorted[column]


def _offer(picker: StillPicker, choices: Sequence[tuple[str, object]]) -> None:
    picked = picker.currentData()
    picker.blockSignals(True)
    picker.clear()
    for text, value in choices:
        picker.addItem(text if len(text) < 48 else f"{text[:46]}…", value)
    picker.setCurrentIndex(max(picker.findData(picked), 0))
    picker.blockSignals(False)
