"""How councils' names are written: words, and the designators (city, borough, council) around a place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|&")
_POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)

KINDS = frozenset({"city", "borough", "district", "county", "metropolitan", "combined", "mayoral", "unitary"})
"""Designators that say what kind of council it is."""

BODIES = frozenset({"council", "councils", "corporation", "authority"})
"""Designators that say that it is a council at all."""

_ABBREVIATIONS: dict[str, tuple[str, ...]] = {
    "mbc": ("metropolitan", "borough", "council"),
    "mdc": ("metropolitan", "district", "council"),
    "bc": ("borough", "council"),
    "cbc": ("county", "borough", "council"),
    "dc": ("district", "council"),
    "cc": ("council",),
    "lbc": ("london", "borough", "council"),
    "ua": ("council",),
    "ca": ("combined", "authority"),
    "mca": ("combined", "authority"),
    "cca": ("combined", "authority"),
}
_PREFIXES: tuple[tuple[str, ...], ...] = (
    ("council", "of", "the", "city", "of"),
    ("council", "of", "the", "borough", "of"),
    ("council", "of", "the", "county", "of"),
    ("city", "and", "county", "of"),
    ("london", "borough", "of"),
    ("royal", "borough", "of"),
    ("metropolitan", "borough", "of"),
    ("county", "borough", "of"),
    ("borough", "council", "of"),
    ("council", "of", "the"),
    ("city", "council", "of"),
    ("borough", "of"),
    ("county", "of"),
    ("city", "of"),
    ("district", "of"),
    ("lb", "of"),
    ("rb", "of"),
    ("lb",),
    ("rb",),
    ("cyngor", "bwrdeistref", "sirol"),
    ("cyngor", "dinas"),
    ("cyngor", "sir"),
    ("cyngor",),
)
_PREFIX_MEANING: dict[str, str] = {"lb": "london", "rb": "royal", "cyngor": "council", "sirol": "county"}


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text with its place; `fold` is how it is compared, without case, accents and possessive."""

    text: str
    fold: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()

    @property
    def possessive(self) -> bool:
        return len(self.fold) < len(self.text)


def words(text: str) -> list[Word]:
    """The words of a text in order. An ampersand counts as the word "and"."""
    return [Word(found[0], fold(found[0]), found.start(), found.end()) for found in _WORD.finditer(text)]


@lru_cache(maxsize=8192)
def fold(word: str) -> str:
    """A word without case, accents and possessive."""
    if word == "&":
        return "and"
    word = _POSSESSIVE.sub("", word.lower())
    if word.isascii():
        return word.replace("'", "")
    bare = unicodedata.normalize("NFKD", word.replace("’", ""))
    return "".join(sign for sign in bare if not unicodedata.combining(sign))


def folded(name: str) -> tuple[str, ...]:
    """The compared words of a name, without a leading "the"."""
    parts = tuple(word.fold for word in words(name))
    return parts[1:] if parts[:1] == ("the",) and len(parts) > 1 else parts


def prefix_before(folds: Sequence[str], end: int) -> tuple[int, frozenset[str]]:
    """How many words of designator end at `end`, and what they say."""
    for prefix in _PREFIXES:
        size = len(prefix)
        if size <= end and tuple(folds[end - size : end]) == prefix:
            return size, frozenset(_PREFIX_MEANING.get(part, part) for part in prefix) - {"of", "and", "the"}
    return 0, frozenset()


def suffix_after(folds: Sequence[str], start: int) -> tuple[int, frozenset[str], bool]:
    """How many words of designator begin at `start`, what they say, and whether they are spelt right."""
    said: set[str] = set()
    at, end, right = start, start, True
    while at < min(len(folds), start + 6):
        word, exact = _designator(folds[at])
        if word is None and not (folds[at] == "and" and at > start):
            break
        at += 1
        if word is not None:
            said.update(_ABBREVIATIONS.get(word, (word,)))
            right, end = right and exact, at
            if said & BODIES:
                break
    if not right and not said & BODIES:
        return 0, frozenset(), True
    return end - start, frozenset(said), right


def is_designator(word: str) -> bool:
    """Whether a folded word says that something is a council, or what kind, misspelt or not."""
    return _designator(word)[0] is not None


@lru_cache(maxsize=4096)
def _designator(word: str) -> tuple[str | None, bool]:
    if word in KINDS or word in BODIES or word in _ABBREVIATIONS:
        return word, True
    if len(word) >= 5:
        for known in (*KINDS, "council"):
            if known[0] == word[0] and SequenceMatcher(None, known, word).ratio() >= 0.86:
                return known, False
    return None, False


def core(parts: tuple[str, ...]) -> tuple[str, ...]:
    """A name without its designators: the place."""
    start = 0
    for prefix in _PREFIXES:
        if parts[: len(prefix)] == prefix and len(parts) > len(prefix):
            start = len(prefix)
            break
    for at in range(start + 1, len(parts)):
        size, _said, right = suffix_after(parts, at)
        if size and right and at + size == len(parts):
            return parts[start:at]
    return parts[start:]
