"""Changes of the vocabulary carried out: in one transaction, told in the audit, kept so that they can be taken back.

What a change does is worked out beforehand (`foreseeing`), on a vocabulary that nobody else changes meanwhile; the
database carries it out whole or not at all. PostgreSQL does so for an administrator alone, and looks itself that
nothing leads nowhere. What was published is not touched: only what it is filed under.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection, insert, select, text

from workbench.catalogue import embedded, foreseeing, tables, thesaurus
from workbench.catalogue.transactions import is_postgresql
from workbench.errors import Refused
from workbench.submission import Term
from workbench.themes import changes
from workbench.themes.history import Amended, Foreseen
from workbench.themes.soundness import is_sendable
from workbench.themes.vocabulary import plain

MAX_REASON = 2_000
"""The most characters of a reason."""


def hold(connection: Connection, expected: int | None = None) -> None:
    """Keeps others from changing the vocabulary until the transaction ends.

    Raises `Refused("vocabulary-moved")` where it is not the one of the `expected` number any more.
    """
    if is_postgresql(connection):
        connection.execute(text("SELECT casebook_hold_vocabulary()"))
    if expected is not None and thesaurus.newest(connection) != expected:
        raise Refused("vocabulary-moved")


def carry_out(connection: Connection, foreseen: Foreseen, reason: str, who: str) -> Amended:
    """Makes a change that was worked out in the same transaction, with the vocabulary held."""
    require_reason(reason)
    act = _by_the_server if is_postgresql(connection) else _by_hand
    return Amended(act(connection, foreseen, reason, who), len(foreseen.studies))


def require_reason(reason: str) -> None:
    """Refuses a reason that no database could keep."""
    if len(reason) > MAX_REASON or not is_sendable(reason):
        raise Refused("vocabulary-reason", limit=MAX_REASON)


def _pairs(foreseen: Foreseen) -> str:
    told = [[theme and plain(theme) for theme in pair] for pair in foreseen.differences]
    return json.dumps(told, sort_keys=True, ensure_ascii=False)


_CHANGE = text("SELECT casebook_change_vocabulary(:expected, :told, :pairs, :filings, :undone, :why, :sign)")


def _by_the_server(connection: Connection, foreseen: Foreseen, reason: str, who: str) -> int:
    filings = [[each.study, [[term.kind, term.slug] for term in each.after]] for each in foreseen.studies]
    told = {"told": changes.to_json(foreseen.change), "pairs": _pairs(foreseen), "undone": foreseen.undoes}
    said = {"expected": foreseen.number, "why": reason, "sign": who}
    return connection.execute(_CHANGE, told | said | {"filings": json.dumps(filings)}).scalar_one()


def _by_hand(connection: Connection, foreseen: Foreseen, reason: str, who: str) -> int:
    moved = sorted(foreseen.studies, key=lambda each: each.study)
    thesaurus.put(connection, [pair for pair in foreseen.differences if pair[1] is not None])
    thesaurus.refile(connection, {each.study: each.after for each in moved})
    thesaurus.put(connection, [pair for pair in foreseen.differences if pair[1] is None])
    number = _renumber(connection, [each.study for each in moved]) + 1
    rows = [
        {"number": number, "study": each.study, "version": each.version}
        | {"before": _list(each.before), "after": _list(each.after)}
        for each in moved
    ]
    if rows:
        connection.execute(insert(tables.refiling), rows)
    _tell(connection, number, foreseen, reason, who)
    return number


def _list(terms: Iterable[Term]) -> str:
    return json.dumps([[term.kind, term.slug, term.label] for term in terms], ensure_ascii=False)


def _renumber(connection: Connection, studies: Sequence[str]) -> int:
    """Gives studies the next numbers, in the order they had; the last number given."""
    change = connection.execute(select(tables.catalogue.c.change)).scalar_one()
    changed = _told_changes(connection, studies)
    ordered = sorted(changed, key=lambda each: changed[each])
    rows = [(number, study) for number, study in enumerate(ordered, change + 1)]
    if rows:
        connection.exec_driver_sql("UPDATE study SET change = ? WHERE uuid = ?", rows)
    return change + len(rows)


def _told_changes(connection: Connection, studies: Sequence[str]) -> dict[str, int]:
    study = tables.study.c
    query = select(study.uuid, study.change).where(thesaurus.among(connection, study.uuid, studies))
    return {row.uuid: row.change for row in connection.execute(query)}


def _tell(connection: Connection, number: int, foreseen: Foreseen, reason: str, who: str) -> None:
    told, pairs = changes.to_json(foreseen.change), _pairs(foreseen)
    digest = digest_of(told, pairs, _moved(connection, number))
    row = {
        "number": number,
        "at": datetime.now(UTC),
        "actor": who,
        "signed": who,
        "change": told,
        "differences": pairs,
        "studies": len(foreseen.studies),
        "reason": reason,
        "undoes": foreseen.undoes,
        "digest": digest,
    }
    connection.execute(insert(tables.vocabulary_change), row)
    embedded.tell_vocabulary(connection, number, digest, reason, who)


def _moved(connection: Connection, number: int) -> list[tuple[str, int, str, str]]:
    rows = foreseeing.refilings(connection, [number])
    return [(row.study, row.version, row.before, row.after) for row in rows]


def digest_of(told: str, pairs: str, moved: Iterable[tuple[str, int, str, str]]) -> str:
    """The digest over a change and all that it moved, in the order of the studies' UUIDs."""
    parts = (told, pairs, *(str(value) for row in moved for value in row))
    return hashlib.sha256("".join(f"{len(part)}:{part}" for part in parts).encode()).hexdigest()


def forged(connection: Connection) -> int | None:
    """The first change of the vocabulary that is not as the audit tells; None where there is none."""
    change, audit = tables.vocabulary_change.c, tables.audit.c
    query = select(tables.vocabulary_change, audit.digest.label("told")).select_from(
        tables.vocabulary_change.outerjoin(tables.audit, audit.change == change.number)
    )
    for row in connection.execute(query.order_by(change.number)).all():
        told = digest_of(row.change, row.differences, _moved(connection, row.number))
        if not row.digest == row.told == told:
            return row.number
    return None
