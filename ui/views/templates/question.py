"""The forms that a template is written in: one question of it, and the template itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from ui.phrases import say
from ui.views.controls import IconButton, Tick
from ui.views.forms import Form
from ui.views.parts import button, clear, label, scrolled
from ui.views.settings.settings import StillPicker
from ui.views.templates.chips import Chips
from ui.views.templates.entry import HandsOn, Lines, Part
from workbench.template import KINDS, Field, Template

MOST_WORDS = 100_000
Wrong = Mapping[str, Sequence[str]]
"""What is wrong in a form, in sentences, by the part they are about; "" for the whole."""


class QuestionForm(QWidget):
    """One question. `edited(part, value)` while it is typed, by the name that the part has in a Field."""

    edited = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self.label = QLineEdit()
        self.guidance = Lines(say("question-guidance"), 92)
        self.synonyms = Chips(say("question-synonyms"))
        self.kind = StillPicker(say("question-kind"))
        for each in KINDS:
            self.kind.addItem(say(f"field-kind-{each}"), each)
        self.required = Tick(say("question-required"))
        self.personal = Tick(say("question-personal"))
        self.public = Tick(say("question-public"))
        self.least, self.most = _number(say("question-least")), _number(say("question-most"))
        self._taken = label("", "small", wrap=True)
        self.parts = self._parts()
        self._hands = _leave_history(
            self, self.label, self.guidance, self.synonyms.line, self.least, self.most
        )
        self._lay_out()
        self._connect()

    def _parts(self) -> dict[str, Part]:
        self.label.setAccessibleName(say("question-label"))
        limits = QWidget()
        box = QHBoxLayout(limits)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        for each, name in ((self.least, "question-from"), (self.most, "question-to")):
            box.addWidget(label(say(name), "small"))
            box.addWidget(each)
        box.addWidget(label(say("question-words"), "small"))
        box.addStretch(1)
        return {
            "label": Part(say("question-label"), self.label, say("question-label-about")),
            "guidance": Part(say("question-guidance"), self.guidance, say("question-guidance-about")),
            "kind": Part(say("question-kind"), self.kind),
            "limits": Part(say("question-limits"), limits, say("question-limits-about")),
            "required": Part("", self.required),
            "public": Part("", self.public),
            "personal": Part("", self.personal, say("question-personal-about")),
            "synonyms": Part(say("question-synonyms"), self.synonyms, say("question-synonyms-about")),
        }

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(14)
        box.addWidget(self._taken)
        for name in ("label", "guidance"):
            box.addWidget(self.parts[name])
        self.kind.setMaximumWidth(260)
        for name in ("kind", "limits", "required", "public", "personal", "synonyms"):
            box.addWidget(self.parts[name])
        box.addStretch(1)

    def _connect(self) -> None:
        self.label.textEdited.connect(partial(self.edited.emit, "label"))
        self.guidance.textChanged.connect(lambda: self.edited.emit("guidance", self.guidance.toPlainText()))
        self.synonyms.changed.connect(partial(self.edited.emit, "synonyms"))
        self.kind.currentIndexChanged.connect(lambda at: self.edited.emit("kind", KINDS[at]))
        for name in ("required", "personal", "public"):
            getattr(self, name).toggled.connect(partial(self.edited.emit, name))
        for line, name in ((self.least, "min_words"), (self.most, "max_words")):
            line.textEdited.connect(partial(self._tell_number, name))

    def _tell_number(self, name: str, text: str) -> None:
        self.edited.emit(name, int(text) if text else None)

    def show_field(self, field: Field, wrong: Wrong, taken: str = "") -> None:
        """Shows a question; `taken` tells of a learned one what it was taken from."""
        for each in (self.guidance, self.kind, self.required, self.personal, self.public):
            each.blockSignals(True)
        _show_text(self.label, field.label)
        if self.guidance.toPlainText() != field.guidance:
            self.guidance.setPlainText(field.guidance)
        self.synonyms.show_values(field.synonyms)
        self.kind.setCurrentIndex(KINDS.index(field.kind) if field.kind in KINDS else 1)
        for name in ("required", "personal", "public"):
            getattr(self, name).setChecked(getattr(field, name))
        for line, value in ((self.least, field.min_words), (self.most, field.max_words)):
            _show_text(line, "" if value is None else str(value))
        for each in (self.guidance, self.kind, self.required, self.personal, self.public):
            each.blockSignals(False)
        self._taken.setText(taken)
        self._taken.setVisible(bool(taken))
        show_wrong(self.parts, wrong, "label")


class TemplateForm(QWidget):
    """The template itself: its name, what it is for, the headings that stand for several of its questions.

    `edited(part, value)`; `combine(heading, ids)`, no ids where the heading goes; `ask(text)` wants a question made
    of what was not understood.
    """

    edited = Signal(str, object)
    combine = Signal(str, object)
    ask = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._template: Template | None = None
        self._shown: tuple[object, ...] = ()
        self.label = QLineEdit()
        self.label.setAccessibleName(say("template-label"))
        self.description = Lines(say("template-description"), 76)
        self._combined = QVBoxLayout()
        self._combined.setSpacing(4)
        rows = QWidget()
        rows.setLayout(self._combined)
        self._combined.setContentsMargins(0, 0, 0, 0)
        self.add = button(say("combine"), self._ask_combined, name="compact")
        self.banners = Chips(say("template-banners"))
        self._unread = QVBoxLayout()
        self._unread.setSpacing(6)
        self.parts = {
            "label": Part(say("template-label"), self.label, say("template-label-about")),
            "description": Part(say("template-description"), self.description),
            "combined": Part(say("template-combined"), rows, say("template-combined-about")),
            "banners": Part(say("template-banners"), self.banners, say("template-banners-about")),
        }
        self._hands = _leave_history(self, self.label, self.description, self.banners.line)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(14)
        box.addLayout(self._unread)
        for name, part in self.parts.items():
            box.addWidget(part)
            if name == "combined":
                box.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        box.addStretch(1)
        self.banners.changed.connect(partial(self.edited.emit, "banners"))
        self.label.textEdited.connect(partial(self.edited.emit, "label"))
        self.description.textChanged.connect(
            lambda: self.edited.emit("description", self.description.toPlainText())
        )

    def show_template(self, template: Template, wrong: Wrong, unread: Sequence[str] = ()) -> None:
        """Shows what is known of the template as a whole; `unread` is what of a learned one was not understood."""
        self._template = template
        self.description.blockSignals(True)
        _show_text(self.label, template.label)
        if self.description.toPlainText() != template.description:
            self.description.setPlainText(template.description)
        self.description.blockSignals(False)
        self.banners.show_values(template.banners)
        labels = tuple((each.id, each.label) for each in template.fields)
        shown = (tuple(template.combined.items()), labels, tuple(unread))
        if shown != self._shown:
            self._shown = shown
            self._fill(template, unread)
        show_wrong(self.parts, wrong, "label")

    def _fill(self, template: Template, unread: Sequence[str]) -> None:
        clear(self._combined)
        clear(self._unread)
        for heading, ids in template.combined.items():
            self._combined.addWidget(self._row(template, heading, ids))
        if not template.combined:
            self._combined.addWidget(label(say("template-none-combined"), "faint", wrap=True))
        if unread:
            self._unread.addWidget(label(say("learned-unread"), "section"))
            self._unread.addWidget(label(say("learned-unread-about"), "small", wrap=True))
        for text in unread:
            self._unread.addWidget(self._leftover(text))
        self.add.setEnabled(len(template.fields) > 1)

    def _row(self, template: Template, heading: str, ids: Sequence[str]) -> QWidget:
        known = template.by_id
        of = " + ".join((known[one].label if one in known else "") or one for one in ids)
        made = QWidget()
        box = QHBoxLayout(made)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(label(f"“{heading}” = {of}", wrap=True), 1)
        says = say("combined-remove", heading=heading)
        away = IconButton("close", says, lambda: self.combine.emit(heading, ()))
        box.addWidget(away, 0, Qt.AlignmentFlag.AlignTop)
        return made

    def _leftover(self, text: str) -> QFrame:
        made = QFrame()
        made.setObjectName("card")
        box = QHBoxLayout(made)
        box.setContentsMargins(12, 8, 8, 8)
        box.addWidget(label(text, wrap=True), 1)
        short = f"{text[:60]}…" if len(text) > 60 else text
        if "“" in text:
            ask = button(
                say("learned-ask"),
                lambda: self.ask.emit(text),
                name="compact",
                says=say("learned-ask-named", text=short),
            )
            box.addWidget(ask, 0, Qt.AlignmentFlag.AlignTop)
        return made

    def _ask_combined(self) -> None:
        if self._template is not None:
            form = CombinedForm(self.window(), self._template)
            form.chosen.connect(self.combine)


class CombinedForm(Form):
    """Asks for a heading that stands for several questions. `chosen(heading, ids)`."""

    chosen = Signal(str, object)

    def __init__(self, window: QWidget, template: Template) -> None:
        super().__init__(window, say("combine-title"))
        self._template = template
        self.heading = self.line(say("combine-heading"), prompt=say("combine-prompt"))
        self.ticks: dict[str, Tick] = {}
        rows = QWidget()
        column = QVBoxLayout(rows)
        column.setContentsMargins(2, 2, 2, 2)
        column.setSpacing(0)
        for field in template.fields:
            self.ticks[field.id] = Tick(_short(field.label) or say("question-unnamed"))
            column.addWidget(self.ticks[field.id])
        scroll = scrolled(rows)
        scroll.setFixedHeight(max(min(len(template.fields), 9) * 26 + 8, 60))
        self._box.addWidget(label(say("combine-questions"), "small"))
        self._box.addWidget(scroll)
        self.finish(self.accept, does=say("combine-do"))
        self.appear(self.heading)

    def accept(self) -> None:
        """Takes it where it has a heading and two questions."""
        ids = [each for each, tick in self.ticks.items() if tick.isChecked()]
        heading = " ".join(self.heading.text().split())
        if not heading or len(ids) < 2:
            self.complain(say("combine-wrong"))
        elif heading.casefold() in map(str.casefold, self._template.combined):
            self.complain(say("combine-twice"))
        else:
            self.close_()
            self.chosen.emit(heading, tuple(ids))


def _short(text: str) -> str:
    return f"{text[:54]}…" if len(text) > 56 else text


def show_wrong(parts: Mapping[str, Part], wrong: Wrong, otherwise: str) -> None:
    """Tells below each part what is wrong with it, what is about none of them below `otherwise`."""
    elsewhere = [each for name, found in wrong.items() if name not in parts for each in found]
    for name, part in parts.items():
        part.show_wrong([*wrong.get(name, ()), *(elsewhere if name == otherwise else ())])


def _leave_history(form: QWidget, *controls: QWidget) -> HandsOn:
    hands = HandsOn(form)
    for each in controls:
        each.installEventFilter(hands)
        if isinstance(each, QPlainTextEdit):
            each.setUndoRedoEnabled(False)
    return hands


def _number(name: str) -> QLineEdit:
    made = QLineEdit()
    made.setAccessibleName(name)
    made.setFixedWidth(76)
    made.setValidator(QIntValidator(0, MOST_WORDS, made))
    return made


def _show_text(line: QLineEdit, text: str) -> None:
    """Shows `text`, the cursor left where it is if that is what stands there."""
    if line.text() != text:
        line.setText(text)
        line.setCursorPosition(0 if not line.hasFocus() else len(text))
