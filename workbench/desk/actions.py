"""What can be done with several submissions at once: foreseen in words, then done in one step.

An `Action` is a value: what it makes of one submission, or why it may not. `preview` asks that of each and changes
nothing; `carry_out` does it to all of them or none. Window and command show the first, and do the second to those
that nothing stands in the way of.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from workbench import words
from workbench.desk import changing
from workbench.desk.rows import Changed, Preview, Prospect
from workbench.edits import Edit
from workbench.errors import Refused
from workbench.submission import EDITABLE, Authority, Status, Submission, Term

if TYPE_CHECKING:
    from workbench.desk.desk import Desk

MOST = 1000
"""How many submissions one step may be about: what an editor can look over, and what is done within seconds."""


@dataclass(frozen=True, slots=True)
class Action:
    """Something to be done with submissions: the code of its sentence with parameters, and what it makes of one.

    `make` raises Refused for a submission that it may not be done to.
    """

    code: str
    make: Callable[[Submission], Submission]
    params: Mapping[str, Any] = field(default_factory=dict[str, Any])


def preview(desk: Desk, ids: Sequence[str], action: Action) -> Preview:
    """What `action` would do to each of these submissions, in their order; nothing is changed.

    Raises Refused("too-many"), WrongUsage("unknown-submission").
    """
    _require_few(ids)
    with desk.store.reading() as connection:
        before = [changing.load(connection, submission_id) for submission_id in dict.fromkeys(ids)]
    prospects = tuple(prospect(action, submission) for submission in before)
    done = [submission for submission, one in zip(before, prospects, strict=True) if one.outcome == "done"]
    return Preview(action.code, prospects, _told(action, done, prospects))


def carry_out(desk: Desk, ids: Sequence[str], action: Action) -> Changed:
    """Does it to all of these submissions or to none, as one step of the journal.

    Raises Refused("too-many") and whatever the action refuses, WrongUsage("unknown-submission").
    """
    _require_few(ids)
    with desk.store.writing() as connection:
        before = [changing.load(connection, submission_id) for submission_id in dict.fromkeys(ids)]
        pairs = [(submission, action.make(submission)) for submission in before]
        touched = [before for before, after in pairs if before != after]
        said = {**changing.naming(touched), **action.params}
        return changing.commit(desk, connection, Edit(action.code, changing.between(pairs), said))


def _require_few(ids: Sequence[str]) -> None:
    if len(ids) > MOST:
        raise Refused("too-many", n=len(ids), most=MOST)


def prospect(action: Action, submission: Submission) -> Prospect:
    """What `action` would do to one submission."""
    title = changing.named(submission)
    try:
        after = action.make(submission)
    except Refused as error:
        return Prospect(submission.id, title, "refused", words.explain(error), error.code)
    return Prospect(submission.id, title, "unchanged" if after == submission else "done")


def _told(action: Action, done: Sequence[Submission], prospects: Sequence[Prospect]) -> str:
    """The sentences that sum a preview up: how many would be changed, left as they are, refused."""
    said = (
        [words.say("journal", f"will-{action.code}", **changing.naming(done), **action.params)]
        if done
        else []
    )
    for outcome in ("unchanged", "refused"):
        titles = [one.title for one in prospects if one.outcome == outcome]
        if titles:
            said.append(words.say("journal", f"will-be-{outcome}", n=len(titles), title=titles[0]))
    return " ".join(said)


# The actions


def step(name: str) -> Action:
    """The step `name` of the table of transitions, with nothing more to it."""
    return Action(name, lambda submission: changing.step(submission, name))


def approving() -> Action:
    """Approval, refused while a blocker is open, in words that name each."""
    return Action("approve", _approved)


def _approved(submission: Submission) -> Submission:
    after = changing.step(submission, "approve")
    if submission.asked:
        raise Refused("arrival-open", id=submission.id, title=changing.named(submission))
    if submission.blockers:
        said = {"title": changing.named(submission), "blockers": " ".join(submission.blockers)}
        raise Refused("blockers-open", id=submission.id, **said)
    return after


def rejecting(reason: str) -> Action:
    """Rejection. Raises Refused("reason-needed")."""
    return replace(step("reject"), params={"reason": _given(reason)})


def returning(reason: str, reply_by: date) -> Action:
    """Return to the council, which is to answer by a day: that becomes the day it is due.

    Raises Refused("reason-needed").
    """
    return Action(
        "return",
        lambda submission: replace(changing.step(submission, "return"), due=reply_by),
        {"reason": _given(reason), "day": words.day(reply_by)},
    )


CAME_BACK = frozenset({Status.RETURNED, Status.PUBLISHED, Status.WITHDRAWN})
"""What was out of the editor's hands; to take it up again is new work, with a new day to be done by."""


def reopening(due: date) -> Action:
    """Takes up again what was decided on; `due` is the day for what comes back from elsewhere."""

    def reopened(submission: Submission) -> Submission:
        after = changing.step(submission, "reopen")
        return replace(after, due=due) if submission.status in CAME_BACK else after

    return Action("reopen", reopened)


def due_on(day: date | None) -> Action:
    """Another day by which it is to be done, or none."""

    def postponed(submission: Submission) -> Submission:
        changing.require_editable(submission)
        return replace(submission, due=day)

    return Action("due", postponed, {"day": words.day(day)}) if day else Action("no-due", postponed)


def review_on(day: date | None) -> Action:
    """The day on which the published study is looked at again, or none; until it is in the outbox."""

    def dated(submission: Submission) -> Submission:
        changing.require_standing(submission, EDITABLE | {Status.APPROVED})
        return replace(submission, review_on=day)

    return Action("review-on" if day else "no-review-on", dated, {"day": words.day(day)} if day else {})


def embargo_until(day: date | None) -> Action:
    """The day before which the study may not be published, or none; until it has been sent."""

    def dated(submission: Submission) -> Submission:
        changing.require_standing(submission, EDITABLE | {Status.APPROVED, Status.QUEUED})
        return replace(submission, embargo=day)

    return Action("embargo" if day else "no-embargo", dated, {"day": words.day(day)} if day else {})


def tagging(add: Sequence[Term] = (), remove: Sequence[Term] = ()) -> Action:
    """Themes put on and taken off."""
    gone = {(term.kind, term.slug) for term in remove}

    def tagged(submission: Submission) -> Submission:
        changing.require_editable(submission)
        kept = {(term.kind, term.slug): term for term in (*submission.terms, *add)}
        return replace(submission, terms=tuple(term for key, term in kept.items() if key not in gone))

    labels = ", ".join([f"+ {term.label}" for term in add] + [f"– {term.label}" for term in remove])
    return Action("tag", tagged, {"labels": labels})


def naming_council(council: Authority) -> Action:
    """A council, or another body, named beside those that a submission has already."""
    known = council.gss or council.name

    def named(submission: Submission) -> Submission:
        changing.require_editable(submission)
        held = submission.authorities
        has_it = any((one.gss or one.name) == known for one in held)
        return submission if has_it else replace(submission, authorities=(*held, council))

    return Action("name-council", named, {"name": council.name})


def dismissing(check: str, reason: str) -> Action:
    """Sets aside every open finding of one check. Raises Refused("reason-needed")."""
    given = _given(reason)

    def dismissed(submission: Submission) -> Submission:
        changing.require_editable(submission)
        found = {finding.key: given for finding in submission.open_findings if finding.check == check}
        return replace(submission, dismissed={**submission.dismissed, **found})

    return Action("dismiss-kind", dismissed, {"check": check, "reason": given})


def _given(reason: str) -> str:
    if not (plain := reason.strip()):
        raise Refused("reason-needed")
    return plain
