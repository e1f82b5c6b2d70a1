"""The passages of the source that have no field yet, each with the field it likely belongs to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QEnterEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.gradual import Gradual
from ui.phrases import say
from ui.views.carried import Carried, carry, is_far
from ui.views.controls import IconButton, Tick
from ui.views.parts import Elided, button, clear, label, restyle, scrolled
from workbench.richtext import plain
from workbench.submission import Passage
from workbench.template import Field

DIGITS = 9
"""So many passages can be placed by a digit."""

_CARD, _SHOWN = 54, 3
"""The height of a card with its gap, and how many are seen at once."""


class PassageCard(QFrame):
    """An unplaced passage, with the digit that puts it into the field it likely belongs to."""

    looked = Signal(str)

    def __init__(
        self,
        passage: Passage,
        digit: int,
        suggested: Field | None,
        here: Callable[[], object],
        elsewhere: Callable[[], object],
        leave_out: Callable[[], object],
    ) -> None:
        super().__init__()
        self.setObjectName("passage")
        self.setAccessibleName(say("passage-is", text=passage.text[:200]))
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self._passage = passage
        self._pressed = QPoint()
        self.place = button(
            suggested.label if suggested else say("place"),
            here,
            name="compact",
            key=str(digit) if digit <= DIGITS else "",
            says=say("place-in", label=suggested.label) if suggested else say("place-passage"),
        )
        self.elsewhere = IconButton("down", say("place-elsewhere"), elsewhere)
        box = QHBoxLayout(self)
        box.setContentsMargins(10, 7, 4, 7)
        box.setSpacing(2)
        box.addLayout(_quoted(passage), 1)
        for control in (self.place, self.elsewhere, IconButton("close", say("leave-out"), leave_out)):
            box.addWidget(control)
        self.elsewhere.setVisible(suggested is not None)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Looking at a card shows where its passage stands."""
        super().enterEvent(event)
        self.looked.emit(self._passage.key)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press may be the beginning of carrying the passage."""
        self._pressed = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Carries the passage to a field."""
        if is_far(event, self._pressed):
            carry(self, Carried(passage=self._passage.key), self._passage.text)


class Tray(QFrame):
    """The unplaced passages.

    `placed(key, field)`; `asked(key)` where the field is still to be chosen; `left_out(key)` where it is not needed;
    `looked(key)` when one is looked at.
    """

    help_page = "reviewing#what-could-not-be-placed"

    placed = Signal(str, str)
    asked = Signal(str)
    left_out = Signal(str)
    looked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("tray")
        self.passages: tuple[Passage, ...] = ()
        self.cards: list[PassageCard] = []
        self._title = label("", "trayTitle")
        self.remember = Tick(say("remember-headings"))
        self.remember.setChecked(True)
        self.remember.setToolTip(say("remember-headings-why"))
        self._cards = QVBoxLayout()
        self._cards.setSpacing(6)
        self._cards.setContentsMargins(0, 0, 0, 0)
        self._filling = Gradual(self)
        self._shown: object = None
        self._scroll = self._scroller()
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self.remember)
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 10, 12, 10)
        box.setSpacing(8)
        box.addLayout(head)
        box.addWidget(self._scroll)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow_focus)

    def _scroller(self) -> QScrollArea:
        inner = QWidget()
        inner.setLayout(self._cards)
        return scrolled(inner)

    def show_passages(
        self, passages: Sequence[Passage], fields: Mapping[str, Field], *, editable: bool
    ) -> None:
        """Shows the passages; the tray is gone where there are none."""
        shown = (tuple(passages), tuple(fields), editable)
        if shown == self._shown:
            return
        self._shown, self.passages = shown, tuple(passages)
        self.setVisible(bool(passages))
        self._title.setText(say("unplaced", n=len(passages)))
        clear(self._cards)
        self.cards = []
        self._scroll.setFixedHeight(_CARD * min(len(passages), _SHOWN) + (8 if len(passages) > _SHOWN else 0))
        self._filling.start(self._fill(fields, editable=editable), lambda: self._cards.addStretch(1))

    def invite(self, inviting: bool) -> None:
        """Says, while something is carried here, what dropping it does."""
        restyle(self, over=inviting)
        n = len(self.passages)
        self._title.setText(say("drop-to-unplace") if inviting else say("unplaced", n=n))
        self.setVisible(inviting or n > 0)

    def press(self, digit: int) -> None:
        """Does what the digit of a passage stands for."""
        if digit <= len(self.passages):
            self._press(self.passages[digit - 1])

    @property
    def current(self) -> Passage | None:
        """The passage whose card has the keyboard, else the first."""
        held = (
            passage
            for passage, card in zip(self.passages, self.cards, strict=False)
            if card.isAncestorOf(QApplication.focusWidget() or self)
        )
        return next(held, next(iter(self.passages), None))

    def _fill(self, fields: Mapping[str, Field], *, editable: bool) -> Iterator[None]:
        for number, passage in enumerate(self.passages, 1):
            card = PassageCard(
                passage,
                number,
                fields.get(passage.suggested or ""),
                partial(self._press, passage),
                partial(self.asked.emit, passage.key),
                partial(self.left_out.emit, passage.key),
            )
            card.looked.connect(self.looked)
            card.setEnabled(editable)
            self.cards.append(card)
            self._cards.addWidget(card)
            yield

    def _press(self, passage: Passage) -> None:
        if passage.suggested:
            self.placed.emit(passage.key, passage.suggested)
        else:
            self.asked.emit(passage.key)

    def _follow_focus(self, _: QWidget | None, now: QWidget | None) -> None:
        held = self.current
        if now is not None and held is not None and self._scroll.isAncestorOf(now):
            self._scroll.ensureWidgetVisible(now, 0, 20)
            self.looked.emit(held.key)


def _quoted(passage: Passage) -> QVBoxLayout:
    """How a passage begins: its heading and a line of its words, or two lines where it has none."""
    made = QVBoxLayout()
    made.setSpacing(0)
    if passage.heading:
        made.addWidget(Elided(passage.heading, "strong"))
        made.addWidget(Elided(plain(passage.content), "small"))
    else:
        said = label(f"“{_short(passage.text)}”", wrap=True)
        said.setToolTip(passage.text[:2000])
        made.addWidget(said)
    return made


def _short(text: str, limit: int = 55) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[: limit - 1].rsplit(" ", 1)[0] + "…"
