"""Reading and writing the slots of `workbench.edits`: one row each, its columns the slot's value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, Table, delete, insert, select, update

from workbench.edits import Change, Slot, Value
from workbench.errors import Bug
from workbench.store.tables import SLOTS, submission

OF_SUBMISSION = frozenset({"status", "due", "base_version", "present", "study"})
"""The slots that are columns of the submission itself."""


def current(connection: Connection, change: Change) -> Value:
    """What stands now in the slot that `change` is about."""
    return value(connection, change.submission, change.slot, change.key)


def value(connection: Connection, submission_id: str, slot: Slot, key: str) -> Value:
    """What stands in one slot; None for nothing."""
    if slot == "submission":
        return connection.execute(_of_submission(submission_id, key)).scalar_one_or_none()
    table, column = SLOTS[slot]
    query = _keyed(select(*columns(slot)), table, column, submission_id, key)
    row = connection.execute(query).mappings().one_or_none()
    return None if row is None else plain(row)


def write(connection: Connection, changes: Iterable[Change]) -> None:
    """Puts what each change says into its slot. The caller has made sure that nothing is overtaken."""
    for change in changes:
        if change.slot == "submission":
            _write_column(connection, change)
        else:
            _write_row(connection, change)


def plain(row: RowMapping) -> dict[str, Any]:
    """A row as a dictionary by the names of its columns."""
    return {str(name): value for name, value in row.items()}


def fill(connection: Connection, submission_id: str, slot: Slot, values: Mapping[str, Value]) -> None:
    """Fills slots of one kind that hold nothing yet, by their keys."""
    table, column = SLOTS[slot]
    rows = [{"submission": submission_id, column: key, **value} for key, value in values.items()]
    connection.execute(insert(table), rows)


def columns(slot: Slot) -> list[Any]:
    """The columns that make up the value of a slot."""
    table, key = SLOTS[slot]
    return [column for column in table.columns if column.name not in ("submission", key)]


def _of_submission(submission_id: str, key: str) -> Select[Any]:
    if key not in OF_SUBMISSION:
        raise Bug(f"a submission has no slot {key}")
    return select(submission.c[key]).where(submission.c.id == submission_id)


def _keyed(statement: Any, table: Table, column: str, submission_id: str, key: str) -> Any:
    statement = statement.where(table.c[column] == key)
    return statement.where(table.c.submission == submission_id) if submission_id else statement


def _write_column(connection: Connection, change: Change) -> None:
    row = update(submission).where(submission.c.id == change.submission)
    if connection.execute(row.values({change.key: change.after})).rowcount != 1:
        raise Bug(f"no submission {change.submission}")


def _write_row(connection: Connection, change: Change) -> None:
    table, column = SLOTS[change.slot]
    if change.after is None:
        connection.execute(_keyed(delete(table), table, column, change.submission, change.key))
    elif change.before is None:
        owner = {"submission": change.submission} if change.submission else {}
        connection.execute(insert(table).values({**owner, column: change.key, **change.after}))
    else:
        connection.execute(
            _keyed(update(table), table, column, change.submission, change.key).values(change.after)
        )
