"""What a study is about: the themes it carries, those the desk proposes and why, and the councils it comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.phrases import say
from ui.views.parts import Chip, Flow, KeyButton, button, clear, label
from workbench.desk.rows import CouncilSuggestion, Suggestion, Suggestions
from workbench.submission import EDITABLE, Authority, Submission, Term


class ThemesView(QWidget):
    """`add(terms)` and `remove(term)` change the tags; `councils(authorities)` the councils.

    `choose_theme` and `choose_council` ask for one from the whole vocabulary or register. `left` says that the
    keyboard has nothing more to do here.
    """

    add = Signal(tuple)
    remove = Signal(object)
    councils = Signal(tuple)
    choose_theme = Signal()
    choose_council = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._submission: Submission | None = None
        self._suggestions = Suggestions()
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(16, 14, 16, 16)
        self._rows.setSpacing(8)
        self.take_all: KeyButton | None = None
        self._page = QWidget()
        self._page.setLayout(self._rows)
        scroll = QScrollArea()
        scroll.setWidget(self._page)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(scroll)

    @property
    def proposed(self) -> tuple[Term, ...]:
        """The themes that are proposed and not yet taken."""
        return tuple(suggestion.term for suggestion in self._proposals())

    def show_tags(self, submission: Submission, suggestions: Suggestions) -> None:
        """Shows what is tagged and what could be; the keyboard stays here while something is left to take."""
        self._submission, self._suggestions = submission, suggestions
        held = self._has_keyboard()
        if held:
            self.left.emit()
        clear(self._rows)
        editable = submission.status in EDITABLE
        self._show_councils(submission.authorities)
        self._show_terms(submission.terms)
        self._show_proposals()
        self._rows.addStretch(1)
        self.setEnabled(editable)
        self._show_now()
        if held and editable and self.take_all:
            self.focus()

    def _has_keyboard(self) -> bool:
        now = QApplication.focusWidget()
        return now is not None and self.isAncestorOf(now)

    def _show_now(self) -> None:
        """Qt shows what a layout takes in at its next turn; the keyboard may be wanted there before."""
        for child in self._page.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            child.show()

    def focus(self) -> None:
        """Gives the keyboard to the button that takes what is proposed, or to the one that adds a theme."""
        (self.take_all or self._add).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _proposals(self) -> Iterable[Suggestion]:
        taken = {(term.kind, term.slug) for term in self._submission.terms} if self._submission else set()
        every = (*self._suggestions.themes, *self._suggestions.support_types, *self._suggestions.collections)
        return (s for s in every if s.proposed and (s.term.kind, s.term.slug) not in taken)

    def _show_councils(self, authorities: tuple[Authority, ...]) -> None:
        self._rows.addWidget(label(say("councils"), "section"))
        chips = _Chips()
        for authority in authorities:
            text = f"{authority.name}  ×"
            chips.put(text, "authority", say("remove-council", name=authority.name), self._without(authority))
        chips.put(say("choose-council"), "proposed", say("choose-council"), self.choose_council.emit)
        self._rows.addWidget(chips)
        known = {authority.gss for authority in authorities}
        for suggestion in self._suggestions.authorities[:4]:
            if suggestion.authority.gss not in known:
                self._rows.addWidget(self._council(suggestion))

    def _without(self, authority: Authority) -> Callable[[], None]:
        kept = tuple(a for a in self._submission.authorities if a != authority) if self._submission else ()
        return lambda: self.councils.emit(kept)

    def _council(self, suggestion: CouncilSuggestion) -> QFrame:
        name = suggestion.authority.name
        take = button(
            say("take"),
            lambda: self._take_council(suggestion.authority),
            name="compact",
            says=say("take-named", name=name),
        )
        return _Proposal(name, suggestion.score, suggestion.because, take)

    def _take_council(self, authority: Authority) -> None:
        if self._submission is not None:
            self.councils.emit((*self._submission.authorities, authority))

    def _show_terms(self, terms: tuple[Term, ...]) -> None:
        self._rows.addSpacing(8)
        self._rows.addWidget(label(say("themes"), "section"))
        chips = _Chips()
        for term in terms:
            chips.put(
                f"{term.label}  ×",
                "theme",
                say("remove-theme", label=term.label),
                lambda t=term: self.remove.emit(t),
            )
        self._add = chips.put(say("add-theme"), "proposed", say("add-theme"), self.choose_theme.emit)
        self._rows.addWidget(chips)

    def _show_proposals(self) -> None:
        proposals = list(self._proposals())
        self.take_all = None
        if not proposals:
            return
        self._rows.addSpacing(8)
        head = QHBoxLayout()
        head.addWidget(label(say("proposed"), "section"), 1)
        self.take_all = button(
            say("take-proposed", n=len(proposals)), self._take_all, name="primary", key="Enter"
        )
        head.addWidget(self.take_all)
        self._rows.addLayout(head)
        for suggestion in proposals:
            self._rows.addWidget(self._proposal(suggestion))

    def _proposal(self, suggestion: Suggestion) -> QFrame:
        name = suggestion.term.label
        take = button(
            say("take"),
            lambda: self.add.emit((suggestion.term,)),
            name="compact",
            says=say("take-named", name=name),
        )
        return _Proposal(name, suggestion.score, suggestion.because, take)

    def _take_all(self) -> None:
        self.add.emit(self.proposed)


class _Proposal(QFrame):
    """Something proposed, how likely it is, and the words that led to it."""

    def __init__(self, name: str, score: float, because: Iterable[str], take: QWidget) -> None:
        super().__init__()
        self.setObjectName("card")
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(label(name, "strong", wrap=True))
        why = say("because", words=", ".join(because))
        words.addWidget(label(f"{round(score * 100)} % · {why}", "small", wrap=True))
        box = QHBoxLayout(self)
        box.setContentsMargins(10, 7, 8, 7)
        box.addLayout(words, 1)
        box.addWidget(take)


class _Chips(QWidget):
    """Chips on as many lines as it takes."""

    def __init__(self) -> None:
        super().__init__()
        self._flow = Flow(self)

    def put(self, text: str, kind: str, says: str, then: Callable[[], object]) -> Chip:
        """Adds a chip that does `then`."""
        made = Chip(text, kind, says)  # type: ignore[arg-type]
        made.clicked.connect(lambda: then())
        self._flow.addWidget(made)
        return made
