"""Publications into the catalogue, in chunks, each item with its own outcome.

A chunk is one transaction, and no study stands in it twice. Where the database refuses one of its items, the chunk is
taken back and repeated study by study, so that a bad item never takes its neighbours along. Where the surroundings
fail, the chunk is taken back and the error goes to the caller: whatever was not yet reported may be sent again, for
what did arrive is recorded under the publication's UUID and answered from there.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol, TypeVar

from sqlalchemy import Connection, Engine, select
from sqlalchemy.exc import DBAPIError, IntegrityError, ProgrammingError

from workbench import words
from workbench.catalogue import embedded, reading, server, tables
from workbench.catalogue.failures import cause_of, surroundings
from workbench.catalogue.sending import Ready, failed, flaw, ready
from workbench.catalogue.transactions import is_postgresql, writing
from workbench.errors import Refused
from workbench.progress import Progress
from workbench.publication import Outcome, Publication, PublishedImage, adopted

CHUNK = 500
"""The most studies sent in one transaction."""

HEAVY = 16_000_000
"""From how many characters on a transaction takes no further study."""

Asset = Callable[[str], bytes]
"""A picture's bytes by their SHA-256; raises KeyError or `Refused` where there are none."""

Outcomes = Mapping[str, Outcome]
"""Outcomes by the UUID of their publication."""


_Item = TypeVar("_Item")
_Done = TypeVar("_Done")


class Keeper(Protocol):
    """What either kind of database does within a transaction: `server` or `embedded`."""

    def begin(self, connection: Connection, who: str, undoes: int | None = None) -> int: ...

    def publish(self, connection: Connection, chunk: Sequence[Ready], batch: int, who: str) -> Outcomes: ...

    def put_asset(self, connection: Connection, image: PublishedImage, content: bytes) -> None: ...

    def withdraw(
        self, connection: Connection, study: str, base_version: int, reason: str, note: str, who: str
    ) -> Outcome: ...

    def undo(self, connection: Connection, batch: int, undone: int, study: str, who: str) -> Outcome: ...


def keeper(at: Connection | Engine) -> Keeper:
    """Who keeps this catalogue."""
    return server if is_postgresql(at) else embedded


@dataclass(frozen=True, slots=True)
class Batch:
    """One sending of publications: its number, and how the desk signs it."""

    id: int
    signed: str


def publish(
    engine: Engine, publications: Sequence[Publication], asset: Asset, who: str, progress: Progress
) -> Iterator[tuple[Outcome, ...]]:
    """Yields what became of each chunk, in order, once it is safe. `progress` is called before each of them."""
    total, done = len(publications), 0
    if not total:
        return
    batch = begin(engine, who)
    chunks = _chunks(publications)
    prepared = _ahead(_make_ready, chunks) if is_postgresql(engine) else map(_make_ready, chunks)
    for chunk, flaws, sound in prepared:
        progress(done, total, chunk[0].title)
        outcomes = flaws | _send(engine, sound, asset, batch)
        yield tuple(outcomes[publication.uuid] for publication in chunk)
        done += len(chunk)
    progress(total, total, "")


def _ahead(work: Callable[[_Item], _Done], items: Iterable[_Item]) -> Iterator[_Done]:
    """Works on each item while the caller still waits for a server with the one before.

    A caller whose database is in this process has no such time: the two would only take turns.
    """
    with ThreadPoolExecutor(1) as worker:
        begun = deque[Future[_Done]]()
        for item in items:
            begun.append(worker.submit(work, item))
            if len(begun) > 1:
                yield begun.popleft().result()
        yield from (last.result() for last in begun)


def _make_ready(
    chunk: Sequence[Publication],
) -> tuple[Sequence[Publication], dict[str, Outcome], list[Ready]]:
    """What can be done of a chunk without the database: its flaws, and what is sound made ready."""
    flaws = {publication.uuid: found for publication in chunk if (found := flaw(publication))}
    return chunk, flaws, [ready(each) for each in chunk if each.uuid not in flaws]


def _chunks(publications: Sequence[Publication]) -> Iterator[list[Publication]]:
    """The publications in order, in parts that hold a study once each: a later one builds on an earlier one."""
    chunk: dict[str, Publication] = {}
    weight = 0
    for publication in publications:
        if len(chunk) == CHUNK or weight > HEAVY or publication.study in chunk:
            yield list(chunk.values())
            chunk, weight = {}, 0
        chunk[publication.study] = publication
        weight += sum(len(field.html) for field in publication.fields)
    yield list(chunk.values())


def begin(engine: Engine, who: str, undoes: int | None = None) -> Batch:
    """A new batch."""
    with writing(engine) as connection:
        return Batch(keeper(connection).begin(connection, who, undoes), who)


def withdraw(engine: Engine, study: str, base_version: int, reason: str, note: str, who: str) -> Outcome:
    """Takes a study away from readers, who are told `note`: withdrawn, unchanged, conflict or failed."""
    with writing(engine) as connection:
        return keeper(connection).withdraw(connection, study, base_version, reason, note, who)


def undo(engine: Engine, undone: int, who: str) -> Iterator[Outcome]:
    """Takes a batch back, study by study, each in a transaction of its own; again after a break, it goes on."""
    version = tables.study_version.c
    query = select(version.study).where(version.batch == undone).group_by(version.study)
    with engine.connect() as connection:
        studies = connection.scalars(query.order_by(version.study)).all()
    if studies:
        batch = begin(engine, who, undone)
        for study in studies:
            yield _undo(engine, batch, undone, study)


def _undo(engine: Engine, batch: Batch, undone: int, study: str) -> Outcome:
    try:
        with writing(engine) as connection:
            return keeper(connection).undo(connection, batch.id, undone, study, batch.signed)
    except DBAPIError as error:
        if surroundings(error) or isinstance(error, ProgrammingError):
            raise
        reason = words.say("errors", "row-refused", reason=cause_of(error))
        return Outcome("", study, "failed", 0, "row-refused", reason)


def _send(engine: Engine, chunk: Sequence[Ready], asset: Asset, batch: Batch) -> dict[str, Outcome]:
    sealed = _under_their_salts(engine, chunk)
    lacking = _send_assets(engine, [each.publication for each in sealed], asset)
    whole = [each for each in sealed if each.publication.uuid not in lacking]
    return {**lacking, **_send_together(engine, whole, batch)}


def _under_their_salts(engine: Engine, chunk: Sequence[Ready]) -> list[Ready]:
    """The publications, those that say what is live already as it is told there."""
    with engine.connect() as connection:
        seals = reading.seals(connection, (each.publication.study for each in chunk))
    return [_sealed(each, *seals.get(each.publication.study, ())) for each in chunk]


def _sealed(sent: Ready, *seal: str) -> Ready:
    told = adopted(sent.publication, *seal) if seal else sent.publication
    return sent if told is sent.publication else ready(told)


def _send_together(engine: Engine, chunk: Sequence[Ready], batch: Batch) -> Outcomes:
    try:
        return _transact(engine, chunk, batch)
    except DBAPIError as error:
        if surroundings(error) or isinstance(error, ProgrammingError):
            raise
        if len(chunk) > 1:
            alone = (_send_together(engine, [each], batch) for each in chunk)
            return {uuid: outcome for outcomes in alone for uuid, outcome in outcomes.items()}
        publication = chunk[0].publication
        return {publication.uuid: _refused(publication, error)}


def _refused(publication: Publication, error: DBAPIError) -> Outcome:
    if isinstance(error, IntegrityError) and "slug" in cause_of(error):
        return failed(publication, "slug-taken", slug=publication.slug)
    return failed(publication, "row-refused", reason=cause_of(error))


def _transact(engine: Engine, chunk: Sequence[Ready], batch: Batch) -> Outcomes:
    """Decides on all of the chunk and writes it, or raises and leaves nothing."""
    if not chunk:
        return {}
    with writing(engine) as connection:
        return carry_out(connection, chunk, batch)


def carry_out(connection: Connection, chunk: Sequence[Ready], batch: Batch) -> Outcomes:
    """What becomes of each publication of the chunk, within the transaction."""
    return keeper(connection).publish(connection, chunk, batch.id, batch.signed)


def _send_assets(engine: Engine, chunk: Sequence[Publication], asset: Asset) -> Outcomes:
    """Stores the pictures that the catalogue lacks, ahead of the studies and apart from their lock.

    Gives the outcome of each study that lacks a picture. A picture whose study then fails waits for its next try.
    """
    wanted = {image.sha256 for publication in chunk for image in publication.images}
    with engine.connect() as connection:
        column = tables.asset.c.sha256
        present = set(connection.scalars(select(column).where(column.in_(wanted))))
    lacking: dict[str, Outcome] = {}
    for publication in chunk:
        for image in publication.images:
            if image.sha256 in present:
                continue
            if problem := _send_asset(engine, image, asset):
                lacking[publication.uuid] = failed(publication, problem, sha256=image.sha256[:12])
            else:
                present.add(image.sha256)
    return lacking


def _send_asset(engine: Engine, image: PublishedImage, asset: Asset) -> str | None:
    """Stores one picture; gives the code of what is wrong with it."""
    try:
        content = asset(image.sha256)
    except (KeyError, Refused):
        return "asset-missing"
    if len(content) > tables.MAX_ASSET:
        return "asset-too-large"
    if hashlib.sha256(content).hexdigest() != image.sha256:
        return "asset-damaged"
    with writing(engine) as connection:
        keeper(connection).put_asset(connection, image, content)
    return None
