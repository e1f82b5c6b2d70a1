"""A template tried on what came in: how much it would place differently, and each such place with both texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from ui.phrases import say
from ui.theme import colour
from ui.views.compared import compared
from ui.views.parts import (
    Elided,
    Empty,
    Flow,
    Tone,
    button,
    clear,
    label,
    let_go,
    rule,
)
from ui.views.templates.rows import SHOWN, RowList, Words

TONES: dict[str, Tone] = {
    "moved": "accent",
    "unplaced": "warning",
    "placed": "good",
    "changed": "accent",
    "empty": "quiet",
    "gone": "warning",
    "left": "warning",
    "refused": "blocker",
}


@dataclass(frozen=True, slots=True)
class Placement:
    """An answer that a template would place differently, or places: of which study, what becomes of it, in words.

    `submission` is "" for a file that is not on the desk.
    """

    submission: str
    title: str
    what: str
    told: str
    before: str
    after: str


class TrialView(QWidget):
    """Shows a trial. `left()` when it is done with; `opened(submission)`; `stopped()` while it is under way."""

    left = Signal()
    opened = Signal(str)
    stopped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        self._placements: Sequence[Placement] = ()
        self._only = ""
        self.title = Elided("", "viewTitle")
        self._told = label("", wrap=True)
        self._filters = QWidget()
        self._flow = Flow(self._filters)
        self.list = PlacementList()
        self._what = label("", "strong", wrap=True)
        self.before, self.after = _Side("trial-before"), _Side("trial-after")
        self.open = button(say("trial-open"), self._open)
        self.stop = button(say("cancel"), self.stopped.emit)
        self._under_way = label("", "emptyTitle", wrap=True)
        self._nothing = Empty("", "")
        self._stack = QStackedWidget()
        self._lay_out()
        self.list.moved.connect(self._show)
        self.list.entered.connect(self._open)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.addWidget(self.title, 1)
        line.addWidget(button(say("trial-back"), self.left.emit))
        head = QVBoxLayout()
        head.setContentsMargins(24, 16, 20, 10)
        head.setSpacing(8)
        head.addLayout(line)
        head.addWidget(self._told)
        head.addWidget(self._filters)
        self._stack.addWidget(self._found())
        self._stack.addWidget(self._running())
        self._stack.addWidget(self._nothing)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(head)
        box.addWidget(rule())
        box.addWidget(self._stack, 1)

    def _found(self) -> QWidget:
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(20, 14, 16, 12)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(self._what, 1)
        head.addWidget(self.open, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        texts = QHBoxLayout()
        texts.setSpacing(16)
        for side in (self.before, self.after):
            texts.addWidget(side, 1)
        column.addLayout(texts, 1)
        panes = QSplitter(Qt.Orientation.Horizontal)
        panes.setHandleWidth(1)
        panes.setChildrenCollapsible(False)
        self.list.setMinimumWidth(160)
        right.setMinimumWidth(250)
        panes.addWidget(self.list)
        panes.addWidget(right)
        panes.setStretchFactor(1, 1)
        panes.setSizes([320, 620])
        return panes

    def _running(self) -> QWidget:
        made = QWidget()
        box = QVBoxLayout(made)
        box.setContentsMargins(32, 32, 32, 32)
        box.addStretch(2)
        self._under_way.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        box.addWidget(self._under_way)
        box.addSpacing(8)
        box.addWidget(self.stop, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addStretch(3)
        return made

    # What is shown

    def show_running(self, title: str, told: str) -> None:
        """Shows that it is under way, and how far."""
        self.title.say(title)
        self._told.setText(say("trial-nothing-changes"))
        self._filters.hide()
        self._under_way.setText(told)
        self._stack.setCurrentIndex(1)

    def show_trial(
        self, title: str, told: str, placements: Sequence[Placement], nothing: tuple[str, str]
    ) -> None:
        """Shows what was found; `nothing` says in a title and a sentence what it means where that is nothing."""
        self.title.say(title)
        self._told.setText(told)
        self._placements, self._only = placements, ""
        self._show_filters()
        self._fill()
        if not placements:
            self._say_nothing(*nothing)
            return
        self._stack.setCurrentIndex(0)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_nothing(self, title: str, text: str) -> None:
        before, self._nothing = self._nothing, Empty(title, text)
        self._stack.removeWidget(before)
        let_go(before)
        self._stack.addWidget(self._nothing)
        self._stack.setCurrentWidget(self._nothing)

    def redress(self) -> None:
        """Shows the same in the colours that hold now."""
        self._show(self.list.current)

    def _show_filters(self) -> None:
        clear(self._flow)
        counts = Counter(each.what for each in self._placements)
        self._filters.setVisible(len(counts) > 1)
        for what in ("", *counts):
            name = say(f"trial-{what}" if what else "trial-all")
            made = QPushButton(f"{name} {counts[what] if what else len(self._placements)}")
            made.setObjectName("filter")
            made.setCheckable(True)
            made.setChecked(what == self._only)
            made.setAccessibleName(made.text())
            made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            made.clicked.connect(partial(self._narrow, what))
            self._flow.addWidget(made)

    def _narrow(self, what: str, _checked: bool = False) -> None:
        self._only = what
        for at, each in enumerate(("", *Counter(one.what for one in self._placements))):
            self._flow.itemAt(at).widget().setChecked(each == what)  # type: ignore[union-attr]
        self._fill()

    def _fill(self) -> None:
        self.list.show_placements([each for each in self._placements if self._only in ("", each.what)])
        self._show(self.list.current)

    def _show(self, placement: Placement | None) -> None:
        if placement is None:
            return
        self._what.setText(f"{placement.title}\n{placement.told}")
        alone = not placement.submission
        before, after = (
            ("", escape(placement.after)) if alone else compared(placement.before, placement.after)
        )
        self.before.setVisible(not alone)
        self.before.show_text(before)
        self.after.show_text(after)
        self.open.setVisible(bool(placement.submission))

    def _open(self) -> None:
        if (placement := self.list.current) is not None and placement.submission:
            self.opened.emit(placement.submission)


class _Side(QWidget):
    """One of two texts beside each other."""

    def __init__(self, code: str) -> None:
        super().__init__()
        self.text = QTextBrowser()
        self.text.setAccessibleName(say(code))
        self.text.setTabChangesFocus(True)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(label(say(code), "section"))
        box.addWidget(self.text, 1)

    def show_text(self, html: str) -> None:
        """Shows a text; where it is empty says so."""
        self.text.setHtml(html or f"<p style='color:{colour('ink2').name()}'>{say('trial-no-text')}</p>")


class PlacementList(RowList):
    """`moved(placement)` when another one is looked at; Enter is for its submission."""

    moved = Signal(object)

    def __init__(self) -> None:
        super().__init__(say("trial-list"), 1, _words)
        self.currentItemChanged.connect(lambda *_: self.moved.emit(self.current))

    @property
    def current(self) -> Placement | None:
        """The one that is looked at."""
        item = self.currentItem()
        return item.data(SHOWN) if item is not None else None

    def show_placements(self, placements: Sequence[Placement]) -> None:
        """Lists these, the first of them looked at."""
        self.blockSignals(True)
        self.clear()
        for each in placements:
            item = QListWidgetItem(each.title)
            item.setData(SHOWN, each)
            spoken = f"{each.title}, {each.told}"
            item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
            item.setToolTip(spoken)
            self.addItem(item)
        self.setCurrentRow(0 if placements else -1)
        self.blockSignals(False)


def _words(placement: Placement) -> Words:
    tone = TONES.get(placement.what, "quiet")
    return Words(placement.title, (placement.told,), say(f"trial-{placement.what}"), tone)
