"""Filters of the queue that an editor has named: kept in the desk, changed through the journal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from workbench.desk import changing
from workbench.desk.rows import Changed, QueueFilter, SavedFilter
from workbench.edits import Change, Edit
from workbench.errors import Refused, WrongUsage
from workbench.submission import Status

if TYPE_CHECKING:
    from workbench.desk.desk import Desk


def saved(desk: Desk) -> tuple[SavedFilter, ...]:
    """The named filters, by name."""
    from workbench.store import queue

    with desk.store.reading() as connection:
        return tuple(SavedFilter(name, _read(wanted)) for name, wanted in queue.saved(connection))


def named(desk: Desk, name: str) -> QueueFilter:
    """The filter of that name. Raises WrongUsage("unknown-filter")."""
    known = {found.name: found.wanted for found in saved(desk)}
    if name not in known:
        raise WrongUsage("unknown-filter", name=name, known=", ".join(known) or "–")
    return known[name]


def save(desk: Desk, name: str, wanted: QueueFilter) -> Changed:
    """Keeps a filter under a name, in place of the one that had it. Raises Refused("name-needed")."""
    name = _as_name(name)
    with desk.store.writing():
        return _commit(desk, "save-filter", {name: _written(wanted)}, name=name)


def rename(desk: Desk, name: str, to: str) -> Changed:
    """Gives a filter another name. Raises Refused("name-needed", "name-taken"), WrongUsage("unknown-filter")."""
    to = _as_name(to)
    with desk.store.writing():
        wanted = named(desk, name)
        if to == name:
            return _commit(desk, "rename-filter", {})
        if any(found.name == to for found in saved(desk)):
            raise Refused("name-taken", name=to)
        return _commit(desk, "rename-filter", {name: None, to: _written(wanted)}, name=name, to=to)


def delete(desk: Desk, name: str) -> Changed:
    """Forgets a filter. Raises WrongUsage("unknown-filter")."""
    with desk.store.writing():
        named(desk, name)
        return _commit(desk, "delete-filter", {name: None}, name=name)


def _as_name(name: str) -> str:
    if not (plain := " ".join(name.split())):
        raise Refused("name-needed")
    return plain


def _commit(desk: Desk, code: str, after: Mapping[str, Any], **said: str) -> Changed:
    from workbench.store import slots

    with desk.store.writing() as connection:
        before = {name: slots.value(connection, "", "filter", name) for name in after}
        changes = tuple(
            Change("", "filter", name, before[name], value)
            for name, value in after.items()
            if before[name] != value
        )
        return changing.commit(desk, connection, Edit(code, changes, said))


def _written(wanted: QueueFilter) -> dict[str, Any]:
    """As JSON holds it: only what is set."""
    plain = QueueFilter()
    told = {name: getattr(wanted, name) for name in QueueFilter.__slots__}
    told = {name: value for name, value in told.items() if value != getattr(plain, name)}
    if "statuses" in told:
        told["statuses"] = sorted(told["statuses"])
    if "term" in told:
        told["term"] = list(told["term"])
    return {"wanted": told}


def _read(told: Mapping[str, Any]) -> QueueFilter:
    values = {name: value for name, value in told.items() if name in QueueFilter.__slots__}
    if "statuses" in values:
        values["statuses"] = frozenset(map(Status, values["statuses"]))
    if "term" in values:
        values["term"] = tuple(values["term"])
    return QueueFilter(**values)
