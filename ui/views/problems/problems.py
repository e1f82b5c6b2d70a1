"""The list of problems: what went wrong, what to do next, and what was said before it faded."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPlainTextEdit,
    QScrollArea,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui import phrases
from ui.models.lines import Line, LinesModel
from ui.models.problems import Shown
from ui.phrases import say
from ui.views.lines import LineList
from ui.views.overlay import Overlay
from ui.views.parts import Empty, button, label, rule
from ui.views.problems.examined import ExaminedView
from ui.views.problems.report import ReportPreview

WIDE, HIGH = 1040, 640
"""The most room it takes, in pixels."""


class ProblemsView(Overlay):
    """Floats above the window until it is closed.

    `asked(name)` asks for a command, `report_wanted` and `check_wanted` for a report and a look at this computer,
    `save_wanted(text)` to save the report that is shown, `cleared` to empty the list.
    """

    asked = Signal(str)
    report_wanted = Signal()
    check_wanted = Signal()
    save_wanted = Signal(str)
    cleared = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAccessibleName(say("problems-title"))
        self.model = LinesModel()
        self.list = LineList(self.model, say("problems-list"))
        self.list.moved.connect(self._show)
        self.detail = DetailView()
        self.detail.asked.connect(self._ask)
        self.preview = ReportPreview()
        self.preview.save_wanted.connect(self.save_wanted)
        self.examined = ExaminedView()
        self._title = label(say("problems-title"), "viewTitle")
        self._pages = QStackedWidget()
        self._lay_out()

    def _lay_out(self) -> None:
        self.check = button(say("problems-check"), self.check_wanted.emit)
        self.report = button(say("problems-report"), self.report_wanted.emit)
        self.clear = button(say("problems-clear"), self.cleared.emit, name="quiet")
        self.back = button(say("problems-back"), self.show_list)
        self.shut = button(say("close"), self.close_, name="quiet")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title, 1)
        for part in (self.clear, self.check, self.report, self.back, self.shut):
            head.addWidget(part)
        self._split = QSplitter()
        self._split.addWidget(self.list)
        self._split.addWidget(self.detail)
        self._split.setSizes([460, 540])
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(1)
        for page in (
            Empty(say("problems-none"), say("problems-none-why")),
            self._split,
            self.preview,
            self.examined,
        ):
            self._pages.addWidget(page)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 16, 16)
        box.setSpacing(12)
        box.addLayout(head)
        box.addWidget(rule())
        box.addWidget(self._pages, 1)

    def place(self) -> None:
        """In the middle of the window, as large as it allows."""
        room = self.window_
        wide, high = min(WIDE, room.width() - 40), min(HIGH, room.height() - 60)
        self.setGeometry((room.width() - wide) // 2, (room.height() - high) // 2, wide, high)

    def show_problems(self, problems: Sequence[Shown], notices: Sequence[Shown]) -> None:
        """Lists the problems, new ones first, and below them the notices of this session."""
        new = [each for each in problems if each.new]
        earlier = [each for each in problems if not each.new]
        groups = (("problems-new", new), ("problems-earlier", earlier), ("problems-notices", notices))
        lines = [line for code, group in groups for line in _lines(say(code), group)]
        self.model.show_lines(lines)
        self.clear.setEnabled(bool(problems))
        self.show_list()
        if lines:
            self.list.setCurrentIndex(self.model.index(0, 0))

    def show_list(self) -> None:
        """Back to the list."""
        filled = self.model.rowCount() > 0
        self._turn(1 if filled else 0, say("problems-title"))

    def show_report(self, text: str) -> None:
        """Shows a report as it would be saved."""
        self.preview.show_text(text)
        self._turn(2, say("problems-report-title"))

    def show_examined(self, lines: Sequence[tuple[str, str]] | None) -> None:
        """Shows what the look at this computer found, each line with how it stands; None while it is under way."""
        self.examined.show_lines(lines)
        self._turn(3, say("problems-check-title"))

    def open(self) -> None:
        """Comes above the window."""
        self.appear(self.list if self.model.rowCount() else self.check)

    def _turn(self, page: int, title: str) -> None:
        self._pages.setCurrentIndex(page)
        self._title.setText(title)
        listed = page < 2
        for part in (self.clear, self.check):
            part.setVisible(listed)
        self.back.setVisible(not listed)
        self.report.setVisible(page != 2)
        if not listed and self.isVisible():
            self.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, problem: object) -> None:
        if isinstance(problem, Shown):
            self.detail.show_problem(problem)

    def _ask(self, command: str) -> None:
        self.close_()
        self.asked.emit(command)

    def _leave(self, old: QWidget | None, now: QWidget | None) -> None:
        """A dialog in front, such as one for files, has the keyboard for a moment only."""
        if now is None or now.window() is self.window_:
            super()._leave(old, now)


class _Snug(QScrollArea):
    """A page as high as it needs at this width, and no higher; it scrolls where there is less room than that."""

    def __init__(self, page: QWidget) -> None:
        super().__init__()
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width asks for another height."""
        super().resizeEvent(event)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As the page at this width."""
        return QSize(super().sizeHint().width(), self.widget().heightForWidth(self.viewport().width()))


class DetailView(QWidget):
    """One problem: all of what was said, what to do next, and the details to copy. `asked(command)`."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._command = ""
        self.when = label("", "small", wrap=True)
        self.sentence = label("", "strong", wrap=True)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.action = button("…", self._ask, name="primary")
        self.details = QPlainTextEdit()
        self.details.setReadOnly(True)
        self.details.setTabChangesFocus(True)
        self.details.setAccessibleName(say("bug-details"))
        self.copy_ = button(say("copy-details"), self.copy, name="compact")
        self._lay_out()

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.addWidget(self.action)
        foot.addStretch(1)
        page = QWidget()
        words = QVBoxLayout(page)
        words.setContentsMargins(20, 12, 12, 8)
        words.setSpacing(8)
        for part in (self.when, self.sentence):
            words.addWidget(part)
        words.addLayout(foot)
        words.addStretch(1)
        below = QVBoxLayout()
        below.setContentsMargins(20, 0, 4, 0)
        below.setSpacing(8)
        below.addWidget(self.details, 1)
        below.addWidget(self.copy_, 0, Qt.AlignmentFlag.AlignLeft)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        self._said = _Snug(page)
        box.addWidget(self._said)
        box.addLayout(below, 1)

    def show_problem(self, problem: Shown) -> None:
        """Shows all there is of it."""
        local = problem.at.astimezone()
        kind = say(f"outcome-{problem.outcome}")
        self.when.setText(say("problem-when", day=phrases.day(local), time=f"{local:%H:%M}", kind=kind))
        self.sentence.setText(problem.sentence)
        self._command = problem.command
        self._said.updateGeometry()
        self.action.setVisible(bool(problem.command))
        if problem.command:
            said = phrases.command(problem.command)
            self.action.setText(said)
            self.action.setAccessibleName(said)
        self.details.setPlainText(problem.details)
        for part in (self.details, self.copy_):
            part.setVisible(bool(problem.details))

    def copy(self) -> None:
        """Puts the details on the clipboard."""
        QGuiApplication.clipboard().setText(self.details.toPlainText())

    def _ask(self) -> None:
        self.asked.emit(self._command)


def _lines(heading: str, group: Sequence[Shown]) -> list[tuple[Line, Shown]]:
    made: list[tuple[Line, Shown]] = []
    for each in sorted(group, key=lambda shown: shown.at, reverse=True):
        local = each.at.astimezone()
        below = say("problem-at", day=phrases.day(local), time=f"{local:%H:%M}")
        made.append((Line(each.sentence, below, each.outcome, heading="" if made else heading), each))
    return made
