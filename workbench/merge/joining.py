"""What two changes of one rich text make together.

Blocks first: where the two sides changed different blocks, each side's are taken. Where both changed one block, a
paragraph is joined word by word and a list item by item; a table is not looked into, nor is a paragraph that a side
has written anew. Between two changes there must stand something that both left alone, so that no two of them are ever
run together. A word carries its marks and its link along and is only ever taken whole.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from workbench.merge.differing import CLOSELY, longest, shared
from workbench.richtext import (
    Block,
    Heading,
    Inline,
    Item,
    ListBlock,
    Paragraph,
    RichText,
    Text,
    canonical,
)

T = TypeVar("T")
Finer = Callable[[T, T, T], T | None]
"""How one part is joined that both sides changed; None where it cannot be."""

_Word = tuple[Inline, ...]
"""A word with the blanks before it, in as many pieces as it has dresses."""

_PIECE = re.compile(r"\s*\S+|\s+")


@dataclass(frozen=True, slots=True)
class _Stretch(Generic[T]):
    """What stands between two parts that all three have, on each side."""

    base: tuple[T, ...]
    mine: tuple[T, ...]
    theirs: tuple[T, ...]


def contents(base: RichText, mine: RichText, theirs: RichText) -> RichText | None:
    """`base` with the changes of both sides, in canonical form; None where they may contradict each other."""
    joined = _sequence(base, mine, theirs, _block)
    return None if joined is None else canonical(joined)


def laid_together(base: RichText, mine: RichText, theirs: RichText) -> RichText:
    """What an editor can begin with who has to join the two by hand.

    The changes that go together are made; where they do not, mine stands before theirs.
    """
    return canonical(
        block
        for stretch in _stretches(base, mine, theirs)
        for block in _either(stretch, _joined(stretch, _block))
    )


def _either(stretch: _Stretch[T], joined: tuple[T, ...] | None) -> tuple[T, ...]:
    if joined is not None:
        return joined
    return (*stretch.mine, *_beyond(stretch.theirs, stretch.mine))


def _beyond(parts: Sequence[T], others: Sequence[T]) -> Iterator[T]:
    """The parts for which `others` hold no like of their own, in their order."""
    likes = Counter(others)
    for part in parts:
        if likes[part] > 0:
            likes[part] -= 1
        else:
            yield part


# Sequences of anything


def _sequence(
    base: Sequence[T], mine: Sequence[T], theirs: Sequence[T], finer: Finer[T] | None = None
) -> tuple[T, ...] | None:
    joined: list[T] = []
    for stretch in _stretches(base, mine, theirs):
        parts = _joined(stretch, finer)
        if parts is None:
            return None
        joined += parts
    return tuple(joined)


def _stretches(base: Sequence[T], mine: Sequence[T], theirs: Sequence[T]) -> Iterator[_Stretch[T]]:
    """All three in step, cut at every part of `base` that both sides kept."""
    in_mine, in_theirs = _kept(base, mine), _kept(base, theirs)
    a = b = c = 0
    for at in sorted(in_mine.keys() & in_theirs.keys()):
        here, there = in_mine[at], in_theirs[at]
        yield _Stretch(tuple(base[a:at]), tuple(mine[b:here]), tuple(theirs[c:there]))
        yield _Stretch((base[at],), (mine[here],), (theirs[there],))
        a, b, c = at + 1, here + 1, there + 1
    yield _Stretch(tuple(base[a:]), tuple(mine[b:]), tuple(theirs[c:]))


def _kept(base: Sequence[Any], side: Sequence[Any]) -> Mapping[int, int]:
    """As many parts of `base` as stand in `side` in the same order: the place of each in both.

    Between what both begin and end with, nothing counts as kept where all of it repeats itself too often to be told
    apart within a moment.
    """
    start, end = shared(base, side)
    first, last = range(start), range(-end, 0)
    places: dict[Any, list[int]] = {}
    for at in range(len(side) - end - 1, start - 1, -1):
        places.setdefault(side[at], []).append(at)
    between = [(at, places.get(base[at], [])) for at in range(start, len(base) - end)]
    few = sum(len(found) for _, found in between) <= CLOSELY
    pairs = ((at, place) for at, found in between for place in found if few)
    ends = {at: at for at in first} | {len(base) + at: len(side) + at for at in last}
    return ends | dict(longest(pairs))


def _joined(stretch: _Stretch[T], finer: Finer[T] | None) -> tuple[T, ...] | None:
    if stretch.mine == stretch.base:
        return stretch.theirs
    if stretch.theirs in (stretch.base, stretch.mine):
        return stretch.mine
    return _pairwise(stretch, finer) if finer and _in_step(stretch) else None


def _in_step(stretch: _Stretch[Any]) -> bool:
    """Whether the parts of all three answer each other one by one, none having moved to another's place."""
    base = stretch.base
    return len(base) == len(stretch.mine) == len(stretch.theirs) and all(
        part == was or part not in base
        for side in (stretch.mine, stretch.theirs)
        for part, was in zip(side, base, strict=True)
    )


def _pairwise(stretch: _Stretch[T], finer: Finer[T]) -> tuple[T, ...] | None:
    joined: list[T] = []
    for base, mine, theirs in zip(stretch.base, stretch.mine, stretch.theirs, strict=True):
        part = _one(base, mine, theirs, finer)
        if part is None:
            return None
        joined.append(part)
    return tuple(joined)


def _one(base: T, mine: T, theirs: T, finer: Finer[T]) -> T | None:
    if mine == base:
        return theirs
    return mine if theirs in (base, mine) else finer(base, mine, theirs)


# Blocks, items, words


def _block(base: Block, mine: Block, theirs: Block) -> Block | None:
    match base, mine, theirs:
        case (Paragraph(), Paragraph(), Paragraph()) | (Heading(), Heading(), Heading()):
            if not _same_level(base, mine, theirs):
                return None
            line = _line(base.content, mine.content, theirs.content)
            return None if line is None else replace(base, content=line)
        case ListBlock(), ListBlock(), ListBlock():
            return _list(base, mine, theirs)
        case _:
            return None


def _same_level(*lines: Paragraph | Heading) -> bool:
    return len({line.level if isinstance(line, Heading) else 0 for line in lines}) == 1


def _list(base: ListBlock, mine: ListBlock, theirs: ListBlock) -> ListBlock | None:
    if not base.ordered == mine.ordered == theirs.ordered:
        return None
    items = _sequence(base.items, mine.items, theirs.items, _item)
    return None if items is None else replace(base, items=items)


def _item(base: Item, mine: Item, theirs: Item) -> Item | None:
    line = _one(base.content, mine.content, theirs.content, _line)
    lists = _one(base.lists, mine.lists, theirs.lists, _lists)
    return None if line is None or lists is None else Item(line, lists)


def _lists(
    base: tuple[ListBlock, ...], mine: tuple[ListBlock, ...], theirs: tuple[ListBlock, ...]
) -> tuple[ListBlock, ...] | None:
    return _sequence(base, mine, theirs, _list)


def _line(
    base: tuple[Inline, ...], mine: tuple[Inline, ...], theirs: tuple[Inline, ...]
) -> tuple[Inline, ...] | None:
    """A line word by word, unless a side has kept less than half of it."""
    old, one, other = _words(base), _words(mine), _words(theirs)
    if 2 * min(len(_kept(old, one)), len(_kept(old, other))) < len(old):
        return None
    joined = _sequence(old, one, other)
    return None if joined is None else tuple(piece for word in joined for piece in word)


def _words(line: Iterable[Inline]) -> tuple[_Word, ...]:
    """The words of a line; a break and a picture stand alone. Without its blanks no word is parted from another."""
    words: list[list[Inline]] = []
    open_ = False
    for piece in _pieces(line):
        if open_ and isinstance(piece, Text) and not piece.text[0].isspace():
            words[-1].append(piece)
        else:
            words.append([piece])
        open_ = isinstance(piece, Text)
    return tuple(map(tuple, words))


def _pieces(line: Iterable[Inline]) -> Iterator[Inline]:
    for part in line:
        if isinstance(part, Text):
            for text in _PIECE.findall(part.text):
                yield replace(part, text=text)
        else:
            yield part
