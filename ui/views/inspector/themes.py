"""What a study is about: the themes it carries, those the desk proposes and why, and the councils it comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.phrases import kind_word, kind_words, say
from ui.views.inspector.proposal import Offer, ProposalCard, QuestionCard
from ui.views.parts import Chip, Flow, KeyButton, button, clear, label
from workbench.desk.rows import CouncilSuggestion, Reason, Suggestion, Suggestions
from workbench.submission import EDITABLE, PROMISE, TERM_KINDS, Authority, Submission, Term

FURTHER = 5
"""How many terms that come next are named below the proposed ones."""

LIKELY = 0.2
"""How likely one of those is at least."""

_STEPS = {
    Qt.Key.Key_Down.value: 1,
    Qt.Key.Key_Right.value: 1,
    Qt.Key.Key_Up.value: -1,
    Qt.Key.Key_Left.value: -1,
}
_AWAY = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)

Led = tuple[Reason, ...]
"""Where the words stand that led to something."""


class ThemesView(QWidget):
    """`add(terms)`, `remove(term)`, `refuse(terms)`, `allow(terms)` change the tags; `councils(list)` the councils.

    `choose_theme` and `choose_council` ask for one from the whole vocabulary or register.
    `looked(places, near)` tells where the words stand that led to what is looked at, and whether they are to come
    into view. `left` says that the keyboard has nothing more to do here. `asked(command)`.
    """

    help_page = "themes"

    add = Signal(tuple)
    remove = Signal(object)
    refuse = Signal(tuple)
    allow = Signal(tuple)
    councils = Signal(tuple)
    choose_theme = Signal()
    choose_council = Signal()
    looked = Signal(tuple, bool)
    left = Signal()
    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.submission: Submission | None = None
        self._suggestions = Suggestions()
        self._refused: tuple[Term, ...] = ()
        self._led: dict[QObject, Led] = {}
        self._away: dict[QObject, Callable[[], object]] = {}
        self._cards: dict[QObject, ProposalCard] = {}
        self._stops: list[QWidget] = []
        self._several = _Several(self.asked.emit)
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(16, 14, 16, 16)
        self._rows.setSpacing(8)
        self.take_all: KeyButton | None = None
        self._page = QWidget()
        self._page.setLayout(self._rows)
        self._scroll = QScrollArea()
        self._scroll.setWidget(self._page)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._several)
        box.addWidget(self._scroll)

    @property
    def proposed(self) -> tuple[Term, ...]:
        """The themes that are proposed and not yet taken."""
        return tuple(suggestion.term for suggestion in self._proposals())

    @property
    def cards(self) -> list[ProposalCard]:
        """What is proposed, in its order."""
        return list(self._cards.values())

    # What it shows

    def show_chosen(self, n: int) -> None:
        """Says that several submissions are chosen, and what can be done with all of them."""
        self._several.show_number(n)

    def show_tags(
        self, submission: Submission, suggestions: Suggestions, refused: tuple[Term, ...] = ()
    ) -> None:
        """Shows what is tagged and what could be; the keyboard stays here, at what comes next."""
        held, place = self._has_keyboard(), self._place()
        another = self.submission is None or self.submission.id != submission.id
        if held:
            self.setFocus(Qt.FocusReason.NoFocusReason)
        self.submission, self._suggestions, self._refused = submission, suggestions, refused
        self._forget()
        self._build(submission)
        self.setEnabled(submission.status in EDITABLE)
        self._show_now()
        self.looked.emit((), False)
        if held and not self.isEnabled():
            self.left.emit()
        elif held:
            self.focus() if another or place is None else self._go_on(place)

    def _forget(self) -> None:
        self._led.clear()
        self._away.clear()
        self._cards.clear()
        self._stops.clear()
        clear(self._rows)

    def _build(self, submission: Submission) -> None:
        self._show_councils(submission.authorities)
        self._show_terms(submission.terms)
        self._show_proposals()
        self._show_further()
        self._show_refused()
        self._rows.addStretch(1)

    def _show_now(self) -> None:
        """Qt shows what a layout takes in at its next turn; the keyboard may be wanted there before."""
        for child in self._page.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            child.show()

    # Councils

    def _show_councils(self, authorities: tuple[Authority, ...]) -> None:
        self._rows.addWidget(label(say("councils"), "section"))
        chips = _Chips()
        for authority in authorities:
            chip = chips.put(authority.name, "authority", say("remove-council", name=authority.name))
            self._stop(chip, self._without(authority), away=self._without(authority))
        self._stop(
            chips.put(say("choose-council"), "proposed", say("choose-council")), self.choose_council.emit
        )
        self._rows.addWidget(chips)
        if told := " · ".join(dict.fromkeys(filter(None, map(told_of, authorities)))):
            self._rows.addWidget(label(told, "small", wrap=True))
        self._propose_councils(
            [each for each in self._suggestions.authorities if not _is_in(each, authorities)]
        )

    def _propose_councils(self, found: Sequence[CouncilSuggestion]) -> None:
        """What is sure is proposed; where one name may mean several, which is asked."""
        for because, group in groupby(found, key=lambda each: each.because[:1]):
            meant = list(group)
            asked = [each for each in meant if each.score < PROMISE]
            for each in meant:
                if each not in asked or len(asked) == 1:
                    self._offer_council(each)
            if len(asked) > 1:
                self._ask_council("".join(because), asked[:4])

    def _offer_council(self, each: CouncilSuggestion) -> None:
        offer = Offer(each.authority.name, told_of(each.authority), each.because[:1])
        self._card(ProposalCard(offer, partial(self._take_council, each.authority)), each.reasons)

    def _ask_council(self, name: str, meant: Sequence[CouncilSuggestion]) -> None:
        answers = [
            (Offer(each.authority.name, told_of(each.authority)), partial(self._take_council, each.authority))
            for each in meant
        ]
        card = QuestionCard(say("which-is-meant", name=name), answers)
        for take, _ in card.answers:
            self._stop(take, led=meant[0].reasons)
        self._rows.addWidget(card)

    def _without(self, authority: Authority) -> Callable[[], None]:
        kept = tuple(a for a in self.submission.authorities if a != authority) if self.submission else ()
        return lambda: self.councils.emit(kept)

    def _take_council(self, authority: Authority) -> None:
        if self.submission is not None:
            self.councils.emit((*self.submission.authorities, authority))

    # Themes

    def _show_terms(self, terms: tuple[Term, ...]) -> None:
        self._rows.addSpacing(8)
        self._rows.addWidget(label(say("themes"), "section"))
        for kind in TERM_KINDS:
            held = [term for term in terms if term.kind == kind]
            if held:
                self._rows.addWidget(label(kind_words(kind), "small"))
                self._rows.addWidget(self._held(held))
        self._add = button(
            say("add-theme"),
            self.choose_theme.emit,
            name="compact",
            command="add_theme",
            says=say("add-theme"),
        )
        self._stop(self._add)
        self._rows.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)

    def _held(self, terms: Iterable[Term]) -> QWidget:
        chips = _Chips()
        for term in terms:
            chip = chips.put(term.label, "theme", say("remove-theme", label=term.label))
            self._stop(chip, partial(self.remove.emit, term), away=partial(self.remove.emit, term))
        return chips

    def _proposals(self) -> Iterable[Suggestion]:
        return (each for each in self._open() if each.proposed)

    def _open(self) -> Iterator[Suggestion]:
        """What was suggested and is not taken."""
        taken = {(term.kind, term.slug) for term in self.submission.terms} if self.submission else set()
        every = (*self._suggestions.themes, *self._suggestions.support_types, *self._suggestions.collections)
        return (each for each in every if (each.term.kind, each.term.slug) not in taken)

    def _show_proposals(self) -> None:
        proposals = list(self._proposals())
        self.take_all = None
        if not proposals:
            return
        self._rows.addSpacing(8)
        head = QHBoxLayout()
        head.addWidget(label(say("proposed"), "section"), 1)
        take_all = button(say("take-proposed", n=len(proposals)), self._take_all, name="primary", key="Enter")
        self.take_all = take_all
        every = tuple(place for each in proposals for place in each.reasons)
        self._stop(take_all, led=every, away=self._refuse_all)
        head.addWidget(take_all)
        self._rows.addLayout(head)
        for each in proposals:
            refuse = partial(self.refuse.emit, (each.term,))
            card = ProposalCard(_offer(each), partial(self.add.emit, (each.term,)), refuse)
            self._card(card, each.reasons, away=refuse)
        self._rows.addWidget(label(say("proposed-keys"), "small", wrap=True))

    def _show_further(self) -> None:
        """What comes next, quietly: it may be what the study is about too."""
        refused = {(term.kind, term.slug) for term in self._refused}
        fresh = (each for each in self._open() if (each.term.kind, each.term.slug) not in refused)
        likely = [each for each in fresh if not each.proposed and each.because and each.score >= LIKELY]
        further = sorted(likely, key=lambda each: -each.score)[:FURTHER]
        if not further:
            return
        self._rows.addSpacing(8)
        self._rows.addWidget(label(say("also-possible"), "section"))
        chips = _Chips()
        for each in further:
            made = chips.put(
                f"+ {each.term.label}", "proposed", say("take-named", name=each.term.label), sign=""
            )
            made.setAccessibleDescription(_offer(each).why)
            made.setToolTip(_offer(each).why)
            refuse = partial(self.refuse.emit, (each.term,))
            self._stop(made, partial(self.add.emit, (each.term,)), led=each.reasons, away=refuse)
        self._rows.addWidget(chips)

    def _show_refused(self) -> None:
        """What was refused for this study: pressed, it may be proposed again."""
        taken = {(term.kind, term.slug) for term in self.submission.terms} if self.submission else set()
        refused = [term for term in self._refused if (term.kind, term.slug) not in taken]
        if not refused:
            return
        self._rows.addSpacing(8)
        self._rows.addWidget(label(say("refused-terms"), "section"))
        chips = _Chips()
        for term in refused:
            made = chips.put(term.label, "proposed", say("allow-named", name=term.label), sign="  ↶")
            made.setToolTip(say("allow-named", name=term.label))
            self._stop(made, partial(self.allow.emit, (term,)))
        self._rows.addWidget(chips)

    def _take_all(self) -> None:
        self.add.emit(self.proposed)

    def _refuse_all(self) -> None:
        self.refuse.emit(self.proposed)

    # The keyboard

    def focusInEvent(self, event: QFocusEvent) -> None:
        """What had the keyboard is gone, as after something was asked: it goes to what can be done."""
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.OtherFocusReason:
            self.focus()

    def focus(self) -> None:
        """Gives the keyboard to what takes all that is proposed, or to what adds a theme."""
        if self.submission is not None and self.isEnabled():
            (self.take_all or self._add).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _card(self, card: ProposalCard, led: Led, away: Callable[[], object] | None = None) -> None:
        self._rows.addWidget(card)
        self._cards[card.take] = card
        self._stop(card.take, led=led, away=away)
        card.installEventFilter(self)
        self._led[card] = led

    def _stop(
        self,
        control: QWidget,
        then: Callable[[], object] | None = None,
        *,
        led: Led = (),
        away: Callable[[], object] | None = None,
    ) -> None:
        """A control that the arrows come to: what pressing it does, what led to it, what Delete does."""
        self._stops.append(control)
        self._led[control] = led
        if away is not None:
            self._away[control] = away
        if then is not None and isinstance(control, Chip):
            control.clicked.connect(lambda: then())
        control.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrows step from one to the next, Delete refuses or takes off; what is looked at is told."""
        kind = event.type()
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and watched in self._stops:
            return self._key(watched, event)
        if kind in (QEvent.Type.FocusIn, QEvent.Type.Enter) and watched in self._led:
            self._look(watched, near=kind == QEvent.Type.FocusIn)
        elif kind in (QEvent.Type.FocusOut, QEvent.Type.Leave) and watched in self._led:
            self._look(QApplication.focusWidget() if kind == QEvent.Type.Leave else None)
        return super().eventFilter(watched, event)

    def _look(self, at: QObject | None, *, near: bool = False) -> None:
        for control, card in self._cards.items():
            card.set_current(at in (control, card))
        led = self._led.get(at, ()) if at is not None else ()
        self.looked.emit(led, near)
        if isinstance(at, QWidget) and at in self._stops:
            self._scroll.ensureWidgetVisible(self._cards.get(at, at), 0, 12)

    def _key(self, control: QObject, event: QKeyEvent) -> bool:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if event.key() in _AWAY and control in self._away:
            self._away[control]()
            return True
        if event.key() in _STEPS:
            at = self._stops.index(control) + _STEPS[event.key()]  # type: ignore[arg-type]
            self._stops[min(max(at, 0), len(self._stops) - 1)].setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return False

    def _has_keyboard(self) -> bool:
        now = QApplication.focusWidget()
        return now is not None and (now is self or self.isAncestorOf(now))

    def _place(self) -> int | None:
        """At which of the proposals the keyboard stands; None where it is elsewhere."""
        now = QApplication.focusWidget()
        controls = list(self._cards)
        return controls.index(now) if now in controls else None

    def _go_on(self, place: int) -> None:
        """After one proposal was dealt with: the next one, in whose place it stands now."""
        controls = [control for control in self._cards if isinstance(control, QWidget)]
        if place < len(controls):
            controls[place].setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.focus()


class _Several(QWidget):
    """What can be done with all submissions that are chosen, where they are several."""

    def __init__(self, ask: Callable[[str], object]) -> None:
        super().__init__()
        self.setObjectName("side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._said = label("", "strong", wrap=True)
        chips = QWidget()
        flow = Flow(chips)
        for command in ("add_theme", "remove_theme", "council", "take_proposed"):
            flow.addWidget(
                button(say(f"several-{command}"), partial(ask, command), name="compact", command=command)
            )
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 12, 16, 6)
        box.setSpacing(6)
        box.addWidget(self._said)
        box.addWidget(chips)
        self.hide()

    def show_number(self, n: int) -> None:
        """Shows itself where more than one is chosen."""
        self._said.setText(say("several-chosen", n=n))
        self.setVisible(n > 1)


class _Chips(QWidget):
    """Chips on as many lines as it takes."""

    def __init__(self) -> None:
        super().__init__()
        self._flow = Flow(self)

    def put(self, text: str, kind: str, says: str, *, sign: str | None = None) -> Chip:
        """Adds a chip; one that can be taken off shows it."""
        usual = "" if kind == "proposed" else "  ×"
        made = Chip(text, kind, says, sign=usual if sign is None else sign)  # type: ignore[arg-type]
        self._flow.addWidget(made)
        return made


def told_of(authority: Authority) -> str:
    """What a council is: its type, its region, its nation; that it is another body."""
    if not authority.gss:
        return say("other-body")
    kind = f"{authority.type[:1].upper()}{authority.type[1:]}"
    return " · ".join(filter(None, (kind, authority.region or authority.nation)))


def _offer(each: Suggestion) -> Offer:
    about = f"{kind_word(each.term.kind)} · {round(each.score * 100)} %"
    return Offer(each.term.label, about, each.because)


def _is_in(each: CouncilSuggestion, authorities: Iterable[Authority]) -> bool:
    found = each.authority
    return any(found.gss == one.gss if found.gss else found.name == one.name for one in authorities)
