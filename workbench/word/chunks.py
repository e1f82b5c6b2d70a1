"""Alternative content: parts in another format (web page, plain text, a whole Word file) that stand in the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from email import message_from_bytes, policy

from workbench import richtext
from workbench.submission import Note
from workbench.word.document import Block, Cell, Control, ListPlace, Paragraph, Row, Span, Table, WordDocument
from workbench.word.story import Origin, Reading, Story
from workbench.word.xml import Element, R

MOST_NESTED = 20
"""How many parts of a page in a mail's form may have parts of their own."""


def chunk(story: Story, element: Element, controls: tuple[Control, ...]) -> Iterator[Block]:
    """The blocks of the part that `w:altChunk` or `w:subDoc` names; a note where it cannot be read."""
    package = story.reading.package
    relation = package.relationships(story.part).get(element.get(R + "id", ""))
    if relation is None or relation.external or relation.target not in package:
        named = relation.target if relation else element.get(R + "id", "")
        story.reading.notes.append(
            Note("unread-part", f"{element.tag.rpartition('}')[2]} {named}", story.near)
        )
        return
    if not story.reading.takes_in(relation.target):
        return
    kind, data = package.content_type(relation.target).lower(), package.part(relation.target)
    if data.startswith(b"PK"):
        yield from _word(story, relation.target, controls)
        return
    text = rich_text(kind, relation.target, data)
    if text is None:
        story.reading.notes.append(Note("unread-part", relation.target, story.near))
    else:
        yield from _Writer(story, controls, "altchunk").blocks(text)


def page(story: Story, html: bytes, controls: tuple[Control, ...], origin: Origin) -> tuple[Block, ...]:
    """The blocks of a piece of a web page."""
    return tuple(_Writer(story, controls, origin).blocks(richtext.from_html(html.decode())))


def rich_text(kind: str, name: str, data: bytes) -> richtext.RichText | None:
    """What a part in HTML, in a mail's form or in plain text says; None for other formats."""
    ending = name.lower().rpartition(".")[2]
    if "html" in kind or ending in ("html", "htm", "xhtml"):
        return richtext.from_html(decoded(data))
    if kind.startswith("text/plain") or ending == "txt":
        return richtext.from_text(decoded(data))
    if (kind.startswith("message/") or ending in ("mht", "mhtml")) and data.count(
        b"boundary="
    ) <= MOST_NESTED:
        body = message_from_bytes(data, policy=policy.default).get_body(("html", "plain"))
        if body is not None:
            content = body.get_content()
            return (
                richtext.from_html(content)
                if body.get_content_subtype() == "html"
                else richtext.from_text(content)
            )
    return None


def decoded(data: bytes) -> str:
    """Text in whichever of Word's usual encodings it is."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _word(story: Story, part: str, controls: tuple[Control, ...]) -> Iterator[Block]:
    """A Word file inside the Word file: its blocks as if they stood here, its notes and pictures too."""
    reading = story.reading
    with reading.package.sparing(part):
        inner = reading.open_inner(reading.package.part(part))
        yield from _taken_in(reading, inner, f"{story.near}.", controls)


def _taken_in(
    reading: Reading, inner: WordDocument, within: str, controls: tuple[Control, ...]
) -> Iterator[Block]:
    reading.notes.extend(replace(note, ref=within + note.ref if note.ref else "") for note in inner.notes)
    for picture in inner.pictures:
        reading.pictures.setdefault(picture.sha256, picture)
    reading.assets.update(inner.assets)
    yield from (_moved(block, within, controls) for block in inner.blocks)


def _moved(block: Block, within: str, controls: tuple[Control, ...]) -> Block:
    """A block of an inner document under refs of the outer one."""
    if isinstance(block, Paragraph):
        return block._replace(
            ref=within + block.ref, controls=(*controls, *block.controls), origin="altchunk"
        )
    rows = tuple(
        replace(row, cells=tuple(_moved_cell(cell, within) for cell in row.cells)) for row in block.rows
    )
    return replace(
        block, ref=within + block.ref, rows=rows, controls=(*controls, *block.controls), origin="altchunk"
    )


def _moved_cell(cell: Cell, within: str) -> Cell:
    return replace(cell, blocks=tuple(_moved(block, within, ()) for block in cell.blocks))


class _Writer:
    """Rich text as blocks of a story."""

    def __init__(self, story: Story, controls: tuple[Control, ...], origin: Origin) -> None:
        self._story, self._controls = story, controls
        self._origin: Origin = origin

    def blocks(self, text: Iterable[richtext.Block]) -> Iterator[Block]:
        for block in text:
            match block:
                case richtext.Paragraph(content):
                    yield self._paragraph(content)
                case richtext.Heading(level, content):
                    yield self._paragraph(content, outline=level)
                case richtext.ListBlock():
                    yield from self._items(block, 0)
                case richtext.Table():
                    yield self._table(block)

    def _paragraph(
        self, content: tuple[richtext.Inline, ...], outline: int | None = None, place: ListPlace | None = None
    ) -> Paragraph:
        spans = tuple(Span(part) for part in content)
        worded = [part for part in content if isinstance(part, richtext.Text) and part.text.strip()]
        bold = bool(worded) and all("strong" in part.marks for part in worded)
        return Paragraph(
            self._story.next_ref(),
            spans,
            self._controls,
            outline=outline,
            list=place,
            bold=bold,
            origin=self._origin,
        )

    def _items(self, block: richtext.ListBlock, level: int) -> Iterator[Block]:
        for number, item in enumerate(block.items, 1):
            label = f"{number}." if block.ordered else "•"
            yield self._paragraph(item.content, place=ListPlace(block.ordered, level, label))
            for nested in item.lists:
                yield from self._items(nested, level + 1)

    def _table(self, block: richtext.Table) -> Table:
        self._story.reading.tables += 1
        ref = f"t{self._story.reading.tables}"
        head = tuple(self._row(row, header=True) for row in block.head)
        body = tuple(self._row(row, header=False) for row in block.body)
        caption = richtext.plain_inline(block.caption)
        return Table(ref, (*head, *body), self._controls, caption, self._origin)

    def _row(self, row: richtext.Row, *, header: bool) -> Row:
        cells = (Cell(tuple(self.blocks(cell.content)), (), cell.colspan, cell.rowspan) for cell in row.cells)
        return Row(tuple(cells), header)
