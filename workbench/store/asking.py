"""What councils were asked, as rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, func, select

from workbench.store.tables import asked, journal, journal_submission


def of(connection: Connection, submission: str) -> tuple[Mapping[str, Any], ...]:
    """Everything that was asked about a submission, the first return first, each in its order."""
    query = select(asked).where(asked.c.submission == submission).order_by(asked.c.number, asked.c.position)
    return tuple(dict(row) for row in connection.execute(query).mappings())


def last_number(connection: Connection, submission: str) -> int:
    """The number of the latest return, whether or not it was taken back; 0 where there is none. A number that a copy
    carries out of the house is given to no other."""
    touched = select(journal_submission.c.entry).where(journal_submission.c.submission == submission)
    number = func.max(func.json_extract(journal.c.params, "$.number"))
    query = select(number).where(journal.c.id.in_(touched), journal.c.code == "send-back")
    return connection.scalar(query) or 0
