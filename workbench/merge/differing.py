"""What differs between two texts, word by word."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Any, Literal

Kind = Literal["same", "gone", "new"]

CLOSELY = 250_000
"""How many pairs of words are compared within one stretch; beyond it the stretch as a whole is gone and new. It keeps
two texts of fifty thousand words that have little in common within a second."""

_Row = tuple[tuple[int, int], Any]
"""A row of anchors: its last one, and the row before that."""

_WORD = re.compile(r"\s*(?:[^\s.,;:!?…]|(?<=\d)[.,:](?=\d))+|\s*[.,;:!?…]+|\s+")
"""A word with the blanks before it, "58.4" being one; or its punctuation."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of words that stands in both texts, only in the first (`gone`), or only in the second (`new`)."""

    kind: Kind
    text: str


def words(before: str, after: str) -> tuple[Run, ...]:
    """The way from one text to the other.

    The runs that are not new make up `before`, those that are not gone `after`, to the letter. Neighbours differ in
    their kind, and what is gone stands before what is new in its place.
    """
    runs = (
        run for run in _lines(before.splitlines(keepends=True), after.splitlines(keepends=True)) if run.text
    )
    return tuple(Run(kind, "".join(run.text for run in same)) for kind, same in groupby(runs, key=_kind))


def _kind(run: Run) -> Kind:
    return run.kind


def changed(before: str, after: str) -> tuple[str, str]:
    """The words between what both texts begin and end with: what stood there, and what does."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    start, end = shared(old, new)
    return (
        "".join(old[start : len(old) - end]).strip(),
        "".join(new[start : len(new) - end]).strip(),
    )


def _lines(old: Sequence[str], new: Sequence[str]) -> Iterator[Run]:
    """Between the lines that both texts hold once and in the same order, word by word.

    That takes the time of reading both, so that long texts are compared closely only where they differ.
    """
    here = there = 0
    for left, right in (*_anchors(old, new), (len(old), len(new))):
        yield from _closely("".join(old[here:left]), "".join(new[there:right]))
        if left < len(old):
            yield Run("same", old[left])
        here, there = left + 1, right + 1


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """The places of the lines that stand once in each: the longest row of them that both have in one order."""
    once = {line for line, n in Counter(new).items() if n == 1}
    places = {line: at for at, line in enumerate(new) if line in once}
    twice = {line for line, n in Counter(old).items() if n > 1}
    return longest((at, places[line]) for at, line in enumerate(old) if line in places and line not in twice)


def longest(pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest row of pairs that rises on both sides.

    They come in the order of their first number, those that share it with their second falling, so that each number
    is in the row once.
    """
    lowest: list[int] = []
    rows: list[_Row] = []
    for at, place in pairs:
        long = bisect_left(lowest, place)
        row = ((at, place), rows[long - 1] if long else None)
        lowest[long : long + 1], rows[long : long + 1] = [place], [row]
    return _unrolled(rows[-1] if rows else None)


def _unrolled(row: _Row | None) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    while row is not None:
        pair, row = row
        found.append(pair)
    return found[::-1]


def _closely(before: str, after: str) -> Iterator[Run]:
    old, new = _WORD.findall(before), _WORD.findall(after)
    start, end = shared(old, new)
    yield Run("same", "".join(old[:start]))
    yield from _between(old[start : len(old) - end], new[start : len(new) - end])
    yield Run("same", "".join(old[len(old) - end :]))


def _between(old: Sequence[str], new: Sequence[str]) -> Iterator[Run]:
    steps = [("replace", 0, len(old), 0, len(new))]
    if len(old) * len(new) <= CLOSELY:
        steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for kind, a, b, c, d in steps:
        if kind == "equal":
            yield Run("same", "".join(old[a:b]))
        else:
            yield Run("gone", "".join(old[a:b]))
            yield Run("new", "".join(new[c:d]))


def shared(old: Sequence[Any], new: Sequence[Any]) -> tuple[int, int]:
    """How many parts both begin with, and how many both end with after those."""
    most = min(len(old), len(new))
    start = next((at for at in range(most) if old[at] != new[at]), most)
    rest = most - start
    return start, next((at for at in range(rest) if old[-1 - at] != new[-1 - at]), rest)
