"""Drawings: pictures, text boxes, charts and diagrams, wherever they are nested, each once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from posixpath import basename

from workbench.errors import Refused
from workbench.richtext import Image
from workbench.submission import Note, Picture
from workbench.word import guard, pictures
from workbench.word.alternate import chosen, unchosen
from workbench.word.line import Line, RunLook, Where
from workbench.word.story import Story
from workbench.word.xml import CX, DECORATIVE, DGM, MC, A, C, Element, O, R, V, W

_NAMED = frozenset({"docPr", "cNvPr"})


def draw(story: Story, element: Element, line: Line, where: Where, look: RunLook) -> None:
    """Adds to `line` the pictures of a drawing, and to its boxes what stands in text boxes."""
    _walk(story, element, line, story.in_fields(where), _alt(element, None))


def _walk(story: Story, parent: Iterable[Element], line: Line, where: Where, alt: str | None) -> None:
    for child in parent:
        tag = child.tag
        if tag == W + "txbxContent":
            box = story.inside("textbox", where)
            line.boxes.extend(box.blocks(child, (*line.controls, *where.controls)))
        elif tag == MC + "AlternateContent":
            note_charts(story, unchosen(child), line)
            _walk(story, chosen(child), line, where, alt)
        elif tag == A + "blip":
            _picture(story, child.get(R + "embed", ""), child.get(R + "link", ""), line, where, alt)
        elif tag == V + "imagedata":
            alt = _said(child.get(O + "title")) or alt
            _picture(story, child.get(R + "id", ""), child.get(R + "href", ""), line, where, alt)
        else:
            _aside(story, child, line)
            _walk(story, child, line, where, _alt(child, alt))


def note_charts(story: Story, unread: Iterable[Element], line: Line) -> None:
    """The words of newer charts in branches that stay unread, because a picture is there for older programs."""
    for branch in unread:
        for chart in branch.iter(CX + "chart"):
            _aside(story, chart, line)


def _alt(element: Element, inherited: str | None) -> str | None:
    """The alternative text for pictures in `element`: its own, else that of what it stands in.

    None where nobody wrote one, "" where the picture is marked decorative.
    """
    if element.tag in (V + "shape", V + "rect"):
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


def _said(text: str | None) -> str | None:
    return " ".join(text.split()) or None if text else None


def _aside(story: Story, element: Element, line: Line) -> None:
    """What a drawing says in other ways than by a picture or a text box."""
    tag, notes = element.tag, story.reading.notes
    if tag == A + "t" and element.text and element.text.strip():
        notes.append(Note("diagram", element.text, line.ref))
    elif tag in (C + "chart", CX + "chart"):
        _note_part(story, element.get(R + "id", ""), "chart", line)
    elif tag == DGM + "relIds":
        _note_part(story, element.get(R + "dm", ""), "diagram", line)
    elif tag == V + "textpath" and element.get("string"):
        notes.append(Note("word-art", element.get("string", ""), line.ref))
    elif tag == O + "OLEObject":
        notes.append(Note("embedded-object", element.get("ProgID", ""), line.ref))


def _note_part(story: Story, relation: str, kind: str, line: Line) -> None:
    """The words of a chart or a diagram, which stand in a part of their own."""
    found = story.reading.package.relationships(story.part).get(relation)
    if found is None or found.external or found.target not in story.reading.package:
        return
    root = story.reading.package.tree(found.target)
    words = (element.text for element in root.iter(A + "t", C + "v", CX + "v", CX + "pt") if element.text)
    text = "\n".join(word for word in words if word.strip())
    if text:
        story.reading.notes.append(Note(kind, text, line.ref))


def _picture(story: Story, embed: str, link: str, line: Line, where: Where, alt: str | None) -> None:
    reading = story.reading
    found = reading.package.relationships(story.part).get(embed or link)
    if found is None or found.external:
        return
    name = basename(found.target)
    if story.anchor is not None or where.aside:
        reading.notes.append(Note("picture", alt or name, line.ref))
        return
    if not reading.with_pictures:
        return
    if found.target not in reading.loaded:
        reading.loaded[found.target] = _load(story, found.target, name, line)
    sha256 = reading.loaded[found.target]
    if sha256:
        known = reading.pictures[sha256]
        if known.alt is None and alt is not None:
            reading.pictures[sha256] = replace(known, alt=alt)
        line.put(Image(sha256, alt), where)


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
