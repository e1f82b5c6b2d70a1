"""Changing the vocabulary of the catalogue: told beforehand with all that follows, done in one step, taken back; and
deciding on the terms that editors proposed.

The catalogue decides, and does it to every published study at once; this desk follows like any other. Nothing here
works without a catalogue: where it is out of reach, a change is refused in words, and a new term can be proposed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from workbench import words
from workbench.desk.catalogue import following
from workbench.desk.catalogue.sharing import open_shared
from workbench.desk.rows import Changed, Grain
from workbench.desk.themes import glossary, telling
from workbench.errors import Refused
from workbench.submission import Term, TermKind

if TYPE_CHECKING:
    from workbench.catalogue import Catalogue
    from workbench.desk.desk import Desk
    from workbench.store.vocabulary import Carrier, Proposed
    from workbench.themes import Theme, Vocabulary
    from workbench.themes.changes import Change
    from workbench.themes.history import Foreseen as Told
    from workbench.themes.history import Touched


@dataclass(frozen=True, slots=True)
class Refiled:
    """A published study, by its UUID, or a submission on this desk, by its id, and its terms before and after.

    `study` is the UUID of the study that a submission is, or is to be.
    """

    id: str
    title: str
    before: tuple[Term, ...]
    after: tuple[Term, ...]
    study: str = ""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a change of the vocabulary would do: `said` in words, and whatever would be filed elsewhere.

    `studies` are published, `submissions` lie on this desk. `staying` are studies that an undo leaves as they are,
    since they were published again or moved on. `number` is handed back with the change, which is then refused where
    somebody changed the vocabulary meanwhile; 0 where a proposed term is decided on.
    """

    number: int
    said: str
    studies: tuple[Refiled, ...] = ()
    submissions: tuple[Refiled, ...] = ()
    staying: tuple[Refiled, ...] = ()


@dataclass(frozen=True, slots=True)
class AmendmentRow:
    """A change of the catalogue's vocabulary in a sentence: by whom, when and why, and how many studies it moved.

    `undoes` is the number of the change that it took back, `undone_by` of the one that took it back.
    """

    number: int
    said: str
    reason: str
    who: str
    at: datetime
    studies: int
    undoes: int | None = None
    undone_by: int | None = None


def new(desk: Desk, kind: TermKind, label: str, *, slug: str = "", parent: str | None = None) -> Theme:
    """A theme to be added, with a slug made of its label where none is given."""
    from workbench.themes import Theme, changes

    label = " ".join(label.split())
    return Theme(kind, slug or changes.slug_of(label, kind, desk.vocabulary), label, parent)


def refresh(desk: Desk) -> None:
    """Hears what is new about the vocabulary, and sends what was proposed here.

    Raises `SurroundingsFailed` where the catalogue cannot be asked.
    """
    with open_shared(desk) as shared:
        following.vocabulary(desk, shared)


def foresee(desk: Desk, change: Change) -> Foreseen:
    """What a change would do now, to every published study and to what lies on this desk; nothing is changed.

    Raises Refused with a `theme-` code where it cannot be done, `SurroundingsFailed` where the catalogue cannot be
    asked.
    """
    with open_shared(desk) as shared:
        known, told = shared.vocabulary(), shared.foresee_change(change)
    return _foreseen(told, telling.sentence(known, change, will=True), _on_desk(desk, known, change))


def change(desk: Desk, change: Change, reason: str = "", *, expected: int | None = None) -> Changed:
    """Changes the vocabulary of the catalogue and files every study accordingly, in one step; this desk follows.

    `expected` is the number that `foresee` gave. Raises Refused with a `theme-` code, Refused("vocabulary-moved"),
    `SurroundingsFailed`: `catalogue-forbidden` for who is no administrator, `catalogue-unreachable`.
    """
    with open_shared(desk) as shared:
        said = telling.sentence(shared.vocabulary(), change)
        amended = shared.change_vocabulary(change, reason, desk.who, expected)
        return _followed(desk, shared, said, amended.studies)


def changes(desk: Desk) -> tuple[AmendmentRow, ...]:
    """What was changed of the catalogue's vocabulary, the newest first. Raises `SurroundingsFailed`."""
    with open_shared(desk) as shared:
        known, found = shared.vocabulary(), shared.vocabulary_changes(0)
    said = telling.all_told(known, found)
    return tuple(
        AmendmentRow(
            one.number, said[one.number], one.reason, one.who, one.at, one.studies, one.undoes, one.undone_by
        )
        for one in reversed(found)
    )


def foresee_undo(desk: Desk, number: int) -> Foreseen:
    """What taking a change back would do now; nothing is changed.

    Raises Refused: `vocabulary-change-unknown`, `vocabulary-undone`, `vocabulary-overtaken` where a later change
    stands on it, `theme-in-use`; `SurroundingsFailed`.
    """
    with open_shared(desk) as shared:
        told = shared.foresee_undo(number)
        said = telling.all_told(shared.vocabulary(), shared.vocabulary_changes(0))[number]
    return _foreseen(told, words.say("themes", "will-reinstate", said=said), ())


def undo(desk: Desk, number: int, reason: str = "", *, expected: int | None = None) -> Changed:
    """Takes a change back: every study is filed as before, but for what was changed since; this desk follows.

    Raises what `foresee_undo` does.
    """
    with open_shared(desk) as shared:
        said = telling.all_told(shared.vocabulary(), shared.vocabulary_changes(0)).get(number, "")
        amended = shared.undo_change(number, reason, desk.who, expected)
        return _followed(desk, shared, words.say("themes", "reinstate", said=said), amended.studies)


def foresee_accept(desk: Desk, proposal: str, *, label: str = "") -> Foreseen:
    """What taking a proposed term in would do to the submissions on this desk; nothing is changed, nobody is asked.

    Raises Refused("term-proposal-unknown"), and as a new term of the vocabulary is refused.
    """
    from workbench.themes import changes

    coined = _waiting(desk, proposal)
    theme = replace(coined, label=" ".join(label.split()) or coined.label)
    changes.applied(desk.vocabulary, changes.Add(theme))
    code = "will-add" if theme == coined else "will-accepted-as"
    said = words.say("themes", code, was=coined.label, label=theme.label)
    return _foreseen_here(said, _becoming(desk, coined, theme.term))


def foresee_decline(desk: Desk, proposal: str, *, instead: str = "") -> Foreseen:
    """What not taking a proposed term would do to the submissions on this desk; nothing is changed, nobody is asked.

    Raises Refused("term-proposal-unknown").
    """
    coined = _waiting(desk, proposal)
    heir = desk.vocabulary.by_term.get((coined.kind, instead))
    code = "will-declined-instead" if instead else "will-declined"
    said = words.say("themes", code, was=coined.label, label=heir.label if heir else instead)
    return _foreseen_here(said, _becoming(desk, coined, heir.term if heir else None))


def accept(desk: Desk, proposal: str, *, label: str = "", reason: str = "") -> Changed:
    """Takes a proposed term into the vocabulary, under another label where one is given; this desk follows.

    Raises Refused("term-proposal-unknown") where none of that id waits, and as a new term of the vocabulary is
    refused; `SurroundingsFailed`: `catalogue-forbidden` for who is no administrator.
    """
    with open_shared(desk) as shared:
        coined = _named(desk, shared, proposal).theme
        theme = replace(coined, label=" ".join(label.split()) or coined.label)
        shared.accept_term(proposal, desk.who, reason, theme)
        code = "add" if theme == coined else "accepted-as"
        said = words.say("themes", code, was=coined.label, label=theme.label)
        return _followed(desk, shared, said, 0)


def decline(desk: Desk, proposal: str, reason: str, *, instead: str = "") -> Changed:
    """Does not take a proposed term; its studies get the term with the slug `instead`, or none. This desk follows.

    Raises Refused("reason-needed"), and what `accept` does.
    """
    if not reason.strip():
        raise Refused("reason-needed")
    with open_shared(desk) as shared:
        coined = _named(desk, shared, proposal).theme
        shared.decline_term(proposal, desk.who, reason, instead)
        theme = shared.vocabulary().by_term.get((coined.kind, instead))
        told = {"was": coined.label, "label": theme.label if theme else instead, "reason": reason.strip()}
        said = words.say("themes", "declined-instead" if instead else "declined", **told)
        return _followed(desk, shared, said, 0)


def _named(desk: Desk, shared: Catalogue, proposal: str) -> Proposed:
    """The proposal of that id, as the catalogue has it. Raises Refused("term-proposal-unknown")."""
    following.vocabulary(desk, shared)
    return _known(desk, proposal)


def _known(desk: Desk, proposal: str) -> Proposed:
    for one in glossary.proposed(desk):
        if one.id == proposal:
            return one
    raise Refused("term-proposal-unknown", what=proposal)


def _waiting(desk: Desk, proposal: str) -> Theme:
    """The term that waits for a decision, as this desk knows it."""
    one = _known(desk, proposal)
    if not one.is_open:
        raise Refused("term-proposal-unknown", what=proposal)
    return one.theme


# What follows


def _on_desk(desk: Desk, known: Vocabulary, change: Change) -> Sequence[Refiled]:
    """The submissions on this desk that a change would file elsewhere."""
    from workbench.store import vocabulary
    from workbench.themes import changes

    after = changes.applied(known, change)
    with desk.store.reading() as connection:
        found = vocabulary.carriers(connection, changes.named(change))
    become = [(one, changes.refiled(change, one.terms, after, one.study)) for one in found]
    return [
        Refiled(one.id, one.title, one.terms, terms, one.study)
        for one, terms in become
        if {*terms} != {*one.terms}
    ]


def _becoming(desk: Desk, coined: Theme, heir: Term | None) -> Sequence[Refiled]:
    """The submissions on this desk under a proposed term, and their terms when another, or none, stands for it.

    One that is taken in as it is goes on: until then nothing is published with it.
    """
    from workbench.store import vocabulary

    with desk.store.reading() as connection:
        found = vocabulary.carriers(connection, [coined.key])
    heirs = (heir,) if heir else ()
    own = () if heir == coined.term else (coined.term,)

    def become(one: Carrier) -> Refiled:
        kept = tuple(term for term in one.terms if (term.kind, term.slug) != coined.key)
        return Refiled(one.id, one.title, (*own, *kept), (*dict.fromkeys((*heirs, *kept)),), one.study)

    return [become(one) for one in found]


def _foreseen_here(said: str, submissions: Sequence[Refiled]) -> Foreseen:
    n = len(submissions)
    also = words.say("themes", "submissions-follow", n=n) if n else words.say("themes", "none-follow")
    return Foreseen(0, f"{said} {also}", (), tuple(submissions))


def _foreseen(told: Told, said: str, submissions: Sequence[Refiled]) -> Foreseen:
    moved, staying = _refiled(told.studies), _refiled(told.kept)
    counted = (("studies-follow", moved), ("submissions-follow", submissions), ("studies-stay", staying))
    also = [words.say("themes", code, n=len(found)) for code, found in counted if found]
    said = " ".join([said, *(also or [words.say("themes", "none-follow")])])
    return Foreseen(told.number, said, moved, tuple(submissions), staying)


def _refiled(touched: Iterable[Touched]) -> tuple[Refiled, ...]:
    return tuple(Refiled(one.study, one.title, one.before, one.after) for one in touched)


def _followed(desk: Desk, shared: Catalogue, said: str, studies: int) -> Changed:
    """Lets this desk follow at once; says how many studies and submissions went along."""
    steps = following.vocabulary(desk, shared)
    following.follow(desk, shared)
    touched = frozenset[str]().union(*(step.submissions for step in steps))
    counted = (("studies-follow", studies), ("submissions-follow", len(touched)))
    told = [words.say("themes", code, n=n) for code, n in counted if n]
    grains = frozenset[Grain]({"catalogue", "settings"}).union(*(step.grains for step in steps))
    return Changed(grains, touched, " ".join([said, *told]))
