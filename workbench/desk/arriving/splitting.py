"""Two studies in one file: the second becomes a submission of its own, from the same file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from workbench.desk import changing
from workbench.desk.arriving import arrivals, making
from workbench.desk.arriving.making import Made
from workbench.desk.desk import Desk
from workbench.desk.rows import Changed
from workbench.edits import Change, Edit
from workbench.errors import Refused
from workbench.submission import Submission

if TYPE_CHECKING:
    from workbench.word import WordDocument


def split(desk: Desk, submission_id: str) -> Changed:
    """Makes the second study in a submission's file a submission of its own, placed like any other.

    Its passages leave the tray of the first; what was placed from them since stays where it is. The new submission
    is the one of `Changed.submissions` that is not `submission_id`.
    Raises Refused("no-second-study", "reopen-first"), WrongUsage("unknown-submission").
    """
    made = _second(desk, submission_id)
    with desk.store.writing() as connection:
        first = changing.load_editable(connection, submission_id)
        _require_offer(first)
        new = arrivals.added(desk, connection, making.draft(made), first.files[0])
        changes = changing.between([(first, _without(first, made.document))])
        present = Change(new.id, "submission", "present", False, True)
        said = {"title": changing.named(first), "second": changing.named(new)}
        return changing.commit(desk, connection, Edit("split", (*changes, present), said), made=new)


def is_offered(submission: Submission) -> bool:
    """Whether a second study was seen in a submission's file."""
    return any(note.kind == "second-study" for note in submission.notes)


def _require_offer(submission: Submission) -> None:
    if not is_offered(submission):
        raise Refused("no-second-study", id=submission.id, title=changing.named(submission))


def _second(desk: Desk, submission_id: str) -> Made:
    """The second study of a submission's file, placed."""
    from workbench import intake, word
    from workbench.store import blobs, learning

    with desk.store.reading() as connection:
        first = changing.load_editable(connection, submission_id)
        _require_offer(first)
        data = blobs.get_word(connection, first.files[0].sha256)
        learned = learning.all_of(connection)
    second = intake.second(word.read(data or b"", first.files[0].name), first.notes)
    if second is None:
        raise Refused("no-second-study", id=first.id, title=changing.named(first))
    return making.placed(second, desk.templates, learned)


def _without(first: Submission, second: WordDocument) -> Submission:
    """The first submission without the passages and notes that are the second study's."""
    from workbench.word.document import refs

    theirs = frozenset(refs(second.blocks))
    return replace(
        first,
        unplaced=tuple(
            one for one in first.unplaced if not one.sources or not theirs.issuperset(one.sources)
        ),
        notes=tuple(note for note in first.notes if note.ref not in theirs),
    )
