"""What is personal, emptied for good: in every version of a study and every proposal of it.

The versions stay as they are. Their digests cover a salted digest of what was personal, and with the salt gone nobody
can try whether a guess fits it. On PostgreSQL a function does it, for an admin alone; what becomes of the freed space
there is the server's affair (docs/administrators). A SQLite file is written anew, so that no page keeps the words.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Literal

from sqlalchemy import Connection, Engine, delete, func, select, text, update

from workbench import words
from workbench.catalogue import embedded, tables
from workbench.catalogue.sending import are_uuids
from workbench.catalogue.transactions import is_postgresql, writing
from workbench.publication import Outcome, Redaction

Did = Literal["redacted", "unchanged", "unknown"]


def redact(engine: Engine, study: str, fields: Sequence[str], reason: str, who: str) -> Outcome:
    """Empties these personal fields; `reason` is for the audit.

    Redacted; unchanged where there is nothing to empty; failed where there is no such study.
    """
    if not are_uuids([study]):
        return _told(study, "unknown")
    with writing(engine) as connection:
        act = _by_the_server if is_postgresql(connection) else _by_hand
        did = act(connection, study, list(fields), reason, who)
    if engine.dialect.name == "sqlite":
        _write_anew(engine)
    return _told(study, did)


def _told(study: str, did: Did) -> Outcome:
    if did == "unknown":
        reason = words.say("errors", "study-unknown", study=study)
        return Outcome("", study, "failed", 0, "study-unknown", reason)
    return Outcome("", study, did)


def _by_the_server(connection: Connection, study: str, fields: list[str], reason: str, who: str) -> Did:
    query = text("SELECT casebook_redact(CAST(:study AS uuid), :fields, :reason)")
    return connection.execute(query, {"study": study, "fields": fields, "reason": reason}).scalar_one()


def _by_hand(connection: Connection, study: str, fields: list[str], reason: str, who: str) -> Did:
    connection.exec_driver_sql("PRAGMA secure_delete = ON")
    personal, version = tables.study_personal.c, tables.study_version.c
    latest = connection.scalar(select(func.max(version.version)).where(version.study == study))
    if latest is None:
        return "unknown"
    named = delete(tables.study_personal).where(personal.study == study, personal.field.in_(fields))
    if not connection.execute(named).rowcount:
        return "unchanged"
    connection.execute(delete(tables.study_salt).where(tables.study_salt.c.study == study))
    change = embedded.tell(connection, "redact", study, latest, f"{', '.join(fields)}: {reason}", who)
    connection.execute(update(tables.study).where(tables.study.c.uuid == study).values(change=change))
    row = {"change": change, "study": study, "version": latest, "fields": json.dumps(fields)}
    connection.execute(tables.redaction.insert(), row)
    return "redacted"


def _write_anew(engine: Engine) -> None:
    """The file without a free page, and without what was moved about within pages; nothing left in its journal."""
    with engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        assert raw is not None
        for statement in ("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
            raw.execute(statement)  # type: ignore[attr-defined]


def redactions(connection: Connection, since: int) -> tuple[Redaction, ...]:
    """What was emptied after a change, in order."""
    told = tables.redaction.c
    rows = connection.execute(select(tables.redaction).where(told.change > since).order_by(told.change))
    return tuple(Redaction(row.study, row.version, tuple(json.loads(row.fields)), row.change) for row in rows)
