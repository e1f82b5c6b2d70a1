"""What a file is, said by an editor: where that was not certain when it came, or was wrongly told.

A file is a study of its own, a newer version of one on the desk, or an update of one that is published. Either way
can be gone both ways, as one step of the journal. Nobody's work is lost: a submission that turns out to be a newer
version brings what was done to it along, to be laid beside the other, and comes back as it was.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import uuid4

from workbench.desk import changing
from workbench.desk.arriving import arrivals, claiming, making
from workbench.desk.desk import Desk
from workbench.desk.rows import Changed, Question
from workbench.edits import Change, Edit
from workbench.errors import Refused, WrongUsage
from workbench.submission import EDITABLE, Revision, SourceFile, Status, Submission

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from workbench.store.kin import Kin

GOES_ALONG = EDITABLE | {Status.REJECTED}
"""The states in which a submission can still become a part of another study."""


def questions(desk: Desk) -> tuple[Question, ...]:
    """The submissions of which somebody has to say what they are, the first to come first."""
    from workbench.store import revisions

    with desk.store.reading() as connection:
        return tuple(_question(connection, of) for of in revisions.asked(connection))


def question(desk: Desk, submission_id: str) -> Question | None:
    """What has to be said of one submission, if anything. Raises WrongUsage("unknown-submission")."""
    with desk.store.reading() as connection:
        asked = changing.load(connection, submission_id).asked
        return _question(connection, submission_id) if asked else None


def as_new(desk: Desk, submission_id: str, sha256: str = "") -> Changed:
    """Says that the file of a submission is a study of its own.

    With `sha256`, says it of a later file of the submission, which then becomes a submission: the one it was before,
    with what was done to it, where it was one.
    Raises Refused("merged-already", "settled-already", "known-to-others"); WrongUsage("unknown-submission",
    "unknown-asset").
    """
    if sha256:
        return _part(desk, submission_id, sha256)
    with desk.store.writing() as connection:
        before = changing.load(connection, submission_id)
        was_update = any(one.state == "new" and one.of == before.study for one in before.revisions)
        if before.asked is None and not was_update:
            raise Refused("settled-already", id=before.id, title=changing.named(before))
        after = _answered(before)
        if was_update:
            _require_free(connection, before)
            after = replace(after, study=str(uuid4()), base_version=0)
        return changing.commit_pair(desk, connection, "arrival-new", (before, after))


def as_revision(desk: Desk, submission_id: str, of: str) -> Changed:
    """Says that a submission is a newer version of another one: it is kept with that, and waits to be laid beside it.

    Raises Refused("reopen-first", "known-to-others", "same-submission"), WrongUsage("unknown-submission").
    """
    with desk.store.writing() as connection:
        before, target = changing.load(connection, submission_id), changing.load(connection, of)
        _require_free(connection, before)
        if before.id == target.id:
            raise Refused("same-submission", id=before.id, title=changing.named(before))
        after = replace(
            target,
            files=(*target.files, *before.files),
            revisions=(*target.revisions, *_waiting(before, target)),
        )
        gone = Change(before.id, "submission", "present", True, False)
        said = {"title": changing.named(before), "study": changing.named(target)}
        edit = Edit("arrival-revision", (*changing.between([(target, after)]), gone), said)
        return changing.commit(desk, connection, edit)


def as_update(desk: Desk, submission_id: str, study: str) -> Changed:
    """Says that a submission is an update of a published study, by its UUID, or of one that a colleague has taken up.

    Raises Refused: reopen-first, known-to-others; on-this-desk where that study's own submission is on the desk.
    WrongUsage: unknown-submission, unknown-study.
    """
    with desk.store.writing() as connection:
        before = changing.load(connection, submission_id)
        _require_free(connection, before)
        _require_elsewhere(connection, before, study)
        known = claiming.belonging(connection, study, before.files[0].sha256 if before.files else "")
        told = _told_of(before, study)
        after = replace(before, study=study, base_version=known.base_version, revisions=told)
        return changing.commit_pair(desk, connection, "arrival-update", (before, after))


def _require_free(connection: Connection, submission: Submission) -> None:
    """Raises Refused where it was decided on, or where others may know it as the study that it is."""
    from workbench.store import revisions

    changing.require_standing(submission, GOES_ALONG)
    if revisions.was_sent(connection, submission.id):
        raise Refused("known-to-others", id=submission.id, title=changing.named(submission))


def _require_elsewhere(connection: Connection, before: Submission, study: str) -> None:
    from workbench.store import submissions

    own = [one for one in submissions.of_study(connection, study) if one != before.id]
    if own:
        raise Refused("on-this-desk", id=before.id, of=own[0])
    asked = before.asked
    if _known(connection, study) is None and (asked is None or asked.of != study):
        raise WrongUsage("unknown-study", study=study)


def _answered(submission: Submission) -> Submission:
    """The submission with the question behind it; what it was held against is kept."""
    revisions = (replace(one, state="new") if one.state == "asked" else one for one in submission.revisions)
    return replace(submission, revisions=tuple(revisions))


def _told_of(before: Submission, study: str) -> tuple[Revision, ...]:
    """What is known of its files once it is an update of that study."""
    first = before.files[:1]
    known = {one.sha256: one for one in before.revisions}
    own = (
        replace(known.get(file.sha256, Revision(file.sha256, "new")), state="new", of=study) for file in first
    )
    return (*own, *(one for one in before.revisions if one.sha256 not in {file.sha256 for file in first}))


def _waiting(before: Submission, target: Submission) -> tuple[Revision, ...]:
    """The files of a submission as newer versions of another: the last of them speaks for it."""
    known = {one.sha256: one for one in before.revisions}
    own = {file.sha256 for file in target.files}
    files = [file for file in before.files if file.sha256 not in own]
    because = {file.sha256: known[file.sha256].because for file in files if file.sha256 in known}
    return tuple(
        Revision(file.sha256, "waiting", target.id, before.id, because.get(file.sha256, ()))
        for file in files[:1]
    )


# A later file, parted from the study


def _part(desk: Desk, submission_id: str, sha256: str) -> Changed:
    draft = _draft(desk, submission_id, sha256)
    with desk.store.writing() as connection:
        before = changing.load(connection, submission_id)
        told, file = _later_file(before, sha256)
        back = _came_as(connection, told)
        new = back or arrivals.added(desk, connection, draft, file)
        leaving = {one.sha256 for one in new.files}
        after = replace(
            before,
            files=tuple(one for one in before.files if one.sha256 not in leaving),
            revisions=tuple(one for one in before.revisions if one.sha256 not in leaving),
        )
        present = Change(new.id, "submission", "present", False, True)
        answered = changing.between([(new, _answered(new))]) if back else ()
        said = {"title": changing.named(before), "file": file.name, "id": new.id}
        edit = Edit("arrival-parted", (*changing.between([(before, after)]), *answered, present), said)
        return changing.commit(desk, connection, edit, made=None if back else new)


def _draft(desk: Desk, submission_id: str, sha256: str) -> Submission:
    """What the file would be as a submission; it is read outside the transaction, since that takes its time."""
    from workbench.store import blobs, learning

    with desk.store.reading() as connection:
        before = changing.load(connection, submission_id)
        told, file = _later_file(before, sha256)
        if back := _came_as(connection, told):
            return back
        data, learned = blobs.get_word(connection, sha256), learning.all_of(connection)
    made = making.make(data or b"", file.name, desk.templates, learned)
    held = Revision(sha256, "new", submission_id, because=told.because)
    return replace(making.draft(made), revisions=(held,))


def _later_file(submission: Submission, sha256: str) -> tuple[Revision, SourceFile]:
    told = next((one for one in submission.revisions if one.sha256 == sha256), None)
    file = next((file for file in submission.files if file.sha256 == sha256), None)
    if told is None or file is None or told.state not in ("waiting", "merged"):
        raise WrongUsage("unknown-asset", sha256=sha256)
    if told.state == "merged":
        raise Refused("merged-already", id=submission.id, title=changing.named(submission), file=file.name)
    return told, file


def _came_as(connection: Connection, told: Revision) -> Submission | None:
    """The submission that a newer version was before."""
    from workbench.store import submissions

    return submissions.load(connection, told.made, gone=True) if told.made else None


# What is asked


def _question(connection: Connection, submission_id: str) -> Question:
    submission = changing.load(connection, submission_id)
    asked = submission.asked or Revision("", "asked")
    found = _known(connection, asked.of)
    return Question(
        submission=submission.id,
        title=submission.title,
        of=found.id if found else "",
        study=found.study if found else asked.of,
        of_title=found.title if found else "",
        of_council=found.council if found else "",
        because=asked.because,
    )


def _known(connection: Connection, key: str) -> Kin | None:
    from workbench.store import kin

    return next(iter(kin.known(connection, [key])), None)
