"""The first page: four questions beside one another, each with an answer already, so that any can be passed over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui import problems
from ui.aside import Aside
from ui.phrases import say
from ui.stages.connecting import serve
from ui.views.parts import Elided, button, label
from ui.views.welcome.connection import DatabaseStep
from ui.views.welcome.folder import FolderStep
from ui.views.welcome.naming import NameStep
from ui.views.welcome.practising import PracticeStep
from ui.views.welcome.step import Step
from workbench import config
from workbench.desk.office import connecting, workspaces
from workbench.desk.office.workspaces import Plan, Site

WIDE = 620
"""The widest a step grows, in pixels."""


class WelcomePage(QWidget):
    """The steps at the left with their answers, the one that is open beside them, and below it the way on.

    Nothing is made and nothing is kept before the last button is pressed. `begun(folder, practise, told)` when it is:
    the workspace is there then, and `told` is what the editor has yet to know. `left` where there is a desk to go
    back to and the editor does; `retried` where one that was gone is to be looked for again.
    """

    help_page = "first-day"

    begun = Signal(object, bool, str)
    left = Signal()
    retried = Signal()

    def __init__(
        self, folder: Path, others: Sequence[Path] = (), *, usual: Path | None = None, back: bool = False
    ) -> None:
        super().__init__()
        self.setObjectName("page")
        self.aside = Aside(self)
        self.folder = FolderStep(usual or folder, others)
        self.name = NameStep()
        self.database = DatabaseStep()
        self.samples = PracticeStep()
        self.steps: tuple[Step, ...] = (self.folder, self.name, self.database, self.samples)
        self.list = QListWidget()
        self._answers = [Elided("", "small") for _ in self.steps]
        self._stack = QStackedWidget()
        self.skip = button(say("welcome-skip"), self._skip, name="quiet")
        self.back = button(say("welcome-back"), lambda: self.go(self.list.currentRow() - 1))
        self.on = button(say("welcome-on"), self._go_on, name="primary")
        self.begin = button(say("welcome-begin"), self._begin)
        self._lay_out(back)
        self._connect()
        self.folder.take(folder)
        self.list.setCurrentRow(0)

    # How it is laid out

    def _lay_out(self, back: bool) -> None:
        side = QWidget()
        side.setObjectName("side")
        side.setProperty("edge", True)
        side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        side.setFixedWidth(280)
        column = QVBoxLayout(side)
        column.setContentsMargins(20, 28, 20, 20)
        column.setSpacing(12)
        column.addWidget(label(say("welcome-title"), "pageTitle", wrap=True))
        column.addWidget(label(say("welcome-about"), "small", wrap=True))
        self._fill_list()
        column.addWidget(self.list, 1)
        if back:
            column.addWidget(button(say("welcome-leave"), self.left.emit, name="quiet"))
        main = QVBoxLayout()
        main.setContentsMargins(0, 0, 0, 0)
        main.setSpacing(0)
        main.addWidget(self._stack, 1)
        main.addWidget(self._foot())
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(side)
        box.addLayout(main, 1)

    def _fill_list(self) -> None:
        self.list.setObjectName("parts")
        self.list.setAccessibleName(say("welcome-steps"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for number, (step, answer) in enumerate(zip(self.steps, self._answers, strict=True), 1):
            item = QListWidgetItem()
            item.setSizeHint(QSize(0, 2 * self.list.fontMetrics().height() + 22))
            self.list.addItem(item)
            words = QWidget()
            words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            column = QVBoxLayout(words)
            column.setContentsMargins(10, 6, 8, 6)
            column.setSpacing(1)
            column.addWidget(label(f"{number}  {say(f'welcome-{step.name}')}", "strong"))
            column.addWidget(answer)
            self.list.setItemWidget(item, words)
            self._stack.addWidget(_scrolled(step))

    def _foot(self) -> QWidget:
        made = QWidget()
        made.setObjectName("foot")
        made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(made)
        row.setContentsMargins(36, 12, 36, 12)
        row.setSpacing(8)
        for part in (self.on, self.skip, self.back):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self.begin)
        return made

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(self._show_step)
        self.list.itemActivated.connect(lambda _: self._open_step())
        for step in self.steps:
            step.changed.connect(self._show_answers)
        self.folder.wanted.connect(self._look)
        serve(self.database.form, self.aside)
        self.aside.failed.connect(self._refuse)

    # Going through it

    def go(self, place: int) -> None:
        """Opens a step, with the keyboard in it."""
        self.list.setCurrentRow(place)
        self._open_step()

    def show_gone(self, folder: Path) -> None:
        """Says that the desk that was worked at last is not there, and offers to look again."""
        self.folder.show_gone(folder)
        self.folder.again.clicked.connect(self.retried)

    def _open_step(self) -> None:
        self.steps[self.list.currentRow()].first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_step(self, place: int) -> None:
        self._stack.setCurrentIndex(place)
        last = place == len(self.steps) - 1
        self.back.setEnabled(place > 0)
        self.skip.setVisible(not last)
        self.on.setVisible(not last)
        self.begin.setObjectName("primary" if last else "")
        self.begin.style().polish(self.begin)
        self._show_answers()

    def _go_on(self) -> None:
        self.go(self.list.currentRow() + 1)

    def _skip(self) -> None:
        """Goes on with what the step began with."""
        step = self.steps[self.list.currentRow()]
        if step is self.folder:
            self.folder.take(config.default_workspace())
        else:
            self._fill(workspaces.present(self.folder.folder), only=step)
        self._go_on()

    def _show_answers(self) -> None:
        for place, (step, answer) in enumerate(zip(self.steps, self._answers, strict=True)):
            answer.say(step.answer)
            self.list.item(place).setData(
                Qt.ItemDataRole.AccessibleTextRole, f"{say(f'welcome-{step.name}')}: {step.answer}"
            )
        practise = self.samples.practice.dot.isChecked()
        self.begin.setText(say("welcome-practise" if practise else "welcome-begin"))
        self.begin.setAccessibleName(self.begin.text())
        self.begin.setEnabled(self.folder.site is not None and self.folder.site.good)

    # What it asks and makes

    def _look(self, folder: Path) -> None:
        self.aside.ask(lambda: _looked(folder), self._show_site, self._refuse, subject="folder")

    def _show_site(self, found: tuple[Site, Plan]) -> None:
        site, plan = found
        self.folder.show_site(site)
        self._fill(plan)

    def _fill(self, plan: Plan, *, only: Step | None = None) -> None:
        """Shows what a desk that is there says, or the suggestions for a new one."""
        if only in (None, self.name):
            self.name.show_person(plan.who, plan.initials)
        if only in (None, self.database):
            self.database.show_address(plan.catalogue)

    def _begin(self) -> None:
        self.begin.setEnabled(False)
        who, initials = self.name.who.text(), self.name.initials.text()
        address, password = self.database.chosen
        plan = Plan(self.folder.folder, who, initials, address)
        practise = self.samples.practice.dot.isChecked()
        self.aside.ask(lambda: _begun(plan, password), partial(self._opened, practise), self._refuse)

    def _opened(self, practise: bool, made: tuple[Path, str]) -> None:
        self.begun.emit(made[0], practise, made[1])

    def _refuse(self, error: BaseException) -> None:
        """The folder cannot be had after all, or the address is none."""
        if getattr(error, "code", "").startswith("catalogue"):
            self.go(self.steps.index(self.database))
            self.database.form.show_failure(problems.sentence(error))
        else:
            self.go(0)
            self.folder.refuse(problems.sentence(error))
        self.begin.setEnabled(True)


def _looked(folder: Path) -> tuple[Site, Plan]:
    return workspaces.look(folder), workspaces.present(folder)


def _begun(plan: Plan, password: str) -> tuple[Path, str]:
    """The workspace, made; and what there is to know of where the password went."""
    address, held = connecting.parted(plan.catalogue)
    if address:
        connecting.require_sound(address)
    folder = workspaces.begin(replace(plan, catalogue=address))
    if not address or not (password or held):
        return folder, ""
    where = connecting.keep_password(address, password or held)
    return folder, "" if where == "keyring" else say("connect-for-now")


def _scrolled(step: Step) -> QScrollArea:
    page = QWidget()
    page.setObjectName("page")
    row = QHBoxLayout(page)
    row.setContentsMargins(36, 30, 36, 24)
    step.setMaximumWidth(WIDE)
    row.addWidget(step, 10)
    row.addStretch(1)
    made = QScrollArea()
    made.setWidget(page)
    made.setWidgetResizable(True)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setFrameShape(QFrame.Shape.NoFrame)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return made
