"""Changing an office's `checks.toml` from the window: one line of it, so that all else stays as somebody wrote it."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from typing import Any

_HEADER = re.compile(r"\s*\[\[?\s*(?P<name>[^\]#]+?)\s*\]")


def rewritten(text: str, check: str, changes: Mapping[str, str | bool | None]) -> str:
    """The file `text` in which the check has these values; None takes a value out.

    Comments and order stay. A file written so unusually that a line of it cannot be changed alone is written anew,
    without its comments. Raises tomllib.TOMLDecodeError for a file that is no TOML.
    """
    wanted = _wanted(tomllib.loads(text), check, changes)
    lines = text.splitlines()
    for key, value in changes.items():
        lines = _set(lines, check, key, value)
    made = "\n".join(lines).strip("\n") + "\n"
    return made if _parsed(made) == wanted else _written(wanted)


def entry(text: str, check: str) -> dict[str, Any]:
    """What the file `text` says of a check; nothing where it is no TOML."""
    return (_parsed(text) or {"checks": {}})["checks"].get(check, {})


def _wanted(data: dict[str, Any], check: str, changes: Mapping[str, str | bool | None]) -> dict[str, Any]:
    entry = {**data.get("checks", {}).get(check, {}), **changes}
    kept = {key: value for key, value in entry.items() if value is not None}
    return _full({**data, "checks": {**data.get("checks", {}), check: kept}})


def _set(lines: list[str], check: str, key: str, value: str | bool | None) -> list[str]:
    """The lines with one value set in the section of a check, or taken out of it; an empty section goes too."""
    begin, end = _section(lines, check)
    if begin is None:
        return lines if value is None else [*lines, "", f"[checks.{check}]", f"{key} = {_toml(value)}"]
    body = [line for line in lines[begin + 1 : end] if not re.match(rf"\s*{re.escape(key)}\s*=", line)]
    if value is not None:
        body.insert(0, f"{key} = {_toml(value)}")
    kept = [lines[begin], *body] if any(line.strip() for line in body) else []
    return [*lines[:begin], *kept, *lines[end:]]


def _section(lines: list[str], check: str) -> tuple[int | None, int]:
    """Where the section of a check begins and ends among the lines; None where there is none."""
    heads = [(at, found["name"]) for at, line in enumerate(lines) if (found := _HEADER.match(line))]
    begin = next((at for at, name in heads if name == f"checks.{check}"), None)
    after = (at for at, _ in heads if begin is not None and at > begin)
    return begin, next(after, len(lines))


def _parsed(text: str) -> dict[str, Any] | None:
    try:
        return _full(tomllib.loads(text))
    except tomllib.TOMLDecodeError:
        return None


def _full(data: dict[str, Any]) -> dict[str, Any]:
    """Without the checks of which nothing is said."""
    return {**data, "checks": {name: entry for name, entry in data.get("checks", {}).items() if entry}}


def _written(data: Mapping[str, Any]) -> str:
    """The whole file from what it says: tables of plain values, and tables of those."""
    tables = [(("lists",), data["lists"])] if "lists" in data else []
    tables = [*((("checks", name), entry) for name, entry in data["checks"].items()), *tables]
    return "\n".join("\n".join(_table(path, entry)) for path, entry in tables)


def _table(path: tuple[str, ...], entry: Mapping[str, Any]) -> list[str]:
    return [f"[{'.'.join(map(_toml, path))}]", *(f"{_toml(k)} = {_toml(v)}" for k, v in entry.items()), ""]


def _toml(value: Any) -> str:
    if isinstance(value, Mapping):
        inside = (f"{_toml(key)} = {_toml(each)}" for key, each in value.items())  # pyright: ignore[reportUnknownVariableType]
        return f"{{ {', '.join(inside)} }}"
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"  # pyright: ignore[reportUnknownArgumentType]
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
