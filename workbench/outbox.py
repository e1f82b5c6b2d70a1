"""Publications on their way: from the desk to the catalogue, and from there to the mirror.

What may fail, and what then holds:

1. *Queued.* The publication and its row in the outbox are written in one local transaction with the submission's
   new status. Nothing is sent; the desk needs no network. State `waiting`.
2. *Sent.* First the row is marked `sending`, then the publication goes to the catalogue, then what became of it is
   written down: `published`, `unchanged`, `conflict` or `failed`, with the submission's new status and its line in
   the journal, in one local transaction.
3. *Killed between these steps*, the row is still `sending`. The next sending takes it along, and the catalogue, which
   recorded the outcome under the publication's UUID, answers with it: nothing arrives twice, nothing is lost.
4. *Connection lost*, or any other failure of the surroundings: what has no outcome yet waits again, marked as tried,
   since it may have arrived. What was tried cannot be taken out of the outbox until the catalogue has answered.
5. *Cancelled*: what was finished stays finished; what was not sent waits as if it had never been tried.
6. *Two programs send the same* at once: the catalogue lets the first one in and tells both the same outcome; each
   writes it down only where it was not written yet.
7. *Conflict* and *failed* send the submission back to its editor as approved, with the reason in the outbox. Sending
   it once more mints a new publication.
8. *The mirror* follows the catalogue change by change. Each page of changes and the place it leads to are one local
   transaction: an interrupted pull goes on where it stopped. A catalogue that is another one, or that was set back
   to an earlier state, is followed from its beginning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from workbench.edits import Change, Edit
from workbench.errors import Refused
from workbench.progress import Cancelled, Progress, silent
from workbench.publication import Outcome
from workbench.store import Store, blobs, journal, mirror, outbox, slots, submissions
from workbench.submission import TRANSITIONS, Status

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from workbench.catalogue import Catalogue

PAGE = 100
"""Changes that the mirror takes in one transaction."""

_STEPS = {"published": "publish", "unchanged": "publish", "conflict": "unqueue", "failed": "unqueue"}
"""The step of a submission's life that each outcome takes."""

Clock = Callable[[], datetime]


def send(
    store: Store,
    shared: Catalogue,
    chosen: Sequence[str] | None,
    who: str,
    clock: Clock,
    progress: Progress = silent,
) -> Iterator[Outcome]:
    """Sends what waits, of these submissions or all, and yields each outcome once it is written down on both sides.

    `progress` may raise `Cancelled` between chunks. Raises `SurroundingsFailed` where the catalogue is lost: what
    was not yielded then still waits.
    """
    with store.writing() as connection:
        waiting = outbox.unsettled(connection, chosen)
        names = [row.publication.uuid for row in waiting]
        outbox.begin(connection, names, clock())
    publications = [row.publication for row in waiting]
    try:
        for outcomes in shared.publish_chunks(publications, _asset(store), who, progress):
            _settle(store, outcomes, who, clock)
            yield from outcomes
    except Cancelled:
        _put_back(store, names, unsent=True)
        raise
    except BaseException:
        _put_back(store, names, unsent=False)
        raise


def _asset(store: Store) -> Callable[[str], bytes]:
    def read(sha256: str) -> bytes:
        with store.reading() as connection:
            content = blobs.get(connection, sha256)
        if content is None:
            raise Refused("asset-missing", sha256=sha256[:12])
        return content

    return read


def _put_back(store: Store, names: Sequence[str], *, unsent: bool) -> None:
    with store.writing() as connection:
        outbox.put_back(connection, names, unsent=unsent)


def _settle(store: Store, outcomes: Sequence[Outcome], who: str, clock: Clock) -> None:
    with store.writing() as connection:
        for outcome in outcomes:
            submission = outbox.settle(connection, outcome)
            if submission is not None:
                _move(connection, submission, outcome, who, clock())


def _move(connection: Connection, submission: str, outcome: Outcome, who: str, at: datetime) -> None:
    """Takes the submission the step that follows from the outcome, with its line in the journal."""
    found = submissions.load(connection, submission)
    allowed, target = TRANSITIONS[_STEPS[outcome.result]]
    if found is None or found.status not in allowed:
        return
    changes = [Change(submission, "submission", "status", found.status, target)]
    if target == Status.PUBLISHED and outcome.version != found.base_version:
        changes.append(Change(submission, "submission", "base_version", found.base_version, outcome.version))
    slots.write(connection, changes)
    said = {"title": f"“{found.title}”" if found.title else submission}
    params = said | {"version": outcome.version, "reason": outcome.reason}
    journal.append(
        connection, Edit(f"sent-{outcome.result}", tuple(changes), params), at=at, who=who, undoable=False
    )


def follow(store: Store, shared: Catalogue, clock: Clock, progress: Progress = silent) -> int:
    """Brings the mirror up to the catalogue's last change; gives the number of studies that changed."""
    reached = _start(store, shared)
    first, last, taken = reached.change, shared.last_change(), 0
    while page := tuple(shared.changes(reached.change, PAGE)):
        progress(min(page[0].change, last) - first, last - first, page[0].publication.title)
        reached = replace(reached, change=page[-1].change)
        with store.writing() as connection:
            mirror.take(connection, page)
            mirror.set_place(connection, reached)
        taken += len(page)
    with store.writing() as connection:
        mirror.set_place(connection, replace(reached, pulled_at=clock()))
    progress(last - first, last - first, "")
    return taken


def _start(store: Store, shared: Catalogue) -> mirror.Place:
    """Where the mirror stands, emptied first where it followed another catalogue or one that was set back."""
    identity, last = shared.identity(), shared.last_change()
    with store.writing() as connection:
        reached = mirror.place(connection)
        if reached.identity == identity and reached.change <= last:
            return reached
        mirror.clear(connection)
        fresh = mirror.Place(identity)
        mirror.set_place(connection, fresh)
        return fresh
