"""The checks over the whole desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.desk import changing, standing
from workbench.desk.desk import Desk
from workbench.desk.rows import Changed
from workbench.progress import Progress, silent

if TYPE_CHECKING:
    from sqlalchemy import Connection

_AT_ONCE = 10
"""How many submissions are looked at in one transaction, so that an editor beside it never waits long."""


def over_desk(desk: Desk, progress: Progress = silent) -> Changed:
    """Looks at every submission again, for what time, settings or the catalogue have changed meanwhile.

    Names those whose findings differ now. It is no step of the journal, since no words change; where `progress` stops
    it, what was looked at by then stays.
    """
    from workbench.store import submissions

    with desk.store.reading() as connection:
        ids = submissions.present(connection)
    changed: set[str] = set()
    for begun in range(0, len(ids), _AT_ONCE):
        progress(begun, len(ids), ids[begun])
        with desk.store.writing() as connection:
            changed |= {one for one in ids[begun : begun + _AT_ONCE] if _look(desk, connection, one)}
    return Changed(frozenset({"queue", "submission"}) if changed else frozenset(), frozenset(changed))


def _look(desk: Desk, connection: Connection, submission_id: str) -> bool:
    """Checks one submission again, and says whether that told anything new."""
    from workbench.store import submissions

    before = submissions.load(connection, submission_id)
    if before is None:
        return False
    standing.refresh(desk, connection, submission_id, check=True, made=before)
    return changing.load(connection, submission_id).findings != before.findings
