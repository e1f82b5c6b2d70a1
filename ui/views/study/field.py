"""One field of a study: what it is called, where its answer came from, how long it is, the answer, its findings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QFont, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from ui.phrases import say
from ui.text import pasting
from ui.text.content import Dress
from ui.views.carried import Carried, carry, is_far, unpack
from ui.views.parts import Elided, clear, label, restyle
from ui.views.study.contested import ContestedCard
from ui.views.study.editor import FieldEditor
from ui.views.study.finding import Deck, FindingCard, Kin
from ui.views.study.pictured import PictureLine
from ui.views.study.toolbar import Toolbar
from workbench.richtext import RichText, images, plain
from workbench.submission import PROMISE, FieldValue, Finding, Picture
from workbench.template import Field

TITLE = Dress(size=25, line=32, gap=0, weight=QFont.Weight.DemiBold)
"""How the title of a study is set."""


CARDS = 10
"""Findings of one field that are shown at once; those after and before come as one steps to them."""

UNDERLINED = 200
"""Findings whose words are underlined at once."""


class FieldView(QFrame):
    """Shows a field and lets it be edited in place.

    `chosen(field)` when it becomes the one the keys act on, `edited(field, content, before)` when typing is to be
    saved, `drafted(field, content)` when it is to be kept until a choice, `given_up(field, typed)` when that fell on
    the other, `brought(field, carried)` when words are dropped on it. Its name carries the whole answer elsewhere.
    """

    help_page = "reviewing#a-field"

    chosen = Signal(str)
    edited = Signal(str, object, object)
    drafted = Signal(str, object)
    given_up = Signal(str, object)
    describe = Signal(str, str)
    card_shown = Signal(object)
    brought = Signal(str, object)
    refused = Signal()
    finding_chosen = Signal(str)
    take = Signal(str)
    take_kind = Signal(str)
    dismiss = Signal(str)

    def __init__(self, field: Field, *, title: bool = False) -> None:
        super().__init__()
        self.field = field
        self._deck = Deck(self._card)
        self._rest = label("", "small")
        self._underlined: tuple[Finding, ...] | None = None
        self._findings: tuple[Finding, ...] = ()
        self._fixes: dict[str, int] = {}
        self._title = title
        self.setObjectName("field")
        self.setProperty("current", False)
        self.setAcceptDrops(True)
        self._pressed = QPoint()
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
        self._contested = QVBoxLayout()
        self._pictured = QVBoxLayout()
        self._told: tuple[tuple[Picture, ...], bool] = ((), True)
        self._theirs: RichText = ()
        self._value = FieldValue()
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
        box.addLayout(self._pictured)
        box.addLayout(self._contested)
        box.addLayout(self._cards)
        box.addWidget(self._rest)

    def _connect(self) -> None:
        self.editor.entered.connect(self._choose)
        self.editor.opened.connect(self._toggle_tools)
        self.editor.closed.connect(self._toggle_tools)
        self.editor.saved.connect(self._save)
        self.editor.drafted.connect(self._draft)
        self.editor.refused.connect(self.refused)
        self.editor.lines.counted.connect(self._show_count)

    def explain(self, point: QPoint | None) -> object:
        """What the council was asked here."""
        from ui.views.help import things

        return things.field(self.field)

    # What it shows

    def show_value(self, value: FieldValue, pictures: Sequence[Picture] = (), *, editable: bool) -> None:
        """Shows the answer, with where it came from and how sure that is; and what is told of the study's `pictures`
        in it."""
        self._value = value
        self.editor.show_content(value.content, editable=editable)
        self.editor.prompt(self.field.guidance or say("empty-answer"))
        self._show_pictures(pictures, editable=editable)
        self._from.say(provenance(value))
        self._check.setVisible(bool(value.content) and value.confidence < PROMISE)
        if not self.editor.busy:
            self._show_count(self.editor.lines.count())

    def _show_pictures(self, pictures: Sequence[Picture], *, editable: bool) -> None:
        assets = {image.asset for image in images(self._value.content)} if pictures else set[str]()
        wanted = (tuple(each for each in pictures if each.sha256 in assets), editable)
        if wanted == self._told:
            return
        self._told = wanted
        clear(self._pictured)
        for picture in wanted[0]:
            line = PictureLine(picture, editable=editable)
            line.describe.connect(partial(self.describe.emit, self.field.id))
            self._pictured.addWidget(line)

    def show_findings(self, findings: Sequence[Finding], fixes: dict[str, int], current: str) -> None:
        """Shows the open findings of the field; `fixes` counts the findings with a fix of each check."""
        self._findings, self._fixes = tuple(sorted(findings, key=lambda f: f.span or (0, 0))), fixes
        self._underlined = None
        self.set_finding(current)

    def set_finding(self, key: str) -> None:
        """Marks which finding the keys act on, and shows it with its neighbours."""
        self._underline(_page(self._findings, key, UNDERLINED))
        page = _page(self._findings, key, CARDS)
        self._deck.begin()
        for place, finding in enumerate(page):
            card = self._deck.deal(finding, Kin(fixes=self._fixes.get(finding.check, 0)))
            card.set_current(finding.key == key)
            self._cards.insertWidget(place, card)
        self._deck.end()
        rest = len(self._findings) - len(page)
        self._rest.setText(say("findings-more-here", n=rest))
        self._rest.setVisible(rest > 0)

    def _underline(self, findings: tuple[Finding, ...]) -> None:
        """Marks the words of other findings; those that are marked move with the words as one types."""
        if findings != self._underlined:
            self._underlined = findings
            self.editor.underline(findings)

    def set_current(self, current: bool) -> None:
        """Whether this is the field that the keys act on."""
        restyle(self, current=current)

    def redress(self) -> None:
        """Sets the words anew in the colours that hold now."""
        self.editor.redress()
        self.editor.underline(self._underlined or ())
        for card in self.cards:
            card.redress()

    def focus(self) -> None:
        """Gives the words the keyboard."""
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def cards(self) -> list[FindingCard]:
        """The findings that are shown."""
        return self._deck.cards

    def _card(self, finding: Finding, kin: Kin, where: str) -> FindingCard:
        card = FindingCard(finding, kin, where=where)
        card.chosen.connect(self.finding_chosen)
        card.take.connect(self.take)
        card.take_kind.connect(self.take_kind)
        card.dismiss.connect(self.dismiss)
        return card

    def _show_count(self, count: int) -> None:
        wrong = outside(self.field, count) if count else ""
        said = length(self.field, count) if count or self.field.min_words else ""
        self._words.setText(f"▲ {said}" if wrong else said)
        self._words.setAccessibleName(said)
        self._words.setObjectName("warn" if wrong else "small")
        self._words.style().polish(self._words)

    # What was typed here and elsewhere at once

    def contest(self, theirs: RichText, why: str) -> None:
        """Shows what was typed beside what the desk holds, and waits for the editor's choice."""
        self.editor.contest()
        self._show_both(self.editor.content(), theirs, why)

    def resume(self, mine: RichText, why: str) -> None:
        """Shows what was typed here before the program ended beside what the desk holds."""
        self.editor.resume(mine)
        self._show_both(mine, self._value.content, why)

    def _show_both(self, mine: RichText, theirs: RichText, why: str) -> None:
        clear(self._contested)
        card = ContestedCard(plain(mine), plain(theirs), why)
        card.keep.connect(partial(self._settle, self.editor.keep, theirs))
        card.give_up.connect(partial(self._give_up, theirs))
        self._contested.addWidget(card)
        self.card_shown.emit(card)
        self._theirs = theirs

    def settle(self) -> None:
        """Ends a contest that is left without a choice: what was typed is kept, the other is in the history."""
        if self.editor.contested:
            self._settle(self.editor.keep, self._theirs)

    def _give_up(self, theirs: RichText) -> None:
        typed = self.editor.content()
        self._settle(self.editor.give_up, theirs)
        self.given_up.emit(self.field.id, typed)

    def _settle(self, choose: Callable[[RichText], None], theirs: RichText) -> None:
        clear(self._contested)
        choose(theirs)

    # What the editor does

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press anywhere on the field chooses it."""
        self.focus()
        self._pressed = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Beside its words the field can be taken hold of, and its answer carried elsewhere."""
        if is_far(event, self._pressed) and self._value.content and self.editor.editable:
            carry(self, Carried(field=self.field.id), self._value.text)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Words that belong here may be dropped here, and pictures."""
        carried = unpack(event.mimeData())
        belongs = carried.field != self.field.id if carried is not None else self._may_show(event.mimeData())
        if belongs and self.editor.editable:
            event.acceptProposedAction()
            restyle(self, over=True)

    def _may_show(self, brought: QMimeData) -> bool:
        return self.field.kind != "line" and bool(pasting.pictures(brought))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """What is carried goes on."""
        super().dragLeaveEvent(event)
        restyle(self, over=False)

    def dropEvent(self, event: QDropEvent) -> None:
        """What is dropped goes to the end of the answer."""
        restyle(self, over=False)
        if (carried := unpack(event.mimeData())) is not None:
            event.acceptProposedAction()
            self.brought.emit(self.field.id, carried)
        elif self._may_show(event.mimeData()):
            event.acceptProposedAction()
            self.editor.bring(event.mimeData())

    def _choose(self) -> None:
        self.chosen.emit(self.field.id)

    def _save(self, content: RichText, before: RichText) -> None:
        self.edited.emit(self.field.id, content, before)

    def _draft(self, content: RichText) -> None:
        self.drafted.emit(self.field.id, content)

    def _toggle_tools(self) -> None:
        editing = self.editor.editing and not self._title
        if editing and self.field.kind != "line" and self._toolbar is None:
            self._toolbar = Toolbar(self.editor)
            self._head.insertWidget(1, self._toolbar)
        if self._toolbar is not None:
            self._toolbar.setVisible(editing)
        self._check.setVisible(not editing and bool(self._value.content) and self._value.confidence < PROMISE)


def _page(findings: tuple[Finding, ...], key: str, most: int) -> tuple[Finding, ...]:
    """The findings shown with the one of that key, or the first ones."""
    if len(findings) <= most:
        return findings
    at = next((place for place, finding in enumerate(findings) if finding.key == key), 0) // most * most
    return findings[at : at + most]


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
