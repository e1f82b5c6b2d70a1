"""What is asked of the published studies, and what is found.

What is typed into a search box means the same wherever it is looked up: `phrases` parts it, `fold` says which
letters count as the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

FACETS = (
    "topic",
    "support_type",
    "collection",
    "programme",
    "council",
    "council_type",
    "region",
    "year",
)
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
    held: int = 0
    """How many studies the mirror holds that readers can see."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Folded words that must stand next to one another; the last may be the beginning of a longer one, unless
    `whole`."""

    words: tuple[str, ...]
    whole: bool = False


WORD = "[^\\W_]"
"""A letter or digit in a regular expression: what words are made of. Everything else parts them."""

_TYPED = re.compile(r'["“”]([^"“”]*)["“”]|([^\s"“”]+)')
_JOINED = re.compile(rf"{WORD}+(?:[-‐‑'’.,]{WORD}+)*")
_WORDS = re.compile(f"{WORD}+")


def phrases(text: str) -> tuple[Phrase, ...]:
    """What is typed into a search box: all of it must be found.

    A word is found by its beginning. Words in quotation marks are found as they stand, next to one another; so are
    the pieces of a word with a hyphen, an apostrophe or a decimal point. Other signs only part words.
    """
    return tuple(phrase for quoted, bare in _TYPED.findall(fold(text)) for phrase in _typed(quoted, bare))


def _typed(quoted: str, bare: str) -> tuple[Phrase, ...]:
    if words := _WORDS.findall(quoted):
        return (Phrase(tuple(words), whole=True),)
    return tuple(Phrase(tuple(_WORDS.findall(joined))) for joined in _JOINED.findall(bare))


def fold(text: str) -> str:
    """The text in small letters without accents, as SQLite's `unicode61 remove_diacritics 2` compares words.

    An accent that stands by itself after its letter goes away; otherwise each letter becomes one letter.
    """
    return text.lower() if text.isascii() else _ACCENTS.sub("", text).translate(_FOLDED)


_ACCENTS = re.compile("[\u0300-\u0304\u0306-\u030c\u030f\u0311\u031b\u0323-\u0328\u032d\u032e\u0330\u0331]")


class _Folded(dict[int, str]):
    """Each letter's folded form, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        small = chr(code).casefold()
        small = small if len(small) == 1 else chr(code).lower()[:1]
        base = unicodedata.normalize("NFD", small)[0]
        return self.setdefault(code, base if base.isascii() else small)


_FOLDED = _Folded()
