"""Drawings: pictures, text boxes, charts and diagrams, wherever they are nested, each once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from posixpath import basename

from workbench.errors import Refused
from workbench.richtext import Image
from workbench.submission import Note, Picture
from workbench.word import chunks, guard, pictures
from workbench.word.alternate import chosen, unchosen
from workbench.word.document import Control, paragraphs
from workbench.word.line import Line, RunLook, Where
from workbench.word.story import Reading, Story
from workbench.word.xml import CX, DECORATIVE, DGM, MC, A, C, Element, O, R, V, W, serialised

_NAMED = frozenset({"docPr", "cNvPr"})
_SHAPES = (V + "shape", V + "rect", V + "group")
_OBJECTS = (O + "OLEObject", W + "objectEmbed", W + "objectLink")
_LOOSE = frozenset(W + name for name in ("p", "tbl", "sdt", "r", "t", "hyperlink"))


def draw(story: Story, element: Element, line: Line, where: Where, look: RunLook) -> None:
    """Adds to `line` the pictures of a drawing, and to its boxes what stands in text boxes."""
    drawing = _Drawing(story, line, story.in_fields(where))
    drawing.walk(element, _alt(element, None))
    drawing.note_descriptions(element)


def note_charts(story: Story, unread: Iterable[Element], ref: str) -> None:
    """The words of newer charts in branches that stay unread, because a picture is there for older programs."""
    for branch in unread:
        for chart in branch.iter(CX + "chart"):
            _note_part(story, chart.get(R + "id", ""), "chart", ref)


class _Drawing:
    """Reads one drawing. What is told of it for those who cannot see it goes with its pictures, else into notes."""

    def __init__(self, story: Story, line: Line, where: Where) -> None:
        self._story = story
        self._line = line
        self._where = where
        self._controls: tuple[Control, ...] = (*line.controls, *where.controls)
        self._told: set[str] = set()

    def walk(self, parent: Iterable[Element], alt: str | None) -> None:
        """Reads what `parent` holds; `alt` describes the pictures in it that have no description of their own."""
        for each in parent:
            tag = each.tag
            if tag == W + "txbxContent":
                self._box(each)
            elif tag in _LOOSE:
                self._box((each,))
            elif tag == V + "textbox" and next(each.iter(W + "txbxContent"), None) is None:
                self._page(each)
            elif tag == MC + "AlternateContent":
                note_charts(self._story, unchosen(each), self._line.ref)
                self.walk(chosen(each), alt)
            elif tag == A + "blip":
                self._picture(each.get(R + "embed", ""), each.get(R + "link", ""), alt)
            elif tag == V + "imagedata":
                alt = _said(each.get(O + "title")) or alt
                self._picture(each.get(R + "id", ""), each.get(R + "href", ""), alt)
            else:
                self._aside(each)
                self.walk(each, _alt(each, alt))

    def note_descriptions(self, element: Element) -> None:
        """Notes how a drawing and its shapes are described, where no picture of it has the description."""
        for alt in dict.fromkeys(_descriptions(element)):
            if alt not in self._told:
                self._note("alt-text", alt)

    def _box(self, content: Iterable[Element]) -> None:
        box = self._story.inside("textbox", self._where)
        self._line.boxes.extend(box.blocks(content, self._controls))

    def _page(self, content: Element) -> None:
        """A text box that holds a piece of a web page, as it may in VML."""
        page = chunks.page(self._story, serialised(content), self._controls, "textbox")
        if self._where.aside:
            self._note(self._where.aside, "\n".join(block.text for block in paragraphs(page)))
        else:
            self._line.boxes.extend(page)

    def _aside(self, element: Element) -> None:
        """What a drawing says in other ways than by a picture or a text box."""
        tag = element.tag
        if tag == A + "t":
            self._note("diagram", element.text or "")
        elif tag in (C + "chart", CX + "chart"):
            _note_part(self._story, element.get(R + "id", ""), "chart", self._line.ref)
        elif tag == DGM + "relIds":
            _note_part(self._story, element.get(R + "dm", ""), "diagram", self._line.ref)
        elif tag == V + "textpath":
            self._note("word-art", element.get("string", ""))
        elif tag in _OBJECTS:
            self._note("embedded-object", self._object(element))

    def _object(self, element: Element) -> str:
        """What an embedded object is: the program it was made with, and the part or the address it is kept in."""
        found = self._story.reading.package.relationships(self._story.part).get(element.get(R + "id", ""))
        program = element.get("ProgID") or element.get(W + "progId") or ""
        return " ".join(filter(None, (program, found.target if found else ""))) or "?"

    def _note(self, kind: str, text: str) -> None:
        if text.strip():
            self._story.reading.notes.append(Note(kind, text, self._line.ref))

    def _picture(self, embed: str, link: str, alt: str | None) -> None:
        story, where = self._story, self._where
        found = story.reading.package.relationships(story.part).get(embed or link)
        if found is None or found.external:
            return
        name = basename(found.target)
        if story.anchor is not None or where.aside:
            self._note("picture", self._tell(alt) or name)
        elif story.reading.with_pictures and (sha256 := self._loaded(found.target, name)):
            known = story.reading.pictures[sha256]
            if known.alt is None and alt is not None:
                story.reading.pictures[sha256] = replace(known, alt=alt)
            self._line.put(Image(sha256, self._tell(alt)), where)

    def _tell(self, alt: str | None) -> str | None:
        """The description of a picture, which is told with it."""
        if alt:
            self._told.add(alt)
        return alt

    def _loaded(self, part: str, name: str) -> str | None:
        """The SHA-256 of a picture, its bytes in the reading; None, with a note, where it cannot be read."""
        loaded = self._story.reading.loaded
        if part not in loaded:
            loaded[part] = _load(self._story, part, name, self._line)
        return loaded[part]


def _note_part(story: Story, relation: str, kind: str, ref: str) -> None:
    """The words of a chart or a diagram, which stand in a part of their own; its name where it is not there."""
    found = story.reading.package.relationships(story.part).get(relation)
    if found is None or found.external or found.target not in story.reading.package:
        story.reading.notes.append(Note("unread-part", f"{kind}: {found.target if found else relation}", ref))
        return
    if not story.reading.takes_in(found.target):
        return
    text = "\n".join(_part_words(story.reading, found.target))
    if text:
        story.reading.notes.append(Note(kind, text, ref))


def _part_words(reading: Reading, part: str) -> Iterator[str]:
    """The words of a chart or a diagram, and of the shapes that were drawn on a chart."""
    root = reading.package.tree_or_none(part)
    pieces = () if root is None else root.iter(A + "t", C + "v", CX + "v", CX + "pt")
    yield from (piece.text for piece in pieces if piece.text and piece.text.strip())
    for drawn in filter(reading.takes_in, reading.package.related(part, "chartUserShapes")):
        yield from _part_words(reading, drawn)


def _alt(element: Element, inherited: str | None) -> str | None:
    """The alternative text for pictures in `element`: its own, else that of what it stands in.

    None where nobody wrote one, "" where the picture is marked decorative.
    """
    if element.tag in _SHAPES:
        return _said(element.get("alt")) or inherited
    for child in element:
        name = child.tag.rpartition("}")[2]
        if name in _NAMED:
            return _described(child, inherited)
        if name.startswith("nv") and name.endswith("Pr"):
            return _alt(child, inherited)
    return inherited


def _described(properties: Element, inherited: str | None) -> str | None:
    decorative = next(properties.iter(DECORATIVE), None)
    if decorative is not None and decorative.get("val", "0") in ("1", "true"):
        return ""
    if inherited == "":
        return ""
    return _said(properties.get("descr")) or _said(properties.get("title")) or inherited


def _descriptions(element: Element) -> Iterator[str]:
    """Every description that a drawing and its shapes have."""
    for each in element.iter():
        if each.tag in _SHAPES or each.tag.rpartition("}")[2] in _NAMED:
            said = _said(each.get("alt")) or _described(each, None)
            if said:
                yield said


def _said(text: str | None) -> str | None:
    return " ".join(text.split()) or None if text else None


def _load(story: Story, part: str, name: str, line: Line) -> str | None:
    """Takes a picture's bytes into the reading; its SHA-256, or None, with a note, where it cannot be read."""
    reading = story.reading
    try:
        data = reading.package.part(part, guard.MAX_MEDIA)
    except Refused:
        reading.notes.append(Note("damaged-picture", name, line.ref))
        return None
    sha256 = hashlib.sha256(data).hexdigest()
    if sha256 not in reading.pictures:
        head = pictures.header(data)
        media = head.media_type or reading.package.content_type(part)
        reading.pictures[sha256] = Picture(name, None, sha256, media, head.width, head.height, len(data))
        reading.assets[sha256] = data
        if head.media_type in pictures.DRAWINGS:
            reading.notes.append(Note("windows-drawing", name, line.ref))
    return sha256
