"""The journal: every step taken at this desk, in order, with what it takes to go back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, RowMapping, desc, func, insert, select, update

from workbench.edits import Change, Edit, Value, joined
from workbench.store.tables import journal, journal_submission


@dataclass(frozen=True, slots=True)
class Entry:
    """One step as it stands in the journal. `undoes` and `redoes` name the step it took back or repeated."""

    id: int
    at: datetime
    who: str
    edit: Edit
    undoable: bool
    undoes: int | None = None
    redoes: int | None = None
    undone_by: int | None = None

    @property
    def counts(self) -> bool:
        """Whether it still has its effect: no undo or redo itself, and not undone."""
        return self.undoes is None and self.redoes is None and self.undone_by is None

    @property
    def standing(self) -> bool:
        """Whether it could be taken back."""
        return self.undoable and self.counts


def append(
    connection: Connection,
    edit: Edit,
    *,
    at: datetime,
    who: str,
    undoable: bool = True,
    undoes: int | None = None,
    redoes: int | None = None,
) -> int:
    """Writes `edit` as the newest step and returns its number."""
    result = connection.execute(
        insert(journal).values(
            at=at.isoformat(),
            who=who,
            code=edit.code,
            params=dict(edit.params),
            changes=_rows(edit.changes),
            undoable=undoable,
            undoes=undoes,
            redoes=redoes,
        )
    )
    number = int(result.lastrowid)
    if rows := [{"submission": name, "entry": number} for name in edit.submissions]:
        connection.execute(insert(journal_submission), rows)
    return number


def lengthen(connection: Connection, step: Entry, edit: Edit) -> int:
    """Makes `edit`, of the same submissions, a part of the newest step; the number of that."""
    changes = joined(step.edit.changes, edit.changes)
    values = {"params": dict(edit.params), "changes": _rows(changes)}
    connection.execute(update(journal).where(journal.c.id == step.id).values(values))
    return step.id


def mark(connection: Connection, entry: int, undone_by: int | None) -> None:
    """Notes that `entry` was undone by a later step, or stands again."""
    connection.execute(update(journal).where(journal.c.id == entry).values(undone_by=undone_by))


def get(connection: Connection, entry: int) -> Entry | None:
    """The step of that number."""
    row = connection.execute(select(journal).where(journal.c.id == entry)).mappings().one_or_none()
    return None if row is None else _entry(row)


def newest(connection: Connection, submission: str | None = None, limit: int = 200) -> tuple[Entry, ...]:
    """The latest steps, newest first, of the desk or of one submission."""
    query = select(journal).order_by(desc(journal.c.id)).limit(limit)
    if submission is not None:
        touched = select(journal_submission.c.entry).where(journal_submission.c.submission == submission)
        query = query.where(journal.c.id.in_(touched))
    return tuple(_entry(row) for row in connection.execute(query).mappings())


def newest_standing(connection: Connection) -> Entry | None:
    """The latest step that could be undone."""
    query = (
        select(journal)
        .where(journal.c.undoable, journal.c.undone_by.is_(None))
        .where(journal.c.undoes.is_(None), journal.c.redoes.is_(None))
        .order_by(desc(journal.c.id))
        .limit(1)
    )
    row = connection.execute(query).mappings().one_or_none()
    return None if row is None else _entry(row)


def next_to_redo(connection: Connection) -> Entry | None:
    """The step to do again: the one undone last, unless an editor has taken a new step since."""
    fresh = select(func.coalesce(func.max(journal.c.id), 0))
    fresh = fresh.where(journal.c.undoes.is_(None), journal.c.redoes.is_(None))
    last_step = connection.execute(fresh).scalar_one()
    query = (
        select(journal)
        .where(journal.c.undone_by.is_not(None), journal.c.undone_by > last_step)
        .order_by(desc(journal.c.undone_by))
        .limit(1)
    )
    row = connection.execute(query).mappings().one_or_none()
    return None if row is None else _entry(row)


def who_approved(connection: Connection, submission: str) -> str:
    """Who took the latest approval of `submission` that stands; "" where there is none."""
    touched = select(journal_submission.c.entry).where(journal_submission.c.submission == submission)
    query = select(journal.c.who).where(journal.c.id.in_(touched), journal.c.code == "approve")
    query = query.where(journal.c.undone_by.is_(None)).order_by(desc(journal.c.id)).limit(1)
    return connection.scalar(query) or ""


def later_on(connection: Connection, submission: str, entry: int) -> bool:
    """Whether any step after `entry` touched `submission` and still stands."""
    query = (
        select(journal.c.id)
        .join(journal_submission, journal_submission.c.entry == journal.c.id)
        .where(journal_submission.c.submission == submission, journal.c.id > entry)
        .where(journal.c.undone_by.is_(None), journal.c.undoes.is_(None), journal.c.redoes.is_(None))
        .limit(1)
    )
    return connection.execute(query).first() is not None


def forgot(connection: Connection, study: str, change: int) -> bool:
    """Whether this desk has forgotten what the catalogue emptied of a study by that change."""
    told = (
        journal.c.code == "forget-person",
        func.json_extract(journal.c.params, "$.study") == study,
        func.json_extract(journal.c.params, "$.change") == change,
    )
    return connection.scalar(select(journal.c.id).where(*told).limit(1)) is not None


def following(connection: Connection, catalogue: str, amendment: int) -> tuple[Entry, ...]:
    """The standing steps by which this desk followed a change of a catalogue's vocabulary, the newest first."""
    told = (
        journal.c.undone_by.is_(None),
        func.json_extract(journal.c.params, "$.amendment") == amendment,
        func.json_extract(journal.c.params, "$.catalogue") == catalogue,
    )
    query = select(journal).where(*told).order_by(desc(journal.c.id))
    return tuple(_entry(row) for row in connection.execute(query).mappings())


def begun(connection: Connection) -> datetime | None:
    """When the first step was taken; None where there is none."""
    at = connection.scalar(select(journal.c.at).order_by(journal.c.id).limit(1))
    return None if at is None else datetime.fromisoformat(at)


def last(connection: Connection) -> int:
    """The number of the newest step; 0 where there is none."""
    return connection.execute(select(func.coalesce(func.max(journal.c.id), 0))).scalar_one()


def first_of(connection: Connection, submission: str) -> int | None:
    """The number of the step that brought `submission`; None where no step is about it."""
    own = journal_submission.c.submission == submission
    return connection.execute(select(func.min(journal_submission.c.entry)).where(own)).scalar_one()


def after(connection: Connection, submission: str, entry: int) -> tuple[Entry, ...]:
    """The steps after `entry` that touched `submission`, newest first."""
    own = journal_submission.c.submission == submission
    touched = select(journal_submission.c.entry).where(own, journal_submission.c.entry > entry)
    query = select(journal).where(journal.c.id.in_(touched)).order_by(desc(journal.c.id))
    return tuple(_entry(row) for row in connection.execute(query).mappings())


def _rows(changes: Iterable[Change]) -> list[list[Value]]:
    return [[c.submission, c.slot, c.key, c.before, c.after] for c in changes]


def _entry(columns: RowMapping) -> Entry:
    edit = Edit(columns["code"], tuple(Change(*change) for change in columns["changes"]), columns["params"])
    return Entry(
        columns["id"],
        datetime.fromisoformat(columns["at"]),
        columns["who"],
        edit,
        columns["undoable"],
        columns["undoes"],
        columns["redoes"],
        columns["undone_by"],
    )
