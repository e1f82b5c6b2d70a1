"""How every verb changes the desk: one edit, one transaction, one line in the journal.

A verb opens `desk.store.writing()`, loads what it needs inside, works out the new state as a value, and hands the
difference to `commit`. Reading and writing under one lock is what keeps two open desks from losing each other's work.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from workbench import edits, words
from workbench.desk.rows import NOTHING, Changed, Grain
from workbench.edits import Change, Edit, Slot
from workbench.errors import Refused, WrongUsage
from workbench.submission import EDITABLE, TRANSITIONS, Status, Submission

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from workbench.desk.desk import Desk
    from workbench.store.journal import Entry

SHOWN_BY: Mapping[Slot, frozenset[Grain]] = MappingProxyType(
    {
        "learned": frozenset({"settings"}),
        "word": frozenset({"settings", "queue", "submission"}),
        "outbox": frozenset({"outbox"}),
        "filter": frozenset({"queue"}),
        "day": frozenset({"queue", "submission", "outbox"}),
    }
)
"""Which views show a slot, where it is not the queue and the submission."""

CHECKED: frozenset[Slot] = frozenset({"field", "passage", "note", "tag", "file", "day"})
"""The slots after which the fields that changed are checked again, and the study as a whole."""

CHECKED_WHOLE: frozenset[Slot] = frozenset({"picture", "authority"})
"""The slots after which every field is checked again."""


def load(connection: Connection, submission_id: str) -> Submission:
    """The submission of that id. Raises WrongUsage("unknown-submission")."""
    from workbench.store import submissions

    found = submissions.load(connection, submission_id)
    if found is None:
        raise WrongUsage("unknown-submission", id=submission_id)
    return found


def load_editable(connection: Connection, submission_id: str) -> Submission:
    """The submission of that id, if it may be edited. Raises Refused("reopen-first") where it may not."""
    found = load(connection, submission_id)
    require_editable(found)
    return found


def require_editable(submission: Submission) -> None:
    """Raises Refused("reopen-first") for a submission that was decided on."""
    require_standing(submission, EDITABLE)


def require_standing(submission: Submission, allowed: frozenset[Status]) -> None:
    """Raises Refused("reopen-first") for a submission that stands elsewhere than in one of `allowed`."""
    if submission.status not in allowed:
        status = words.say("journal", f"status-{submission.status}")
        raise Refused("reopen-first", id=submission.id, title=named(submission), status=status)


def label_of(desk: Desk, submission: Submission, field: str) -> str:
    """What the template calls a field; its id where only the submission knows it.

    Raises WrongUsage("unknown-field").
    """
    template = desk.template_of(submission)
    if template and field in template.by_id:
        return template.by_id[field].label
    if field not in submission.fields:
        known = ", ".join(template.by_id) if template else ""
        raise WrongUsage("unknown-field", id=submission.id, field=field, known=known)
    return field


def step(submission: Submission, name: str) -> Submission:
    """The submission after the step `name` of `TRANSITIONS`. Raises Refused("wrong-status")."""
    allowed, target = TRANSITIONS[name]
    if submission.status not in allowed:
        said = {
            "status": words.say("journal", f"status-{submission.status}"),
            "step": words.say("journal", f"to-{name}"),
        }
        raise Refused("wrong-status", id=submission.id, title=named(submission), **said)
    return replace(submission, status=target)


def named(submission: Submission) -> str:
    """What a sentence calls a submission: its title in quotation marks, or its id."""
    return f"“{submission.title}”" if submission.title else submission.id


def naming(submissions: Iterable[Submission]) -> dict[str, Any]:
    """The parameters `n` and `title` of a sentence about these submissions."""
    several = tuple(submissions)
    return {"n": len(several), "title": named(several[0]) if several else ""}


def commit(
    desk: Desk,
    connection: Connection,
    edit: Edit,
    *,
    undoable: bool = True,
    undoes: int | None = None,
    redoes: int | None = None,
    made: Submission | None = None,
    onto: Entry | None = None,
) -> Changed:
    """Writes one edit with all that follows from it, and its line in the journal.

    An edit without changes is not written: then it returns `NOTHING`. `undoable` is False for what has left the
    house. `made` is the submission that the edit brings, where it brings one, so that it need not be read back;
    `onto` is the newest step, where the edit only goes on with it and gets no line of its own. The
    line is the sentence of `edit.code`, in the words of the journal, filled with `edit.params`.
    """
    from workbench.store import journal, slots

    if not edit.changes:
        return NOTHING
    slots.write(connection, edit.changes)
    followed = _follow(desk, connection, edit, made)
    if onto is not None:
        entry = journal.lengthen(connection, onto, edit)
    else:
        entry = journal.append(
            connection, edit, at=desk.clock(), who=desk.who, undoable=undoable, undoes=undoes, redoes=redoes
        )
    said = sentence(edit.code, edit.params)
    return Changed(_grains(edit), followed.union(edit.submissions), said, entry)


def commit_pair(
    desk: Desk,
    connection: Connection,
    code: str,
    pair: tuple[Submission, Submission],
    *further: Change,
    **params: str | int,
) -> Changed:
    """Writes what leads from the first to the second of `pair`, and any `further` changes, as one edit."""
    changes = (*edits.between(*pair), *further)
    return commit(desk, connection, Edit(code, changes, {"title": named(pair[0]), **params}))


def between(pairs: Iterable[tuple[Submission, Submission]]) -> tuple[Change, ...]:
    """The changes that lead from the first to the second of each pair."""
    return tuple(change for before, after in pairs for change in edits.between(before, after))


def sentence(code: str, params: Mapping[str, Any]) -> str:
    """A line of the journal in words; of an undo or a redo, with the line it is about."""
    if "of" in params:
        of_code, of_params = params["of"]
        return words.say("journal", code, said=sentence(of_code, of_params).removesuffix("."))
    return words.say("journal", code, **params)


def _grains(edit: Edit) -> frozenset[Grain]:
    usual: frozenset[Grain] = frozenset({"queue", "submission"})
    return frozenset[Grain]().union(*(SHOWN_BY.get(change.slot, usual) for change in edit.changes))


def _follow(desk: Desk, connection: Connection, edit: Edit, made: Submission | None) -> frozenset[str]:
    """Checks again what the edit touched, and sums it up for the queue; the submissions that needed it."""
    from workbench.desk import standing

    touched: dict[str, list[Change]] = {}
    for change in edit.changes:
        if change.slot in CHECKED | CHECKED_WHOLE | {"dismissal"} or _is_arrival(change):
            touched.setdefault(change.submission, []).append(change)
    for submission_id, own in touched.items():
        whole = any(change.slot in CHECKED_WHOLE or _is_arrival(change) for change in own)
        check = whole or any(change.slot in CHECKED for change in own)
        fields = None if whole else frozenset(change.key for change in own if change.slot == "field")
        known = made if made is not None and made.id == submission_id else None
        standing.refresh(desk, connection, submission_id, check=check, fields=fields, made=known)
    words = [change.key for change in edit.changes if change.slot == "word"]
    return standing.respell(desk, connection, words) if words else frozenset(touched)


def _is_arrival(change: Change) -> bool:
    return change.slot == "submission" and change.key == "present"
