"""The content of a field: a small rich text with one canonical form and an HTML notation.

A rich text is a tuple of blocks. `canonical` brings any tuple of blocks into the one form that is stored;
`to_html` writes it, `from_html` reads it and anything pasted. For every canonical `x`,
`from_html(to_html(x)) == x`. The HTML subset is that of the architecture guide: p, h3, h4, ul, ol, li, table,
caption, thead, tbody, tr, th, td, strong, em, sup, sub, a, br and img.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from html import escape
from html.parser import HTMLParser
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
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_UNRULY = re.compile(r"[\x00-\x08\x0a-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_ASSET = re.compile(r"[0-9a-f]{64}")
_MAX_SPAN = 1000


def safe_link(href: str | None) -> str | None:
    """The address when a reader may be sent there (web, mail, telephone), else None."""
    if href is None:
        return None
    href = _CONTROL.sub("", href.strip().replace("\n", "").replace("\t", ""))
    return href if _SAFE_LINK.match(href) else None


# The canonical form


def canonical(blocks: Iterable[Block]) -> RichText:
    """The one stored form: runs merged, line ends as breaks, empty blocks gone, unsafe links unlinked."""
    return tuple(kept for block in blocks if (kept := _canonical_block(block)) is not None)


def _canonical_block(block: Block) -> Block | None:
    match block:
        case Paragraph(content):
            inline = canonical_inline(content)
            return Paragraph(inline) if inline else None
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


def _split_lines(part: Inline) -> Iterator[Inline]:
    """A run without line ends, control characters and unsafe link; a picture only where its asset is a hash."""
    if isinstance(part, Image):
        if _ASSET.fullmatch(part.asset):
            yield part
        return
    if isinstance(part, Break):
        yield part
        return
    href = safe_link(part.href)
    if part.text and href == part.href and not _UNRULY.search(part.text):
        yield part
        return
    lines = part.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for number, line in enumerate(lines):
        if number:
            yield Break()
        if text := _CONTROL.sub("", line):
            yield Text(text, part.marks, href)


def _same_dress(one: Text, other: Text) -> bool:
    return one.marks == other.marks and one.href == other.href


def _is_blank(part: Inline) -> bool:
    return isinstance(part, Break) or (isinstance(part, Text) and not part.text.strip())


# Plain text


def from_text(text: str) -> RichText:
    """A paragraph for each line of `text` that is not blank."""
    return canonical(Paragraph((Text(line),)) for line in text.splitlines())


def plain(blocks: RichText) -> str:
    """The words alone: a line for each paragraph, list item and table row; cells parted by tabs."""
    return "\n".join(_lines(blocks))


def _lines(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph(content) | Heading(_, content):
                yield plain_inline(content)
            case ListBlock():
                yield from _list_lines(block)
            case Table(body, head, caption):
                if caption:
                    yield plain_inline(caption)
                for row in (*head, *body):
                    yield "\t".join(plain(cell.content) for cell in row.cells)


def _list_lines(block: ListBlock) -> Iterator[str]:
    for item in block.items:
        yield plain_inline(item.content)
        for nested in item.lists:
            yield from _list_lines(nested)


def plain_inline(content: Iterable[Inline]) -> str:
    """The words of inline content; a break is a line end, a picture nothing."""
    return "".join([_said(part) for part in content])


def _said(part: Inline) -> str:
    return part.text if isinstance(part, Text) else "\n" if isinstance(part, Break) else ""


def count_words(blocks: RichText) -> int:
    """How many words a reader would count."""
    return len(plain(blocks).split())


def images(blocks: RichText) -> tuple[Image, ...]:
    """Every picture of a rich text, in order."""
    return tuple(part for content in inlines(blocks) for part in content if isinstance(part, Image))


def links(blocks: RichText) -> tuple[tuple[str, str], ...]:
    """Every link as its words and its address, in order; runs of one link are one entry."""
    found: list[tuple[str, str]] = []
    for content in inlines(blocks):
        for href, parts in _by_link(content):
            if href:
                found.append((plain_inline(parts), href))
    return tuple(found)


def inlines(blocks: Iterable[Block]) -> Iterator[tuple[Inline, ...]]:
    """The inline content of every paragraph, heading, item, caption and cell, in order."""
    for block in blocks:
        match block:
            case Paragraph(content) | Heading(_, content):
                yield content
            case ListBlock(_, items):
                for item in items:
                    yield item.content
                    yield from inlines(item.lists)
            case Table(body, head, caption):
                yield caption
                for row in (*head, *body):
                    for cell in row.cells:
                        yield from inlines(cell.content)


def map_inline(blocks: RichText, change: Callable[[Inline], Inline]) -> RichText:
    """`blocks` with `change` applied to every run, break and picture."""
    return canonical(_map_block(block, change) for block in blocks)


def _map_block(block: Block, change: Callable[[Inline], Inline]) -> Block:
    match block:
        case Paragraph(content) | Heading(_, content):
            return replace(block, content=tuple(map(change, content)))
        case ListBlock():
            return _map_list(block, change)
        case Table(body, head, caption):
            return Table(_map_rows(body, change), _map_rows(head, change), tuple(map(change, caption)))


def _map_list(block: ListBlock, change: Callable[[Inline], Inline]) -> ListBlock:
    items = (
        Item(tuple(map(change, item.content)), tuple(_map_list(nested, change) for nested in item.lists))
        for item in block.items
    )
    return replace(block, items=tuple(items))


def _map_rows(rows: Iterable[Row], change: Callable[[Inline], Inline]) -> tuple[Row, ...]:
    return tuple(
        Row(tuple(replace(cell, content=map_inline(cell.content, change)) for cell in row.cells))
        for row in rows
    )


# Editing by position


def replace_text(blocks: RichText, start: int, end: int, new: str) -> RichText:
    """`blocks` with the characters `start` to `end` of `plain(blocks)` replaced by `new`.

    The new words take the marks and the link of the first run they touch. What only parts blocks (line ends,
    the tabs between cells) cannot be replaced and stays.
    """
    pending = [new]

    def rewrite(at: int, run: Text) -> Text:
        left, right = max(start - at, 0), min(end - at, len(run.text))
        if left > len(run.text) or right < 0 or (left >= right and not (pending and start == end)):
            return run
        words = pending.pop() if pending else ""
        return replace(run, text=run.text[:left] + words + run.text[max(left, right) :])

    return canonical(_Walk(rewrite).blocks(blocks))


class _Walk:
    """Visits each run in the order of `plain`, telling `rewrite` at which character it begins."""

    def __init__(self, rewrite: Callable[[int, Text], Text]) -> None:
        self._rewrite = rewrite
        self._at = 0
        self._first_line = True

    def blocks(self, blocks: Iterable[Block]) -> tuple[Block, ...]:
        return tuple(self._block(block) for block in blocks)

    def _block(self, block: Block) -> Block:
        match block:
            case Paragraph(content) | Heading(_, content):
                return replace(block, content=self._line(content))
            case ListBlock():
                return self._list(block)
            case Table(body, head, caption):
                return Table(
                    caption=self._line(caption) if caption else (),
                    head=self._rows(head),
                    body=self._rows(body),
                )

    def _list(self, block: ListBlock) -> ListBlock:
        items = (Item(self._line(item.content), tuple(map(self._list, item.lists))) for item in block.items)
        return replace(block, items=tuple(items))

    def _rows(self, rows: Iterable[Row]) -> tuple[Row, ...]:
        return tuple(self._row(row) for row in rows)

    def _row(self, row: Row) -> Row:
        self._next_line()
        cells: list[Cell] = []
        for number, cell in enumerate(row.cells):
            self._at += number > 0
            self._first_line = True
            cells.append(replace(cell, content=self.blocks(cell.content)))
        self._first_line = False
        return Row(tuple(cells))

    def _line(self, content: Iterable[Inline]) -> tuple[Inline, ...]:
        self._next_line()
        return tuple(self._inline(part) for part in content)

    def _inline(self, part: Inline) -> Inline:
        match part:
            case Text(text):
                at, self._at = self._at, self._at + len(text)
                return self._rewrite(at, part)
            case Break():
                self._at += 1
                return part
            case Image():
                return part

    def _next_line(self) -> None:
        self._at += not self._first_line
        self._first_line = False


# Writing HTML


def to_html(blocks: RichText) -> str:
    """The HTML notation of a rich text, without any space between blocks."""
    return "".join(map(_block_html, blocks))


def inline_to_html(content: Iterable[Inline]) -> str:
    """The HTML notation of inline content, without the paragraph around it."""
    return _inline_html(canonical_inline(content))


def _block_html(block: Block) -> str:
    match block:
        case Paragraph(content):
            return f"<p>{_inline_html(content)}</p>"
        case Heading(level, content):
            return f"<h{level}>{_inline_html(content)}</h{level}>"
        case ListBlock():
            return _list_html(block)
        case Table(body, head, caption):
            parts = (
                f"<caption>{_inline_html(caption)}</caption>" if caption else "",
                f"<thead>{_rows_html(head)}</thead>" if head else "",
                f"<tbody>{_rows_html(body)}</tbody>" if body else "",
            )
            return f"<table>{''.join(parts)}</table>"


def _list_html(block: ListBlock) -> str:
    tag = "ol" if block.ordered else "ul"
    items = "".join(
        f"<li>{_inline_html(i.content)}{''.join(map(_list_html, i.lists))}</li>" for i in block.items
    )
    return f"<{tag}>{items}</{tag}>"


def _rows_html(rows: Iterable[Row]) -> str:
    return "".join(f"<tr>{''.join(map(_cell_html, row.cells))}</tr>" for row in rows)


def _cell_html(cell: Cell) -> str:
    tag = "th" if cell.scope else "td"
    attributes = f' scope="{cell.scope}"' if cell.scope else ""
    attributes += f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
    attributes += f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
    lone = len(cell.content) == 1 and isinstance(cell.content[0], Paragraph)
    content = _inline_html(cell.content[0].content) if lone else to_html(cell.content)  # type: ignore[union-attr]
    return f"<{tag}{attributes}>{content}</{tag}>"


def _inline_html(content: Iterable[Inline]) -> str:
    return "".join(_link_html(href, parts) for href, parts in _by_link(content))


def _by_link(content: Iterable[Inline]) -> Iterator[tuple[str | None, list[Inline]]]:
    """Neighbours that share an address, so that one link of several runs stays one link."""
    group: list[Inline] = []
    address: str | None = None
    for part in content:
        href = part.href if isinstance(part, Text) else None
        if group and href != address:
            yield address, group
            group = []
        address = href
        group.append(part)
    if group:
        yield address, group


def _link_html(href: str | None, parts: Iterable[Inline]) -> str:
    inner = "".join(map(_part_html, parts))
    return f'<a href="{escape(href)}">{inner}</a>' if href else inner


def _part_html(part: Inline) -> str:
    match part:
        case Break():
            return "<br>"
        case Image(asset, alt):
            described = "" if alt is None else f' alt="{escape(alt)}"'
            return f'<img src="asset:{asset}"{described}>'
        case Text(text, marks):
            html = escape(text, quote=False)
            for mark in reversed(MARKS):
                html = f"<{mark}>{html}</{mark}>" if mark in marks else html
            return html


# Reading HTML

_SAME = {"b": "strong", "i": "em", "h1": "h3", "h2": "h3", "h5": "h4", "h6": "h4"}
_MARK_OF: dict[str, Mark] = {mark: mark for mark in MARKS}
_BLOCK = {"p", "h3", "h4", "ul", "ol", "table"}
_INSIDE = {"li", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"}
_BREAKS_FLOW = {
    "div",
    "section",
    "article",
    "header",
    "footer",
    "main",
    "blockquote",
    "pre",
    "dl",
    "dt",
    "dd",
    "hr",
}
_DROPPED = {"script", "style", "head", "title", "template", "iframe", "object", "svg", "math", "noscript"}
_VOID = {"br", "img", "hr", "meta", "link", "input", "col", "wbr", "source", "area", "base", "embed", "track"}
_CLOSES: dict[str, set[str]] = {
    "li": {"li"},
    "tr": {"tr", "td", "th"},
    "td": {"td", "th"},
    "th": {"td", "th"},
    "p": {"p", "h3", "h4"},
    "h3": {"p", "h3", "h4"},
    "h4": {"p", "h3", "h4"},
    "ul": {"p"},
    "ol": {"p"},
    "table": {"p"},
}
_FENCES = {"ul", "ol", "table", "td", "th", "li"}
_MAX_DEPTH = 100


@dataclass(slots=True)
class _Node:
    tag: str
    attributes: dict[str, str | None] = field(default_factory=dict[str, "str | None"])
    children: list[_Node | str] = field(default_factory=list["_Node | str"])


def from_html(html: str) -> RichText:
    """The canonical rich text that `html` says, whatever wrote it; what it cannot hold becomes plain words."""
    reader = _TreeReader()
    reader.feed(html)
    reader.close()
    return canonical(_flow(reader.root.children))


class _TreeReader(HTMLParser):
    """Builds a forgiving tree; unclosed and misnested tags end where a browser would end them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = _Node("root")
        self._open = [self.root]
        self._skipping = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        tag = _SAME.get(tag, tag)
        if tag in _DROPPED:
            self._skipping += 1
        if self._skipping:
            return
        self._close_before(tag)
        node = _Node(tag, dict(attrs))
        self._open[-1].children.append(node)
        if tag not in _VOID and len(self._open) < _MAX_DEPTH:
            self._open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _DROPPED:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        tag = _SAME.get(tag, tag)
        if tag in _DROPPED:
            self._skipping = max(self._skipping - 1, 0)
            return
        for depth in range(len(self._open) - 1, 0, -1):
            if self._open[depth].tag == tag:
                del self._open[depth:]
                return

    def handle_data(self, data: str) -> None:
        if not self._skipping:
            self._open[-1].children.append(data)

    def _close_before(self, tag: str) -> None:
        """Ends the elements that `tag` cannot stand in, such as an open item before the next one."""
        closes = _CLOSES.get(tag, set())
        cut = len(self._open)
        for depth in range(len(self._open) - 1, 0, -1):
            if self._open[depth].tag in closes:
                cut = depth
            elif self._open[depth].tag in _FENCES:
                break
        del self._open[cut:]


def _flow(children: Iterable[_Node | str]) -> Iterator[Block]:
    """Blocks of mixed content: words between blocks become paragraphs of their own."""
    loose: list[Inline] = []
    for child in children:
        if isinstance(child, str) or not _breaks_flow(child):
            loose.extend(_inline_of(child, frozenset(), None))
            continue
        if loose:
            yield Paragraph(tuple(loose))
            loose = []
        yield from _block_of(child)
    if loose:
        yield Paragraph(tuple(loose))


def _breaks_flow(node: _Node) -> bool:
    if node.tag in _BLOCK | _INSIDE | _BREAKS_FLOW:
        return True
    return any(isinstance(child, _Node) and _breaks_flow(child) for child in node.children)


def _block_of(node: _Node) -> Iterator[Block]:
    has_blocks = any(isinstance(child, _Node) and _breaks_flow(child) for child in node.children)
    if node.tag in ("p", "h3", "h4") and not has_blocks:
        content = tuple(_inlines_of(node.children))
        yield Paragraph(content) if node.tag == "p" else Heading(3 if node.tag == "h3" else 4, content)
    elif node.tag in ("ul", "ol"):
        yield _list_of(node)
    elif node.tag == "table":
        yield from _table_of(node)
    else:
        yield from _flow(node.children)


def _list_of(node: _Node) -> ListBlock:
    items: list[Item] = []
    for child in node.children:
        if isinstance(child, _Node) and child.tag in ("ul", "ol"):
            nested = (*items[-1].lists, _list_of(child)) if items else (_list_of(child),)
            items[-1:] = [Item(items[-1].content if items else (), nested)]
        elif isinstance(child, _Node):
            items.append(_item_of(child))
        elif child.strip():
            items.append(Item((Text(child),)))
    return ListBlock(node.tag == "ol", tuple(items))


def _item_of(node: _Node) -> Item:
    content: list[Inline] = []
    lists: list[ListBlock] = []
    for block in canonical(_flow(node.children)):
        if isinstance(block, ListBlock):
            lists.append(block)
            continue
        for line in inlines([block]):
            content.extend([Break(), *line] if content else line)
    return Item(tuple(content), tuple(lists))


def _table_of(node: _Node) -> Iterator[Block]:
    caption: list[Inline] = []
    head: list[Row] = []
    body: list[Row] = []
    for child in node.children:
        if isinstance(child, str):
            if child.strip():
                yield Paragraph((Text(child),))
        elif child.tag == "caption":
            caption.extend(_inlines_of(child.children))
        elif child.tag == "thead":
            head.extend(_rows_of(child.children))
        else:
            body.extend(_rows_of([child] if child.tag == "tr" else child.children))
    yield Table(tuple(body), tuple(head), tuple(caption))


def _rows_of(children: Iterable[_Node | str]) -> Iterator[Row]:
    for child in children:
        if isinstance(child, _Node) and child.tag == "tr":
            yield Row(tuple(_cell_of(cell) for cell in child.children if isinstance(cell, _Node)))
        elif isinstance(child, _Node):
            yield Row((_cell_of(child),))
        elif child.strip():
            yield Row((Cell((Paragraph((Text(child),)),)),))


def _cell_of(node: _Node) -> Cell:
    scope = node.attributes.get("scope")
    header = "row" if scope == "row" else "col"
    return Cell(
        tuple(_flow(node.children)),
        header if node.tag == "th" else None,
        _span(node.attributes.get("colspan")),
        _span(node.attributes.get("rowspan")),
    )


def _span(value: str | None) -> int:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 6 else 1


def _inlines_of(children: Iterable[_Node | str]) -> Iterator[Inline]:
    for child in children:
        yield from _inline_of(child, frozenset(), None)


def _inline_of(node: _Node | str, marks: frozenset[Mark], href: str | None) -> Iterator[Inline]:
    if isinstance(node, str):
        yield Text(node, marks, href)
        return
    if node.tag == "br":
        yield Break()
    elif node.tag == "img":
        yield from _image_of(node)
    if mark := _MARK_OF.get(node.tag):
        marks = marks.union((mark,))
    if node.tag == "a":
        href = safe_link(node.attributes.get("href")) or href
    for child in node.children:
        yield from _inline_of(child, marks, href)


def _image_of(node: _Node) -> Iterator[Image]:
    source = node.attributes.get("src") or ""
    if source.startswith("asset:"):
        yield Image(source.removeprefix("asset:"), node.attributes.get("alt"))
