"""The same words in other dress: what another program or a copied text made of marks and lists is no change.

A file that went through another word processor comes back with its emphasis gone and its lists as lines that begin
with a bullet. Nobody meant that. What brings words, links or pictures of its own is a change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbench.richtext import Block, RichText, canonical, images, links, plain

_BULLET = re.compile(r"^(?:[•▪◦‣·*–—-]|o(?=\s)|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)])\s+")
_Lines = tuple[str, ...]


def redressed(base: RichText, theirs: RichText) -> RichText:
    """`theirs` with every part in the dress that it has in `base`, where its words are the same there."""
    if _lines(base) == _lines(theirs) and _adds_nothing(base, theirs):
        return base
    return canonical(_parts(base, theirs))


def _parts(base: RichText, theirs: RichText) -> Iterator[Block]:
    known: dict[str, list[Block]] = {}
    for block in base:
        known.setdefault(_lines((block,))[0], []).append(block)
    at = 0
    while at < len(theirs):
        first = _lines((theirs[at],))[0]
        block, taken = next(_alike(known.get(first, []), theirs, at), (theirs[at], 1))
        if block in known.get(first, []):
            known[first].remove(block)
        yield block
        at += taken


def _alike(offered: list[Block], theirs: RichText, at: int) -> Iterator[tuple[Block, int]]:
    """The offered blocks that say what `theirs` says from there on, with how many of its blocks that takes."""
    for block in offered:
        wanted = _lines((block,))
        for taken in range(1, min(len(wanted), len(theirs) - at) + 1):
            part = theirs[at : at + taken]
            if _lines(part) == wanted and _adds_nothing((block,), part):
                yield block, taken


def _lines(content: RichText) -> _Lines:
    """What it says, line by line, without bullets and regardless of blanks."""
    lines = (" ".join(line.split()) for line in plain(content).split("\n"))
    return tuple(_BULLET.sub("", line) for line in lines if line) or ("",)


def _adds_nothing(base: RichText, theirs: RichText) -> bool:
    """Whether it brings no link and no picture of its own."""
    come = set(links(theirs)) - set(links(base))
    shown = [picture.asset for picture in images(theirs)]
    return not come and shown == [picture.asset for picture in images(base)]
