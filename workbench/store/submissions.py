"""Submissions as rows: made once, put together from their slots, and summed up for the queue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Table, delete, func, insert, select, update

from workbench import edits
from workbench.store import slots, tables
from workbench.submission import TERM_KINDS, Finding, Fix, Status, Submission, Term


@dataclass(frozen=True, slots=True)
class Summary:
    """What the queue shows of a submission and its words for the full-text index."""

    title: str
    council: str
    completeness: float
    blockers: int
    warnings: int
    advice: int
    unplaced: int
    topics: int
    councils: int
    answers: str


def mint_id(connection: Connection, year: int) -> str:
    """The next free short name of that year, such as CB-2026-0001."""
    newest = select(func.max(tables.submission.c.number))
    last = connection.execute(
        select(tables.submission.c.id).where(tables.submission.c.number == newest.scalar_subquery())
    ).scalar_one_or_none()
    count = (
        int(last.rsplit("-", 1)[1]) if last and last.startswith(f"CB-{year}-") else _highest(connection, year)
    )
    return f"CB-{year}-{count + 1:04d}"


def _highest(connection: Connection, year: int) -> int:
    prefix = f"CB-{year}-"
    within = tables.submission.c.id.between(prefix, f"{prefix}~")
    ids = connection.execute(select(tables.submission.c.id).where(within)).scalars()
    return max((int(found.removeprefix(prefix)) for found in ids), default=0)


def add(connection: Connection, submission: Submission) -> None:
    """Writes a new submission with all its slots, but without findings; it is not present until an edit says so."""
    connection.execute(
        insert(tables.submission).values(
            id=submission.id,
            study=submission.study,
            template=submission.template,
            template_version=submission.template_version,
            received=_time(submission.received),
            present=False,
            status=submission.status,
            due=submission.due.isoformat() if submission.due else None,
            base_version=submission.base_version,
            **_nothing_yet(),
        )
    )
    by_slot: dict[edits.Slot, dict[str, edits.Value]] = {}
    for (slot, key), value in edits.slots(submission).items():
        by_slot.setdefault(slot, {})[key] = value
    for slot, values in by_slot.items():
        if slot != "submission":
            slots.fill(connection, submission.id, slot, values)


def _nothing_yet() -> dict[str, Any]:
    counts = ("completeness", "blockers", "warnings", "advice", "unplaced", "topics", "councils")
    return {"title": "", "council": "", **dict.fromkeys(counts, 0)}


def _time(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


def load(connection: Connection, submission_id: str, *, gone: bool = False) -> Submission | None:
    """The submission of that id, put together; None where there is none, or its import was undone, unless `gone`."""
    query = select(tables.submission).where(tables.submission.c.id == submission_id)
    query = query if gone else query.where(tables.submission.c.present)
    row = connection.execute(query).mappings().one_or_none()
    return None if row is None else _put_together(connection, slots.plain(row))


def _put_together(connection: Connection, row: Mapping[str, Any]) -> Submission:
    def rows(table: Table) -> list[dict[str, Any]]:
        return _rows(connection, table, row["id"])

    return Submission(
        id=row["id"],
        study=row["study"],
        template=row["template"],
        template_version=row["template_version"],
        status=Status(row["status"]),
        fields={found["key"]: edits.to_field(found) for found in rows(tables.field_value)},
        unplaced=tuple(edits.to_passage(found["key"], found) for found in rows(tables.passage)),
        notes=tuple(edits.to_note(found) for found in rows(tables.note)),
        pictures=tuple(edits.to_picture(found["key"], _value(found)) for found in rows(tables.picture)),
        findings=tuple(_finding(found) for found in rows(tables.finding)),
        dismissed={found["key"]: found["reason"] for found in rows(tables.dismissal)},
        authorities=tuple(edits.to_authority(found) for found in rows(tables.authority)),
        terms=tuple(sorted((edits.to_term(found) for found in rows(tables.tag)), key=_rank)),
        files=tuple(edits.to_file(found["key"], found) for found in rows(tables.source_file)),
        revisions=tuple(edits.to_revision(found["key"], found) for found in rows(tables.revision)),
        received=datetime.fromisoformat(row["received"]) if row["received"] else None,
        due=date.fromisoformat(row["due"]) if row["due"] else None,
        base_version=row["base_version"],
        **{found["key"]: date.fromisoformat(found["day"]) for found in rows(tables.study_day)},
    )


def _rank(term: Term) -> tuple[int, str]:
    return TERM_KINDS.index(term.kind), term.label


def _rows(connection: Connection, table: Table, submission_id: str) -> list[dict[str, Any]]:
    order = [table.c.position] if "position" in table.c else []
    query = select(table).where(table.c.submission == submission_id).order_by(*order, table.c.key)
    return [slots.plain(row) for row in connection.execute(query).mappings()]


def _value(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in row if name not in ("submission", "key")}


def _finding(row: Mapping[str, Any]) -> Finding:
    return Finding(
        row["check"],
        row["severity"],
        row["message"],
        row["field"],
        row["excerpt"],
        tuple(row["span"]) if row["span"] else None,
        Fix(**row["fix"]) if row["fix"] else None,
        row["occurrence"],
    )


def set_findings(connection: Connection, submission_id: str, findings: Iterable[Finding]) -> None:
    """Replaces what the checks said of a submission."""
    table = tables.finding
    connection.execute(delete(table).where(table.c.submission == submission_id))
    rows = {finding.key: (at, finding) for at, finding in enumerate(findings)}
    if values := [_finding_row(submission_id, at, finding) for at, finding in rows.values()]:
        connection.execute(insert(table), values)


def _finding_row(submission_id: str, position: int, finding: Finding) -> dict[str, Any]:
    fix = finding.fix
    return {
        "submission": submission_id,
        "key": finding.key,
        "position": position,
        "check": finding.check,
        "severity": finding.severity,
        "message": finding.message,
        "field": finding.field,
        "excerpt": finding.excerpt,
        "span": list(finding.span) if finding.span else None,
        "fix": {name: getattr(fix, name) for name in Fix.__slots__} if fix else None,
        "occurrence": finding.occurrence,
    }


def set_summary(connection: Connection, submission_id: str, summary: Summary) -> None:
    """Brings the queue's row and the full-text index up to date."""
    table = tables.submission
    columns = {name: getattr(summary, name) for name in Summary.__slots__ if name != "answers"}
    connection.execute(update(table).where(table.c.id == submission_id).values(columns))
    number = _forget_words(connection, submission_id)
    connection.exec_driver_sql(
        "INSERT INTO words (rowid, title, council, answers) VALUES (?, ?, ?, ?)",
        (number, summary.title, summary.council, summary.answers),
    )


def leave_queue(connection: Connection, submission_id: str) -> None:
    """The submission is not present any more: no search finds it, so that what is found need not be looked at."""
    _forget_words(connection, submission_id)


def _forget_words(connection: Connection, submission_id: str) -> int:
    own = select(tables.submission.c.number).where(tables.submission.c.id == submission_id)
    number = connection.execute(own).scalar_one()
    connection.exec_driver_sql("DELETE FROM words WHERE rowid = ?", (number,))
    return number


def present(connection: Connection) -> tuple[str, ...]:
    """The ids of all submissions on the desk, in the order they came."""
    query = select(tables.submission.c.id).where(tables.submission.c.present)
    return tuple(connection.scalars(query.order_by(tables.submission.c.number)))


def statuses(connection: Connection, ids: Iterable[str]) -> dict[str, Status]:
    """The status of each of these submissions that is present."""
    table = tables.submission
    found: dict[str, Status] = {}
    for submission_id in ids:
        query = select(table.c.status).where(table.c.id == submission_id, table.c.present)
        status = connection.execute(query).scalar_one_or_none()
        if status is not None:
            found[submission_id] = Status(status)
    return found


def line(connection: Connection, submission_id: str) -> RowMapping:
    """The columns of a submission itself, those for the queue among them."""
    row = tables.submission
    return connection.execute(select(row).where(row.c.id == submission_id)).mappings().one()


def with_file(connection: Connection, sha256: str) -> str | None:
    """The id of the submission that came from exactly these bytes, the first one where several did."""
    files, table = tables.source_file, tables.submission
    owners = list(connection.scalars(select(files.c.submission).where(files.c.key == sha256)))
    if not owners:
        return None
    query = select(table.c.id).where(table.c.id.in_(owners), table.c.present)
    return connection.scalars(query.order_by(table.c.number)).first()


def study_of(connection: Connection, study_or_id: str) -> str | None:
    """The UUID of the study that is named by itself or by a submission, though its import was undone."""
    table = tables.submission.c
    named = (table.id == study_or_id) | (table.study == study_or_id)
    return connection.scalar(select(table.study).where(named).limit(1))


def templates_of(connection: Connection, study: str) -> tuple[str, ...]:
    """The ids of the templates of a study's submissions."""
    table = tables.submission.c
    return tuple(connection.scalars(select(table.template).where(table.study == study).distinct()))


def of_study(connection: Connection, study: str) -> tuple[str, ...]:
    """The ids of the submissions that carry this study's UUID, the first one first."""
    table = tables.submission
    query = select(table.c.id).where(table.c.study == study, table.c.present).order_by(table.c.number)
    return tuple(connection.scalars(query))
