"""The help: its pages and their sections, finding words in them, and which of them is about what is in view.

An address names a page, and a place in it behind `#`: `checks`, `checks#privacy`, `checks#str-01`. A place is a
heading, or a row of a table by its first cell. A widget whose class says `help_page` is what that address is about;
one that has `explain(point)` says what stands at a point of it, or under the keyboard where there is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import resources
from ui.phrases import say
from workbench.search import fold

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint
    from PySide6.QtWidgets import QWidget

HOME = "README"
NOTES = "changes"
ABOUT = "about"
ADMINISTRATORS = "administrators"

_HEADING = re.compile(r"^(#{1,6}) +(.+?)\s*$")
_LISTED = re.compile(r"\]\(([\w./-]+)\.md\)")
_MARKS = re.compile(r"!\[[^\]]*\]\([^)]*\)|\[([^\]]*)\]\([^)]*\)|[*`]+")
_RULE = re.compile(r"^\|[-: |]+\|\s*$")
EXCERPT = 110
"""Characters of a section that are shown beside it where it was found."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page under its heading; `lines` are its Markdown without that heading."""

    title: str
    level: int
    lines: tuple[str, ...]

    @property
    def place(self) -> str:
        """By which it is linked to."""
        return slug(self.title)

    @property
    def words(self) -> str:
        """Its words without marks."""
        return " ".join(plain(line) for line in self.lines if not _RULE.match(line) and line.strip())


@dataclass(frozen=True)
class Page:
    """One page: its name, its Markdown, and the folder against which its links are meant."""

    name: str
    text: str
    folder: Path

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """Its parts, the one under its title first."""
        return tuple(_sections(self.text))

    @property
    def title(self) -> str:
        """What it is called."""
        return self.sections[0].title


@dataclass(frozen=True, slots=True)
class Hit:
    """A section that was found, with the words around what was found in it."""

    address: str
    page: str
    title: str
    excerpt: str
    score: int


@dataclass(frozen=True, slots=True)
class Explained:
    """What one thing is: its name, what there is to say of it as Markdown, and where more is said."""

    title: str
    text: str
    address: str = ""


class Explains(Protocol):
    """A widget that can say what stands at a point of it, or under the keyboard."""

    def explain(self, point: QPoint | None) -> Explained | str | None:
        """The explanation, or the address of a place that explains it."""
        ...


# Pages


@cache
def pages() -> dict[str, Page]:
    """Every page by its name, in the order of the contents: the guide, what is new, and for administrators."""
    guide = resources.guide()
    found = {name: _read(name, guide / f"{name}.md") for name in _order(guide)}
    found[NOTES] = _read(NOTES, resources.release_notes())
    beside = guide.parent / ADMINISTRATORS
    return found | {f"{ADMINISTRATORS}/{name}": _read(name, beside / f"{name}.md") for name in _order(beside)}


def page(address: str) -> Page | None:
    """The page of an address."""
    return pages().get(address.partition("#")[0])


def address_of(link: str, base: Page) -> str:
    """The address that a link on the page `base` means; empty where it leads out of the help."""
    target, _, place = link.partition("#")
    if not target:
        return f"{base.name}#{place}"
    if "://" in link or not target.endswith(".md"):
        return ""
    name = _name((base.folder / target).resolve())
    return (f"{name}#{place}" if place else name) if name in pages() else ""


def slug(title: str) -> str:
    """A heading as links name it."""
    kept = re.sub(r"[^\w\- ]", "", plain(title).casefold())
    return kept.strip().replace(" ", "-")


def plain(line: str) -> str:
    """A line of Markdown without its marks; cells stand apart."""
    bare = _MARKS.sub(lambda mark: mark[1] or "", line.replace("|", " "))
    return " ".join(bare.lstrip("#> ").split())


def _name(path: Path) -> str:
    """The name of the page in a file; empty where that is none of the help's."""
    if path.name == resources.release_notes().name:
        return NOTES
    folder = path.parent.name
    if folder == ADMINISTRATORS:
        return f"{ADMINISTRATORS}/{path.stem}"
    return path.stem if folder == resources.guide().name else ""


def _read(name: str, path: Path) -> Page:
    return Page(name, path.read_text("utf-8"), path.parent)


def _order(folder: Path) -> list[str]:
    """The pages of a folder: those its index leads to, in that order, then any that it forgot."""
    there = {path.stem for path in folder.glob("*.md")}
    index = folder / f"{HOME}.md"
    listed = _LISTED.findall(index.read_text("utf-8")) if index.exists() else []
    return list(dict.fromkeys(name for name in [HOME, *listed, *sorted(there)] if name in there))


def _sections(text: str) -> Iterator[Section]:
    title, level, lines = "", 1, list[str]()
    coded = False
    for line in text.splitlines():
        coded ^= line.startswith("```")
        head = None if coded else _HEADING.match(line)
        if head is None:
            lines.append(line)
            continue
        if title:
            yield Section(title, level, tuple(lines))
        title, level, lines = plain(head[2]), len(head[1]), []
    yield Section(title, level, tuple(lines))


# Finding


def find(typed: str, most: int = 40) -> list[Hit]:
    """The sections in which every word that was typed begins a word, the likeliest first."""
    words = fold(typed).split()
    if not words:
        return []
    hits = [hit for name, each in pages().items() for hit in _hits(words, name, each)]
    return sorted(hits, key=lambda hit: -hit.score)[:most]


def _hits(words: list[str], name: str, found: Page) -> Iterator[Hit]:
    for at, section in enumerate(found.sections):
        score = _score(words, section.title, section.words)
        if score:
            address = name if at == 0 else f"{name}#{section.place}"
            title = "" if at == 0 else section.title
            yield Hit(address, found.title, title, _excerpt(words, section.words), score + (at == 0))


def _score(words: list[str], title: str, text: str) -> int:
    """How well all words fit: those of a title count most; 0 where one is missing."""
    heading, body = f" {fold(title)}", f" {fold(text)}"
    in_title = [f" {word}" in heading for word in words]
    if not all(named or f" {word}" in body for named, word in zip(in_title, words, strict=True)):
        return 0
    return 1 + 10 * sum(in_title) + 20 * all(in_title)


def _excerpt(words: list[str], text: str) -> str:
    """The text around the first word that was found."""
    folded = f" {fold(text)}"
    places = [at for word in words if (at := folded.find(f" {word}")) >= 0]
    begin = max(min(places, default=0) - EXCERPT // 3, 0)
    begin = text.rfind(" ", 0, begin) + 1
    cut = text[begin : begin + EXCERPT]
    return f"{'… ' if begin else ''}{cut.rpartition(' ')[0] if len(text) > begin + EXCERPT else cut}"


# What is in view


def address_at(widget: QWidget | None, otherwise: str = HOME) -> str:
    """The help for a widget: what it or the nearest around it says it is about."""
    for each in _outwards(widget):
        if told := getattr(each, "help_page", ""):
            return str(told)
    return otherwise


def explanation_at(widget: QWidget | None, at: QPoint | None = None) -> Explained | None:
    """What stands at a point of the screen, or under the keyboard, as the nearest that knows it says.

    Where nobody knows, it is what the control calls itself, with the page about the view.
    """
    for each in _outwards(widget):
        explain = getattr(each, "explain", None)
        told = explain(each.mapFromGlobal(at) if at is not None else None) if explain else None
        if isinstance(told, str):
            told = explanation(told)
        if told is not None:
            return told
    return _by_name(widget) if widget is not None else None


def explanation(address: str) -> Explained | None:
    """What the place of an address says: a section, or a row of a table under what its columns are called."""
    found, place = page(address), address.partition("#")[2]
    if found is None:
        return None
    for section in found.sections:
        if section.place == place:
            return Explained(section.title, "\n".join(section.lines), address)
        for head, cells in rows(section):
            if is_row(cells[0], place):
                return Explained(plain(cells[0]), _told(head, cells), address)
    return None


def is_row(cell: str, place: str) -> bool:
    """Whether a row that begins with this cell is meant by the place: its name, or the code before its colon."""
    return place in (slug(cell), slug(cell.partition(":")[0]))


def rows(section: Section) -> Iterator[tuple[list[str], list[str]]]:
    """The rows of the tables of a section, each with the heads of its columns."""
    head: list[str] = []
    for line, after in zip(section.lines, (*section.lines[1:], ""), strict=True):
        if not line.startswith("|"):
            head = []
        elif _RULE.match(after):
            head = cells_of(line)
        elif head and not _RULE.match(line):
            yield head, cells_of(line)


def cells_of(line: str) -> list[str]:
    """The cells of a row of a Markdown table."""
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _told(head: list[str], cells: list[str]) -> str:
    """All but the first cell; where there are several, each under what its column is called."""
    rest = [(name, cell) for name, cell in zip(head[1:], cells[1:], strict=False) if cell]
    if len(rest) == 1:
        return rest[0][1]
    return "\n\n".join(f"**{name[:1].upper()}{name[1:]}.** {cell}" if name else cell for name, cell in rest)


def _by_name(widget: QWidget) -> Explained | None:
    named = next((each for each in _outwards(widget) if each.accessibleName()), widget)
    title = named.accessibleName() or say("title")
    told = dict.fromkeys(filter(None, (named.toolTip(), named.accessibleDescription())))
    told.pop(title, None)
    return Explained(title, "\n\n".join(told) or say("explained-nothing"), address_at(widget))


def _outwards(widget: QWidget | None) -> Iterator[QWidget]:
    while widget is not None:
        yield widget
        widget = widget.parentWidget()
