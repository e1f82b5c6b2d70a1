"""How alike two studies are: by their titles, their councils, and the words of their answers. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from heapq import nsmallest
from typing import Literal
from zlib import crc32

from workbench.intake.headings import normalise
from workbench.template.model import clean

SKETCH = 24
"""How many marks a text is known by: two texts that share a tenth of their words share some of them."""

LENGTH = 5
"""How many words in a row are held against each other. Fewer are turns of phrase that everybody uses; of more, a text
that was touched up has none left."""

Rows = frozenset[int]
"""Every five words of a text that stand in a row, each as a number that holds for this process."""

_WORD = re.compile(r"\w+")
_COMMON = re.compile(
    r"council|borough|county|city|district|metropolitan|london|royal|unitary|authority|the|of|and|cyngor"
)
_SEVERAL = re.compile(r"[,;/&+\n]|\band\b|\bwith\b|\ba\b")
"""What stands between the names of several councils."""
_ROMAN = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9"}
_COUNTED = {
    word: str(number)
    for row in (
        "one two three four five six seven eight nine ten",
        "first second third fourth fifth sixth seventh eighth ninth tenth",
    )
    for number, word in enumerate(row.split(), 1)
}
_COUNTING = re.compile(
    r"\b(phase|part|stage|year|wave|round|quarter|pilot|edition|update|spring|summer|autumn|winter)\b"
)


def title_likeness(one: str, other: str) -> float:
    """How alike two titles are, 0 to 100, whatever the order of their words."""
    from rapidfuzz import fuzz

    return fuzz.token_sort_ratio(normalise(one), normalise(other)) if one and other else 0.0


def same_council(one: str, other: str) -> bool:
    """Whether two council fields name the same council, with or without "Council" and the like."""
    return bool(one and other) and _place(one) == _place(other)


def councils_alike(one: str, other: str) -> Literal["same", "part", "other", "unknown"]:
    """How two council fields stand to each other; `part` where one names some of the councils that the other does."""
    if not one or not other:
        return "unknown"
    if same_council(one, other):
        return "same"
    mine, theirs = _places(one), _places(other)
    return "part" if mine < theirs or theirs < mine else "other"


def _places(councils: str) -> frozenset[frozenset[str]]:
    named = map(_place, _SEVERAL.split(councils.casefold()))
    return frozenset(filter(None, named))


def _place(council: str) -> frozenset[str]:
    return frozenset(word for word in _WORD.findall(clean(council)) if not _COMMON.fullmatch(word))


def counted(title: str) -> Counter[str]:
    """What a title counts by: years, phases, quarters, seasons, in figures or in words."""
    words = _WORD.findall(title.casefold())
    numbers = (_number(word) for word in words)
    return Counter([*filter(None, numbers), *_COUNTING.findall(title.casefold())])


def counts_alike(one: str, other: str, *, kin: bool = True) -> bool:
    """Whether two titles count the same. Those that are not `kin` may: one that has no number counts nothing else."""
    if not one or not other:
        return True
    mine, theirs = counted(one), counted(other)
    return mine == theirs or not (kin or (_numbers(mine) and _numbers(theirs)))


def _numbers(counts: Counter[str]) -> list[str]:
    return [each for each in counts if each.isdigit()]


def _number(word: str) -> str:
    digits = "".join(filter(str.isdigit, word))
    return digits or _ROMAN.get(word) or _COUNTED.get(word, "")


def shared(one: Rows, other: Rows) -> float:
    """The share of the smaller set that the other holds too, 0 to 1."""
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0


@lru_cache(maxsize=64)  # one council's files come together and are compared with the same few
def rows(text: str) -> Rows:
    """Every five words of a text that stand in a row, without regard to case; all of a text that has fewer."""
    return frozenset(map(hash, _rows(text)))


def _rows(text: str) -> Iterable[tuple[str, ...]]:
    words = _WORD.findall(text.casefold())
    if 0 < len(words) < LENGTH:
        return [tuple(words)]
    return zip(*(words[at:] for at in range(LENGTH)), strict=False)


def sketch(text: str) -> tuple[int, ...]:
    """A few numbers by which texts that share words are found: the lowest marks of its rows of words."""
    marks = {crc32(" ".join(row).encode()) for row in _rows(text)}
    return tuple(nsmallest(SKETCH, marks))


def in_common(one: str, other: str) -> float:
    """The share of all rows of words of two texts that stand in both, 0 to 1."""
    mine, theirs = rows(one), rows(other)
    return len(mine & theirs) / len(mine | theirs) if mine or theirs else 1.0
