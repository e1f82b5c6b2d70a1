"""An office's own changes to the shipped rules: checked word by word, then laid over them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from workbench.submission import SEVERITIES

GENERAL = frozenset({"severity", "file", "message", "messages", "retired", "asks"})
"""What every check has; anything else is a parameter of its own."""

ASKED = ("council", "editor")
"""Who can answer what a check finds: the council alone, or, as for a check that says nothing of it, an editor too."""

_BLANK = re.compile(r"\{(\w+)\}")


class Wrong(Exception):
    """Something in the changes that cannot be meant; its text is a sentence for whoever wrote them."""


def laid(shipped: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """The shipped TOML with the changes in it. Lists of words are added to, everything else is put in its place.

    Raises Wrong.
    """
    for table in changes.keys() - {"checks", "lists"}:
        raise Wrong(f"it may hold [checks.…] and [lists], but not “{table}”.")
    checks, lists = (_table(changes, name) for name in ("checks", "lists"))
    known: Mapping[str, Any] = shipped["checks"]
    for name in checks.keys() - known.keys():
        raise Wrong(f"there is no check {name}.")
    changed = {name: {**known[name], **_entry(name, known[name], checks)} for name in checks}
    return {**shipped, "checks": {**known, **changed}, "lists": _lists(shipped["lists"], lists)}


def _table(changes: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    table = changes.get(name, {})
    if not isinstance(table, Mapping):
        raise Wrong(f"“{name}” is no table.")
    return table  # pyright: ignore[reportUnknownVariableType]


def _entry(name: str, shipped: Mapping[str, Any], checks: Mapping[str, Any]) -> Mapping[str, Any]:
    entry = _table(checks, name)
    for complaint in _complaints(shipped, entry):
        raise Wrong(f"{name} {complaint}")
    return entry


def _complaints(shipped: Mapping[str, Any], entry: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with the changes to one check, each as the rest of a sentence that begins with its id."""
    for key, value in entry.items():
        if key == "severity":
            if value not in SEVERITIES:
                yield f"cannot be of severity “{value}”; it is one of {', '.join(SEVERITIES)}."
        elif key == "retired":
            if not isinstance(value, bool):
                yield "is retired or not: write true or false."
        elif key == "asks":
            if value not in ASKED:
                yield f"cannot ask “{value}”; it asks one of {', '.join(ASKED)}."
        elif key == "file" or key not in shipped:
            yield f"has no “{key}” to change."
        elif type(value) is not type(shipped[key]):
            yield f"needs {_kind(shipped[key])} for “{key}”."
        else:
            yield from _misfits(key, shipped[key], value)


def _misfits(key: str, shipped: Any, value: Any) -> Iterator[str]:
    """What is wrong with a value of the right kind."""
    if isinstance(value, str):
        known = {*_BLANK.findall(shipped), "text"}
        for blank in set(_BLANK.findall(value)) - known:
            yield f"has nothing to put for {{{blank}}} in its {key}."
    elif isinstance(value, int | float):
        if value < 0:
            yield f"needs a number of at least 0 for “{key}”."
    elif isinstance(value, list):
        for part in value:  # pyright: ignore[reportUnknownVariableType]
            yield from _bad_pattern(key, part)


def _bad_pattern(key: str, part: Any) -> Iterator[str]:
    if not isinstance(part, str):
        yield f"needs words in “{key}”."
        return
    try:
        re.compile(part)
    except re.error as error:
        yield f"cannot read “{part}” in “{key}” ({error})."


def _kind(value: Any) -> str:
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int | float):
        return "a number"
    return "a text" if isinstance(value, str) else "a list" if isinstance(value, list) else "a table"


def _lists(shipped: Mapping[str, Any], added: Mapping[str, Any]) -> dict[str, Any]:
    lists = dict(shipped)
    for name, value in added.items():
        if name not in shipped or type(value) is not type(shipped[name]):
            raise Wrong(f"there is no list “{name}” of that kind.")
        lists[name] = [*shipped[name], *value] if isinstance(value, list) else {**shipped[name], **value}
    return lists
