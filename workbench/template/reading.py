"""A template from its TOML."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import fields as attributes
from pathlib import Path
from typing import Any

from workbench import words
from workbench.errors import WrongUsage
from workbench.template.faulty import faults
from workbench.template.model import KINDS, Field, Template

_TEXTS = ("id", "label", "guidance", "kind")
_COUNTS = ("min_words", "max_words")
_SWITCHES = ("required", "personal", "public")
_KNOWN = frozenset(attribute.name for attribute in attributes(Field))
_LARGEST = 4_000_000


def load(paths: Iterable[Path]) -> dict[str, Template]:
    """Templates by id, from TOML files; a later file replaces an earlier one of the same id.

    Raises `WrongUsage("template-damaged")` for a file that is not a template.
    """
    templates = (read(path) for path in paths)
    return {template.id: template for template in templates}


def read(path: Path) -> Template:
    """The template in a TOML file. Raises `WrongUsage("template-damaged")`."""
    found = damage(path)
    if isinstance(found, str):
        raise WrongUsage("template-damaged", file=path.name, reason=found)
    return found


def damage(path: Path) -> Template | str:
    """The template in a TOML file, or in words what is wrong with it: no TOML, no template, a grave fault."""
    try:
        if not path.is_file() or path.stat().st_size > _LARGEST:
            return words.say("templates", "not-a-file")
        template = parse(tomllib.loads(path.read_text("utf-8-sig")))
    except KeyError as error:
        return words.say("templates", "missing", name=error.args[0])
    except (OSError, ValueError, TypeError, RecursionError) as error:
        return str(error) or type(error).__name__
    grave = next((fault for fault in faults(template) if fault.grave), None)
    return words.say("templates", grave.code, **grave.params) if grave else template


def parse(data: Mapping[str, Any]) -> Template:
    """A template from its parsed TOML. Raises KeyError, TypeError or ValueError where the shape is wrong."""
    fields = tuple(_field(entry) for entry in _tables(data, "fields", needed=True))
    combined = {
        _text(entry, "heading"): _texts(entry, "fields") for entry in _tables(data, "combined", needed=False)
    }
    version = data["version"]
    if not isinstance(version, int) or isinstance(version, bool):
        raise TypeError(f"version is {version!r}, not a whole number")
    description = _text(data, "description") if "description" in data else ""
    banners = _texts(data, "banners") if "banners" in data else ()
    return Template(_text(data, "id"), version, _text(data, "label"), description, fields, combined, banners)


def _field(entry: Mapping[str, Any]) -> Field:
    if unknown := [name for name in entry if name not in _KNOWN]:
        raise ValueError(f"a field has {unknown[0]!r}, which no field has")
    given: dict[str, Any] = {name: _text(entry, name) for name in _TEXTS if name in entry}
    given |= {name: _whole(entry, name) for name in _COUNTS if entry.get(name) is not None}
    given |= {name: _switch(entry, name) for name in _SWITCHES if name in entry}
    if given.get("kind", "text") not in KINDS:
        raise ValueError(f"kind is {given['kind']!r}, not one of {', '.join(KINDS)}")
    synonyms = _texts(entry, "synonyms") if "synonyms" in entry else ()
    return Field(entry["id"], entry["label"], synonyms=synonyms, **_besides(given))


def _besides(given: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if name not in ("id", "label")}


def _tables(data: Mapping[str, Any], name: str, *, needed: bool) -> list[Mapping[str, Any]]:
    found: Any = data[name] if needed else data.get(name, [])
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):  # pyright: ignore[reportUnknownVariableType]
        raise TypeError(f"{name} is no list of tables")
    return found  # pyright: ignore[reportUnknownVariableType]


def _text(entry: Mapping[str, Any], name: str) -> str:
    if not isinstance(entry[name], str):
        raise TypeError(f"{name} is {entry[name]!r}, not a text")
    return entry[name]


def _texts(entry: Mapping[str, Any], name: str) -> tuple[str, ...]:
    found: Any = entry[name]
    if not isinstance(found, list) or not all(isinstance(each, str) for each in found):  # pyright: ignore[reportUnknownVariableType]
        raise TypeError(f"{name} is {found!r}, not a list of texts")
    return tuple(found)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]


def _whole(entry: Mapping[str, Any], name: str) -> int:
    if not isinstance(entry[name], int) or isinstance(entry[name], bool):
        raise TypeError(f"{name} is {entry[name]!r}, not a whole number")
    return entry[name]


def _switch(entry: Mapping[str, Any], name: str) -> bool:
    if not isinstance(entry[name], bool):
        raise TypeError(f"{name} is {entry[name]!r}, neither true nor false")
    return entry[name]
