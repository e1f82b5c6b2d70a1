"""Submissions follow the vocabulary: what they carry becomes what a change made of it, as one step of the journal.

That goes for all of them, whatever became of them: to approve a study is not to keep an old name for its theme. What
waits in the outbox is frozen, and stays so; the catalogue files it under the theme of today. No check reads themes:
none is asked again, and thousands of submissions follow within seconds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from workbench.desk import changing
from workbench.desk.rows import NOTHING, Changed
from workbench.edits import Change, Edit, Value
from workbench.submission import EDITABLE, Term

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from workbench.desk.desk import Desk
    from workbench.store.vocabulary import Carrier

Become = Callable[["Carrier"], Iterable[Term]]
"""What the terms of a submission become."""


def refile(
    desk: Desk, connection: Connection, carriers: Sequence[Carrier], become: Become, code: str, **said: Any
) -> Changed:
    """Gives these submissions the terms that theirs become; `NOTHING` where all of them stay as they are.

    The sentence of `code` is told how many changed (`n`) and the `title` of the first. The step names those that were
    decided on already, so that it can be undone all the same.
    """
    changes = {one.id: tuple(_between(one, become(one))) for one in carriers}
    touched = [one for one in carriers if changes[one.id]]
    if not touched:
        return NOTHING
    decided = [one.id for one in touched if one.status not in EDITABLE]
    title = f"“{touched[0].title}”" if touched[0].title else touched[0].id
    params = {"n": len(touched), "title": title, **said, "decided": decided}
    flat = tuple(change for one in touched for change in changes[one.id])
    return write(desk, connection, Edit(code, flat, params))


def _between(carrier: Carrier, terms: Iterable[Term]) -> Iterator[Change]:
    """What changes of the terms of a submission."""
    before, after = _slots(carrier.terms), _slots(terms)
    for key in dict.fromkeys((*before, *after)):
        if before.get(key) != after.get(key):
            yield Change(carrier.id, "tag", key, before.get(key), after.get(key))


def _slots(terms: Iterable[Term]) -> dict[str, Value]:
    return {f"{term.kind}:{term.slug}": asdict(term) for term in terms}


def write(desk: Desk, connection: Connection, edit: Edit) -> Changed:
    """Writes an edit of terms alone, with its line in the journal; `NOTHING` for one that changes nothing."""
    from workbench.store import journal, slots, vocabulary

    if not edit.changes:
        return NOTHING
    slots.write(connection, edit.changes)
    vocabulary.recount(connection, edit.submissions)
    entry = journal.append(connection, edit, at=desk.clock(), who=desk.who)
    said = changing.sentence(edit.code, edit.params)
    return Changed(frozenset({"queue", "submission"}), frozenset(edit.submissions), said, entry)
