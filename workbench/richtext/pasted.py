"""What other programs put on the clipboard, as rich text: Word, LibreOffice, Google Docs, browsers, mail.

Looks become marks (a bold style is strong), Word's paragraphs that only look like lists become lists, and what is
machinery (hidden text, list bullets as words, conditional comments, tracking addresses) is left behind.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import parse_qs, urlsplit

from workbench.errors import Refused
from workbench.richtext.html import Node, flow, tree
from workbench.richtext.model import (
    Block,
    Break,
    Heading,
    Inline,
    Item,
    ListBlock,
    Paragraph,
    RichText,
    Row,
    Table,
    Text,
    canonical,
    safe_link,
    unstorable,
)
from workbench.richtext.plain import from_text, plain
from workbench.richtext.tables import places

LARGEST_HTML = 4_000_000
"""Characters of HTML that are read at all; Word needs some ten for one of text."""

LARGEST_TEXT = 400_000
"""Characters of text that may come at once: some 60,000 words."""

LARGEST_TABLE = 600
"""Cells that a pasted table may have."""


@dataclass(frozen=True, slots=True)
class Pasted:
    """What was read, and what could not be: pictures, links no reader may be sent to, characters nobody can store."""

    content: RichText
    pictures: int = 0
    links: int = 0
    characters: int = 0


def from_clipboard(html: str, text: str, assets: Collection[str] = ()) -> Pasted:
    """The rich text on the clipboard, from its `html` where there is any, else from its `text`.

    `assets` are the pictures that the submission holds; any other is left out. Raises Refused("paste-too-large").
    """
    size = len(html or text)
    if size > (LARGEST_HTML if html else LARGEST_TEXT):
        raise Refused("paste-too-large", size=_thousands(size), limit=_thousands(LARGEST_TEXT))
    read = _from_html(html, assets) if html else Pasted(from_text(text), characters=unstorable(text))
    _require_bounded(read.content)
    return read


def _require_bounded(content: RichText) -> None:
    size = len(plain(content))
    if size > LARGEST_TEXT:
        raise Refused("paste-too-large", size=_thousands(size), limit=_thousands(LARGEST_TEXT))
    for table in (block for block in content if isinstance(block, Table)):
        cells = sum(1 for _ in places((*table.head, *table.body)))
        if cells > LARGEST_TABLE:
            raise Refused("table-too-large", cells=cells, limit=LARGEST_TABLE)


def _thousands(size: int) -> str:
    return f"{max(round(size / 1000), 1):,} thousand"


def _from_html(html: str, assets: Collection[str]) -> Pasted:
    cleaner = _Cleaner(frozenset(assets))
    cleaned = list(cleaner.children(tree(html), _Ink()))
    content = canonical(tidy for block in flow(cleaned) for tidy in _tidied(block))
    return Pasted(content, cleaner.pictures, cleaner.links, unstorable(html))


# Looks become marks


@dataclass(frozen=True, slots=True)
class _Ink:
    """How words look where we are."""

    strong: bool = False
    em: bool = False
    rise: Literal["", "sup", "sub"] = ""
    heading: bool = False
    lines: bool = False
    """Whether line ends count, as in preformatted text."""

    def of(self, words: str) -> Node | str:
        """The words under the marks that say the same."""
        marks = (
            "strong" if self.strong and not self.heading else "",
            "em" if self.em else "",
            self.rise,
        )
        made: Node | str = words
        for mark in filter(None, reversed(marks)):
            made = Node(mark, children=[made])
        return made

    def within(self, node: Node, style: dict[str, str]) -> _Ink:
        """How words look inside `node`."""
        strong, em = _strong(node, style), _em(node, style)
        return replace(
            self,
            strong=self.strong if strong is None else strong,
            em=self.em if em is None else em,
            rise=_rise(node, style) or self.rise,
            heading=self.heading or node.tag in ("h3", "h4"),
            lines=self.lines or node.tag == "pre",
        )


def _strong(node: Node, style: dict[str, str]) -> bool | None:
    weight = style.get("font-weight", "")
    if weight:
        return weight in ("bold", "bolder") or (weight.isdigit() and int(weight) >= 600)
    return True if node.tag == "strong" else None


def _em(node: Node, style: dict[str, str]) -> bool | None:
    slant = style.get("font-style", "")
    if slant:
        return slant in ("italic", "oblique")
    return True if node.tag in ("em", "cite", "dfn") else None


def _rise(node: Node, style: dict[str, str]) -> Literal["", "sup", "sub"]:
    if node.tag == "sup" or style.get("vertical-align") == "super":
        return "sup"
    return "sub" if node.tag == "sub" or style.get("vertical-align") == "sub" else ""


def _style(node: Node) -> dict[str, str]:
    """The declarations of a `style` attribute, in lower case."""
    declared = (entry.partition(":") for entry in (node.attributes.get("style") or "").lower().split(";"))
    return {name.strip(): value.strip().removesuffix("!important").strip() for name, _, value in declared}


# Elements, one by one

_KEPT = frozenset("p h3 h4 ul ol li table caption thead tbody tfoot tr th td br hr".split())  # noqa: SIM905
_FLOW = frozenset(
    "div section article header footer main blockquote pre dl dt dd figure figcaption aside nav address form".split()  # noqa: SIM905
)
_MACHINERY = frozenset("col colgroup del button select textarea input audio video canvas xml".split())  # noqa: SIM905
_ATTRIBUTES = ("colspan", "rowspan", "scope")
_SPACES = re.compile(r"[ \t\r\n\f\xa0]*[ \t\r\n\f][ \t\r\n\f\xa0]*|\xa0{2,}")
_LIST_STYLE = re.compile(r"level(\d+)")
_NUMBERED = re.compile(r"\(?(?:\d{1,4}|[a-z]|[ivxl]{1,6})[.)]", re.IGNORECASE)
_WRAPPERS = (("google.", "q"), ("safelinks.protection.outlook.com", "url"))


@dataclass(slots=True)
class _Entry:
    """A paragraph that stands in a list."""

    level: int
    ordered: bool
    children: list[Node | str]


@dataclass(slots=True)
class _Cleaner:
    """Turns what a program wrote into the few elements that rich text knows, and counts what it leaves out."""

    assets: frozenset[str]
    pictures: int = 0
    links: int = 0

    def children(self, node: Node, ink: _Ink) -> Iterator[Node | str]:
        entries: list[_Entry] = []
        for child in node.children:
            if found := list(self._entries(child, ink)):
                entries.extend(found)
            elif not entries or not isinstance(child, str) or child.strip():
                yield from _nested(entries)
                entries = []
                yield from self._clean(child, ink)
        yield from _nested(entries)

    def _clean(self, node: Node | str, ink: _Ink) -> Iterator[Node | str]:
        if isinstance(node, str):
            yield from _words(node, ink)
            return
        style = _style(node)
        if _hidden(node, style):
            return
        if node.tag == "img":
            yield from self._picture(node)
        elif node.tag == "a":
            yield self._link(node, ink.within(node, style))
        elif node.tag in _KEPT | _FLOW:
            kept = {name: value for name, value in node.attributes.items() if name in _ATTRIBUTES}
            made = Node(
                "div" if node.tag in _FLOW else node.tag,
                kept,
                list(self.children(node, ink.within(node, style))),
            )
            yield from _unwrapped(_headed(made))
        else:
            yield from self.children(node, ink.within(node, style))

    def _picture(self, node: Node) -> Iterator[Node]:
        source = node.attributes.get("src") or ""
        if source.removeprefix("asset:") in self.assets:
            yield node
        else:
            self.pictures += 1

    def _link(self, node: Node, ink: _Ink) -> Node:
        href = _unwrap(node.attributes.get("href") or "")
        if href and not href.startswith("#") and safe_link(href) is None:
            self.links += 1
        return Node("a", {"href": href}, list(self.children(node, ink)))

    def _entries(self, child: Node | str, ink: _Ink) -> Iterator[_Entry]:
        """The list entries that `child` is without saying so: Word's list paragraphs, Word Online's lists."""
        if isinstance(child, str):
            return
        style = _style(child)
        if found := _LIST_STYLE.search(style.get("mso-list", "")):
            marker = " ".join(_markers(child)).strip()
            inside = list(self.children(child, ink.within(child, style)))
            yield _Entry(int(found.group(1)), bool(_NUMBERED.match(marker)), inside)
        elif "ListContainerWrapper" in (child.attributes.get("class") or ""):
            for given in _all(child, "li"):
                level = given.attributes.get("data-aria-level") or "1"
                ordered = any(True for _ in _all(child, "ol"))
                yield _Entry(int(level) if level.isdigit() else 1, ordered, list(self.children(given, ink)))


def _words(text: str, ink: _Ink) -> Iterator[Node | str]:
    if not ink.lines:
        spaced = _SPACES.sub(" ", text)
        yield ink.of(spaced) if spaced.strip(" ") else spaced
        return
    for number, line in enumerate(text.split("\n")):
        if number:
            yield Node("br")
        yield ink.of(line)


def _hidden(node: Node, style: dict[str, str]) -> bool:
    return (
        node.tag in _MACHINERY
        or style.get("display") == "none"
        or style.get("visibility") == "hidden"
        or style.get("mso-hide") == "all"
        or style.get("mso-list") == "ignore"
        or style.get("mso-element") == "comment-list"
        or style.get("mso-special-character") == "comment"
    )


def _headed(node: Node) -> Node:
    """Cells under `thead` name their columns, whatever they are called."""
    if node.tag == "thead":
        for cell in (*_all(node, "td"),):
            cell.tag = "th"
    return node


def _unwrapped(node: Node) -> Iterator[Node | str]:
    """A table of a single cell is how pages and mails are laid out, not a table."""
    cells = [*_all(node, "td"), *_all(node, "th")] if node.tag == "table" else []
    if node.tag == "table" and len(cells) == 1:
        yield Node("div", children=cells[0].children)
    else:
        yield node


def _all(node: Node, tag: str) -> Iterator[Node]:
    for child in node.children:
        if isinstance(child, Node):
            if child.tag == tag:
                yield child
            yield from _all(child, tag)


def _markers(node: Node) -> Iterator[str]:
    """The bullets and numbers that Word writes before a list paragraph."""
    for child in node.children:
        if isinstance(child, Node):
            if _style(child).get("mso-list") == "ignore":
                yield _text(child)
            else:
                yield from _markers(child)


def _text(node: Node) -> str:
    return "".join(child if isinstance(child, str) else _text(child) for child in node.children)


def _unwrap(href: str) -> str:
    """The address behind those that search engines and mail gateways put around it."""
    try:
        parts = urlsplit(href)
        for host, name in _WRAPPERS:
            if host in (parts.hostname or "") and parts.query:
                return next(iter(parse_qs(parts.query).get(name, [])), href)
    except ValueError:
        return ""
    return href


def _nested(entries: Iterable[_Entry]) -> Iterator[Node]:
    """List entries as lists in lists."""
    open_: list[tuple[int, Node]] = []
    for entry in entries:
        while open_ and open_[-1][0] > entry.level:
            open_.pop()
        tag = "ol" if entry.ordered else "ul"
        if open_ and open_[-1][0] == entry.level and open_[-1][1].tag != tag:
            open_.pop()
        if not open_ or open_[-1][0] < entry.level:
            made = Node(tag)
            if open_:
                open_[-1][1].children[-1].children.append(made)  # type: ignore[union-attr]
            else:
                yield made
            open_.append((entry.level, made))
        open_[-1][1].children.append(Node("li", children=entry.children))


# Lines, tidied


def _tidied(block: Block) -> Iterator[Block]:
    """The block with its spaces as a reader sees them; empty lines in a paragraph part it in two."""
    match block:
        case Paragraph(content):
            yield from (Paragraph(line) for line in _paragraphs(content))
        case Heading(level, content):
            yield Heading(level, _spaced(content))
        case ListBlock():
            yield _tidy_list(block)
        case Table(body, head, caption):
            yield Table(_tidy_rows(body), _tidy_rows(head), _spaced(caption))


def _tidy_list(block: ListBlock) -> ListBlock:
    items = (Item(_spaced(item.content), tuple(map(_tidy_list, item.lists))) for item in block.items)
    return replace(block, items=tuple(items))


def _tidy_rows(rows: Iterable[Row]) -> tuple[Row, ...]:
    return tuple(
        Row(tuple(replace(c, content=tuple(t for b in c.content for t in _tidied(b))) for c in row.cells))
        for row in rows
    )


def _paragraphs(content: Iterable[Inline]) -> Iterator[tuple[Inline, ...]]:
    line: list[Inline] = []
    for part in _spaced(content):
        if isinstance(part, Break) and line and isinstance(line[-1], Break):
            yield _spaced(line)
            line = []
        else:
            line.append(part)
    yield _spaced(line)


def _spaced(content: Iterable[Inline]) -> tuple[Inline, ...]:
    """Without a space at the beginning or the end of a line, or two in a row; without a break at either end."""
    kept: list[Inline] = []
    for part in content:
        if isinstance(part, Text) and _after_space(kept):
            part = replace(part, text=part.text.lstrip(" "))
        if isinstance(part, Break):
            _strip_end(kept)
        if not (isinstance(part, Text) and not part.text):
            kept.append(part)
    while kept and isinstance(kept[0], Break):
        kept.pop(0)
    while kept and (isinstance(kept[-1], Break) or _strip_end(kept)):
        kept.pop()
    return tuple(kept)


def _after_space(kept: list[Inline]) -> bool:
    if not kept or isinstance(kept[-1], Break):
        return True
    return isinstance(kept[-1], Text) and kept[-1].text.endswith(" ")


def _strip_end(kept: list[Inline]) -> bool:
    """Takes the spaces off the end; whether that leaves an empty run there."""
    if kept and isinstance(last := kept[-1], Text):
        kept[-1] = replace(last, text=last.text.rstrip(" "))
        return not kept[-1].text
    return False
