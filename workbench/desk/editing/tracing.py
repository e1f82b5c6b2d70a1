"""Which words of an answer came from which paragraphs of the source. Pure.

A field keeps the refs of the paragraphs it was made of, and not which word came from which; that is told by their
words, as long as they stand as they were sent.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from workbench.richtext import RichText, plain
from workbench.richtext.parting import cut
from workbench.word.document import Block, paragraphs

Lines = Mapping[str, str]
"""The words of each paragraph of the source, by its ref."""


def lines(blocks: Iterable[Block]) -> Lines:
    """The words of every paragraph by its ref, spaces made one."""
    return {each.ref: _plain(each.text) for each in paragraphs(blocks) if each.text.strip()}


def taken_from(content: RichText, refs: Collection[str], said: Lines) -> tuple[RichText, RichText]:
    """What in `content` came from the paragraphs `refs`, and what is left without it."""
    wanted = [said[ref] for ref in refs if ref in said]
    taken: RichText = ()
    for start, end in reversed(_spans(plain(content), wanted)):
        part, content = cut(content, start, end)
        taken = part + taken
    return taken, content


def parted(
    sources: Iterable[str], taken: RichText, rest: RichText, said: Lines
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The refs that go along with `taken`, and those that stay with `rest`; one that says nothing of either stays."""
    gone: list[str] = []
    kept: list[str] = []
    words, left = plain(taken), plain(rest)
    for ref in sources:
        goes = bool(_spans(words, [said.get(ref, "")]) or _holds(said.get(ref, ""), words))
        stays = bool(_spans(left, [said.get(ref, "")]) or _holds(said.get(ref, ""), left))
        if goes:
            gone.append(ref)
        if stays or not goes:
            kept.append(ref)
    return tuple(gone), tuple(kept)


def _spans(text: str, wanted: Collection[str]) -> list[tuple[int, int]]:
    """The lines of `text` that are one of the `wanted`, or the end of one, as after a label in the same line."""
    found: list[tuple[int, int]] = []
    at = 0
    for line in text.split("\n"):
        if any(_is_of(cell, each) for cell in map(_plain, line.split("\t")) if cell for each in wanted):
            found.append((at, at + len(line)))
        at += len(line) + 1
    return found


def _is_of(line: str, paragraph: str) -> bool:
    return line == paragraph or paragraph.endswith(f" {line}")


def _holds(paragraph: str, text: str) -> bool:
    """Whether a line of `text` is a part of a paragraph that was itself parted."""
    return any(line in paragraph for line in map(_plain, text.split("\n")) if len(line.split()) > 2)


def _plain(text: str) -> str:
    return " ".join(text.split())
