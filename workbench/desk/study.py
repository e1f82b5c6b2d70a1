"""One submission, whole: what was made of it, and the Word file it came from."""

from __future__ import annotations

from workbench.desk import changing
from workbench.desk.desk import Desk
from workbench.desk.rows import Source
from workbench.errors import Refused, WrongUsage
from workbench.submission import Submission


def show(desk: Desk, submission_id: str) -> Submission:
    """The submission of that id. Raises WrongUsage("unknown-submission")."""
    with desk.store.reading() as connection:
        return changing.load(connection, submission_id)


def source(desk: Desk, submission_id: str, sha256: str | None = None) -> Source:
    """The file as the council sent it, or the Word file that was made of it.

    It is the one of that SHA-256; without it, the one that the places of the answers are about.

    Raises WrongUsage("unknown-submission"), Refused("source-missing").
    """
    from workbench import word
    from workbench.store import blobs

    with desk.store.reading() as connection:
        submission = changing.load(connection, submission_id)
        wanted = sha256 or (submission.told_by.sha256 if submission.told_by else "")
        file = next((file for file in submission.files if file.sha256 == wanted), None)
        if file is None:
            raise Refused("source-missing", id=submission_id)
        data = _found(blobs.get_word(connection, file.sha256), file.sha256)
    return Source(file.name, word.read(data, file.name, revisions="shown"))


def asset(desk: Desk, sha256: str) -> bytes:
    """A picture or a source file by the SHA-256 of its bytes. Raises WrongUsage("unknown-asset")."""
    from workbench.store import blobs

    with desk.store.reading() as connection:
        return _found(blobs.get(connection, sha256), sha256)


def _found(data: bytes | None, sha256: str) -> bytes:
    if data is None:
        raise WrongUsage("unknown-asset", sha256=sha256)
    return data
