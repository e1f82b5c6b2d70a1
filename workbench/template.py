"""What a submission must contain: the ordered fields of a template, read from TOML.

Shipped templates stand in `resources/templates`, an office's own in `<workspace>/templates`; one with the same
id replaces the shipped one.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

import resources
from workbench.errors import WrongUsage

FieldKind = Literal["line", "text", "council", "contact", "links"]
"""What an answer looks like: one line, rich text, council names, a person's details, a list of links."""


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a template.

    `label` is the heading in the Word file and on the website, `guidance` the prompt below it, `synonyms` other
    headings that mean this field. Word limits are in words; None where there is no limit.
    """

    id: str
    label: str
    guidance: str = ""
    synonyms: tuple[str, ...] = ()
    kind: FieldKind = "text"
    required: bool = False
    min_words: int | None = None
    max_words: int | None = None
    personal: bool = False
    """Holds details of a person: kept apart from what can never be changed once published."""
    public: bool = True
    """Whether readers see it."""


@dataclass(frozen=True)
class Template:
    """An ordered set of fields with an id and a version, under which Word files are sent out and read back.

    `combined` maps a heading that stands for several fields to their ids, such as "challenge and solution".
    """

    id: str
    version: int
    label: str
    description: str
    fields: tuple[Field, ...]
    combined: Mapping[str, tuple[str, ...]]

    @cached_property
    def by_id(self) -> Mapping[str, Field]:
        """The fields by their id."""
        return {field.id: field for field in self.fields}


def load(paths: Iterable[Path]) -> dict[str, Template]:
    """Templates by id, from TOML files; a later file replaces an earlier one of the same id.

    Raises `WrongUsage("template-damaged")` for a file that is not a template.
    """
    templates = (read(path) for path in paths)
    return {template.id: template for template in templates}


@cache
def shipped() -> Mapping[str, Template]:
    """The templates that travel with the program, by id, the council case study first; read once in a process."""
    paths = sorted(
        resources.path("templates").glob("*.toml"), key=lambda path: (path.stem != "case-study", path.stem)
    )
    return MappingProxyType(load(paths))


def at_hand(folder: Path) -> Mapping[str, Template]:
    """The templates by id: the shipped ones, and an office's own in `folder`, which need not exist.

    Raises `WrongUsage("template-damaged")`.
    """
    return MappingProxyType({**shipped(), **load(sorted(folder.glob("*.toml")))})


def read(path: Path) -> Template:
    """The template in a TOML file. Raises `WrongUsage("template-damaged")`."""
    try:
        return parse(tomllib.loads(path.read_text("utf-8")))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise WrongUsage("template-damaged", file=path.name, reason=str(error)) from error


def parse(data: Mapping[str, Any]) -> Template:
    """A template from its parsed TOML. Raises KeyError, TypeError or ValueError where the shape is wrong."""
    fields = tuple(_field(entry) for entry in data["fields"])
    combined = {entry["heading"]: tuple(entry["fields"]) for entry in data.get("combined", ())}
    return Template(
        data["id"], int(data["version"]), data["label"], data.get("description", ""), fields, combined
    )


def _field(entry: Mapping[str, Any]) -> Field:
    given: dict[str, Any] = {**entry, "synonyms": tuple(entry.get("synonyms", ()))}
    return Field(**given)
