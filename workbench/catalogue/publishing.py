"""Publications into the catalogue, in chunks, each item with its own outcome.

A chunk is one transaction. Where the database refuses one of its items, the chunk is taken back and repeated study
by study, so that a bad item never takes its neighbours along. Where the surroundings fail, the chunk is taken back
and the error goes to the caller: whatever was not yet reported may be sent again, for what did arrive is recorded
under the publication's UUID and answered from there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine, insert, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError, ProgrammingError

from workbench.catalogue import reading, tables
from workbench.catalogue.failures import cause_of, surroundings
from workbench.catalogue.sending import Live, decide, decide_withdrawal, failed, flaw
from workbench.catalogue.writing import Accepted, Stamp, audited, put, put_once, record, write
from workbench.errors import Refused
from workbench.progress import Progress
from workbench.publication import Outcome, Publication, PublishedImage

CHUNK = 200
"""Studies sent in one transaction."""

Asset = Callable[[str], bytes]
"""A picture's bytes by their SHA-256; raises KeyError or `Refused` where there are none."""

Outcomes = Mapping[str, Outcome]
"""Outcomes by the UUID of their publication."""


@dataclass(frozen=True, slots=True)
class Batch:
    """One sending of publications: its number, and how the desk signs it."""

    id: int | None
    signed: str


_PATIENCE = ("SET LOCAL lock_timeout = '20s'", "SET LOCAL statement_timeout = '120s'")


def publish(
    engine: Engine, publications: Sequence[Publication], asset: Asset, who: str, progress: Progress
) -> Iterator[tuple[Outcome, ...]]:
    """Yields what became of each chunk, in order, once it is safe. `progress` is called before each of them."""
    total = len(publications)
    if not total:
        return
    batch = _begin_batch(engine, who)
    for start in range(0, total, CHUNK):
        chunk = publications[start : start + CHUNK]
        progress(start, total, chunk[0].title)
        outcomes = _send(engine, chunk, asset, batch)
        yield tuple(outcomes[publication.uuid] for publication in chunk)
    progress(total, total, "")


def withdraw(engine: Engine, study: str, base_version: int, reason: str, note: str, who: str) -> Outcome:
    """Takes a study away from readers, who are told `note`: withdrawn, unchanged, conflict or failed."""
    with _writing(engine) as connection:
        change = _lock_head(connection) + 1
        outcome = decide_withdrawal(study, base_version, reading.live(connection, [study]).get(study))
        if outcome.result == "withdrawn":
            stamp = _stamp(connection, Batch(None, who))
            values = {"state": "withdrawn", "note": note, "change": change}
            connection.execute(update(tables.study).where(tables.study.c.uuid == study).values(values))
            put(
                connection, tables.audit, [audited("withdraw", study, outcome.version, change, stamp, reason)]
            )
            _move_head(connection, change)
    return outcome


@contextmanager
def _writing(engine: Engine) -> Generator[Connection]:
    """A transaction that may write, and does not wait for ever."""
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            for statement in _PATIENCE:
                connection.execute(text(statement))
        yield connection


def _stamp(connection: Connection, batch: Batch) -> Stamp:
    """The database's own word on who and when; SQLite has no logins and runs by this machine's clock."""
    if connection.dialect.name == "postgresql":
        actor, at = connection.execute(text("SELECT session_user, now()")).one()
        return Stamp(actor, at, batch.id)
    return Stamp(batch.signed, datetime.now(UTC), batch.id)


def _begin_batch(engine: Engine, who: str) -> Batch:
    with _writing(engine) as connection:
        stamp = _stamp(connection, Batch(None, who))
        row = {"actor": stamp.actor, "signed": who, "started_at": stamp.at}
        made = connection.execute(insert(tables.batch).returning(tables.batch.c.id), row)
        return Batch(made.scalar_one(), who)


def _lock_head(connection: Connection) -> int:
    """The number of the last change, held against every other writer until the transaction ends."""
    return connection.execute(select(tables.catalogue.c.change).with_for_update()).scalar_one()


def _move_head(connection: Connection, change: int) -> None:
    connection.execute(update(tables.catalogue).values(change=change))


def _send(engine: Engine, chunk: Sequence[Publication], asset: Asset, batch: Batch) -> Outcomes:
    flaws = {publication.uuid: found for publication in chunk if (found := flaw(publication))}
    sound = [publication for publication in chunk if publication.uuid not in flaws]
    lacking = _send_assets(engine, sound, asset)
    whole = [publication for publication in sound if publication.uuid not in lacking]
    return {**flaws, **lacking, **_send_together(engine, whole, batch)}


def _send_together(engine: Engine, chunk: Sequence[Publication], batch: Batch) -> Outcomes:
    try:
        return _transact(engine, chunk, batch)
    except DBAPIError as error:
        if surroundings(error) or isinstance(error, ProgrammingError):
            raise
        if len(chunk) > 1:
            return {each.uuid: _send_together(engine, [each], batch)[each.uuid] for each in chunk}
        return {chunk[0].uuid: _refused(chunk[0], error)}


def _refused(publication: Publication, error: DBAPIError) -> Outcome:
    if isinstance(error, IntegrityError) and "slug" in cause_of(error):
        return failed(publication, "slug-taken", slug=publication.slug)
    return failed(publication, "row-refused", reason=cause_of(error))


def _transact(engine: Engine, chunk: Sequence[Publication], batch: Batch) -> Outcomes:
    """Decides on all of the chunk and writes it, or raises and leaves nothing."""
    with _writing(engine) as connection:
        change = _lock_head(connection)
        recorded = reading.recorded(connection, (publication.uuid for publication in chunk))
        fresh = {publication.uuid: publication for publication in chunk if publication.uuid not in recorded}
        live = reading.live(connection, (publication.study for publication in fresh.values()))
        stamp = _stamp(connection, batch)
        decided, accepted = _decide_all(list(fresh.values()), live, change, stamp)
        write(connection, accepted, stamp)
        record(connection, decided, batch.id)
        _move_head(connection, change + len(accepted))
    return recorded | {outcome.publication: outcome for outcome in decided}


def _decide_all(
    fresh: Sequence[Publication], live: Mapping[str, Live], change: int, stamp: Stamp
) -> tuple[list[Outcome], list[Accepted]]:
    """Each publication against what is live, those before it in the chunk included."""
    standing = dict(live)
    outcomes: list[Outcome] = []
    accepted: list[Accepted] = []
    for publication in fresh:
        outcome = decide(publication, standing.get(publication.study))
        outcomes.append(outcome)
        if outcome.result == "published":
            accepted.append(Accepted(publication, outcome.version, change + len(accepted) + 1))
            now_live = Live(outcome.version, publication.digest, False, stamp.at, stamp.actor)
            standing[publication.study] = now_live
    return outcomes, accepted


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
    row = {"sha256": image.sha256, "media_type": image.media_type, "content": content}
    with _writing(engine) as connection:
        put_once(connection, tables.asset, row)
    return None
