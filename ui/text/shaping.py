"""What an editor makes of chosen words in a field: marks, links, headings, lists, tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

from PySide6.QtGui import (
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFragment,
    QTextFrame,
    QTextList,
    QTextListFormat,
    QTextTable,
)

from ui import theme
from ui.text import content, lines
from ui.text.content import Dress, list_of
from workbench.richtext import Mark, RichText, Table
from workbench.richtext.tables import change_table

_OPPOSITE: dict[Mark, Mark] = {"sup": "sub", "sub": "sup"}


# Marks and links


def toggle(cursor: QTextCursor, mark: Mark) -> None:
    """Sets `mark` on the chosen words, or clears it where all of them carry it."""
    held = content.marks_of(cursor.charFormat())
    alone: frozenset[Mark] = frozenset((mark,))
    wanted = held - alone if mark in held else (held - frozenset((_OPPOSITE.get(mark, mark),))) | alone
    form = QTextCharFormat()
    content.mark(form, wanted)
    if not wanted & {"sup", "sub"}:
        form.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignNormal)
    cursor.mergeCharFormat(form)


def set_link(cursor: QTextCursor, href: str | None) -> None:
    """Links the chosen words to `href`, or frees them of their link."""
    form = QTextCharFormat()
    form.setAnchor(bool(href))
    form.setAnchorHref(href or "")
    form.setFontUnderline(bool(href))
    form.setForeground(theme.colour("accent" if href else "ink"))
    cursor.mergeCharFormat(form)


def choose_link(cursor: QTextCursor) -> str:
    """Where `cursor` stands in a link and has chosen nothing, chooses its words; returns its address, or ""."""
    href = cursor.charFormat().anchorHref()
    if not href or cursor.hasSelection():
        return href
    start, end = _stretch(cursor.block(), cursor.position(), href)
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    return href


def _stretch(block: QTextBlock, inside: int, href: str) -> tuple[int, int]:
    """From where to where the runs around `inside` lead to the same address."""
    start = end = inside
    for piece in _runs(block):
        if piece.charFormat().anchorHref() != href:
            if end >= inside and start < inside:
                break
            start = end = _end(piece)
        else:
            end = _end(piece)
    return start, end


# Paragraphs and headings


def set_heading(cursor: QTextCursor, level: Literal[0, 3, 4], dress: Dress) -> None:
    """Makes the chosen paragraphs headings of `level`, or plain paragraphs where it is 0."""
    for block in _chosen(cursor):
        _leave_list(block)
        _dress(block, dress.block(level=level), dress, heavy=level > 0)


def new_paragraph(cursor: QTextCursor, dress: Dress) -> None:
    """Begins a paragraph: after a heading a plain one, at an empty entry of a list one that has left it."""
    block = cursor.block()
    if list_of(block) is not None and not block.text() and not cursor.hasSelection():
        lift(cursor, dress)
        return
    at_end = cursor.atBlockEnd()
    cursor.insertBlock()
    form = cursor.blockFormat()
    form.clearProperty(content.CONTINUES)
    form.clearProperty(content.CAPTION)
    cursor.setBlockFormat(form)
    if at_end and form.intProperty(content.LEVEL):
        _dress(cursor.block(), dress.block(), dress)
        cursor.setCharFormat(dress.words())


def _dress(block: QTextBlock, form: QTextBlockFormat, dress: Dress, *, heavy: bool = False) -> None:
    """Gives a block another format, and its words the weight that goes with it; marks and links stay."""
    cursor = QTextCursor(block)
    cursor.setBlockFormat(form)
    if not content.begins_cell(cursor):
        cursor.setBlockCharFormat(dress.words(heavy=heavy))
    for piece in list(_runs(block)):
        held = piece.charFormat()
        if not held.isImageFormat():
            words = dress.words(content.marks_of(held), held.anchorHref() or None, heavy=heavy)
            content.choose(block.document(), piece.position(), _end(piece)).setCharFormat(words)


def _runs(block: QTextBlock) -> Iterator[QTextFragment]:
    at = block.begin()
    while not at.atEnd():
        yield at.fragment()
        at += 1


def _end(piece: QTextFragment) -> int:
    return piece.position() + piece.length()


def _chosen(cursor: QTextCursor) -> list[QTextBlock]:
    """The blocks that a selection touches."""
    found: list[QTextBlock] = []
    block = cursor.document().findBlock(cursor.selectionStart())
    while block.isValid() and block.position() <= cursor.selectionEnd():
        found.append(block)
        block = block.next()
    return found


# Lists


def toggle_list(cursor: QTextCursor, dress: Dress, *, ordered: bool) -> None:
    """Makes the chosen paragraphs a list of this kind, or plain paragraphs where they are one."""
    current = list_of(cursor.block())
    if current is not None and is_ordered(current) == ordered:
        for block in _chosen(cursor):
            _leave_list(block)
        return
    depth = current.format().indent() if current is not None else 1
    for block in _chosen(cursor):
        if block.blockFormat().intProperty(content.LEVEL):
            _dress(block, dress.block(), dress)
    cursor.createList(content.list_format(depth, ordered=ordered))


def is_ordered(list_: QTextList) -> bool:
    """Whether a list counts its entries."""
    return list_.format().style().value <= QTextListFormat.Style.ListDecimal.value


def nest(cursor: QTextCursor) -> bool:
    """Puts an entry under the one before it; False where none is before it."""
    block = cursor.block()
    held = list_of(block)
    before = block.previous()
    above = list_of(before) if before.isValid() else None
    if held is None or above is None or above.format().indent() < held.format().indent():
        return False
    depth = held.format().indent() + 1
    _enter_list(block, depth, ordered=is_ordered(held))
    return True


def lift(cursor: QTextCursor, dress: Dress) -> None:
    """Takes an entry one level out, the outermost out of its list."""
    block = cursor.block()
    held = list_of(block)
    if held is None:
        return
    depth = held.format().indent() - 1
    if depth < 1:
        _leave_list(block)
        QTextCursor(block).setBlockFormat(dress.block())
    else:
        _enter_list(block, depth, ordered=is_ordered(held))


def _enter_list(block: QTextBlock, depth: int, *, ordered: bool) -> None:
    """Joins the list of that depth which goes on before `block`, or begins one."""
    neighbour = block.previous()
    while neighbour.isValid() and (above := list_of(neighbour)) is not None:
        if above.format().indent() == depth:
            above.add(block)
            return
        if above.format().indent() < depth:
            break
        neighbour = neighbour.previous()
    QTextCursor(block).createList(content.list_format(depth, ordered=ordered))


def _leave_list(block: QTextBlock) -> None:
    if list_of(block) is not None:
        cursor = QTextCursor(block)
        form = cursor.blockFormat()
        form.setObjectIndex(-1)
        form.setIndent(0)
        cursor.setBlockFormat(form)


# Tables


def tables(document: QTextDocument) -> list[QTextTable]:
    """Every table in reading order, each before those in its cells."""
    found: list[QTextTable] = []

    def look_in(frame: QTextFrame) -> None:
        for inner in frame.childFrames():
            if isinstance(inner, QTextTable):
                found.append(inner)
            look_in(inner)

    look_in(document.rootFrame())
    return sorted(found, key=lambda table: table.firstPosition())


def table_changed(
    document: QTextDocument, table: QTextTable, change: Callable[[Table], Table | None]
) -> RichText:
    """What `document` would hold with one of its tables changed."""
    places = [each.firstPosition() for each in tables(document)]
    return change_table(lines.read(document), places.index(table.firstPosition()), change)
