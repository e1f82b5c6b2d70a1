"""Filters of the queue that an editor has named: kept in the desk, changed through the journal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from workbench import words
from workbench.desk import changing
from workbench.desk.rows import QUEUE_ORDERS, Changed, Criterion, QueueFilter, SavedFilter
from workbench.desk.themes import glossary
from workbench.edits import Change, Edit
from workbench.errors import Refused, WrongUsage
from workbench.submission import SEVERITIES, Status

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
        return _commit(desk, "save-filter", {name: _written(desk, wanted)}, name=name)


def rename(desk: Desk, name: str, to: str) -> Changed:
    """Gives a filter another name. Raises Refused("name-needed", "name-taken"), WrongUsage("unknown-filter")."""
    to = _as_name(to)
    with desk.store.writing():
        wanted = named(desk, name)
        if to == name:
            return _commit(desk, "rename-filter", {})
        if any(found.name == to for found in saved(desk)):
            raise Refused("name-taken", name=to)
        return _commit(desk, "rename-filter", {name: None, to: _written(desk, wanted)}, name=name, to=to)


def delete(desk: Desk, name: str) -> Changed:
    """Forgets a filter. Raises WrongUsage("unknown-filter")."""
    with desk.store.writing():
        named(desk, name)
        return _commit(desk, "delete-filter", {name: None}, name=name)


# In words


def criteria(desk: Desk, wanted: QueueFilter) -> tuple[Criterion, ...]:
    """What a filter asks, part by part; nothing for one that lets everything through in the usual order."""
    parts = ((name, getattr(wanted, name)) for name in QueueFilter.__slots__)
    return tuple(
        Criterion(_said(desk, name, value), name, value)
        for name, value in parts
        if value != getattr(PLAIN, name)
    )


def offers(desk: Desk) -> tuple[Criterion, ...]:
    """Everything a filter can ask besides words: what stands out, each status, each theme, each council."""
    from workbench import councils

    terms = [("term", (term.kind, term.slug)) for term in glossary.offered(desk).terms]
    named = sorted(councils.register().by_gss.values(), key=lambda council: words.sorting(council.name))
    parts = (*OFFERED, *terms, *(("gss", council.gss) for council in named))
    return tuple(Criterion(_said(desk, name, value), name, value) for name, value in parts)


def orders() -> tuple[Criterion, ...]:
    """The orders there are."""
    return tuple(Criterion(words.say("queue", f"order-{order}"), "order", order) for order in QUEUE_ORDERS)


PLAIN = QueueFilter()

OFFERED: tuple[tuple[str, Any], ...] = (
    ("late", True),
    ("due_within", 1),
    ("due_within", 7),
    *(("worst", worst) for worst in (*SEVERITIES, "none")),
    ("unplaced", True),
    ("waiting", True),
    ("asked", True),
    ("review_within", 0),
    ("review_within", 30),
    ("missing", "topic"),
    ("missing", "council"),
    ("missing", "tags"),
    ("missing", "answer"),
    *(("statuses", frozenset({status})) for status in Status),
)


def _said(desk: Desk, name: str, value: Any) -> str:
    match name:
        case "statuses":
            return ", ".join(words.say("queue", f"status-{one}") for one in Status if one in value)
        case "worst":
            return words.say("queue", f"worst-{value}")
        case "missing":
            return words.say("queue", f"missing-{value}")
        case "order":
            return words.say("queue", f"order-{value}")
        case "among":
            return words.say("queue", "among", n=len(value))
        case "review_within" if not value:
            return words.say("queue", "review-now")
        case _:
            return words.say("queue", name, n=value, label=_label(desk, name, value))


def _label(desk: Desk, name: str, value: Any) -> str:
    from workbench import councils

    if name == "term":
        theme = glossary.offered(desk).by_term.get(tuple(value))
        return theme.label if theme else str(value[1])
    council = councils.register().by_gss.get(value) if name == "gss" else None
    return council.name if council else str(value)


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


def _written(desk: Desk, wanted: QueueFilter) -> dict[str, Any]:
    """As JSON holds it: only what is set."""
    told = {criterion.name: criterion.value for criterion in criteria(desk, wanted)}
    if "statuses" in told:
        told["statuses"] = sorted(told["statuses"])
    told |= {name: list(told[name]) for name in ("term", "among") if name in told}
    return {"wanted": told}


def _read(told: Mapping[str, Any]) -> QueueFilter:
    values = {name: value for name, value in told.items() if name in QueueFilter.__slots__}
    if "statuses" in values:
        values["statuses"] = frozenset(map(Status, values["statuses"]))
    values |= {name: tuple(values[name]) for name in ("term", "among") if name in values}
    return QueueFilter(**values)
