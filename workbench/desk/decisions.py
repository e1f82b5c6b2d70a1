"""What is to become of submissions: the steps of their life that an editor decides."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from workbench.desk import changing
from workbench.desk.desk import Desk
from workbench.desk.rows import Changed
from workbench.edits import Edit
from workbench.errors import Refused
from workbench.submission import Submission


def start(desk: Desk, ids: Sequence[str]) -> Changed:
    """Takes received submissions into review. All of them or none: raises Refused("wrong-status")."""
    return _decide(desk, ids, "start", _to("start"))


def approve(desk: Desk, ids: Sequence[str]) -> Changed:
    """Approves submissions, all of them or none.

    Raises Refused("blockers-open") naming what is in the way, Refused("wrong-status"),
    WrongUsage("unknown-submission").
    """
    return _decide(desk, ids, "approve", _approved)


def reject(desk: Desk, ids: Sequence[str], reason: str) -> Changed:
    """Rejects submissions, all of them or none. Raises Refused("reason-needed", "wrong-status")."""
    if not reason.strip():
        raise Refused("reason-needed")
    return _decide(desk, ids, "reject", _to("reject"), reason=reason.strip())


def reopen(desk: Desk, ids: Sequence[str]) -> Changed:
    """Brings decided or published submissions back into review, all or none. Raises Refused("wrong-status")."""
    return _decide(desk, ids, "reopen", _to("reopen"))


def _to(step: str) -> Callable[[Submission], Submission]:
    return lambda submission: changing.step(submission, step)


def _decide(
    desk: Desk, ids: Sequence[str], code: str, decide: Callable[[Submission], Submission], **params: str
) -> Changed:
    with desk.store.writing() as connection:
        before = [changing.load(connection, submission_id) for submission_id in dict.fromkeys(ids)]
        changes = changing.between((submission, decide(submission)) for submission in before)
        return changing.commit(desk, connection, Edit(code, changes, changing.naming(before) | params))


def _approved(submission: Submission) -> Submission:
    after = changing.step(submission, "approve")
    if submission.blockers:
        said = {"title": changing.named(submission), "blockers": " ".join(submission.blockers)}
        raise Refused("blockers-open", id=submission.id, **said)
    return after
