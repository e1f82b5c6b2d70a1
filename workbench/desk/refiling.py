"""Submissions follow the vocabulary: what they carry becomes what a change made of it, as one step of the journal.

That goes for all of them, whatever became of them: to approve a study is not to keep an old name for its theme. What
waits in the outbox is frozen, and stays so; the catalogue files it under the theme of today.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from workbench.desk import changing
from workbench.desk.rows import Changed
from workbench.edits import Edit
from workbench.submission import EDITABLE, Submission, Term

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from workbench.desk.desk import Desk

Become = Callable[[Submission], Iterable[Term]]
"""What the themes of a submission become."""


def refile(
    desk: Desk, connection: Connection, ids: Iterable[str], become: Become, code: str, **said: Any
) -> Changed:
    """Gives these submissions the themes that theirs become; `NOTHING` where all of them stay as they are.

    The sentence of `code` is told how many changed (`n`) and the `title` of the first. The step names those that were
    decided on already, so that it can be undone all the same.
    """
    before = [changing.load(connection, submission) for submission in ids]
    pairs = [(one, replace(one, terms=tuple(become(one)))) for one in before]
    touched = [one for one, after in pairs if {*one.terms} != {*after.terms}]
    decided = [one.id for one in touched if one.status not in EDITABLE]
    params = {**changing.naming(touched), **said, "decided": decided}
    return changing.commit(desk, connection, Edit(code, changing.between(pairs), params))
