"""How often the checks were heeded: counted from the journal, the dismissals and the open findings."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, exists, func, select

from workbench.store.tables import dismissal, finding, journal, submission


def taken(connection: Connection) -> Counter[str]:
    """How many fixes of each check were taken and not taken back."""
    check = func.json_extract(journal.c.params, "$.check")
    number = func.sum(func.json_extract(journal.c.params, "$.n"))
    standing = (journal.c.code == "fix", journal.c.undone_by.is_(None))
    return _counted(connection, select(check, number).where(*standing).group_by(check))


def dismissed(connection: Connection) -> Counter[str]:
    """How many findings of each check are set aside."""
    check = func.substr(dismissal.c.key, 1, func.instr(dismissal.c.key, "|") - 1)
    query = select(check, func.count()).where(_is_present(dismissal.c.submission)).group_by(check)
    return _counted(connection, query)


def open_findings(connection: Connection) -> Counter[str]:
    """How many findings of each check stand open."""
    aside = and_(dismissal.c.submission == finding.c.submission, dismissal.c.key == finding.c.key)
    query = select(finding.c.check, func.count()).where(~exists().where(aside))
    return _counted(connection, query.where(_is_present(finding.c.submission)).group_by(finding.c.check))


def _is_present(name: ColumnElement[str]) -> ColumnElement[bool]:
    return exists().where(submission.c.id == name, submission.c.present)


def _counted(connection: Connection, query: Select[Any, Any]) -> Counter[str]:
    return Counter({row[0]: row[1] for row in connection.execute(query) if row[0]})
