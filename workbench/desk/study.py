"""One submission, whole: what was made of it, and the Word file it came from."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from workbench import words
from workbench.desk import changing
from workbench.desk.desk import Desk
from workbench.desk.rows import Source
from workbench.errors import Refused, WrongUsage
from workbench.submission import Submission
from workbench.template import Field, Template

if TYPE_CHECKING:
    from sqlalchemy import Connection


def show(desk: Desk, submission_id: str) -> Submission:
    """The submission of that id. Raises WrongUsage("unknown-submission")."""
    with desk.store.reading() as connection:
        return changing.load(connection, submission_id)


def asked_by(desk: Desk, submission: Submission) -> Template:
    """The template under which a submission was sent in, as it was then.

    Where this desk does not have it, one that has a question for each of the submission's answers.
    """
    known = desk.template_of(submission)
    if known is not None:
        return known
    fields = tuple(Field(name, name.replace("_", " ").capitalize()) for name in submission.fields)
    return Template(submission.template, submission.template_version, submission.template, "", fields, {})


def source(desk: Desk, submission_id: str, sha256: str | None = None) -> Source:
    """The file as the council sent it, or the Word file that was made of it.

    It is the one of that SHA-256; without it, the one that the places of the answers are about.

    Raises WrongUsage("unknown-submission"), Refused: source-missing, and `gone` where it was kept no longer.
    """
    from workbench import word
    from workbench.store import blobs

    with desk.store.reading() as connection:
        submission = changing.load(connection, submission_id)
        wanted = sha256 or (submission.told_by.sha256 if submission.told_by else "")
        file = next((file for file in submission.files if file.sha256 == wanted), None)
        if file is None:
            raise Refused("source-missing", id=submission_id)
        data = blobs.get_word(connection, file.sha256)
        if data is None:
            raise gone(connection, submission_id, file.name)
    return Source(file.name, word.read(data, file.name, revisions="shown"))


def gone(connection: Connection, submission_id: str, name: str) -> Refused:
    """Why a file of a submission is not here any more: kept no longer, since when, after how long; or forgotten."""
    from workbench.store import keeping

    for kind in keeping.KINDS:
        if told := keeping.removal(connection, submission_id, kind):
            day = words.day(datetime.fromisoformat(told["at"]).astimezone().date())
            return Refused("source-gone", id=submission_id, file=name, day=day, months=told["months"])
    return Refused("source-missing", id=submission_id)


def asset(desk: Desk, sha256: str) -> bytes:
    """A picture or a source file by the SHA-256 of its bytes. Raises WrongUsage("unknown-asset")."""
    from workbench.store import blobs

    with desk.store.reading() as connection:
        return _found(blobs.get(connection, sha256), sha256)


def _found(data: bytes | None, sha256: str) -> bytes:
    if data is None:
        raise WrongUsage("unknown-asset", sha256=sha256)
    return data
