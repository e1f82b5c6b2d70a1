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
def toml(*parts: str) -> dict[str, Any]:
    """The parsed content of a TOML resource; read once in a process. Callers must not change it."""
    with path(*parts).open("rb") as file:
        return tomllib.load(file)
