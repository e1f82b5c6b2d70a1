"""The text of a sample: TOML settings between `+++`, then one `## field | heading` part for each answer.

Inside an answer: a line is a paragraph; `- ` and `1. ` begin list items, `|` a table row, `### ` a lower heading,
`Caption: ` a caption, `![alt](drawing)` a picture. Inside a line: `**bold**`, `[words](address)`, `^[footnote]`,
`{++inserted++}`, `{--deleted--}` and `{==words==>>comment<<}`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any, Literal

TEXTS = Path(__file__).parent / "texts"

PieceKind = Literal["text", "bold", "link", "footnote", "inserted", "deleted", "commented"]


@dataclass(frozen=True)
class Piece:
    """Some words of a line, or a footnote; `extra` is a link's address or a comment's words."""

    kind: PieceKind
    text: str
    extra: str = ""

    @property
    def reads(self) -> str:
        """What a reader of the final text sees."""
        return "" if self.kind in ("deleted", "footnote") else self.text


@dataclass(frozen=True)
class Line:
    pieces: tuple[Piece, ...]
    style: Literal["", "bullet", "number", "subheading", "caption"] = ""

    @property
    def reads(self) -> str:
        return "".join(piece.reads for piece in self.pieces)


@dataclass(frozen=True)
class Grid:
    """A table; its first row is the header."""

    rows: tuple[tuple[Line, ...], ...]

    @property
    def reads(self) -> str:
        return "\n".join(cell.reads for row in self.rows for cell in row)


@dataclass(frozen=True)
class Drawing:
    """A picture by its name. `alt` is "" where nobody wrote one."""

    name: str
    alt: str
    decorative: bool = False
    reads: str = ""


Block = Line | Grid | Drawing


@dataclass(frozen=True)
class Part:
    """An answer: the field it belongs to, the heading its author gave it, and what stands below."""

    field: str
    heading: str
    blocks: tuple[Block, ...]

    @property
    def reads(self) -> str:
        """The words of the answer, a block a line."""
        return "\n".join(block.reads for block in self.blocks if block.reads)


@dataclass(frozen=True)
class Study:
    slug: str
    settings: dict[str, Any] = field(repr=False)
    parts: tuple[Part, ...] = field(repr=False)

    @property
    def file(self) -> str:
        return f"sample-{self.slug}.docx"

    def drawing(self, name: str) -> dict[str, Any]:
        """The settings of one of its pictures."""
        return next(entry for entry in self.settings["chart"] if entry["name"] == name)


def studies() -> Iterator[Study]:
    """Every sample, by name."""
    for path in sorted(TEXTS.glob("*.md")):
        settings, body = source(path.stem)
        yield Study(path.stem, settings, tuple(parts(body)))


def source(slug: str) -> tuple[dict[str, Any], str]:
    """The settings and the text of a sample; a revision is its original with some sentences replaced."""
    _, head, body = (TEXTS / f"{slug}.md").read_text("utf-8").split("+++\n", 2)
    settings = tomllib.loads(head)
    if "revises" not in settings:
        return settings, body
    original, body = source(settings["revises"])
    for change in settings["replace"]:
        assert body.count(change["before"]) == 1, change["before"]
        body = body.replace(change["before"], change["after"])
    return {**original, **settings}, body


def parts(body: str) -> Iterator[Part]:
    for section in re.split(r"^## ", body, flags=re.MULTILINE)[1:]:
        head, _, text = section.partition("\n")
        name, _, heading = (word.strip() for word in head.partition("|"))
        yield Part(name, heading, tuple(blocks(text)))


def blocks(text: str) -> Iterator[Block]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for is_row, group in groupby(lines, key=lambda line: line.startswith("|")):
        if is_row:
            yield grid([row for row in group if not set(row) <= set("|- ")])
        else:
            yield from map(block, group)


def grid(rows: list[str]) -> Grid:
    return Grid(
        tuple(tuple(Line(pieces(cell.strip())) for cell in row.strip("|").split("|")) for row in rows)
    )


def block(line: str) -> Block:
    picture = re.fullmatch(r"!\[(.*)\]\((\S+)( decorative)?\)", line)
    if picture:
        return Drawing(picture[2], picture[1], bool(picture[3]))
    for pattern, style in (
        (r"- ", "bullet"),
        (r"\d+\. ", "number"),
        (r"### ", "subheading"),
        (r"Caption: ", "caption"),
    ):
        match = re.match(pattern, line)
        if match:
            return Line(pieces(line[match.end() :]), style)
    return Line(pieces(line))


INLINE = re.compile(
    r"\{\+\+(?P<inserted>.+?)\+\+\}|\{--(?P<deleted>.+?)--\}|\{==(?P<commented>.+?)==>>(?P<comment>.+?)<<\}"
    r"|\^\[(?P<footnote>.+?)\]|\[(?P<link>[^\]]+)\]\((?P<address>\S+?)\)|\*\*(?P<bold>.+?)\*\*"
)
KINDS: tuple[PieceKind, ...] = ("inserted", "deleted", "commented", "footnote", "link", "bold")


def pieces(line: str) -> tuple[Piece, ...]:
    found, end = [], 0
    for match in INLINE.finditer(line):
        found.append(Piece("text", line[end : match.start()]))
        kind = next(kind for kind in KINDS if match[kind])
        found.append(Piece(kind, match[kind], match["comment"] or match["address"] or ""))
        end = match.end()
    found.append(Piece("text", line[end:]))
    return tuple(piece for piece in found if piece.text)
