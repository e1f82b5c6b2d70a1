"""The checks as this office has them: what editors made of each, how grave it is, and whether it is asked at all."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui.phrases import say
from ui.theme import colour
from ui.views.parts import button, label
from ui.views.settings.settings import StillPicker, holds
from workbench import words
from workbench.desk.rows import CheckStatistics
from workbench.submission import SEVERITIES, Severity

SIGNS: dict[Severity, str] = {"blocker": "■", "warning": "▲", "advice": "●"}
COLUMNS = ("check", "severity", "taken", "dismissed", "open", "share")
ORDER = Qt.ItemDataRole.UserRole
NOISY = 0.5
"""From this share of dismissals on a check is called out."""


class CheckList(QWidget):
    """The table, and below it the check that is chosen.

    `severity(check, severity)`, `retire(check)`, `bring_back(check)`, `as_shipped(check)`: what the editor wants.
    """

    help_page = "settings#checks"

    severity = Signal(str, str)
    retire = Signal(str)
    bring_back = Signal(str)
    as_shipped = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.lines: dict[str, CheckStatistics] = {}
        self.table = QTreeWidget()
        self._dress()
        self.detail = CheckDetail()
        self.detail.severity.connect(lambda to: self.severity.emit(self.chosen, to))
        self.detail.turn.connect(self._turn)
        self.detail.as_shipped.connect(lambda: self.as_shipped.emit(self.chosen))
        self.table.currentItemChanged.connect(self._show_detail)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addWidget(self.table, 1)
        box.addWidget(self.detail)

    def _dress(self) -> None:
        table = self.table
        table.setObjectName("boxed")
        table.setAccessibleName(say("checks-list"))
        table.setHeaderLabels([say(f"checks-column-{name}") for name in COLUMNS])
        table.setRootIsDecorated(False)
        table.setUniformRowHeights(True)
        table.setAllColumnsShowFocus(True)
        table.setMinimumHeight(260)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTextElideMode(Qt.TextElideMode.ElideRight)
        header = table.header()
        header.setStretchLastSection(False)
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for at in range(1, len(COLUMNS)):
            header.setSectionResizeMode(at, QHeaderView.ResizeMode.ResizeToContents)
            table.headerItem().setTextAlignment(at, Qt.AlignmentFlag.AlignLeft if at == 1 else _RIGHT)
        header.sectionClicked.connect(self._sort)

    @property
    def chosen(self) -> str:
        """The check that the controls below are about."""
        item = self.table.currentItem()
        return item.data(0, ORDER) if item is not None else ""

    def explain(self, point: QPoint | None) -> object:
        """Why the check that is chosen is asked."""
        from ui.views.help import things

        return things.check(self.chosen) if self.chosen else None

    def show_lines(self, lines: Sequence[CheckStatistics]) -> None:
        """Shows the checks, the one that was chosen chosen still."""
        before = self.chosen
        self.lines = {line.check: line for line in lines}
        self.table.blockSignals(True)
        self.table.clear()
        self.table.addTopLevelItems([_Item(line) for line in lines])
        self.table.blockSignals(False)
        self._choose(before)

    def narrow(self, typed: str) -> int:
        """Shows the checks that are called so, and says how many there are."""
        items = [self.table.topLevelItem(at) for at in range(self.table.topLevelItemCount())]
        for item in items:
            item.setHidden(not holds(typed, *(item.text(at) for at in range(2))))
        found = [item for item in items if not item.isHidden()]
        if found and self.table.currentItem() not in found:
            self.table.setCurrentItem(found[0])
        return len(found)

    def redress(self) -> None:
        """Shows the same in the colours that hold now."""
        self.show_lines(tuple(self.lines.values()))

    def _choose(self, check: str) -> None:
        items = [self.table.topLevelItem(at) for at in range(self.table.topLevelItemCount())]
        wanted = next((item for item in items if item.data(0, ORDER) == check), items[0] if items else None)
        if wanted is not None:
            self.table.setCurrentItem(wanted)
        self._show_detail()

    def _show_detail(self, *_: object) -> None:
        if line := self.lines.get(self.chosen):
            self.detail.show_line(line)

    def _turn(self) -> None:
        signal = self.bring_back if self.lines[self.chosen].retired else self.retire
        signal.emit(self.chosen)

    def _sort(self, column: int) -> None:
        """Sorts by a column: the first time its greatest or first on top, the second time its least or last."""
        again = self.table.header().sortIndicatorSection() == column
        was = self.table.header().sortIndicatorOrder()
        usual = Qt.SortOrder.AscendingOrder if column < 2 else Qt.SortOrder.DescendingOrder
        other = (
            Qt.SortOrder.DescendingOrder
            if was == Qt.SortOrder.AscendingOrder
            else Qt.SortOrder.AscendingOrder
        )
        self.table.header().setSortIndicatorShown(True)
        self.table.sortItems(column, other if again else usual)
        self.table.header().setSortIndicator(column, other if again else usual)


_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class _Item(QTreeWidgetItem):
    """One check in the table."""

    def __init__(self, line: CheckStatistics) -> None:
        share = line.share_dismissed
        super().__init__(
            [
                f"{line.check}  {_message(line)}",
                severity_words(line),
                *(str(n) for n in (line.taken, line.dismissed, line.open)),
                "–" if share is None else f"{share:.0%}",
            ]
        )
        self._sorted = (
            line.check,
            _grave(line),
            line.taken,
            line.dismissed,
            line.open,
            -1 if share is None else share,
        )
        self.setData(0, ORDER, line.check)
        self.setData(0, Qt.ItemDataRole.AccessibleTextRole, _sentence(line))
        self.setToolTip(0, _message(line))
        for at in range(2, len(COLUMNS)):
            self.setTextAlignment(at, _RIGHT)
        for at, tone in enumerate(_tones(line)):
            self.setForeground(at, tone)

    def __lt__(self, other: QTreeWidgetItem) -> bool:
        tree = self.treeWidget()
        column = tree.sortColumn() if tree is not None else 0
        return isinstance(other, _Item) and self._sorted[column] < other._sorted[column]


class CheckDetail(QFrame):
    """One check: its sentence, what it goes by, its severity, and retiring it."""

    severity = Signal(str)
    turn = Signal()
    as_shipped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self._title = label("", "strong", wrap=True)
        self._message = label("", wrap=True)
        self._parameters = label("", "small", wrap=True)
        self.picker = StillPicker(say("checks-column-severity"))
        for each in SEVERITIES:
            self.picker.addItem(f"{SIGNS[each]} {say(f'severity-{each}')}", each)
        self.picker.currentIndexChanged.connect(lambda at: self.severity.emit(SEVERITIES[at]))
        self.turn_button = button(say("check-retire"), self.turn.emit)
        self.reset = button(say("check-reset"), self.as_shipped.emit, name="quiet")
        row = QHBoxLayout()
        row.setSpacing(8)
        for each in (self.picker, self.turn_button, self.reset):
            row.addWidget(each)
        row.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 12, 16, 12)
        box.setSpacing(6)
        for each in (self._title, self._message, self._parameters):
            box.addWidget(each)
        box.addSpacing(4)
        box.addLayout(row)

    def show_line(self, line: CheckStatistics) -> None:
        """Shows a check."""
        states = [say("check-retired")] if line.retired else [say("check-own")] if line.changed else []
        self._title.setText(" · ".join([line.check, *states]))
        self._message.setText(_message(line))
        told = [f"{name.replace('_', ' ')}: {value}" for name, value in line.parameters]
        self._parameters.setText(
            "\n".join([f"{say('check-parameters')}:", *told]) if told else say("check-no-parameters")
        )
        self.picker.blockSignals(True)
        self.picker.setCurrentIndex(SEVERITIES.index(line.severity))
        self.picker.blockSignals(False)
        self.picker.setEnabled(not line.retired)
        self.picker.setAccessibleName(say("check-severity-of", check=line.check))
        code = "check-bring-back" if line.retired else "check-retire"
        self.turn_button.setText(say(code))
        self.turn_button.setAccessibleName(say(f"{code}-of", check=line.check))
        self.reset.setVisible(line.changed)
        self.reset.setAccessibleName(say("check-reset-of", check=line.check))


def _message(line: CheckStatistics) -> str:
    """What it says, with … for what each finding puts there."""
    return re.sub(r"\{\w+\}", "…", words.finding(line.check, line.message))


def severity_words(line: CheckStatistics) -> str:
    """How grave a check is, as a shape and a word; or that it is retired."""
    return (
        f"○ {say('check-retired')}"
        if line.retired
        else f"{SIGNS[line.severity]} {say(f'severity-{line.severity}')}"
    )


def _grave(line: CheckStatistics) -> int:
    return len(SEVERITIES) if line.retired else SEVERITIES.index(line.severity)


def _tones(line: CheckStatistics) -> tuple[QColor, ...]:
    quiet = colour("ink2")
    if line.retired:
        return (quiet,) * len(COLUMNS)
    noisy = line.share_dismissed is not None and line.share_dismissed >= NOISY
    share = colour("warning") if noisy else quiet
    return (
        colour("ink"),
        colour(line.severity),
        *(colour("ink") if n else quiet for n in _counts(line)),
        share,
    )


def _counts(line: CheckStatistics) -> tuple[int, int, int]:
    return line.taken, line.dismissed, line.open


def _sentence(line: CheckStatistics) -> str:
    share = line.share_dismissed
    return say(
        "check-row",
        check=line.check,
        message=_message(line),
        severity=say("check-retired") if line.retired else say(f"severity-{line.severity}"),
        taken=line.taken,
        dismissed=line.dismissed,
        open=line.open,
        share="" if share is None else say("check-row-share", share=f"{share:.0%}"),
    )
