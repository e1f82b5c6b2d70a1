"""A whole Word file as one `WordDocument`: its body as blocks, everything beside it as notes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial

from workbench.errors import Refused
from workbench.richtext import plain_inline
from workbench.submission import Note
from workbench.word.document import Block, Paragraph, Properties, WordDocument
from workbench.word.grammar import GRAMMAR
from workbench.word.numbering import Definitions, Numbering, definitions_of
from workbench.word.package import Package, Relationship
from workbench.word.plain import busy
from workbench.word.story import Grammar, Reading, Revisions, Story
from workbench.word.styles import Styles, styles_of
from workbench.word.xml import Element, W, child

_DC = "{http://purl.org/dc/elements/1.1/}"
_CP = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
_EXTENDED = "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}"
_CUSTOM = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}"
_SIDES = (("footnote", "footnotes"), ("endnote", "endnotes"), ("comment", "comments"))
_TRACKED = tuple(W + name for name in ("ins", "del", "moveFrom", "moveTo"))

_TEXT = re.compile(rb">\s*[^<\s]|<!\[CDATA\[|:sym\b|:drawing\b|:pict\b|:fldChar\b")

MAX_DEPTH = 3
"""How many Word files may stand inside one another."""


def read_package(
    package: Package,
    revisions: Revisions = "accepted",
    *,
    pictures: bool = True,
    depth: int = 1,
    grammar: Grammar = GRAMMAR,
) -> WordDocument:
    """What a Word file says, its own parts read by `grammar`. Raises `Refused`, without the file's name, for what the
    guard declines."""
    root = package.tree(package.main)
    body = child(root, W + "body")
    if root.tag != W + "document" or body is None:
        raise Refused("damaged", part=package.main, reason="the document itself is missing")
    reading = Reading(
        package,
        _styles(package),
        Numbering(partial(_numbering, package)),
        grammar,
        partial(_read_inner, revisions=revisions, pictures=pictures, depth=depth + 1),
        revisions,
        pictures,
    )
    story = Story(reading, package.main)
    story.ignore_fields = not _fields_balance(root)
    story.busy = busy(root, grammar.special)
    blocks = story.blocks(body)
    _read_sides(reading)
    _read_margins(reading)
    properties = _properties(package)
    _note_dangers(reading)
    return WordDocument(
        blocks,
        tuple(reading.notes),
        tuple(reading.pictures.values()),
        properties,
        reading.assets,
        _tracked(root),
    )


def _read_inner(data: bytes, revisions: Revisions, *, pictures: bool, depth: int) -> WordDocument:
    if depth > MAX_DEPTH:
        raise Refused("unsafe-package", reason="documents stand inside one another too deeply")
    return read_package(Package(data), revisions, pictures=pictures, depth=depth)


def _fields_balance(root: Element) -> bool:
    """Whether every complex field that begins also ends, so that what is code can be told from what is text."""
    depth = 0
    for mark in root.iter(W + "fldChar"):
        kind = mark.get(W + "fldCharType")
        depth += 1 if kind == "begin" else -1 if kind == "end" and depth else 0
    return depth == 0


def _styles(package: Package) -> Styles:
    part = next(package.related(package.main, "styles"), None)
    with package.sparing(part or ""):
        return Styles(None) if part is None else styles_of(package.markup(part), part)
    return Styles(None)


def _numbering(package: Package) -> Definitions:
    part = next(package.related(package.main, "numbering"), None)
    with package.sparing(part or ""):
        return Definitions(None) if part is None else definitions_of(package.markup(part), part)
    return Definitions(None)


def _read_sides(reading: Reading) -> None:
    """Footnotes, endnotes and comments: each once, whoever refers to it, itself included."""
    for kind, part_kind in _SIDES:
        for part in reading.package.related(reading.package.main, part_kind):
            root = _speaking(reading.package, part)
            for element in () if root is None else root.iter(W + kind):
                _read_side(reading, part, element, kind)


def _speaking(package: Package, part: str) -> Element | None:
    """The root element of a part, if it has any text; Word's own notes part, with its two separators, has none."""
    with package.sparing(part):
        return package.tree(part) if _TEXT.search(package.markup(part)) else None
    return None


def _read_side(reading: Reading, part: str, element: Element, kind: str) -> None:
    anchor = reading.anchors.get((kind, element.get(W + "id", "")), "")
    text = _side_text(reading, part, element, anchor)
    if text:
        reading.notes.append(Note(kind, text, anchor, element.get(W + "author", "")))


def _side_text(reading: Reading, part: str, element: Element, anchor: str) -> str:
    story = Story(reading, part, anchor)
    story.ignore_fields = not _fields_balance(element)
    return flat(story.blocks(element))


def _read_margins(reading: Reading) -> None:
    """Headers and footers, each wording once."""
    main = reading.package.main
    for kind in ("header", "footer"):
        told: set[str] = set()
        for part in dict.fromkeys(reading.package.related(main, kind)):
            root = reading.package.tree_or_none(part)
            text = "" if root is None else _side_text(reading, part, root, "")
            if text and text not in told:
                told.add(text)
                reading.notes.append(Note(kind, text))


def _note_dangers(reading: Reading) -> None:
    """What was left alone: macros, damaged parts, and everything that points outside."""
    package = reading.package
    if package.macros:
        macros = (name for name in package.names if name.lower().endswith("vbaproject.bin"))
        reading.notes.append(Note("macros", next(macros, package.main)))
    reading.notes.extend(Note("unread-part", part) for part in package.unread)
    for relation in _outside(package):
        reading.notes.append(Note("external-link", f"{relation.kind}: {relation.target[:2000]}"))


def _tracked(root: Element) -> dict[str, int]:
    """How many changes each author left tracked."""
    counts: dict[str, int] = {}
    for element in root.iter(*_TRACKED):
        author = element.get(W + "author", "")
        counts[author] = counts.get(author, 0) + 1
    return counts


def _outside(package: Package) -> Iterator[Relationship]:
    """Every relationship that leads out of the package, hyperlinks aside."""
    for name in package.names:
        folder, found, owner = name.rpartition("_rels/")
        if found and name.endswith(".rels"):
            relations = package.relationships(folder + owner.removesuffix(".rels")).values()
            yield from (each for each in relations if each.external and each.kind != "hyperlink")


def flat(blocks: Iterable[Block]) -> str:
    """The words of blocks as plain text: a line for each paragraph and table row, cells parted by tabs."""
    return "\n".join(line for line in _lines(blocks) if line.strip()).strip()


def _lines(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield plain_inline(span.inline for span in block.spans)
            continue
        if block.caption:
            yield block.caption
        for row in block.rows:
            yield "\t".join(flat(cell.blocks) for cell in row.cells)


def _properties(package: Package) -> Properties:
    core, extended, custom = (_property_part(package, kind) for kind in ("core", "extended", "custom"))
    return Properties(
        title=_said(core, _DC + "title"),
        author=_said(core, _DC + "creator"),
        company=_said(extended, _EXTENDED + "Company"),
        manager=_said(extended, _EXTENDED + "Manager"),
        last_modified_by=_said(core, _CP + "lastModifiedBy"),
        custom={} if custom is None else dict(_custom(custom)),
    )


def _property_part(package: Package, kind: str) -> Element | None:
    part = next(package.related("", f"{kind}-properties"), None) or next(
        package.related("", f"{kind}Properties"), None
    )
    return None if part is None else package.tree_or_none(part)


def _said(root: Element | None, tag: str) -> str:
    found = None if root is None else root.find(tag)
    return "" if found is None else (found.text or "").strip()


def _custom(root: Element) -> Iterator[tuple[str, str]]:
    for entry in root.iter(_CUSTOM + "property"):
        value = next(iter(entry), None)
        yield entry.get("name", ""), "" if value is None else (value.text or "").strip()
