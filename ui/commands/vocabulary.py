"""The vocabulary: what an editor does with a term, and what an administrator changes, each after a look."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from ui.commands.declared import group
from ui.commands.tagging import found
from ui.phrases import say
from ui.views.chooser import Choice
from ui.window import Window
from workbench.desk.themes.coining import ProposedTerm
from workbench.search import CatalogueQuery
from workbench.submission import Term

command = group("vocabulary")


def _in_themes(window: Window) -> str:
    """The stage of themes, open."""
    return "" if window.stage == "themes" else say("need-themes")


def _on_term(window: Window) -> str:
    """A term that is chosen there."""
    return _in_themes(window) or ("" if window.themes.row is not None else say("need-term"))


def _admin(window: Window) -> str:
    """A login that may change the vocabulary."""
    return _in_themes(window) or ("" if window.themes.admin else say("need-admin"))


def _may_change(window: Window) -> str:
    """A term that is offered, and a login that may change it."""
    row = window.themes.row if window.stage == "themes" else None
    return (
        _on_term(window) or _admin(window) or ("" if row and row.status == "active" else say("need-offered"))
    )


def _may_restore(window: Window) -> str:
    """A term that is offered no more, though its studies keep it."""
    row = window.themes.row if window.stage == "themes" else None
    retired = row is not None and row.status in ("retired", "unlisted")
    return _on_term(window) or _admin(window) or ("" if retired else say("need-retired"))


def _proposed(window: Window) -> str:
    """A term that was proposed."""
    return _admin(window) or ("" if window.themes.proposals else say("need-proposal"))


@command("Ins", _in_themes)
def new_term(window: Window) -> None:
    """Adds a term; for who may not, proposes one."""
    window.themes.new()


@command("F2", _may_change)
def rename_term(window: Window) -> None:
    """Gives the term another label; the old one stays as another name."""
    row = window.themes.row
    if row is not None:
        title = say("ask-term-name", label=row.label)
        window.chooser.ask(title, [], window.themes.rename, free=True, prompt=row.label)
        window.chooser.line.setText(row.label)
        window.chooser.line.selectAll()


@command("", _may_change)
def amend_term(window: Window) -> None:
    """Changes what is known of the term: what belongs under it, its other names, the words that suggest it."""
    window.themes.amend()


@command("", _may_change)
def move_term(window: Window) -> None:
    """Puts the term below another one, or at the top."""
    _ask_other(window, "ask-move-term", window.themes.move, Choice(say("at-the-top"), None))


@command("", _may_change)
def merge_term(window: Window) -> None:
    """Sends the studies of the term to another one, for good; it can be taken back."""
    _ask_other(window, "ask-merge-term", window.themes.merge)


@command("", _may_change)
def split_term(window: Window) -> None:
    """Sends the studies of the term to several others, each study as is chosen."""
    _ask_parts(window, ())


@command("", _may_change)
def retire_term(window: Window) -> None:
    """Offers the term no longer; its studies keep it."""
    window.themes.retire()


@command("", _may_restore)
def restore_term(window: Window) -> None:
    """Offers the term again."""
    window.themes.restore()


@command("", _admin)
def undo_vocabulary(window: Window) -> None:
    """Takes back the newest change of the vocabulary, after a look at every study."""
    window.themes.take_back_last()


@command("", _proposed)
def accept_term(window: Window) -> None:
    """Takes a proposed term into the vocabulary, as it was proposed or under another label."""

    def ask_label(proposal: ProposedTerm) -> None:
        label = proposal.term.label
        title = say("ask-accept-label", label=label)
        window.chooser.ask(title, [], partial(window.themes.accept, proposal), free=True)
        window.chooser.line.setText(label)
        window.chooser.line.selectAll()

    _with_proposal(window, ask_label)


@command("", _proposed)
def decline_term(window: Window) -> None:
    """Does not take a proposed term; another may stand for it."""

    def ask_why(proposal: ProposedTerm) -> None:
        def ask_instead(reason: str) -> None:
            decline = partial(window.themes.decline, proposal, reason)
            none = Choice(say("no-term-instead"), None)
            _ask_term(window, say("ask-instead", label=proposal.term.label), proposal.term, decline, none)

        window.chooser.ask(say("ask-decline-term", label=proposal.term.label), [], ask_instead, free=True)

    _with_proposal(window, ask_why)


@command("", _on_term)
def show_on_desk(window: Window) -> None:
    """Lists the submissions under the term on the desk."""
    row = window.themes.row
    if row is not None:
        window.show_stage("desk")
        window.desk.queue.show_term(row.kind, row.slug)


@command("", _on_term)
def show_in_catalogue(window: Window) -> None:
    """Lists the published studies under the term."""
    row = window.themes.row
    if row is not None:
        window.show_stage("catalogue")
        window.catalogue.show_query(CatalogueQuery(facets={row.kind: frozenset({row.slug})}))


def _with_proposal(window: Window, then: Callable[[ProposedTerm], object]) -> None:
    """The proposal that was pressed; else, where there are several, the one that is chosen."""
    pressed, window.themes.deciding = window.themes.deciding, None
    proposals = window.themes.proposals
    if pressed is not None or len(proposals) == 1:
        then(pressed or proposals[0])
    else:
        window.chooser.ask(say("ask-proposal"), [Choice(each.term.label, each) for each in proposals], then)


def _ask_other(window: Window, question: str, then: Callable[[Term], object], *further: Choice) -> None:
    row = window.themes.row
    if row is not None:
        _ask_term(window, say(question, label=row.label), row.term, then, *further)


def _ask_parts(window: Window, into: Sequence[Term]) -> None:
    """Asks for one term after the other, until they are all."""
    row = window.themes.row
    if row is None:
        return

    def take(chosen: Term | None) -> None:
        if chosen is None:
            window.themes.split(into)
        else:
            _ask_parts(window, (*into, chosen))

    enough = (Choice(say("split-enough", labels=", ".join(term.label for term in into)), None),)
    title = say("ask-split-term", label=row.label) if not into else say("ask-split-more")
    _ask_term(window, title, row.term, take, *(enough if len(into) > 1 else ()), without=into)


def _ask_term(
    window: Window,
    title: str,
    beside: Term,
    then: Callable[[Term], object],
    *further: Choice,
    without: Sequence[Term] = (),
) -> None:
    """Asks for a term of the same kind; what is offered `further` stands first."""
    terms = window.themes.vocabulary

    def find(typed: str) -> list[Choice]:
        choices = found(terms, typed)
        fit = [
            each
            for each in choices
            if each.value.kind == beside.kind and each.value not in (beside, *without)
        ]
        return [*(each for each in further if typed.casefold() in each.text.casefold()), *fit]

    window.chooser.ask(title, [], then, find=find, prompt=say("type-theme"))
