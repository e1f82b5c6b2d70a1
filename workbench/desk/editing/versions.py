"""How the answers of a submission read after any step of its history: compared word by word, and gone back to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from workbench import edits, merge
from workbench.desk import changing
from workbench.desk.desk import Desk
from workbench.desk.rows import Changed, FieldChange
from workbench.edits import Edit, Value
from workbench.errors import Refused, WrongUsage
from workbench.submission import FieldValue, Submission

if TYPE_CHECKING:
    from sqlalchemy import Connection

Answers = Mapping[str, FieldValue]
"""The answers of a submission by their fields; a field without one is not there."""


def difference(
    desk: Desk, submission_id: str, older: int, newer: int | None = None
) -> tuple[FieldChange, ...]:
    """What differs between the answers as they stood after two steps, or after one and now, field by field.

    Any number of the desk's history will do: a submission stands as its own steps up to there have left it. Raises
    WrongUsage("unknown-submission", "unknown-entry"), Refused("not-yet-there").
    """
    with desk.store.reading() as connection:
        submission = changing.load(connection, submission_id)
        before = _answers(connection, submission, older)
        after = submission.fields if newer is None else _answers(connection, submission, newer)
    return tuple(_changes(desk, submission, before, after))


def revert(desk: Desk, submission_id: str, field: str, entry: int) -> Changed:
    """Gives a field the answer that it had after the step `entry`, as a new step that can be undone.

    Raises Refused("reopen-first", "not-yet-there"), WrongUsage("unknown-submission", "unknown-field",
    "unknown-entry").
    """
    with desk.store.writing() as connection:
        submission = changing.load_editable(connection, submission_id)
        answers = _answers(connection, submission, entry)
        known = replace(submission, fields={**answers, **submission.fields})
        label = changing.label_of(desk, known, field)
        fields = {name: value for name, value in submission.fields.items() if name != field}
        kept = {field: answers[field]} if field in answers else {}
        changes = edits.between(submission, replace(submission, fields={**fields, **kept}))
        said = {"title": changing.named(submission), "field": label, "entry": entry}
        return changing.commit(desk, connection, Edit("revert", changes, said))


def _answers(connection: Connection, submission: Submission, entry: int) -> Answers:
    """The answers as they stood after the step `entry`: today's, with all that came later taken back."""
    from workbench.store import journal

    if entry > journal.last(connection):
        raise WrongUsage("unknown-entry", entry=entry)
    if entry < (journal.first_of(connection, submission.id) or 0):
        raise Refused("not-yet-there", id=submission.id, entry=entry)
    found: dict[str, Value] = {field: edits.from_field(value) for field, value in submission.fields.items()}
    for later in journal.after(connection, submission.id, entry):
        own = (change for change in later.edit.changes if change.submission == submission.id)
        found |= {change.key: change.before for change in own if change.slot == "field"}
    return {field: edits.to_field(value) for field, value in found.items() if value is not None}


def _changes(desk: Desk, submission: Submission, before: Answers, after: Answers) -> Iterator[FieldChange]:
    """In the order of the template, then the fields that it does not know."""
    template = desk.template_of(submission)
    labels = {field.id: field.label for field in template.fields} if template else dict[str, str]()
    for field in dict.fromkeys((*labels, *before, *after)):
        old, new = before.get(field, FieldValue()), after.get(field, FieldValue())
        if old.content != new.content:
            runs = merge.words(old.text, new.text) if old.text != new.text else ()
            yield FieldChange(field, labels.get(field, field), runs)
