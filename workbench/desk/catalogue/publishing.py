"""From approved submissions to the catalogue: the outbox, the rehearsal, the sending, and taking back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from workbench import words
from workbench.desk import actions, changing
from workbench.desk.actions import Action
from workbench.desk.arriving import claiming
from workbench.desk.catalogue import comparing, following
from workbench.desk.catalogue.minting import Minted, mint, mint_all, review_day
from workbench.desk.catalogue.sharing import open_shared
from workbench.desk.desk import Desk
from workbench.desk.rows import (
    NOTHING,
    Changed,
    Foreseen,
    OutboxRow,
    Preview,
    Prospect,
    Rehearsal,
    RehearsalRow,
)
from workbench.desk.themes import glossary
from workbench.edits import Change, Edit
from workbench.errors import Refused, WrongUsage
from workbench.progress import Cancelled, Progress, silent
from workbench.publication import Outcome, Publication, Study
from workbench.submission import Status, Submission

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from workbench.store.outbox import Waiting


def queue(desk: Desk, ids: Sequence[str]) -> Changed:
    """Puts approved submissions into the outbox, all of them or none, each with its publication minted.

    Pictures that no browser could show are left out; `said` names them. Needs no network. Raises
    Refused("wrong-status"), Refused("review-day-needed"), WrongUsage("unknown-submission").
    """
    return into_outbox(desk, ids, queueing(desk))


def queueing(desk: Desk) -> Action:
    """Into the outbox, refused where nobody has said when the study is looked at again."""

    def queued(submission: Submission) -> Submission:
        after = changing.step(submission, "queue")
        _require_settled(desk, submission)
        if review_day(desk, submission) is None:
            raise Refused("review-day-needed", id=submission.id, title=changing.named(submission))
        return after

    return Action("queue", queued)


def queue_possible(desk: Desk, ids: Sequence[str]) -> tuple[Changed, tuple[Prospect, ...]]:
    """Puts those of these submissions into the outbox that may go, in one step; of the others tells why not.

    Raises WrongUsage("unknown-submission").
    """
    with desk.store.writing() as connection:
        action = queueing(desk)
        prospects = [actions.prospect(action, submission) for submission in _loaded(connection, ids)]
        fit = [one.submission for one in prospects if one.outcome == "done"]
        changed = queue(desk, fit) if fit else NOTHING
    return changed, tuple(one for one in prospects if one.outcome == "refused")


def _require_settled(desk: Desk, submission: Submission) -> None:
    """Raises Refused("conflict-open") for what came back from a conflict that nobody has settled since."""
    from workbench.store import outbox

    with desk.store.reading() as connection:
        last = outbox.last_of(connection, submission.id)
    if last and last.state == "conflict" and last.publication.base_version == submission.base_version:
        raise Refused("conflict-open", id=submission.id, title=changing.named(submission))


def into_outbox(desk: Desk, ids: Sequence[str], action: Action, further: Iterable[Change] = ()) -> Changed:
    """Does `action`, which leads into the outbox, to these submissions, and mints the publication of each.

    `further` changes belong to the same step.
    """
    from workbench.store import blobs, outbox

    with desk.store.writing() as connection:
        before = _loaded(connection, ids)
        after = [action.make(submission) for submission in before]
        minted = mint_all(desk, connection, after)
        for picture in (picture for each in minted for picture in each.pictures):
            blobs.put(connection, picture.data)
        rows = (
            Change(
                submission.id,
                "outbox",
                each.publication.uuid,
                None,
                outbox.new(each.publication, desk.clock()),
            )
            for submission, each in zip(after, minted, strict=True)
        )
        changes = (*changing.between(zip(before, after, strict=True)), *further, *rows)
        said = {**changing.naming(before), **action.params}
        changed = changing.commit(desk, connection, Edit(action.code, changes, said))
    return _also_saying(_also_saying(changed, _left_out(minted)), _not_met(desk, after))


def foresee(desk: Desk, ids: Sequence[str]) -> Preview:
    """What `queue` would do to each of these submissions, which it does to all or none."""
    return actions.preview(desk, ids, queueing(desk))


def unqueue(desk: Desk, ids: Sequence[str]) -> Changed:
    """Takes submissions out of the outbox, all of them or none; they are approved again.

    Raises Refused("wrong-status"), and Refused("being-sent") for one that may have arrived already.
    """
    from workbench.store import batches, outbox

    with desk.store.writing() as connection:
        before = _loaded(connection, ids)
        after = [changing.step(submission, "unqueue") for submission in before]
        waiting = outbox.unsettled(connection, [submission.id for submission in before])
        changes = (*changing.between(zip(before, after, strict=True)), *taken_out(connection, waiting))
        changed = changing.commit(desk, connection, Edit("unqueue", changes, changing.naming(before)))
        batches.settle(connection, desk.clock())
    return changed


def taken_out(connection: Connection, waiting: Sequence[Waiting]) -> Iterator[Change]:
    """The changes that take these out of the outbox. Raises Refused("being-sent") where one may have arrived."""
    from workbench.store import outbox, slots

    if sent := next((row for row in waiting if row.tried), None):
        raise Refused("being-sent", title=f"“{sent.publication.title}”")
    outbox.call_off(connection, [row.publication.uuid for row in waiting])
    for row in waiting:
        uuid = row.publication.uuid
        yield Change(
            row.submission, "outbox", uuid, slots.value(connection, row.submission, "outbox", uuid), None
        )


def outbox(desk: Desk) -> tuple[OutboxRow, ...]:
    """What waits to be sent, what came back from the catalogue, and what became of the last sending."""
    from workbench.store import outbox

    with desk.store.reading() as connection:
        return tuple(_row(row, desk.today) for row in outbox.shown(connection))


def _row(waiting: Waiting, today: date) -> OutboxRow:
    return OutboxRow(
        publication=waiting.publication.uuid,
        submission=waiting.submission,
        title=waiting.publication.title,
        council=waiting.publication.councils,
        queued=waiting.queued_at,
        state=waiting.state,
        version=waiting.version,
        reason=waiting.reason,
        told=waiting.batch is not None,
        tried=waiting.tried,
        embargo=waiting.embargo if waiting.waits(today) else None,
    )


def rehearse(desk: Desk, ids: Sequence[str] | None = None) -> Rehearsal:
    """What publishing would do now: of what waits in the outbox, or of these submissions, queued or not.

    Publishes nothing and queues nothing; who has taken up which file is told and heard. Raises `SurroundingsFailed`
    where the catalogue cannot be asked, WrongUsage("unknown-submission").
    """
    with desk.store.reading() as connection:
        items = _to_rehearse(desk, connection, ids)
    with open_shared(desk) as shared:
        foreseen = shared.rehearse([publication for _, publication, _ in items])
        claiming.exchange(desk, shared)
        name = shared.name
    rows = [_rehearsed(desk, *item, *answer) for item, answer in zip(items, foreseen, strict=True)]
    with desk.store.reading() as connection:
        told = tuple(claiming.beside(connection, row) for row in rows)
    return Rehearsal(desk.clock(), name, told)


def _to_rehearse(
    desk: Desk, connection: Connection, ids: Sequence[str] | None
) -> list[tuple[str, Publication, str]]:
    """Submission, publication and what stands in its way, if anything does."""
    from workbench.store import outbox

    waiting = {row.submission: row for row in outbox.unsettled(connection, ids)}
    if ids is None:
        return [(name, row.publication, _embargoed(row.embargo, desk.today)) for name, row in waiting.items()]
    found: list[tuple[str, Publication, str]] = []
    for submission in _loaded(connection, ids):
        row = waiting.get(submission.id)
        publication = row.publication if row else mint(desk, connection, submission).publication
        found.append((submission.id, publication, _obstacle(desk, submission, publication)))
    return found


def _obstacle(desk: Desk, submission: Submission, publication: Publication) -> str:
    """Why a submission may not be published now, in words; "" where nothing stands in the way."""
    if submission.status not in (Status.APPROVED, Status.QUEUED):
        status = words.say("journal", f"status-{submission.status}")
        return words.say("journal", "not-approved", status=status)
    if publication.review_by is None:
        return words.say("errors", "review-day-needed", id=submission.id, title=changing.named(submission))
    return _embargoed(submission.embargo, desk.today)


def _embargoed(until: date | None, today: date) -> str:
    return words.say("journal", "waits-until", day=words.day(until)) if until and until > today else ""


def _rehearsed(
    desk: Desk, submission: str, publication: Publication, obstacle: str, outcome: Outcome, live: Study | None
) -> RehearsalRow:
    mine, theirs = glossary.today(desk, publication), glossary.filed(desk, live) if live else None
    foreseen = "blocked" if obstacle else _foreseen(outcome, live)
    revived = words.say("journal", "brings-back") if live and live.withdrawn and foreseen == "update" else ""
    proposed = words.say("journal", "is-proposed") if outcome.result == "proposed" else ""
    return RehearsalRow(
        publication=publication.uuid,
        submission=submission,
        title=publication.title,
        council=publication.councils,
        outcome=foreseen,
        base_version=publication.base_version,
        live_version=live.version if live else 0,
        differences=comparing.differences(theirs, mine) if theirs else (),
        reason=obstacle or outcome.reason or revived or proposed,
    )


def _foreseen(outcome: Outcome, live: Study | None) -> Foreseen:
    match outcome.result:
        case "published" | "proposed":
            return "update" if live else "new"
        case "unchanged" | "conflict" as result:
            return result
        case _:
            return "blocked"


def publish(desk: Desk, ids: Sequence[str] | None = None, progress: Progress = silent) -> Iterator[Outcome]:
    """Sends what waits in the outbox, of these submissions or all, as one batch; yields each outcome once it is safe.

    Then the mirror follows. `progress` may raise `Cancelled` between chunks: what was sent stays sent. Raises
    `SurroundingsFailed` where the catalogue is lost: what has no outcome yet still waits, and goes with `resume`.
    What is under embargo, and what another program is sending, is left alone.
    """
    from workbench import outbox

    outbox.tell(desk.store, ids, desk.who, desk.clock, desk.today)
    yield from _send(desk, ids, progress)


def resume(desk: Desk, progress: Progress = silent) -> Iterator[Outcome]:
    """Sends what was told to go and was held up, as `publish` does; nothing else."""
    yield from _send(desk, None, progress)


def _send(desk: Desk, ids: Sequence[str] | None, progress: Progress) -> Iterator[Outcome]:
    from workbench import outbox

    with open_shared(desk) as shared:
        following.forget(desk, shared)
        try:
            yield from outbox.send(desk.store, shared, ids, desk.who, desk.clock, desk.today, progress)
        except Cancelled:
            following.follow(desk, shared)
            raise
        outbox.hear(desk.store, shared, desk.who, desk.clock)
        following.follow(desk, shared)


def pull(desk: Desk, progress: Progress = silent) -> int:
    """Brings the desk's own copy up to the catalogue; gives the number of studies that changed.

    What became of proposals is written down with it.
    """
    from workbench import outbox

    with open_shared(desk) as shared:
        changed = following.follow(desk, shared, progress)
        outbox.hear(desk.store, shared, desk.who, desk.clock)
        return changed


def withdraw(desk: Desk, study_or_id: str, reason: str, note: str = "") -> Changed:
    """Takes a published study, named by its UUID or its submission, away from readers, who are told `note`.

    Raises Refused with the catalogue's reason where the study is unknown there or has moved on since this desk last
    looked, Refused("reason-needed"), WrongUsage("unknown-submission").
    """
    if not reason.strip():
        raise Refused("reason-needed")
    study, base_version = _named_study(desk, study_or_id)
    with open_shared(desk) as shared:
        outcome = shared.withdraw(study, base_version, reason.strip(), note.strip(), desk.who)
        if outcome.result in ("failed", "conflict"):
            raise Refused("withdrawal-refused", reason=outcome.reason)
        changed = _withdrawn(desk, study, reason.strip())
        following.follow(desk, shared)
    return changed


def _named_study(desk: Desk, study_or_id: str) -> tuple[str, int]:
    """The UUID of the study and its version as this desk knows it."""
    from workbench.store import mirror, submissions

    with desk.store.reading() as connection:
        found = submissions.load(connection, study_or_id)
        study = found.study if found else study_or_id
        live = mirror.get(connection, study)
    if live is None and found is None:
        raise WrongUsage("unknown-submission", id=study_or_id)
    return study, max(live.version if live else 0, found.base_version if found else 0)


def _withdrawn(desk: Desk, study: str, reason: str) -> Changed:
    """The submissions of the study, on this desk, as withdrawn."""
    from workbench.store import submissions

    with desk.store.writing() as connection:
        of_study = _loaded(connection, submissions.of_study(connection, study))
        before = [submission for submission in of_study if submission.status == Status.PUBLISHED]
        after = [changing.step(submission, "withdraw") for submission in before]
        said = {**changing.naming(before), "reason": reason}
        edit = Edit("withdraw", changing.between(zip(before, after, strict=True)), said)
        changed = changing.commit(desk, connection, edit, undoable=False)
    if changed is NOTHING:
        changed = Changed(said=words.say("journal", "withdrawn-elsewhere"))
    return replace(changed, grains=changed.grains | {"catalogue"})


def _loaded(connection: Connection, ids: Iterable[str]) -> list[Submission]:
    return [changing.load(connection, submission) for submission in dict.fromkeys(ids)]


def _left_out(minted: Iterable[Minted]) -> str:
    names = [name for each in minted for name in each.left_out]
    return words.say("journal", "pictures-left-out", n=len(names), names=", ".join(names)) if names else ""


def _not_met(desk: Desk, submissions: Iterable[Submission]) -> str:
    """The proposed themes that readers do not meet yet, in words; "" where there are none."""
    terms = [term for one in submissions for term in glossary.left_out(desk, one.terms)]
    labels = dict.fromkeys(f"“{term.label}”" for term in terms)
    return words.say("journal", "themes-left-out", n=len(labels), labels=", ".join(labels)) if labels else ""


def _also_saying(changed: Changed, more: str) -> Changed:
    return replace(changed, said=f"{changed.said} {more}".strip())
