"""What the editor does about themes and councils of the study that is shown: takes, refuses, adds, takes off."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from ui.bridge import Bridge
from ui.views.inspector.themes import ThemesView
from ui.views.study.review import StudyView
from workbench.desk import Desk
from workbench.desk.rows import Changed, Suggestions
from workbench.desk.themes import learning, tagging
from workbench.submission import Authority, Submission, Term, TermKind


class Tagging(QObject):
    """Keeps the tags beside the study and those above it of one mind. `asked(command)` names a command.

    Whatever is taken or refused is so for the study it was shown for, and no other that came up meanwhile.
    """

    asked = Signal(str)

    def __init__(self, bridge: Bridge, middle: StudyView, view: ThemesView) -> None:
        super().__init__()
        self._bridge = bridge
        self._study = middle
        self._view = view
        self._shown: Submission | None = None
        middle.propose.connect(lambda term: self.add((term,)))
        view.add.connect(self.add)
        view.remove.connect(self.remove)
        view.refuse.connect(self.refuse)
        view.allow.connect(self.allow)
        view.councils.connect(self.set_councils)
        view.choose_theme.connect(lambda: self.asked.emit("add_theme"))
        view.choose_council.connect(lambda: self.asked.emit("council"))
        view.asked.connect(self.asked)
        view.looked.connect(middle.light_reasons)

    def show(self, submission: Submission) -> None:
        """Works out what could be said of a study, once it can be read."""
        self._shown = submission
        self.again()

    def again(self) -> None:
        """Works it out again for the study that is shown, as when something was learned."""
        if self._shown is not None:
            shown = self._shown.id
            self._bridge.ask_later(partial(_said, shown), self._show_tags, subject="tags")

    def _show_tags(self, said: tuple[Suggestions, tuple[Term, ...]]) -> None:
        suggestions, refused = said
        if self._shown is not None:
            self._view.show_tags(self._shown, suggestions, refused)
            proposed = set(self._view.proposed)
            every = (*suggestions.themes, *suggestions.support_types, *suggestions.collections)
            self._study.show_tags(self._shown, [each for each in every if each.term in proposed])

    def add(self, terms: tuple[Term, ...]) -> None:
        """Puts themes on the study."""
        if terms:
            self._do(lambda desk, shown: tagging.tag(desk, (shown,), add=terms))

    def remove(self, term: Term) -> None:
        """Takes a theme off the study."""
        self._do(lambda desk, shown: tagging.tag(desk, (shown,), remove=(term,)))

    def refuse(self, terms: tuple[Term, ...]) -> None:
        """Says that the study is not about these, so that they are proposed no more."""
        if terms:
            self._do(lambda desk, shown: learning.refuse(desk, shown, terms))

    def allow(self, terms: tuple[Term, ...]) -> None:
        """Takes a refusal back."""
        self._do(lambda desk, shown: learning.allow(desk, shown, terms))

    def propose(self, kind: TermKind, label: str, reason: str, ids: Sequence[str]) -> None:
        """Proposes a term that does not exist, and puts it on these studies until it has been decided on."""
        self._bridge.do(lambda desk: tagging.propose(desk, kind, label, reason, ids))

    def set_councils(self, councils: tuple[Authority, ...]) -> None:
        """Says which councils the study comes from."""
        self._do(lambda desk, shown: tagging.set_authorities(desk, shown, councils))

    def _do(self, verb: Callable[[Desk, str], Changed]) -> None:
        of = self._view.submission or self._shown
        if self._study.submission is not None and of is not None and of.id == self._study.submission.id:
            shown = of.id
            self._study.flush()
            self._bridge.do(lambda desk: verb(desk, shown))


def _said(submission: str, desk: Desk) -> tuple[Suggestions, tuple[Term, ...]]:
    """What is suggested for a submission, and what was refused for it."""
    return tagging.suggest(desk, submission), learning.refused(desk, submission)
