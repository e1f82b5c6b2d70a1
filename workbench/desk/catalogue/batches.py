"""What was published together: the list of batches, the report of each, and taking one back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal

from workbench import words
from workbench.desk.catalogue import following
from workbench.desk.catalogue.sharing import open_shared
from workbench.desk.desk import Desk
from workbench.desk.rows import BatchReport, Preview, Prospect
from workbench.errors import Refused, WrongUsage
from workbench.progress import Progress, silent
from workbench.publication import Batch, BatchItem, Outcome, Study

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from workbench.catalogue import Catalogue

SHOWN = 200
"""Batches that are listed at once."""


def newest(desk: Desk, limit: int = SHOWN) -> tuple[Batch, ...]:
    """The latest batches, the newest first."""
    from workbench.store import batches

    with desk.store.reading() as connection:
        return batches.newest(connection, limit)


def report(desk: Desk, name: str) -> BatchReport:
    """The batch of that number or UUID, with what became of each publication. Raises WrongUsage("unknown-batch")."""
    from workbench.store import batches, outbox

    with desk.store.reading() as connection:
        batch = _named(connection, name)
        told = batches.items(connection, batch.id)
        waiting = outbox.of_batch(connection, batch.id) if batch.waiting else ()
    return BatchReport(batch, (*told, *waiting))


def can_undo(batch: Batch) -> bool:
    """Whether there is something in a batch that could be taken back."""
    return batch.kind == "publish" and bool(batch.results.get("published")) and not batch.waiting


def foresee_undo(desk: Desk, name: str) -> Preview:
    """What taking back a batch would do now, to each study that it published.

    Raises WrongUsage("unknown-batch"), Refused: `not-a-sending`, `batch-elsewhere`, `batch-waits`;
    `SurroundingsFailed` where the catalogue cannot be asked.
    """
    from workbench.store import outbox

    found = report(desk, name)
    with open_shared(desk) as shared:
        _require_undoable(found.batch, shared)
        items = [item for item in found.items if item.result == "published"]
        live = shared.live([item.study for item in items])
    gone = _taken_back(desk, found.batch)
    with desk.store.reading() as connection:
        revived = outbox.reviving(connection, found.batch.id)
    prospects = tuple(
        _prospect(item, live.get(item.study), gone=item.study in gone, revived=item.publication in revived)
        for item in items
    )
    done = sum(one.outcome == "done" for one in prospects)
    return Preview("undo-batch", prospects, words.say("journal", "will-undo-batch", n=done, number=name))


def undo(desk: Desk, name: str, progress: Progress = silent) -> Iterator[Outcome]:
    """Takes back what a batch published and nobody has changed since; yields what became of each study.

    Its earlier words are live again, or it is withdrawn where the batch had brought it first. Raises as
    `foresee_undo` does. `progress` may raise `Cancelled` between studies: taking back once more goes on.
    """
    from workbench import outbox

    found = report(desk, name)
    with open_shared(desk) as shared:
        _require_undoable(found.batch, shared)
        yield from outbox.undo(desk.store, shared, found.batch, found.items, desk.who, desk.clock, progress)
        following.follow(desk, shared)


def _named(connection: Connection, name: str) -> Batch:
    from workbench.store import batches

    found = batches.find(connection, name)
    if found is None:
        raise WrongUsage("unknown-batch", name=name)
    return found


def _require_undoable(batch: Batch, shared: Catalogue) -> None:
    if batch.kind != "publish":
        raise Refused("not-a-sending", number=batch.number)
    if batch.waiting:
        raise Refused("batch-waits", number=batch.number)
    if batch.catalogue not in ("", shared.name):
        raise Refused("batch-elsewhere", number=batch.number, catalogue=batch.catalogue, here=shared.name)


def _taken_back(desk: Desk, batch: Batch) -> frozenset[str]:
    """The studies that were taken back already, where taking the batch back was broken off."""
    if batch.undone_by is None:
        return frozenset()
    items = report(desk, str(batch.undone_by)).items
    return frozenset(item.study for item in items if item.result in ("published", "withdrawn", "unchanged"))


def _prospect(item: BatchItem, live: Study | None, *, gone: bool, revived: bool) -> Prospect:
    """What taking back would do to a study that stands so in the catalogue.

    `gone` where it was taken back already, `revived` where the batch had brought it back from its withdrawal.
    """
    title = f"“{item.title}”" if item.title else item.submission
    if gone:
        return Prospect(
            item.submission, title, "unchanged", words.say("journal", "gone-already", title=title)
        )
    outcome, code, said = _foreseen(item, live, revived)
    return Prospect(item.submission, title, outcome, words.say("journal", code, title=title, **said))


def _foreseen(
    item: BatchItem, live: Study | None, revived: bool
) -> tuple[Literal["done", "refused"], str, Mapping[str, Any]]:
    if live is None:
        return "refused", "not-there", {}
    if live.version != item.version:
        at = f"{live.published_at.astimezone():%Y-%m-%d %H:%M}"
        return "refused", "changed-since", {"version": live.version, "who": live.published_by, "at": at}
    if live.withdrawn:
        return "refused", "withdrawn-after", {}
    if item.version == 1:
        return "done", "will-be-withdrawn", {}
    if revived:
        return "done", "will-be-withdrawn-again", {}
    return "done", "back-to", {"version": item.version - 1}
