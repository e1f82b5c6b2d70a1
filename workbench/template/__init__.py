"""What a submission must contain: the ordered fields of a template, read from TOML and written as TOML.

Shipped templates stand in `resources/templates`, an office's own in `<workspace>/templates`; one with the same
id replaces the shipped one. Earlier versions of an office's own stand in `<workspace>/templates/earlier`, so that a
form that was sent out is still read by its own labels. `model` has the values, `reading` and `writing` the TOML,
`faulty` says what is wrong with a template, `naming` makes ids, `shelf` finds the templates and their versions.
"""

from __future__ import annotations

from workbench.template.faulty import Fault, faults
from workbench.template.model import KINDS, Field, FieldKind, Template, heading_key
from workbench.template.reading import damage, load, parse, read
from workbench.template.shelf import Damaged, Templates, at_hand, shipped, version_of
from workbench.template.writing import dumps

__all__ = [
    "KINDS",
    "Damaged",
    "Fault",
    "Field",
    "FieldKind",
    "Template",
    "Templates",
    "at_hand",
    "damage",
    "dumps",
    "faults",
    "heading_key",
    "load",
    "parse",
    "read",
    "shipped",
    "version_of",
]
