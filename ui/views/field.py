"""One field of a study: what it is called, where its answer came from, how long it is, the answer, its findings."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from ui.content import Dress
from ui.phrases import say
from ui.views.editor import FieldEditor
from ui.views.finding import FindingCard
from ui.views.parts import Elided, clear, label, restyle
from ui.views.toolbar import Toolbar
from workbench.richtext import RichText, count_words
from workbench.submission import FieldValue, Finding
from workbench.template import Field

TITLE = Dress(size=25, line=32, gap=0, weight=QFont.Weight.DemiBold)
"""How the title of a study is set."""

SURE = 0.8
"""From this confidence on a placing is a promise; below it the editor is asked to look."""


class FieldView(QFrame):
    """Shows a field and lets it be edited in place.

    `chosen(field)` when it becomes the one the keys act on, `edited(field, content)` when typing is to be saved.
    """

    chosen = Signal(str)
    edited = Signal(str, object)
    refused = Signal()
    finding_chosen = Signal(str)
    take = Signal(str)
    take_kind = Signal(str)
    dismiss = Signal(str)

    def __init__(self, field: Field, *, title: bool = False) -> None:
        super().__init__()
        self.field = field
        self.cards: list[FindingCard] = []
        self._title = title
        self.setObjectName("field")
        self.setProperty("current", False)
        self.setSizePolicy(self.sizePolicy().horizontalPolicy(), self.sizePolicy().verticalPolicy().Maximum)
        self.editor = FieldEditor(TITLE if title else Dress(), one_line=field.kind == "line")
        self.editor.setAccessibleName(field.label)
        self.editor.setAccessibleDescription(field.guidance)
        self._name = label(field.label, "strong")
        self._from = Elided("", "small")
        self._check = label(say("please-check"), "warn")
        self._words = label("", "small")
        self._head = QHBoxLayout()
        self._toolbar: Toolbar | None = None
        self._cards = QVBoxLayout()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._head.setSpacing(8)
        self._head.addWidget(self._name)
        self._head.addWidget(self._check)
        self._head.addWidget(self._from, 1)
        self._head.addWidget(self._words)
        self._name.setToolTip(self.field.guidance)
        self._cards.setSpacing(6)
        self._cards.setContentsMargins(0, 2, 0, 2)
        box = QVBoxLayout(self)
        box.setContentsMargins(18, 6 if self._title else 10, 18, 6 if self._title else 10)
        box.setSpacing(4)
        if not self._title:
            box.addLayout(self._head)
        box.addWidget(self.editor)
        box.addLayout(self._cards)

    def _connect(self) -> None:
        self.editor.entered.connect(self._choose)
        self.editor.opened.connect(self._toggle_tools)
        self.editor.closed.connect(self._toggle_tools)
        self.editor.saved.connect(self._save)
        self.editor.refused.connect(self.refused)
        self.editor.textChanged.connect(self._count)

    # What it shows

    def show_value(self, value: FieldValue, *, editable: bool) -> None:
        """Shows the answer, with where it came from and how sure that is."""
        self._value = value
        self.editor.show_content(value.content, editable=editable)
        self.editor.prompt(self.field.guidance or say("empty-answer"))
        self._from.say(provenance(value))
        self._check.setVisible(bool(value.content) and value.confidence < SURE)
        self._count()

    def show_findings(self, findings: Sequence[Finding], fixes: dict[str, int], current: str) -> None:
        """Shows the open findings of the field; `fixes` counts the findings with a fix of each check."""
        self.editor.underline(findings)
        if [card.finding for card in self.cards] != list(findings):
            clear(self._cards)
            self.cards = [self._card(finding, fixes.get(finding.check, 0)) for finding in findings]
        self.set_finding(current)

    def set_finding(self, key: str) -> None:
        """Marks which finding the keys act on."""
        for card in self.cards:
            card.set_current(card.finding.key == key)

    def set_current(self, current: bool) -> None:
        """Whether this is the field that the keys act on."""
        restyle(self, current=current)

    def redress(self) -> None:
        """Sets the words anew in the colours that hold now."""
        self.editor.redress()
        self.editor.underline([card.finding for card in self.cards])
        for card in self.cards:
            card.redress()

    def focus(self) -> None:
        """Gives the words the keyboard."""
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _card(self, finding: Finding, take_all: int) -> FindingCard:
        card = FindingCard(finding, take_all=take_all)
        card.chosen.connect(self.finding_chosen)
        card.take.connect(self.take)
        card.take_kind.connect(self.take_kind)
        card.dismiss.connect(self.dismiss)
        self._cards.addWidget(card)
        return card

    def _count(self) -> None:
        count = count_words(self.editor.content())
        wrong = outside(self.field, count)
        self._words.setText(length(self.field, count) if count or self.field.min_words else "")
        self._words.setObjectName("warn" if wrong and count else "small")
        self._words.style().polish(self._words)

    # What the editor does

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press anywhere on the field chooses it."""
        self.focus()
        super().mousePressEvent(event)

    def _choose(self) -> None:
        self.chosen.emit(self.field.id)

    def _save(self, content: RichText) -> None:
        self.edited.emit(self.field.id, content)

    def _toggle_tools(self) -> None:
        editing = self.editor.editing and not self._title
        if editing and self.field.kind != "line" and self._toolbar is None:
            self._toolbar = Toolbar(self.editor)
            self._head.insertWidget(1, self._toolbar)
        if self._toolbar is not None:
            self._toolbar.setVisible(editing)
        self._check.setVisible(not editing and bool(self._value.content) and self._value.confidence < SURE)


def provenance(value: FieldValue) -> str:
    """Where an answer came from and how sure that is, such as: from heading “What we did” · 86 %."""
    if not value.matched_by:
        return ""
    code = f"from-{value.matched_by}"
    said = say(code, heading=value.heading)
    if said == code:
        said = say("from-other", how=value.matched_by.replace("-", " "))
    if value.matched_by == "editor":
        return said
    return f"{said} · {round(value.confidence * 100)} %"


def length(field: Field, count: int) -> str:
    """How long an answer is beside what the template allows."""
    if field.min_words and field.max_words:
        limits = f"{field.min_words}–{field.max_words}"
    elif field.max_words:
        limits = str(field.max_words)
    else:
        return say("words", n=count)
    said = say("words-of", n=count, limits=limits)
    wrong = outside(field, count)
    return f"{said} · {wrong}" if wrong and count else said


def outside(field: Field, count: int) -> str:
    """In words, on which side of the template's limits an answer falls; "" within them."""
    if field.max_words and count > field.max_words:
        return say("too-long")
    if field.min_words and count < field.min_words:
        return say("too-short")
    return ""
