"""SQLite as the catalogue of one person: the program does what PostgreSQL's functions do for a team.

There are no logins: `who` signs, this machine's clock dates, and what takes a second person on a server is one step.
The rules are those of `sending`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

from sqlalchemy import Connection, exists, func, insert, select, update

from workbench.catalogue import chain, reading, tables
from workbench.catalogue.sending import Live, Ready, decide, decide_undoing, decide_withdrawal
from workbench.catalogue.writing import Accepted, Stamp, audited, put, put_once, record, write
from workbench.publication import Outcome, PublishedImage


def begin(connection: Connection, who: str, undoes: int | None = None) -> int:
    """The number of a new batch."""
    row = {"actor": who, "signed": who, "started_at": datetime.now(UTC), "undoes": undoes}
    return connection.execute(insert(tables.batch).returning(tables.batch.c.id), row).scalar_one()


def publish(connection: Connection, chunk: Sequence[Ready], batch: int, who: str) -> Mapping[str, Outcome]:
    """What becomes of each publication of a chunk, in which no study stands twice, by its UUID."""
    recorded = reading.recorded(connection, (each.publication.uuid for each in chunk))
    fresh = [each for each in chunk if each.publication.uuid not in recorded]
    live = reading.live(connection, (each.publication.study for each in fresh))
    decided = [decide(each.publication, live.get(each.publication.study)) for each in fresh]
    accepted = _accept(fresh, decided, _head(connection))
    write(connection, accepted, _stamp(who, batch))
    record(connection, decided, batch)
    _seal(connection)
    return recorded | {outcome.publication: outcome for outcome in decided}


def _accept(fresh: Sequence[Ready], decided: Sequence[Outcome], change: int) -> list[Accepted]:
    accepted: list[Accepted] = []
    for each, outcome in zip(fresh, decided, strict=True):
        if outcome.result == "published":
            place = change + len(accepted) + 1
            accepted.append(Accepted(each.publication, each.digest, outcome.version, place))
    return accepted


def put_asset(connection: Connection, image: PublishedImage, content: bytes) -> None:
    """Stores a picture unless it is there."""
    row = {"sha256": image.sha256, "media_type": image.media_type, "content": content}
    put_once(connection, tables.asset, row)


def withdraw(
    connection: Connection, study: str, base_version: int, reason: str, note: str, who: str
) -> Outcome:
    """Takes a study away from readers."""
    outcome = decide_withdrawal(study, base_version, reading.live(connection, [study]).get(study))
    if outcome.result == "withdrawn":
        _hide(connection, outcome, _stamp(who), reason, note)
    return outcome


def _hide(connection: Connection, outcome: Outcome, stamp: Stamp, reason: str, note: str) -> None:
    change = _head(connection) + 1
    values = {"state": "withdrawn", "note": note, "change": change}
    connection.execute(update(tables.study).where(tables.study.c.uuid == outcome.study).values(values))
    row = audited("withdraw", outcome.study, outcome.version, change, stamp, reason)
    put(connection, tables.audit, [row])
    _seal(connection)


def undo(connection: Connection, batch: int, undone: int, study: str, who: str) -> Outcome:
    """Takes back what the batch `undone` did to a study, within `batch`."""
    first, last = _span(connection, undone, study)
    live = reading.live(connection, [study]).get(study)
    hidden_before = first == 1 or _was_withdrawn(connection, study, first - 1)
    is_undone = live is not None and _is_undone(connection, live, last, undone, hidden_before)
    outcome = decide_undoing(study, live, last, is_undone=is_undone, hidden_before=hidden_before)
    if outcome.result == "withdrawn":
        _hide(connection, outcome, _stamp(who, batch), "", "")
    elif outcome.result == "published":
        _restore(connection, study, first - 1, outcome.version, _stamp(who, batch))
    return outcome


def _span(connection: Connection, batch: int, study: str) -> tuple[int, int]:
    """The first and the last version of a study that a batch published; 0 where it published none."""
    version = tables.study_version.c
    query = select(func.min(version.version), func.max(version.version))
    first, last = connection.execute(query.where(version.study == study, version.batch == batch)).one()
    return first or 0, last or 0


def _was_withdrawn(connection: Connection, study: str, version: int) -> bool:
    told = tables.audit.c
    found = exists().where(told.study == study, told.version == version, told.action == "withdraw")
    return bool(connection.scalar(select(found)))


def _is_undone(connection: Connection, live: Live, last: int, undone: int, hidden_before: bool) -> bool:
    """Whether the study already stands as before the batch: withdrawn, or by a version that took it back."""
    if live.withdrawn and hidden_before and live.version == last:
        return True
    taking_back = exists().where(tables.batch.c.id == live.batch, tables.batch.c.undoes == undone)
    return bool(connection.scalar(select(taking_back)))


def _restore(connection: Connection, study: str, earlier: int, newest: int, stamp: Stamp) -> None:
    """Appends an earlier version of a study as its newest."""
    version = tables.study_version.c
    query = reading.versions().where(version.study == study, version.version == earlier)
    (old,) = reading.studies(connection, query)
    again = replace(old.publication, uuid=str(uuid4()))
    change = _head(connection) + 1
    write(connection, [Accepted(again, again.digest, newest, change)], stamp, action="restore")
    _seal(connection)


def tell(connection: Connection, action: str, study: str, version: int, reason: str, who: str) -> int:
    """One line of the audit; gives the number of the change that it is."""
    change = _head(connection) + 1
    put(connection, tables.audit, [audited(action, study, version, change, _stamp(who), reason)])
    _seal(connection)
    return change


def tell_vocabulary(connection: Connection, change: int, digest: str, reason: str, who: str) -> None:
    """The line of the audit for a change of the vocabulary, which has this number."""
    identity = connection.execute(select(tables.catalogue.c.identity)).scalar_one()
    row = audited("vocabulary", identity, 0, change, _stamp(who), reason, digest)
    put(connection, tables.audit, [row])
    _seal(connection)


def _stamp(who: str, batch: int | None = None) -> Stamp:
    return Stamp(who, datetime.now(UTC), batch)


def _head(connection: Connection) -> int:
    return connection.execute(select(tables.catalogue.c.change)).scalar_one()


def _seal(connection: Connection) -> None:
    """Ties what was audited since the last link to all before, and counts the changes."""
    before = reading.head(connection)
    rows = reading.audited(connection, before.change)
    if rows:
        head = chain.link(before.head, rows)
        put(connection, tables.audit_link, [{"change": rows[-1].change, "head": head}])
        connection.execute(update(tables.catalogue).values(change=rows[-1].change))
