"""The desk follows the catalogue's vocabulary: its copy of it, and what lies on it under terms that changed.

Each change that touches a submission is one step of the journal, told in a sentence and undoable. Where the catalogue
took a change back, what this desk did after it is taken back too, but for submissions worked on since.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC
from typing import TYPE_CHECKING

from workbench import edits
from workbench.desk.rows import NOTHING, Changed
from workbench.desk.themes import refiling, telling
from workbench.edits import Change as Shift
from workbench.edits import Edit
from workbench.submission import Term

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from workbench.catalogue import Catalogue
    from workbench.desk.desk import Desk
    from workbench.store.journal import Entry
    from workbench.store.vocabulary import Carrier, Standing
    from workbench.themes import Vocabulary
    from workbench.themes.history import VocabularyChange


def follow(desk: Desk, shared: Catalogue) -> tuple[Changed, ...]:
    """Takes over the catalogue's vocabulary, and what changed in it since this desk last looked.

    Where that is not the history any more which this desk followed (another catalogue, or one put back to an earlier
    state), it begins anew.
    """
    from workbench.store import vocabulary

    identity = shared.identity()
    with desk.store.reading() as connection:
        stands = vocabulary.standing(connection)
    told = shared.vocabulary_changes(stands.change - 1)
    same = stands.identity == identity and _is_followed(stands, told)
    amendments = told[stands.change > 0 :] if same else ()
    if same and not amendments:
        return ()
    reached = (told if same else shared.vocabulary_changes(0))[-1:]
    known = shared.vocabulary()
    with desk.store.writing() as connection:
        if vocabulary.standing(connection) != stands:
            return ()
        if not same and stands.identity:
            vocabulary.forget_others(connection)
        if not amendments:
            steps = [_begin(desk, connection, known)]
        else:
            steps = [
                step
                for amendment in amendments
                for step in _follow(desk, connection, known, identity, amendment)
            ]
            steps.append(_relabel(desk, connection, known, amendments))
        number, made = (reached[0].number, _made(reached[0])) if reached else (0, "")
        vocabulary.keep(connection, known.themes, identity, number, made)
        return tuple(step for step in steps if step is not NOTHING)


def _is_followed(stands: Standing, told: Sequence[VocabularyChange]) -> bool:
    """Whether the change at which the copy stands is the first of these, as it was followed."""
    if not stands.change:
        return True
    return bool(told) and told[0].number == stands.change and stands.made in ("", _made(told[0]))


def _made(amendment: VocabularyChange) -> str:
    return amendment.at.astimezone(UTC).isoformat()


def _begin(desk: Desk, connection: Connection, known: Vocabulary) -> Changed:
    """Brings everything on the desk up to a vocabulary that is new to it."""
    from workbench.store import vocabulary

    used = vocabulary.in_use(connection)
    old = [(term.kind, term.slug) for term in used if known.followed((term,)) != (term,)]
    carriers = vocabulary.carriers(connection, old)
    return refiling.refile(desk, connection, carriers, lambda one: known.followed(one.terms), "themes-today")


def _follow(
    desk: Desk, connection: Connection, known: Vocabulary, identity: str, amendment: VocabularyChange
) -> Iterator[Changed]:
    from workbench.store import vocabulary
    from workbench.themes import changes

    if amendment.undoes is not None:
        yield from _take_back(desk, connection, identity, amendment)
        return
    change = amendment.change
    if not isinstance(change, changes.Rename | changes.Merge | changes.Split):
        return
    code, said = telling.told(telling.before(amendment, known), change)
    yield refiling.refile(
        desk,
        connection,
        vocabulary.carriers(connection, changes.named(change)),
        lambda one: changes.refiled(change, one.terms, known, one.study),
        f"theme-{code}",
        **said,
        amendment=amendment.number,
        catalogue=identity,
    )


def _take_back(
    desk: Desk, connection: Connection, identity: str, amendment: VocabularyChange
) -> Iterator[Changed]:
    from workbench.store import journal

    for step in journal.following(connection, identity, amendment.undoes or 0):
        shifts = tuple(_untouched(connection, step))
        of = [step.edit.code, dict(step.edit.params)]
        edit = Edit("theme-back", shifts, {"of": of, "decided": step.edit.params.get("decided", [])})
        yield refiling.write(desk, connection, edit)


def _relabel(
    desk: Desk, connection: Connection, known: Vocabulary, amendments: Iterable[VocabularyChange]
) -> Changed:
    """Calls terms as they are called again since a change was taken back, also where they came after it."""
    from workbench.store import vocabulary

    pairs = [
        pair for amendment in amendments if amendment.undoes is not None for pair in amendment.differences
    ]
    labels = {
        theme.key: theme.label
        for old, new in pairs
        if old and new and old.label != new.label and (theme := known.by_term.get(new.key))
    }

    def become(one: Carrier) -> Iterable[Term]:
        return [
            Term(term.kind, term.slug, labels.get((term.kind, term.slug), term.label)) for term in one.terms
        ]

    return refiling.refile(desk, connection, vocabulary.carriers(connection, labels), become, "themes-today")


def _untouched(connection: Connection, step: Entry) -> Iterable[Shift]:
    """What takes a step back in the submissions where nothing it touched was changed since."""
    from workbench.store import slots

    shifts = edits.inverse(step.edit.changes)
    stale = {one.submission for one in edits.stale(shifts, lambda one: slots.current(connection, one))}
    return (one for one in shifts if one.submission not in stale)
