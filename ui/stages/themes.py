"""The vocabulary: its terms and how they are used; and for an administrator, changing it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget

from ui import problems
from ui.bridge import Bridge
from ui.models.hits import unmarked
from ui.phrases import day, say
from ui.tabbing import put_in_order, stops
from ui.views.vocabulary.refiling import Choices, RefilingView
from ui.views.vocabulary.termforms import AmendForm, Details, NewTermForm
from ui.views.vocabulary.termpage import Filed, TermPage
from ui.views.vocabulary.termtree import TermsPane
from ui.views.vocabulary.vocabularychanges import ChangesPane
from workbench.desk import Desk, queue
from workbench.desk.catalogue import administration, browsing
from workbench.desk.rows import Changed, QueueFilter
from workbench.desk.themes import vocabulary
from workbench.desk.themes.finding import Terms
from workbench.desk.themes.vocabulary import (
    AmendmentRow,
    Change,
    Foreseen,
    ProposedTerm,
    TermRow,
    Theme,
    Usage,
)
from workbench.errors import WorldError
from workbench.search import CatalogueQuery
from workbench.submission import Status, Term

MOST = 60
"""How many of the published studies under a term are listed, and as many of the submissions."""

OPEN = frozenset(Status) - {Status.PUBLISHED, Status.WITHDRAWN, Status.REJECTED}
"""Where a submission stands that is neither published nor done with."""

EDITOR = ("show_on_desk", "show_in_catalogue")
ADMIN = ("rename_term", "amend_term", "move_term", "merge_term", "split_term", "retire_term")
"""What is offered on a term's page: to every editor, and to an administrator beside it."""


_ROOMY = 1150
"""From so many pixels on each pane has the room it likes."""


@dataclass(frozen=True, slots=True)
class _Ground:
    """The vocabulary as this desk has it."""

    terms: Terms = field(default_factory=Terms)
    usage: Usage = field(default_factory=lambda: Usage((), (), (), ()))
    themes: dict[tuple[str, str], Theme] = field(default_factory=dict[tuple[str, str], Theme])
    proposals: tuple[ProposedTerm, ...] = ()
    today: date = date.min


@dataclass(frozen=True, slots=True)
class _Shared:
    """What only the catalogue knows: what was changed, whether this login may change it, why it cannot be asked."""

    changes: tuple[AmendmentRow, ...] = ()
    admin: bool = False
    why_not: str = ""


class ThemesStage(QWidget):
    """Shows the vocabulary from the desk's own copy; what needs the catalogue goes by the `far` bridge.

    `asked(command)`; `chosen(kind, slug)` wants the submissions under a term on the desk, `published(kind, slug)`
    the studies in the catalogue; `opened(filed)` one of either. `told(sentence)`.
    """

    help_page = "themes#the-vocabulary"

    asked = Signal(str)
    chosen = Signal(str, str)
    published = Signal(str, str)
    opened = Signal(object)
    told = Signal(str)

    def __init__(self, bridge: Bridge, far: Bridge) -> None:
        super().__init__()
        self.setObjectName("page")
        self._bridge, self._far = bridge, far
        self._ground = _Ground()
        self._shared = _Shared()
        self._wanted: tuple[str, str] | None = None
        self.deciding: ProposedTerm | None = None
        self.terms = TermsPane()
        self.page = TermPage()
        self.changes = ChangesPane()
        self._foreseen: RefilingView | None = None
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._panes = panes = QSplitter(Qt.Orientation.Horizontal)
        panes.setHandleWidth(1)
        panes.setChildrenCollapsible(False)
        for pane, least in ((self.terms, 190), (self.page, 240), (self.changes, 175)):
            pane.setMinimumWidth(least)
            panes.addWidget(pane)
        panes.setStretchFactor(1, 1)
        panes.setSizes([370, 670, 344])
        self.page.show_nothing(say("stage-themes"), say("themes-about"))
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(panes)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the page has what the panes beside it can spare."""
        super().resizeEvent(event)
        if self.width() < _ROOMY:
            beside = max(self.width() * 33 // 100, 190), max(self.width() * 22 // 100, 175)
            self._panes.setSizes([beside[0], self.width() - sum(beside), beside[1]])

    def _connect(self) -> None:
        self.terms.chosen.connect(self._choose)
        self.terms.asked.connect(self.asked)
        self.page.asked.connect(self.asked)
        self.page.chosen.connect(self.terms.choose)
        self.page.opened.connect(self.opened)
        self.changes.undo.connect(self.take_back)
        self.changes.accept.connect(self._ask_accept)
        self.changes.decline.connect(self._ask_decline)

    # Following

    def enter(self) -> None:
        """The stage is shown."""
        self._look()
        self._ask_catalogue()
        self.terms.tree.setFocus()

    def follow(self, changed: Changed) -> None:
        """The vocabulary is the catalogue's; how it is used changes with every study."""
        if self.isVisible():
            self._look()
            if "catalogue" in changed.grains:
                self._ask_catalogue()

    def redress(self) -> None:
        """Draws the same in the colours that hold now."""
        self._show(self._ground, anew=True)
        self.page.redress()

    @property
    def places(self) -> dict[QWidget, QWidget]:
        """The panes that F6 goes round, each with the control that gets the keyboard."""
        on_page = [each for each in stops(self.page) if each.isVisible()]
        page = {self.page: on_page[0]} if on_page else {}
        return {self.terms: self.terms.tree, **page, self.changes: self.changes.tabs}

    @property
    def row(self) -> TermRow | None:
        """The term that is chosen."""
        return self.page.row

    @property
    def admin(self) -> bool:
        """Whether this login may change the vocabulary."""
        return self._shared.admin

    @property
    def vocabulary(self) -> Terms:
        """The terms as they are shown."""
        return self._ground.terms

    def _look(self) -> None:
        self._bridge.ask(_ground, self._show, subject="vocabulary")

    def _ask_catalogue(self) -> None:
        self._far.ask(_shared, self._show_shared, subject="vocabulary-changes")

    def _show(self, ground: _Ground, *, anew: bool = False) -> None:
        self._ground = ground
        offered = [row for row in ground.terms.rows if row.is_offered]
        about = say("terms-about", n=len(offered), unused=len(ground.usage.unused))
        self.terms.show_terms(ground.terms, about, anew=anew)
        self.changes.show_proposals(ground.proposals, admin=self.admin)
        self._go_on()
        if not ground.terms.rows:
            self.page.show_nothing(say("no-terms-title"), say("no-terms"))

    def _show_shared(self, shared: _Shared) -> None:
        self._shared = shared
        self.changes.show_changes(shared.changes, shared.why_not, admin=shared.admin)
        self._show(self._ground)

    def _choose(self, kind: str, slug: str) -> None:
        row = self._ground.terms.by_key.get((kind, slug))
        if row is None:
            rows = [each for each in self._ground.terms.rows if each.kind == kind]
            self.page.show_kind(kind, rows, self._ground.usage)
            put_in_order(self)
            return
        commands = self._commands(row)
        self.page.show_term(row, self._ground.terms, self._ground.usage, commands, self._names(row))
        put_in_order(self)
        self._bridge.ask_later(partial(_filed, row), partial(self._list, row), subject="filed")

    def _commands(self, row: TermRow) -> tuple[str, ...]:
        used = [name for name, n in zip(EDITOR, (row.on_desk, row.published), strict=True) if n]
        if not self.admin or row.status in ("merged", "split", "pending"):
            return tuple(used)
        return (*used, *(("restore_term",) if row.status in ("retired", "unlisted") else ADMIN))

    def _names(self, row: TermRow) -> str:
        """Its other names, each with the days that it had it."""
        theme = self._ground.themes.get((row.kind, row.slug))
        aliases = theme.aliases if theme is not None else ()
        return ", ".join(_named(alias.label, alias.since, alias.until) for alias in aliases)

    def _list(self, row: TermRow, filed: Sequence[Filed]) -> None:
        if self.row is not None and (self.row.kind, self.row.slug) == (row.kind, row.slug):
            self.page.show_studies(filed, row.published, row.on_desk)

    # Changing

    def new(self, label: str = "") -> None:
        """Asks for a new term: to be added by an administrator, proposed by anybody else."""
        row = self.row
        kind, _ = self.terms.tree.current
        parent = row.slug if row is not None and row.is_offered else ""
        form = NewTermForm(
            self.window(), self._ground.terms, proposed=not self.admin, kind=kind or "topic", parent=parent
        )
        form.label_.setText(label)
        form.chosen.connect(self._add if self.admin else self._propose)

    def _add(self, kind: Any, name: str, parent: str, scope: str, reason: str) -> None:
        def made(desk: Desk) -> Change:
            theme = vocabulary.new(desk, kind, name, parent=parent or None)
            return vocabulary.Add(replace(theme, scope_note=scope))

        self._foresee(made, reason=reason, then=(kind, name))

    def _propose(self, kind: Any, name: str, parent: str, scope: str, reason: str) -> None:
        def propose(desk: Desk) -> ProposedTerm:
            return vocabulary.propose(
                desk, kind, name, parent=parent or None, scope_note=scope, reason=reason
            )

        self._bridge.ask(propose, self._proposed)

    def _proposed(self, made: ProposedTerm) -> None:
        self.told.emit(say("term-proposed", label=made.term.label))
        self.changes.show_part("proposals")
        self._look()
        self._ask_catalogue()

    def amend(self) -> None:
        """Asks for other details of the term that is chosen."""
        if (theme := self._theme()) is not None:
            AmendForm(self.window(), theme, self._ground.today).chosen.connect(partial(self._amend, theme))

    def _amend(self, theme: Theme, details: Details) -> None:
        known = {alias.label: alias for alias in theme.aliases}
        aliases = tuple(known.get(name) or vocabulary.Alias(name) for name in details.aliases)
        told = {name: getattr(details, name) for name in Details.__slots__ if name != "aliases"}
        told["order"] = details.order if theme.kind == "collection" else theme.order
        self.change(vocabulary.Amend(replace(theme, aliases=aliases, **told)))

    def rename(self, name: str) -> None:
        """Gives the term another label; the old one stays as another name."""
        if self.row is not None:
            row = self.row
            self._foresee(lambda desk: vocabulary.Rename(row.kind, row.slug, name, desk.today))

    def move(self, parent: Term | None) -> None:
        """Puts the term below another one, or at the top."""
        if self.row is not None:
            self.change(vocabulary.Move(self.row.kind, self.row.slug, parent.slug if parent else None))

    def merge(self, into: Term) -> None:
        """Sends the studies of the term to another one, which takes over its names and cues."""
        if self.row is not None:
            row = self.row
            self._foresee(
                lambda desk: vocabulary.Merge(row.kind, row.slug, into.slug, desk.today),
                then=(into.kind, into.label),
            )

    def split(self, into: Sequence[Term]) -> None:
        """Sends the studies of the term to several, each as is chosen for it."""
        if self.row is not None:
            row, slugs = self.row, tuple(term.slug for term in into)
            self._foresee(lambda desk: vocabulary.Split(row.kind, row.slug, slugs, on=desk.today), into=into)

    def retire(self) -> None:
        """Offers the term no longer; its studies keep it."""
        if self.row is not None:
            self.change(vocabulary.Retire(self.row.kind, self.row.slug))

    def restore(self) -> None:
        """Offers the term again."""
        if self.row is not None:
            self.change(vocabulary.Restore(self.row.kind, self.row.slug))

    def change(self, change: Change) -> None:
        """Shows what a change would do to every study, and does it where the administrator says so."""
        self._foresee(lambda _: change)

    def _foresee(
        self,
        made: Callable[[Desk], Change],
        *,
        into: Sequence[Term] = (),
        reason: str = "",
        then: tuple[str, str] | None = None,
    ) -> None:
        def look(desk: Desk) -> tuple[Change, Foreseen]:
            change = made(desk)
            return change, vocabulary.foresee(desk, change)

        self._far.ask(look, partial(self._show_foreseen, into, reason, then), subject="foresee")

    def _show_foreseen(
        self, into: Sequence[Term], reason: str, then: tuple[str, str] | None, found: tuple[Change, Foreseen]
    ) -> None:
        change, foreseen = found

        def do(given: str, choices: Choices) -> None:
            chosen = (
                replace(change, choices=choices)
                if choices and isinstance(change, vocabulary.Split)
                else change
            )
            self._far.do(lambda desk: vocabulary.change(desk, chosen, given), lambda _: self._go_to(then))

        self._overlay().show_foreseen(foreseen, say("change-do"), do, into)
        self._overlay().reason.setText(reason)

    def _go_to(self, then: tuple[str, str] | None) -> None:
        """After the change: to the term that it made or grew, once it is there."""
        self._wanted = then
        self._look()

    def _go_on(self) -> None:
        """To the term that a change made or grew, once it is there."""
        if self._wanted is not None:
            kind, label = self._wanted
            found = [
                row
                for row in self._ground.terms.rows
                if (row.kind, row.label) == (kind, label) and row.is_offered
            ]
            if found:
                self._wanted = None
                self.terms.choose(found[0].kind, found[0].slug)

    def take_back(self, number: int) -> None:
        """Shows what taking a change back would do, and does it where the administrator says so."""

        def do(reason: str, _: Choices) -> None:
            self._far.do(lambda desk: vocabulary.undo(desk, number, reason))

        self._look_first(lambda desk: vocabulary.foresee_undo(desk, number), say("take-back-do"), do)

    def _look_first(
        self,
        foresee: Callable[[Desk], Foreseen],
        does: str,
        do: Callable[[str, Choices], object],
        reason: str = "",
    ) -> None:
        def show(foreseen: Foreseen) -> None:
            self._overlay().show_foreseen(foreseen, does, do)
            self._overlay().reason.setText(reason)

        self._far.ask(foresee, show, subject="foresee")

    def take_back_last(self) -> None:
        """Takes back the newest change that stands."""
        standing = [row for row in self._shared.changes if row.undone_by is None and row.undoes is None]
        if standing:
            self.take_back(standing[0].number)

    def accept(self, proposal: ProposedTerm, label: str) -> None:
        """Shows what taking a proposed term in would do, under another label where one is given, and does it."""
        other = "" if label == proposal.term.label else label

        def do(reason: str, _: Choices) -> None:
            self._far.do(lambda desk: vocabulary.accept(desk, proposal.id, label=other, reason=reason))

        look = partial(vocabulary.foresee_accept, proposal=proposal.id, label=other)
        self._look_first(look, say("accept-do"), do)

    def decline(self, proposal: ProposedTerm, reason: str, instead: Term | None) -> None:
        """Shows what not taking a proposed term would do, another one standing for it or none, and does it."""
        slug = instead.slug if instead else ""

        def do(why: str, _: Choices) -> None:
            self._far.do(lambda desk: vocabulary.decline(desk, proposal.id, why or reason, instead=slug))

        look = partial(vocabulary.foresee_decline, proposal=proposal.id, instead=slug)
        self._look_first(look, say("decline-do"), do, reason)

    @property
    def proposals(self) -> tuple[ProposedTerm, ...]:
        """The terms that wait for a decision."""
        return self._ground.proposals

    def _ask_accept(self, proposal: ProposedTerm) -> None:
        self.deciding = proposal
        self.asked.emit("accept_term")

    def _ask_decline(self, proposal: ProposedTerm) -> None:
        self.deciding = proposal
        self.asked.emit("decline_term")

    def _theme(self) -> Theme | None:
        return self._ground.themes.get((self.row.kind, self.row.slug)) if self.row is not None else None

    def _overlay(self) -> RefilingView:
        if self._foreseen is None:
            self._foreseen = RefilingView(self.window())
        return self._foreseen


def _ground(desk: Desk) -> _Ground:
    """Read, and made ready to be looked through, beside the window."""
    return _Ground(
        Terms(vocabulary.terms(desk)).ready(),
        vocabulary.usage(desk),
        dict(desk.vocabulary.by_term),
        vocabulary.proposals(desk),
        desk.today,
    )


def _shared(desk: Desk) -> _Shared:
    """What the catalogue tells; where it cannot be asked, why."""
    try:
        vocabulary.refresh(desk)
        status = administration.status(desk.catalogue_url, audit=False)
        return _Shared(vocabulary.changes(desk), status.role == "admin")
    except WorldError as error:
        return _Shared(why_not=problems.sentence(error))


def _filed(row: TermRow, desk: Desk) -> tuple[Filed, ...]:
    """The studies that readers see under a term, the newest first, after what lies on the desk under it."""
    query = CatalogueQuery(facets={row.kind: frozenset({row.slug})}, limit=MOST)
    found = browsing.search(desk, query) if row.published else None
    here = (
        queue.rows(desk, QueueFilter(statuses=OPEN, term=(row.kind, row.slug)), MOST) if row.on_desk else ()
    )
    return (
        *(
            Filed(
                one.id,
                one.title or one.id,
                " · ".join(filter(None, (one.council, say("on-this-desk")))),
                False,
            )
            for one in here
        ),
        *(
            Filed(
                hit.study,
                unmarked(hit.title),
                " · ".join(filter(None, (hit.council, day(hit.published_at)))),
                True,
            )
            for hit in (found.hits if found else ())
        ),
    )


def _named(label: str, since: date | None, until: date | None) -> str:
    """Another name, with the days between which it was the one that counted."""
    if since and until:
        return say("name-between", label=label, since=day(since), until=day(until))
    return say("name-until", label=label, until=day(until)) if until else label
