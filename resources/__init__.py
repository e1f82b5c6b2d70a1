"""The data that travels with the program: templates, vocabularies, words, the register of councils, styles."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent


def path(*parts: str) -> Path:
    """Where a resource stands, such as `path("templates", "case-study.toml")`. It need not exist."""
    return ROOT.joinpath(*parts)


@cache
def languages() -> tuple[str, ...]:
    """The languages there are words in, English first: each a folder that says of itself what it is."""
    found = (each.parent.name for each in path("words").glob("*/language.toml"))
    return tuple(sorted(found, key=lambda name: (name != "en", name)))


def guide() -> Path:
    """The folder of the editors' guide, one Markdown file a page: in a checkout, else as it came with the program.

    Beside it stand `pictures` and, for administrators, `administrators`.
    """
    checkout = ROOT.parent / "docs" / "editors"
    return checkout if checkout.is_dir() else ROOT / "help"


def release_notes() -> Path:
    """What changed in each version, as Markdown."""
    checkout = ROOT.parent / "CHANGELOG.md"
    return checkout if guide() != ROOT / "help" else ROOT / checkout.name


@cache
def toml(*parts: str) -> dict[str, Any]:
    """The parsed content of a TOML resource; read once in a process. Callers must not change it."""
    with path(*parts).open("rb") as file:
        return tomllib.load(file)
