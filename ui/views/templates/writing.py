"""A template while it is written: its questions in their order, the form of the one that is chosen, what is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDropEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui import sketching
from ui.ear import announce
from ui.phrases import say
from ui.sketching import Sketch
from ui.views.controls import IconButton
from ui.views.parts import Elided, Flow, SeverityMark, button, label, rule, scrolled
from ui.views.templates.question import QuestionForm, TemplateForm
from workbench.template import Template

ROW = 32
ID = Qt.ItemDataRole.UserRole
MEASURE = 720
"""The widest that a form grows, in pixels."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that is wrong: in which question ("" the template itself), in which part of its form, in words.

    What is `grave` keeps the template from being saved.
    """

    question: str
    part: str
    sentence: str
    grave: bool = True


class WritingView(QWidget):
    """Writes a template. `did(template, place)` for each step, `place` naming what is typed in; `asked(command)`."""

    did = Signal(object, str)
    asked = Signal(str)
    answered = Signal(str)
    """What of a learned form was not understood and became a question."""

    def __init__(self) -> None:
        super().__init__()
        self.sketch: Sketch | None = None
        self._wrong: Sequence[Wrong] = ()
        self.title = Elided("", "viewTitle")
        self._told = label("", "small", wrap=True)
        self.list = QuestionList()
        self.form = QuestionForm()
        self.whole = TemplateForm()
        self._stack = QStackedWidget()
        self.back = IconButton("undo", say("command-undo"), partial(self.asked.emit, "undo"))
        self.save = self._command("save_template", "primary")
        self._hindered = label("", "warn", wrap=True)
        self.go = button(say("fault-go"), self.go_to_fault, name="compact")
        self._strip = QWidget()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(self._head())
        box.addWidget(self._strip)
        box.addWidget(rule())
        for form in (self.form, self.whole):
            self._stack.addWidget(_page(form))
        panes = QSplitter(Qt.Orientation.Horizontal)
        panes.setHandleWidth(1)
        panes.setChildrenCollapsible(False)
        panes.addWidget(self._side())
        panes.addWidget(self._stack)
        panes.setStretchFactor(1, 1)
        panes.setSizes([280, 600])
        box.addWidget(panes, 1)

    def _head(self) -> QVBoxLayout:
        strip = QHBoxLayout(self._strip)
        strip.setContentsMargins(24, 0, 20, 10)
        strip.setSpacing(8)
        strip.addWidget(SeverityMark("warning"))
        strip.addWidget(self._hindered, 1)
        strip.addWidget(self.go)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.title, 1)
        line.addWidget(self.back)
        line.addWidget(self._command("leave_template"))
        line.addWidget(self.save)
        head = QVBoxLayout()
        head.setContentsMargins(24, 16, 20, 10)
        head.setSpacing(6)
        head.addLayout(line)
        further = QWidget()
        flow = Flow(further)
        for name in ("try_template", "try_files", "blank_template", "drop_template"):
            flow.addWidget(self._command(name, "compact"))
        head.addWidget(self._told)
        head.addWidget(further)
        return head

    def _command(self, name: str, style: str = "") -> QWidget:
        return button(
            say(f"command-{name}-short"),
            partial(self.asked.emit, name),
            name=style,
            command=name,
            says=say(f"command-{name}"),
        )

    def _side(self) -> QWidget:
        side = QWidget()
        side.setObjectName("side")
        side.setProperty("edge", True)
        side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        side.setMinimumWidth(200)
        feet = QHBoxLayout()
        feet.setContentsMargins(10, 6, 10, 8)
        feet.setSpacing(4)
        feet.addWidget(self._command("add_question", "compact"))
        feet.addStretch(1)
        for icon, name in (
            ("up", "raise_question"),
            ("down", "lower_question"),
            ("close", "remove_question"),
        ):
            feet.addWidget(IconButton(icon, say(f"command-{name}"), partial(self.asked.emit, name)))
        box = QVBoxLayout(side)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.list, 1)
        box.addWidget(rule())
        box.addLayout(feet)
        return side

    def _connect(self) -> None:
        self.list.chosen.connect(lambda _: self._show_form())
        self.list.moved.connect(self._move)
        self.list.removing.connect(partial(self.asked.emit, "remove_question"))
        self.form.edited.connect(self._edit)
        self.whole.edited.connect(self._edit_whole)
        self.whole.combine.connect(self._combine)
        self.whole.ask.connect(self._ask_left)

    # What is shown

    def show_sketch(
        self, sketch: Sketch, wrong: Sequence[Wrong], *, title: str, told: str, back: bool
    ) -> None:
        """Shows a template as it stands in the form, what is wrong with it, and whether a step can be undone."""
        self.sketch, self._wrong = sketch, wrong
        self.title.say(title)
        self._told.setText(told)
        self.back.setEnabled(back)
        self.list.show_questions(sketch.template, _counted(wrong))
        self._hindered.setText(_summed_up(wrong))
        self._strip.setVisible(bool(wrong))
        self._show_form()

    def choose(self, question: str) -> None:
        """Shows the form of a question, that of the template itself for ""."""
        self.list.choose(question)

    def write(self, question: str) -> None:
        """Shows the form of a question with the keyboard in it."""
        self.choose(question)
        into = self.form.label if question else self.whole.label
        into.setFocus(Qt.FocusReason.OtherFocusReason)
        into.selectAll()

    @property
    def question(self) -> str:
        """The id of the question that is chosen; "" for the template itself."""
        return self.list.chosen_id

    def go_to_fault(self) -> None:
        """To the next thing that is wrong, from the one that is shown."""
        if not self._wrong:
            return
        here = [n for n, each in enumerate(self._wrong) if each.question == self.question]
        each = self._wrong[(here[-1] + 1) % len(self._wrong) if here else 0]
        self.choose(each.question)
        parts = self.form.parts if each.question else self.whole.parts
        part = parts.get(each.part) or next(iter(parts.values()))
        into = (
            part.control if part.control.focusPolicy() else part.control.focusWidget() or _first(part.control)
        )
        into.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_form(self) -> None:
        if self.sketch is None:
            return
        template, chosen = self.sketch.template, self.question
        wrong = _by_part([each for each in self._wrong if each.question == chosen])
        field = template.by_id.get(chosen)
        if field is None:
            self.whole.show_template(template, wrong, self.sketch.unread)
        else:
            taken = self.sketch.taken.get(chosen, "")
            self.form.show_field(field, wrong, taken)
        self._stack.setCurrentIndex(1 if field is None else 0)

    # What the editor does

    def add(self) -> None:
        """Puts an empty question behind the one that is chosen."""
        if self.sketch is not None:
            made, question = sketching.added(self.sketch.template, self._place())
            self.did.emit(made, "")
            self.write(question)

    def remove(self) -> None:
        """Takes the question that is chosen off the template."""
        if self.sketch is not None and self.question:
            at = self._place()
            self.did.emit(sketching.removed(self.sketch.template, self.question), "")
            left = self.sketch.template.fields
            self.choose(left[min(at, len(left) - 1)].id if left else "")
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def step(self, step: int) -> None:
        """Moves the question that is chosen up or down."""
        if self.sketch is not None and self.question:
            self._move(self._place(), self._place() + step)

    def _move(self, at: int, to: int) -> None:
        if self.sketch is None or not 0 <= to < len(self.sketch.template.fields) or at == to:
            return
        chosen = self.sketch.template.fields[at]
        self.did.emit(sketching.moved(self.sketch.template, at, to), "")
        self.choose(chosen.id)
        announce(self.list, say("question-moved", label=chosen.label, n=to + 1))

    def _edit(self, part: str, value: object) -> None:
        if self.sketch is not None and self.question:
            made = sketching.changed(self.sketch.template, self.question, **{part: value})
            self.did.emit(made, f"{self.question} {part}")

    def _edit_whole(self, part: str, value: str) -> None:
        if self.sketch is not None:
            self.did.emit(replace(self.sketch.template, **{part: value}), part)

    def _combine(self, heading: str, ids: Sequence[str]) -> None:
        if self.sketch is not None:
            self.did.emit(sketching.combined(self.sketch.template, heading, ids), "")

    def _ask_left(self, text: str) -> None:
        """A question is made of what was not understood."""
        if self.sketch is not None:
            made, question = sketching.added(self.sketch.template, len(self.sketch.template.fields) - 1)
            self.answered.emit(text)
            self.did.emit(sketching.changed(made, question, label=quoted(text)), "")
            self.write(question)

    def _place(self) -> int:
        return sketching.place(self.sketch.template, self.question) if self.sketch is not None else -1


class QuestionList(QListWidget):
    """The template itself, then its questions. `chosen(id)`; `moved(from, to)` by drag; `removing()` by Delete."""

    chosen = Signal(str)
    moved = Signal(int, int)
    removing = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(say("questions"))
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setObjectName("parts")
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.currentItemChanged.connect(lambda *_: self.chosen.emit(self.chosen_id))

    @property
    def chosen_id(self) -> str:
        """The question that is chosen; "" for the template itself."""
        item = self.currentItem()
        return item.data(ID) if item is not None else ""

    def show_questions(self, template: Template, wrong: Mapping[str, int]) -> None:
        """Lists the questions in their order, with how much is wrong in each."""
        before = self.chosen_id
        named = ((each.id, _titled(at, each.label)) for at, each in enumerate(template.fields, 1))
        rows = [("", say("template-itself")), *named]
        self.blockSignals(True)
        while self.count() > len(rows):
            self.takeItem(self.count() - 1)
        while self.count() < len(rows):
            self.addItem(QListWidgetItem())
        for at, (question, title) in enumerate(rows):
            _fill(self.item(at), question, title, wrong.get(question, 0), movable=at > 0)
        self.blockSignals(False)
        self.choose(before)

    def choose(self, question: str) -> None:
        """Chooses a question, or the template itself where there is none of that id."""
        at = next((n for n in range(self.count()) if self.item(n).data(ID) == question), 0)
        if at == self.currentRow():
            self.chosen.emit(self.chosen_id)
        self.setCurrentRow(at)

    def dropEvent(self, event: QDropEvent) -> None:
        """A question was dropped between two others."""
        at = self.currentRow()
        under = self.itemAt(event.position().toPoint())
        to = self.row(under) if under is not None else self.count()
        below = self.dropIndicatorPosition() == QAbstractItemView.DropIndicatorPosition.BelowItem
        to += 1 if below and under is not None else 0
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        self.moved.emit(at - 1, max(to - 1 - (1 if to > at else 0), 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete takes a question off."""
        if event.key() == Qt.Key.Key_Delete and self.chosen_id:
            self.removing.emit()
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, text: str) -> None:
        """Letters are commands here, not a search."""


def _fill(item: QListWidgetItem, question: str, title: str, wrong: int, *, movable: bool) -> None:
    item.setText(f"▲ {title}" if wrong else title)
    item.setData(ID, question)
    item.setData(
        Qt.ItemDataRole.AccessibleTextRole, say("question-wrong", title=title, n=wrong) if wrong else title
    )
    item.setToolTip(title)
    item.setSizeHint(QSize(0, ROW))
    flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
    item.setFlags(flags | Qt.ItemFlag.ItemIsDragEnabled if movable else flags)


def _titled(at: int, name: str) -> str:
    return f"{at}. {' '.join(name.split()) or say('question-unnamed')}"


def _summed_up(wrong: Sequence[Wrong]) -> str:
    grave = [each for each in wrong if each.grave]
    if not wrong:
        return ""
    if grave:
        return say("faults-grave", n=len(grave), first=grave[0].sentence)
    return say("faults-odd", n=len(wrong), first=wrong[0].sentence)


_QUOTED = re.compile("“(.+?)”?$", re.DOTALL)


def quoted(text: str) -> str:
    """What a sentence quotes at its end; all of it where it quotes nothing."""
    found = _QUOTED.search(text.strip().rstrip("."))
    return " ".join((found[1] if found else text).split())


def _counted(wrong: Sequence[Wrong]) -> dict[str, int]:
    return {each.question: sum(one.question == each.question for one in wrong) for each in wrong}


def _by_part(wrong: Sequence[Wrong]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in wrong:
        found.setdefault(each.part, []).append(each.sentence)
    return found


def _first(control: QWidget) -> QWidget:
    """The first control in another that the keyboard reaches by Tab."""
    inside = (each for each in control.findChildren(QWidget) if each.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return next(inside, control)


def _page(form: QWidget) -> QWidget:
    page = QWidget()
    page.setObjectName("page")
    column = QHBoxLayout(page)
    column.setContentsMargins(24, 18, 24, 24)
    form.setMaximumWidth(MEASURE)
    column.addWidget(form, 1)
    column.addStretch(0)
    return scrolled(page)
