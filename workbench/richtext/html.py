"""The HTML notation of a rich text: written in one way, read from whatever wrote it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

from workbench.richtext.model import (
    MARKS,
    Block,
    Break,
    Cell,
    Heading,
    Image,
    Inline,
    Item,
    ListBlock,
    Mark,
    Paragraph,
    RichText,
    Row,
    Table,
    Text,
    canonical,
    canonical_inline,
    safe_link,
)
from workbench.richtext.plain import by_link, inlines

# Writing


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
    return "".join(_link_html(href, parts) for href, parts in by_link(content))


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


# Reading

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
class Node:
    """An element with its attributes, and the elements and words in it."""

    tag: str
    attributes: dict[str, str | None] = field(default_factory=dict[str, "str | None"])
    children: list[Node | str] = field(default_factory=list["Node | str"])


def from_html(html: str) -> RichText:
    """The canonical rich text that `html` says, whatever wrote it; what it cannot hold becomes plain words."""
    return canonical(flow(tree(html).children))


def tree(html: str) -> Node:
    """The elements and words of `html` as a browser would nest them, under a root of its own."""
    reader = _TreeReader()
    reader.feed(html)
    reader.close()
    return reader.root


class _TreeReader(HTMLParser):
    """Builds a forgiving tree; unclosed and misnested tags end where a browser would end them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("root")
        self._open = [self.root]
        self._skipping = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        tag = _SAME.get(tag, tag)
        if tag in _DROPPED:
            self._skipping += 1
        if self._skipping:
            return
        self._close_before(tag)
        node = Node(tag, dict(attrs))
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


def flow(children: Iterable[Node | str]) -> Iterator[Block]:
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


def _breaks_flow(node: Node) -> bool:
    if node.tag in _BLOCK | _INSIDE | _BREAKS_FLOW:
        return True
    return any(isinstance(child, Node) and _breaks_flow(child) for child in node.children)


def _block_of(node: Node) -> Iterator[Block]:
    has_blocks = any(isinstance(child, Node) and _breaks_flow(child) for child in node.children)
    if node.tag in ("p", "h3", "h4") and not has_blocks:
        content = tuple(_inlines_of(node.children))
        yield Paragraph(content) if node.tag == "p" else Heading(3 if node.tag == "h3" else 4, content)
    elif node.tag in ("ul", "ol"):
        yield _list_of(node)
    elif node.tag == "table":
        yield from _table_of(node)
    else:
        yield from flow(node.children)


def _list_of(node: Node) -> ListBlock:
    items: list[Item] = []
    for child in node.children:
        if isinstance(child, Node) and child.tag in ("ul", "ol"):
            nested = (*items[-1].lists, _list_of(child)) if items else (_list_of(child),)
            items[-1:] = [Item(items[-1].content if items else (), nested)]
        elif isinstance(child, Node):
            items.append(_item_of(child))
        elif child.strip():
            items.append(Item((Text(child),)))
    return ListBlock(node.tag == "ol", tuple(items))


def _item_of(node: Node) -> Item:
    content: list[Inline] = []
    lists: list[ListBlock] = []
    for block in canonical(flow(node.children)):
        if isinstance(block, ListBlock):
            lists.append(block)
            continue
        for line in inlines([block]):
            content.extend([Break(), *line] if content else line)
    return Item(tuple(content), tuple(lists))


def _table_of(node: Node) -> Iterator[Block]:
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


def _rows_of(children: Iterable[Node | str]) -> Iterator[Row]:
    for child in children:
        if isinstance(child, Node) and child.tag == "tr":
            yield Row(tuple(_cell_of(cell) for cell in child.children if isinstance(cell, Node)))
        elif isinstance(child, Node):
            yield Row((_cell_of(child),))
        elif child.strip():
            yield Row((Cell((Paragraph((Text(child),)),)),))


def _cell_of(node: Node) -> Cell:
    scope = node.attributes.get("scope")
    header = "row" if scope == "row" else "col"
    return Cell(
        tuple(flow(node.children)),
        header if node.tag == "th" else None,
        _span(node.attributes.get("colspan")),
        _span(node.attributes.get("rowspan")),
    )


def _span(value: str | None) -> int:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 6 else 1


def _inlines_of(children: Iterable[Node | str]) -> Iterator[Inline]:
    for child in children:
        yield from _inline_of(child, frozenset(), None)


def _inline_of(node: Node | str, marks: frozenset[Mark], href: str | None) -> Iterator[Inline]:
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


def _image_of(node: Node) -> Iterator[Image]:
    source = node.attributes.get("src") or ""
    if source.startswith("asset:"):
        yield Image(source.removeprefix("asset:"), node.attributes.get("alt"))
