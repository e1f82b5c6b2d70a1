"""Publications on their way: from the desk to the catalogue, and from there to the mirror.

What may fail, and what then holds:

1. *Queued.* The publication and its row in the outbox are written in one local transaction with the submission's
   new status. Nothing is sent; the desk needs no network. State `waiting`.
2. *Told to go.* What an editor publishes gets a batch, in a local transaction of its own, before anybody looks for
   the catalogue: where that is out of reach, the batch goes as soon as the connection is back, from this program or
   the next. Until it was handed over it can still be taken out. What is under embargo is not told to go, and what
   came under one after it was told does not go before its day.
3. *Sent.* First the row is marked `sending`, then the publication goes to the catalogue, then what became of it is
   written down: `published`, `proposed`, `unchanged`, `conflict` or `failed`, with the submission's new status, its
   line in the journal and its line in the batch's report, in one local transaction.
4. *Killed between these steps*, the row is still `sending`. The next sending takes it along in the batch it had, and
   the catalogue, which recorded the outcome under the publication's UUID, answers with it: nothing arrives twice,
   nothing is lost.
5. *Connection lost*, or any other failure of the surroundings: what has no outcome yet waits again, marked as tried,
   since it may have arrived, and still told to go: the batch resumes. What was tried cannot be taken out of the
   outbox until the catalogue has answered.
6. *Cancelled*: what was finished stays finished; what has no outcome waits to be told once more, but for what may
   have arrived before an earlier break. A batch of which nothing was sent never was.
7. *Two programs send* at once: one holds the lease of sending, and takes along what a dead program left `sending`;
   the other takes what is not being sent yet. Should both send the same, the catalogue lets the first one in and
   tells both the same outcome; it is written down once.
8. *Conflict* and *failed* send the submission back to its editor as approved, with the reason in the outbox. Sending
   it once more mints a new publication.
9. *Proposed*: the catalogue keeps it until a second person has decided. Each pull asks: approved there, it is
   `published` here; declined or taken back, the submission returns to its editor as approved, with the reason.
10. *Undone* as a batch: the catalogue appends versions that restore the earlier ones, and withdraws what the batch
   had brought first; here the former are in review again, the latter withdrawn. What somebody has published since
   stays as it is, on both sides.
11. *The mirror* follows the catalogue change by change. Each page of changes and the place it leads to are one local
   transaction: an interrupted pull goes on where it stopped. A catalogue that is another one is followed from its
   beginning; so is one whose audit no longer holds the link that was seen last, and the editor is told.
12. *A study that does not fit its digest* is asked for again. If it still does not fit, what the mirror held of it
   stays, the editor is told, and the next pull asks once more.
13. *What was emptied* in the catalogue is forgotten on the desk and in its copies before anything is sent, so that
   what waited brings nobody back, and before the mirror follows, so that a desk that was stopped in between forgets
   it the next time.
14. *Claims* of who has taken up which file go out, and those of others come in, with each contact; an import waits
   for none.
15. *The vocabulary* is taken over with each contact, before the mirror follows: the desk's copy, and what lies on the
   desk under terms that changed, in one local transaction. A publication that waits keeps the terms it was made with;
   the catalogue files it under what they are when it arrives.
"""

from __future__ import annotations

import logging
import sqlite3
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from itertools import chain, groupby, islice
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.edits import Change, Edit
from workbench.errors import Refused, SurroundingsFailed
from workbench.progress import Cancelled, Progress, silent
from workbench.publication import Batch, BatchItem, Outcome, Redaction, Study
from workbench.store import (
    Store,
    bases,
    batches,
    blobs,
    claims,
    journal,
    leases,
    mirror,
    outbox,
    slots,
    submissions,
)
from workbench.submission import TRANSITIONS, Status

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from workbench.catalogue import Catalogue

_log = logging.getLogger("casebook.outbox")

PAGE = 100
"""Changes that the mirror takes in one transaction."""

_NAMED = 5
"""How many studies are named in a complaint."""

_STEPS = {
    "published": ("publish",),
    "unchanged": ("publish",),
    "proposed": ("propose",),
    "conflict": ("unqueue", "decline"),
    "failed": ("unqueue", "decline"),
}
"""The step of a submission's life that each outcome takes: from the outbox, or from the second person."""

Clock = Callable[[], datetime]


def tell(store: Store, chosen: Sequence[str] | None, who: str, clock: Clock, today: date) -> None:
    """Tells what waits, of these submissions or all, to go as one batch, but for what is under embargo today."""
    with store.writing() as connection:
        waiting = outbox.unsettled(connection, chosen)
        idle = [row.publication.uuid for row in waiting if row.batch is None and not row.waits(today)]
        if idle:
            outbox.tell(connection, idle, batches.begin(connection, "publish", clock(), who))


def send(
    store: Store,
    shared: Catalogue,
    chosen: Sequence[str] | None,
    who: str,
    clock: Clock,
    today: date,
    progress: Progress = silent,
) -> Iterator[Outcome]:
    """Sends what was told to go, of these submissions or all, and yields each outcome once both sides know it.

    What is under embargo today stays. Each batch is one of the catalogue's own. `progress` may raise `Cancelled`
    between chunks. Raises `SurroundingsFailed` where the catalogue is lost: what was not yielded then still waits.
    """
    with _lease(store.path.with_name("sending.lease")) as alone:
        taken = _take(store, shared.name, chosen, clock, today, alone=alone)
        names = [row.publication.uuid for row in taken]
        try:
            yield from _send_all(store, shared, taken, who, clock, progress)
        except Cancelled:
            with store.writing() as connection:
                outbox.call_off(connection, [row.publication.uuid for row in taken if not row.tried])
                outbox.put_back(connection, names)
                batches.settle(connection, clock())
            raise
        except BaseException:
            with store.writing() as connection:
                outbox.put_back(connection, names)
            raise


@contextmanager
def _lease(path: Path) -> Generator[bool]:
    """Takes the lease of sending without waiting for it; whether it was free."""
    with ExitStack() as stack:
        try:
            stack.enter_context(leases.alone(path))
        except sqlite3.OperationalError:
            yield False
        else:
            yield True


def _take(
    store: Store, catalogue: str, chosen: Sequence[str] | None, clock: Clock, today: date, *, alone: bool
) -> tuple[outbox.Waiting, ...]:
    with store.writing() as connection:
        told = outbox.to_go(connection, chosen, alone=alone)
        held = [row.publication.uuid for row in told if row.waits(today) and not row.tried]
        outbox.call_off(connection, held)
        taken = tuple(row for row in told if not row.waits(today))
        outbox.begin(connection, [row.publication.uuid for row in taken], clock())
        batches.name_catalogue(connection, sorted({row.batch for row in taken if row.batch}), catalogue)
        batches.settle(connection, clock())
    return taken


def _send_all(
    store: Store,
    shared: Catalogue,
    taken: Sequence[outbox.Waiting],
    who: str,
    clock: Clock,
    progress: Progress,
) -> Iterator[Outcome]:
    done = 0
    for batch, rows in groupby(taken, key=lambda row: row.batch):
        publications = [row.publication for row in rows]
        _log.info("sending batch=%s n=%s", batch or "none", len(publications))
        told = partial(_further, progress, done, len(taken))
        for outcomes in shared.publish_chunks(publications, _asset(store), who, told):
            _settle(store, outcomes, who, clock, *outbox.UNSETTLED)
            _note(outcomes)
            yield from outcomes
        done += len(publications)


def _note(outcomes: Sequence[Outcome]) -> None:
    """Keeps in the log how many went which way, and which of them did not arrive, with the code of why."""
    counts = Counter(outcome.result for outcome in outcomes)
    _log.info("sent %s", " ".join(f"{result}={n}" for result, n in sorted(counts.items())))
    for outcome in outcomes:
        if outcome.result in ("conflict", "failed"):
            _log.warning(
                "%s publication=%s code=%s", outcome.result, outcome.publication, outcome.code or "none"
            )


def _further(progress: Progress, before: int, total: int, done: int, _: int, what: str) -> None:
    progress(before + done, total, what)


def _asset(store: Store) -> Callable[[str], bytes]:
    def read(sha256: str) -> bytes:
        with store.reading() as connection:
            content = blobs.get(connection, sha256)
        if content is None:
            raise Refused("asset-missing", sha256=sha256[:12])
        return content

    return read


def _settle(
    store: Store, outcomes: Sequence[Outcome], who: str, clock: Clock, *states: outbox.State
) -> Sequence[outbox.Waiting]:
    """Writes outcomes down where they are news, in one transaction; gives the rows that they settled."""
    settled: list[outbox.Waiting] = []
    with store.writing() as connection:
        for outcome in outcomes:
            row = outbox.settle(connection, outcome, *states)
            if row is not None:
                _report(connection, row, outcome)
                _move(connection, row.submission, outcome, who, clock())
                settled.append(row)
        batches.settle(connection, clock())
    return settled


def _report(connection: Connection, row: outbox.Waiting, outcome: Outcome) -> None:
    if row.batch is None:
        return
    publication = row.publication
    about = (publication.uuid, publication.study, row.submission, publication.title, publication.councils)
    told = (outcome.result, outcome.version, outcome.reason)
    batches.note(connection, row.batch, BatchItem(*about, *told))


def _move(connection: Connection, submission: str, outcome: Outcome, who: str, at: datetime) -> None:
    """Takes the submission the step that follows from the outcome, with its line in the journal."""
    found = submissions.load(connection, submission)
    if found is None:
        return
    target = _target(found.status, outcome)
    if target is None:
        return
    changes = [Change(submission, "submission", "status", found.status, target)]
    if target == Status.PUBLISHED and outcome.version != found.base_version:
        changes.append(Change(submission, "submission", "base_version", found.base_version, outcome.version))
    slots.write(connection, changes)
    said = {"title": f"“{found.title}”" if found.title else submission}
    params = said | {"version": outcome.version, "reason": outcome.reason}
    declined = found.status == Status.PROPOSED and target == Status.APPROVED
    code = "sent-declined" if declined else f"sent-{outcome.result}"
    journal.append(connection, Edit(code, tuple(changes), params), at=at, who=who, undoable=False)


def _target(status: Status, outcome: Outcome) -> Status | None:
    """Where a submission goes from `status` by what became of its publication; None where it stays."""
    steps = (TRANSITIONS[step] for step in _STEPS[outcome.result])
    return next((target for allowed, target in steps if status in allowed), None)


def hear(store: Store, shared: Catalogue, who: str, clock: Clock) -> int:
    """Asks what became of what was proposed, and writes it down; gives the number of decisions that are news."""
    with store.reading() as connection:
        waiting = outbox.proposed(connection)
    told = shared.outcomes([row.publication.uuid for row in waiting])
    decided = [outcome for outcome in told.values() if outcome.result != "proposed"]
    return len(_settle(store, decided, who, clock, "proposed"))


def undo(
    store: Store,
    shared: Catalogue,
    batch: Batch,
    items: Sequence[BatchItem],
    who: str,
    clock: Clock,
    progress: Progress = silent,
) -> Iterator[Outcome]:
    """Takes a batch back in the catalogue, and yields what became of each study once it is written down here.

    `items` are those of the batch's report. `progress` may raise `Cancelled` between studies.
    """
    known = {item.study: item for item in items if item.result == "published"}
    sendings = shared.sendings([item.publication for item in known.values()])
    outcomes = chain.from_iterable(shared.undo_batch(sending, who) for sending in sendings)
    own = ""
    for done, outcome in enumerate((each for each in outcomes if each.study in known), 1):
        item = known[outcome.study]
        with store.writing() as connection:
            own = own or batches.begin(connection, "undo", clock(), who, batch.id)
            batches.name_catalogue(connection, [own], shared.name)
            _take_back(connection, own, item, outcome, who, clock())
        yield outcome
        progress(done, len(known), item.title)


def _take_back(
    connection: Connection, own: str, item: BatchItem, outcome: Outcome, who: str, at: datetime
) -> None:
    """Writes down what taking a publication back did; its submission is in review again, or withdrawn."""
    told = replace(item, result=outcome.result, version=outcome.version, reason=outcome.reason)
    batches.note(connection, own, told)
    batches.settle(connection, at)
    if outcome.result not in ("published", "withdrawn", "unchanged"):
        return
    gone = replace(outcome, publication=item.publication, result="undone", version=item.version)
    outbox.settle(connection, gone, "published")
    found = submissions.load(connection, item.submission)
    if found is None or found.status != Status.PUBLISHED:
        return
    restored = outcome.version > item.version
    target = TRANSITIONS["reopen" if restored else "withdraw"][1]
    changes = [Change(item.submission, "submission", "status", found.status, target)]
    if outcome.version != found.base_version:
        slot = (item.submission, "submission", "base_version")
        changes.append(Change(*slot, found.base_version, outcome.version))
    slots.write(connection, changes)
    said = {"title": f"“{found.title}”" if found.title else found.id, "version": outcome.version}
    edit = Edit("undone-published" if restored else "undone-withdrawn", tuple(changes), said)
    journal.append(connection, edit, at=at, who=who, undoable=False)


def follow(store: Store, shared: Catalogue, clock: Clock, progress: Progress = silent) -> int:
    """Brings the mirror up to the catalogue's last change; gives the number of studies that changed.

    Raises `SurroundingsFailed`, when all else is done: `catalogue-rewritten` where the catalogue's history is no
    longer the one that was followed, `catalogue-torn` where studies do not fit their digests.
    """
    link = shared.head()
    reached, rewritten = _start(store, shared)
    first, last, taken = reached.change, shared.last_change(), 0
    if torn := tuple(_torn(store, shared)):
        _mirror(store, shared, torn, reached)
    while page := tuple(shared.changes(reached.change, PAGE)):
        progress(min(page[0].change, last) - first, last - first, page[0].publication.title)
        reached = replace(reached, change=page[-1].change)
        _mirror(store, shared, page, reached)
        taken += len(page)
    with store.writing() as connection:
        reached = replace(reached, pulled_at=clock(), linked=link.change, head=link.head)
        mirror.set_place(connection, reached)
    progress(last - first, last - first, "")
    _log.info("pulled n=%s change=%s", taken, reached.change)
    _complain(store, shared.name, rewritten)
    return taken


def _start(store: Store, shared: Catalogue) -> tuple[mirror.Place, int]:
    """Where the mirror stands, emptied first where it followed another catalogue or another history of this one.

    With it the change up to which history was seen that is not the catalogue's any more, 0 where it still is.
    """
    from workbench.catalogue.chain import Link

    identity = shared.identity()
    with store.reading() as connection:
        reached = mirror.place(connection)
    same = reached.identity == identity
    if same and shared.had(Link(reached.linked, reached.head)) and reached.change <= shared.last_change():
        return reached, 0
    fresh = mirror.Place(identity)
    with store.writing() as connection:
        mirror.clear(connection)
        mirror.set_place(connection, fresh)
    return fresh, max(reached.linked, reached.change) if same else 0


def _torn(store: Store, shared: Catalogue) -> Iterable[Study]:
    """What did not arrive as it was published, as it is now."""
    with store.reading() as connection:
        known = mirror.torn(connection)
    return shared.live(list(known)).values() if known else ()


def _mirror(store: Store, shared: Catalogue, page: Sequence[Study], reached: mirror.Place) -> None:
    """Takes a page of changes into the mirror, but for the studies that do not fit their digests."""
    again = shared.live([study.publication.study for study in page if not study.is_whole])
    checked = [again.get(study.publication.study, study) for study in page]
    whole = [study for study in checked if study.is_whole]
    with store.writing() as connection:
        bases.keep_overtaken(connection, whole)
        mirror.take(connection, whole)
        titles = dict(mirror.torn(connection))
        for study in checked:
            titles.pop(study.publication.study, None)
        titles |= {each.publication.study: each.publication.title for each in checked if not each.is_whole}
        mirror.set_torn(connection, titles)
        mirror.set_place(connection, reached)


def _complain(store: Store, name: str, rewritten: int) -> None:
    with store.reading() as connection:
        torn = mirror.torn(connection)
    if rewritten:
        raise SurroundingsFailed("catalogue-rewritten", host=name, change=rewritten)
    if torn:
        titles = ", ".join(f"“{title}”" for title in islice(torn.values(), _NAMED))
        raise SurroundingsFailed("catalogue-torn", host=name, n=len(torn), titles=titles)


def emptied(store: Store, shared: Catalogue) -> tuple[Redaction, ...]:
    """What was emptied in the catalogue since the mirror last followed it."""
    with store.reading() as connection:
        reached = mirror.place(connection)
    return shared.redactions(reached.change if reached.identity == shared.identity() else 0)


def exchange(store: Store, shared: Catalogue, who: str) -> None:
    """Tells the catalogue what this desk has taken up, and hears what others have. Who may only read does neither."""
    identity = shared.identity()
    with store.writing() as connection:
        if mirror.place(connection).identity not in ("", identity):
            claims.forget(connection)
        unsent, heard = claims.unsent(connection), claims.last(connection)
    if unsent and shared.may_claim():
        shared.claim(unsent, who)
    while told := shared.claims(heard, PAGE):
        heard = told[-1].number
        with store.writing() as connection:
            claims.hear(connection, told)
