"""What rich text is made of, and the one form in which it is kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

Mark = Literal["strong", "em", "sup", "sub"]
MARKS: tuple[Mark, ...] = ("strong", "em", "sup", "sub")


@dataclass(frozen=True, slots=True)
class Text:
    """A run of characters that share their marks and link. Holds no line break."""

    text: str
    marks: frozenset[Mark] = frozenset()
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Break:
    """A line break inside a paragraph."""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture by the SHA-256 of its bytes. `alt` is None while nobody has said; "" marks it decorative."""

    asset: str
    alt: str | None = None


Inline = Text | Break | Image


@dataclass(frozen=True, slots=True)
class Paragraph:
    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside an answer, of level 3 or 4 (1 is the study's title, 2 the field's label)."""

    level: Literal[3, 4]
    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list: its own words, then the lists nested in it."""

    content: tuple[Inline, ...]
    lists: tuple[ListBlock, ...] = ()


@dataclass(frozen=True, slots=True)
class ListBlock:
    ordered: bool
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell. `scope` makes it a header of its column or row."""

    content: tuple[Block, ...] = ()
    scope: Literal["col", "row"] | None = None
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: `head` rows repeat the labels of the columns, `body` holds the rest."""

    body: tuple[Row, ...]
    head: tuple[Row, ...] = ()
    caption: tuple[Inline, ...] = ()


Block = Paragraph | Heading | ListBlock | Table
RichText = tuple[Block, ...]

EMPTY: RichText = ()

_SAFE_LINK = re.compile(r"(?:https?://|mailto:|tel:)\S", re.IGNORECASE)
_UNSTORABLE = r"\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef\ufffc\ufffe\uffff"
_CONTROL = re.compile(f"[{_UNSTORABLE}]")
_LINE_END = re.compile(r"\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
_UNRULY = re.compile(f"[{_UNSTORABLE}\\r\\n\x0b\x0c\x85\u2028\u2029]")
_ASSET = re.compile(r"[0-9a-f]{64}")
_MAX_SPAN = 1000


def safe_link(href: str | None) -> str | None:
    """The address when a reader may be sent there (web, mail, telephone), else None."""
    if href is None:
        return None
    href = _CONTROL.sub("", _LINE_END.sub("", href.strip().replace("\t", "")))
    return href if _SAFE_LINK.match(href) else None


def unstorable(text: str) -> int:
    """How many characters of `text` no document can hold (NUL, half a surrogate pair, …) and are left out of it."""
    return len(_CONTROL.findall(text))


# The canonical form


def canonical(blocks: Iterable[Block]) -> RichText:
    """The one stored form: runs merged, line ends as breaks, empty blocks gone, unsafe links unlinked."""
    return tuple(kept for block in blocks if (kept := _canonical_block(block)) is not None)


def _canonical_block(block: Block) -> Block | None:
    match block:
        case Paragraph(content):
            inline = canonical_inline(content)
            return (block if inline == content else Paragraph(inline)) if inline else None
        case Heading(level, content):
            inline = canonical_inline(content)
            return Heading(level, inline) if inline else None
        case ListBlock():
            return _canonical_list(block)
        case Table(body, head, caption):
            head, body = _canonical_rows(head), _canonical_rows(body)
            return Table(body, head, canonical_inline(caption)) if head or body else None


def _canonical_list(block: ListBlock) -> ListBlock | None:
    items: list[Item] = []
    for item in block.items:
        lists = tuple(kept for nested in item.lists if (kept := _canonical_list(nested)) is not None)
        content = canonical_inline(item.content)
        if content or lists:
            items.append(Item(content, lists))
    return ListBlock(block.ordered, tuple(items)) if items else None


def _canonical_rows(rows: Iterable[Row]) -> tuple[Row, ...]:
    return tuple(Row(tuple(map(_canonical_cell, row.cells))) for row in rows if row.cells)


def _canonical_cell(cell: Cell) -> Cell:
    return replace(
        cell,
        content=canonical(cell.content),
        colspan=min(max(cell.colspan, 1), _MAX_SPAN),
        rowspan=min(max(cell.rowspan, 1), _MAX_SPAN),
    )


def canonical_inline(content: Iterable[Inline]) -> tuple[Inline, ...]:
    """Inline content with equal neighbours merged and line ends as breaks; empty when all of it is blank."""
    pieces = [piece for part in content for piece in _split_lines(part)]
    if all(_is_blank(piece) for piece in pieces):
        return ()
    return tuple(_merged(pieces)) if len(pieces) > 1 else (pieces[0],)


def _merged(pieces: Iterable[Inline]) -> Iterator[Inline]:
    """Runs of the same dress as one."""
    run: list[Text] = []
    for piece in pieces:
        if run and not (isinstance(piece, Text) and _same_dress(run[0], piece)):
            yield _joined(run)
            run = []
        if isinstance(piece, Text):
            run.append(piece)
        else:
            yield piece
    if run:
        yield _joined(run)


def _joined(run: list[Text]) -> Text:
    return run[0] if len(run) == 1 else replace(run[0], text="".join(text.text for text in run))


def _split_lines(part: Inline) -> Iterable[Inline]:
    """A run without line ends, control characters and unsafe link; a picture only where its asset is a hash."""
    if isinstance(part, Text):
        href = safe_link(part.href)
        is_fit = part.text and href == part.href and _is_ruly(part.text)
        return (part,) if is_fit else _lines_of(part, href)
    return () if isinstance(part, Image) and not _ASSET.fullmatch(part.asset) else (part,)


def _is_ruly(text: str) -> bool:
    """Whether no character has to go: hardly any text needs the closer look."""
    return (text.isascii() and text.isprintable()) or not _UNRULY.search(text)


def _lines_of(part: Text, href: str | None) -> Iterator[Inline]:
    for number, line in enumerate(_LINE_END.split(part.text)):
        if number:
            yield Break()
        if text := _CONTROL.sub("", line):
            yield Text(text, part.marks, href)


def _same_dress(one: Text, other: Text) -> bool:
    return one.marks == other.marks and one.href == other.href


def _is_blank(part: Inline) -> bool:
    return isinstance(part, Break) or (isinstance(part, Text) and part.text.isspace())
