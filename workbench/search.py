"""What is asked of the published studies, and what is found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

FACETS = ("topic", "support_type", "collection", "council", "region", "year")
"""By what the found studies are counted, in the order shown."""

Sort = Literal["relevance", "newest", "title"]


@dataclass(frozen=True, slots=True)
class Facet:
    """One value of a facet with the number of studies it would leave. `facet` is one of `FACETS`."""

    facet: str
    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class CatalogueQuery:
    """What is searched for.

    `facets` maps names of `FACETS` to values: all of them must hold, in each any of its values. Days are in UTC and
    included. Relevance needs words; without any it is newest first.
    """

    text: str = ""
    facets: Mapping[str, frozenset[str]] = field(default_factory=dict[str, "frozenset[str]"])
    published_from: date | None = None
    published_to: date | None = None
    sort: Sort = "newest"
    limit: int = 50
    offset: int = 0
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A study found; title and snippet as safe HTML with the found words in `<mark>`."""

    study: str
    title: str
    snippet: str
    council: str
    published_at: datetime
    version: int
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of found studies, the number found in all, and the facets over all that was found."""

    hits: tuple[Hit, ...]
    total: int
    facets: tuple[Facet, ...]
    pulled_at: datetime | None = None
    """When the mirror last followed the catalogue; None if it never did."""
