"""What was done at this desk, in sentences, and taking it back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from textwrap import shorten
from typing import TYPE_CHECKING, Any

from workbench import edits, merge, words
from workbench.desk import changing
from workbench.desk.desk import Desk
from workbench.desk.rows import Changed, JournalEntry
from workbench.edits import CONTENT, Change, Edit, Value
from workbench.errors import Refused, WrongUsage
from workbench.submission import EDITABLE

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from workbench.store.journal import Entry

Place = tuple[str, str, str]
"""A submission, a slot and a key."""

SHORT, LONG = 80, 40_000
"""Characters of an answer: as many as a line of the history shows, and so many that it shows none."""

ANYTHING = "*"
"""As a slot: whatever belongs to the submission."""


def entries(desk: Desk, submission_id: str | None = None, limit: int = 200) -> tuple[JournalEntry, ...]:
    """The latest steps, newest first, of the whole desk or of one submission, though its import was undone.

    Raises WrongUsage("unknown-submission").
    """
    from workbench.store import journal

    with desk.store.reading() as connection:
        if submission_id is not None and journal.first_of(connection, submission_id) is None:
            raise WrongUsage("unknown-submission", id=submission_id)
        return tuple(
            _row(connection, entry, submission_id)
            for entry in journal.newest(connection, submission_id, limit)
        )


def last(desk: Desk) -> int:
    """The number of the newest step; 0 where there is none."""
    from workbench.store import journal

    with desk.store.reading() as connection:
        return journal.last(connection)


def since(desk: Desk, entry: int) -> tuple[JournalEntry, ...]:
    """The steps after that of this number, newest first."""
    return tuple(one for one in entries(desk, limit=max(last(desk) - entry, 0)) if one.id > entry)


def undo(desk: Desk, entry: int | None = None) -> Changed:
    """Takes back the step of that number, or the newest one that still stands.

    Raises Refused: nothing-to-undo; not-undoable for what went out of the house or was undone already; overtaken
    where later work stands on it. WrongUsage("unknown-entry") for a number that never was.
    """
    from workbench.store import journal

    with desk.store.writing() as connection:
        step = _to_undo(connection, entry)
        changes = edits.inverse(step.edit.changes)
        _require_free(connection, step, changes)
        undo = Edit("undo", changes, _about(step))
        changed = changing.commit(desk, connection, undo, undoes=step.id)
        journal.mark(connection, step.id, changed.entry)
        return changed


def redo(desk: Desk) -> Changed:
    """Does again what was undone last, unless something new was done since.

    Raises Refused: nothing-to-redo, overtaken.
    """
    from workbench.store import journal

    with desk.store.writing() as connection:
        step = journal.next_to_redo(connection)
        if step is None:
            raise Refused("nothing-to-redo")
        _require_free(connection, step, step.edit.changes)
        redo = Edit("redo", step.edit.changes, _about(step))
        changed = changing.commit(desk, connection, redo, redoes=step.id)
        journal.mark(connection, step.id, None)
        return changed


def _about(step: Entry) -> dict[str, Any]:
    return {"of": [step.edit.code, dict(step.edit.params)]}


def _to_undo(connection: Connection, entry: int | None) -> Entry:
    from workbench.store import journal

    if entry is None:
        newest = journal.newest_standing(connection)
        if newest is None:
            raise Refused("nothing-to-undo")
        return newest
    step = journal.get(connection, entry)
    if step is None:
        raise WrongUsage("unknown-entry", entry=entry)
    if not step.standing:
        raise Refused("not-undoable", said=changing.sentence(step.edit.code, step.edit.params))
    return step


def _require_free(connection: Connection, step: Entry, changes: tuple[Change, ...]) -> None:
    taken = _taken(connection, step, changes)
    if taken:
        said = changing.sentence(step.edit.code, step.edit.params)
        raise Refused("overtaken", entry=step.id, said=said, later=_later(connection, step, taken))


def _taken(connection: Connection, step: Entry, changes: tuple[Change, ...]) -> frozenset[Place]:
    """What stands in the way of `changes`: the places that later work has changed, empty where they can be made."""
    from workbench.store import slots

    stale = edits.stale(changes, lambda change: slots.current(connection, change))
    decided = _decided(connection, step, changes)
    built_on = (change.submission for change in changes if _is_built_on(connection, step, change))
    return frozenset(
        {(change.submission, change.slot, change.key) for change in stale}
        | {(submission, "submission", "status") for submission in decided}
        | {(submission, ANYTHING, "") for submission in built_on}
        | {*_kept_no_longer(connection, step, changes)}
    )


def _kept_no_longer(connection: Connection, step: Entry, changes: tuple[Change, ...]) -> Iterator[Place]:
    """The removals that have taken since what these changes would bring back."""
    from workbench.store import keeping

    for change in changes:
        for kind in keeping.would_bring_back(change):
            gone = keeping.removal(connection, change.submission, kind)
            if gone and datetime.fromisoformat(gone["at"]) > step.at:
                yield change.submission, "removal", kind


def _decided(connection: Connection, step: Entry, changes: tuple[Change, ...]) -> Iterator[str]:
    """The submissions of which what an approval vouches for would change, though they have been decided on since."""
    from workbench.store import submissions

    own = {change.submission for change in changes if change.slot == "submission" and change.key == "status"}
    content = {change.submission for change in changes if _is_vouched_for(change)} - own
    content -= {*step.edit.params.get("decided", ())}
    for submission, status in submissions.statuses(connection, content).items():
        if status not in EDITABLE:
            yield submission


def _is_vouched_for(change: Change) -> bool:
    """Whether an approval vouches for it: the content, which study it is, that nothing is asked of its file."""
    is_asked = change.slot == "revision" and change.after is not None and change.after["state"] == "asked"
    return change.slot in CONTENT or (change.slot, change.key) == ("submission", "study") or is_asked


def _is_built_on(connection: Connection, step: Entry, change: Change) -> bool:
    """Whether `change` would take away a whole submission that was worked on."""
    from workbench.store import journal

    leaves = change.slot == "submission" and change.key == "present" and not change.after
    return leaves and journal.later_on(connection, change.submission, step.id)


def _later(connection: Connection, step: Entry, taken: frozenset[Place]) -> str:
    """The sentence of the first later step that still stands on one of these places."""
    from workbench.store import journal

    for submission in dict.fromkeys(place[0] for place in sorted(taken) if place[0]):
        for entry in reversed(journal.newest(connection, submission)):
            if entry.id > step.id and entry.counts and _touches(entry, taken):
                return changing.sentence(entry.edit.code, entry.edit.params)
    return words.say("journal", "later-work")


def _touches(entry: Entry, taken: frozenset[Place]) -> bool:
    changes = entry.edit.changes
    return any({(c.submission, c.slot, c.key), (c.submission, ANYTHING, "")} & taken for c in changes)


def _row(connection: Connection, entry: Entry, submission: str | None) -> JournalEntry:
    undone = entry.undone_by is not None
    free = entry.standing and not _taken(connection, entry, edits.inverse(entry.edit.changes))
    said = changing.sentence(entry.edit.code, entry.edit.params)
    own = tuple(c for c in entry.edit.changes if c.slot == "field" and c.submission == submission)
    was, now = _short(own[0]) if len(own) == 1 else ("", "")
    return JournalEntry(
        entry.id,
        entry.at,
        entry.who,
        said,
        entry.edit.submissions,
        undone,
        free,
        tuple(change.key for change in own),
        was,
        now,
    )


def _short(change: Change) -> tuple[str, str]:
    """The words that a change took out of an answer and those it put there, each on one line and cut short."""
    was, now = merge.changed(_words(change.before), _words(change.after))
    return shorten(was, SHORT, placeholder=" …"), shorten(now, SHORT, placeholder=" …")


def _words(value: Value) -> str:
    """An answer too long to be looked through for a line of the history is passed over."""
    return edits.to_field(value).text if value and len(value["html"]) <= LONG else ""
