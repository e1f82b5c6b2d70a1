"""The register of councils, read once from `resources/councils.csv` and `resources/councils.toml`.

The CSV is a reduced copy of the list by mySociety (its licence stands beside it); the TOML adds what the list
does not say: other names, places that could be several councils, and successors of abolished ones.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

import resources
from workbench.councils import recognise
from workbench.councils.roll import Council, CouncilMatch, Roll


class Register(Roll):
    """The roll of councils, and finding them in what people write."""

    def recognise(self, text: str) -> tuple[CouncilMatch, ...]:
        """The councils a running text names, best first; of one passage that could mean several, all of them."""
        return _in_text(self, text)

    def in_field(self, text: str) -> tuple[CouncilMatch, ...]:
        """The bodies a council field names, in the order written, bodies outside the register included.

        Matches that share a span are the possible readings of one name.
        """
        return _in_field(self, text)


_in_text = lru_cache(maxsize=512)(recognise.in_text)
_in_field = lru_cache(maxsize=512)(recognise.in_field)
"""The same titles and fields are asked about by several checks, and again after each edit elsewhere."""


@cache
def register() -> Register:
    """The register that travels with the program; read once in a process."""
    known = resources.toml("councils.toml")
    rows = csv.DictReader(io.StringIO(resources.path("councils.csv").read_text("utf-8")))
    return Register({row["code"]: _council(row, known) for row in rows}, known)


def _council(row: Mapping[str, str], known: Mapping[str, Any]) -> Council:
    code = row["code"]
    ended = known["abolished"].get(code, row["end"])
    dropped = known["dropped"].get(code, ())
    return Council(
        code=code,
        gss=row["gss"] or None,
        name=" ".join(row["name"].split()),
        short_name=row["name"] if row["short_name"] in dropped else row["short_name"].strip(),
        type=row["type"],
        type_name=row["type_name"],
        nation=row["nation"],
        region=row["region"],
        county=row["county"],
        combined_authority=row["combined_authority"],
        current=row["current"] == "yes" and not ended,
        start=row["start"],
        end=ended,
        replaced_by=tuple(_split(row["replaced_by"], ",")) or tuple(known["successors"].get(code, ())),
        aliases=tuple(alias for alias in _split(row["aliases"], "|") if _usable(alias, dropped)),
        former_gss=tuple(_split(row["former_gss"], "|")),
    )


def _split(value: str, separator: str) -> list[str]:
    return [part.strip() for part in value.split(separator) if part.strip()]


def _usable(alias: str, dropped: Sequence[str]) -> bool:
    return alias not in dropped and "ï" not in alias and not alias.endswith("mn")
