"""What was done at this desk, in sentences, and taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench import edits, words
from workbench.desk import changing
from workbench.desk.desk import Desk
from workbench.desk.rows import Changed, JournalEntry
from workbench.edits import CONTENT, Change
from workbench.errors import Refused, WrongUsage
from workbench.submission import EDITABLE

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from workbench.store.journal import Entry


def entries(desk: Desk, id: str | None = None, limit: int = 200) -> tuple[JournalEntry, ...]:
    """The latest steps, newest first, of the whole desk or of one submission."""
    from workbench.store import journal

    with desk.store.reading() as connection:
        return tuple(_row(connection, entry) for entry in journal.newest(connection, id, limit))


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
        of = [step.edit.code, dict(step.edit.params)]
        changed = changing.commit(desk, connection, "undo", changes, undoes=step.id, of=of)
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
        of = [step.edit.code, dict(step.edit.params)]
        changed = changing.commit(desk, connection, "redo", step.edit.changes, redoes=step.id, of=of)
        journal.mark(connection, step.id, None)
        return changed


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
    if _is_free(connection, step, changes):
        return
    said = changing.sentence(step.edit.code, step.edit.params)
    raise Refused("overtaken", entry=step.id, said=said, later=_later(connection, step))


def _is_free(connection: Connection, step: Entry, changes: tuple[Change, ...]) -> bool:
    """Whether `changes` can be made: their slots hold what they start from, and nothing was built on them."""
    from workbench.store import journal, slots

    if edits.stale(changes, lambda change: slots.current(connection, change)):
        return False
    if any(change.key == "present" and journal.later_on(connection, change.submission, step.id) for change in changes):
        return False
    return _is_editable(connection, changes)


def _is_editable(connection: Connection, changes: tuple[Change, ...]) -> bool:
    from workbench.store import submissions

    decided = {change.submission for change in changes if change.slot == "submission" and change.key == "status"}
    content = {change.submission for change in changes if change.slot in CONTENT} - decided
    return all(status in EDITABLE for status in submissions.statuses(connection, content).values())


def _later(connection: Connection, step: Entry) -> str:
    """The sentence of a later step on the same submissions, the first one that still stands."""
    from workbench.store import journal

    for submission in step.edit.submissions:
        for entry in reversed(journal.newest(connection, submission)):
            if entry.id > step.id and entry.undone_by is None and not entry.undoes and not entry.redoes:
                return changing.sentence(entry.edit.code, entry.edit.params)
    return words.say("journal", "later-work")


def _row(connection: Connection, entry: Entry) -> JournalEntry:
    undone = entry.undone_by is not None
    free = entry.standing and _is_free(connection, entry, edits.inverse(entry.edit.changes))
    said = changing.sentence(entry.edit.code, entry.edit.params)
    return JournalEntry(entry.id, entry.at, entry.who, said, entry.edit.submissions, undone, free)
