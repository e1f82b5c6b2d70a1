"""Where in the document's XML a comment may begin and end, so that Word keeps it.

Word passes over comments in text boxes, headers, footers and notes, and writes the content of some controls and
fields anew; there the comment goes around the whole: the run that holds the box, the control, the field.

LibreOffice 7.4 loses the words of the first paragraph in a control around paragraphs, up to a comment's reference
there, and the comment's own. What it is about is marked there as ever; its reference stands in the next paragraph
outside, or in the one before where there is none: where in a story a reference stands is free.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from workbench.word.controls import control
from workbench.word.returning.trail import Piece, Trail, reading_order
from workbench.word.xml import Element, W

Side = Literal["before", "after", "inside", "filling"]


class Place(NamedTuple):
    """Characters of a paragraph's text, to its end where `end` is None."""

    ref: str
    start: int = 0
    end: int | None = None


class Point(NamedTuple):
    """A place between two characters: before or after `element`, or in a run, before character `offset` of the text
    of its child `within`, or before that child where `offset` is 0; or `filling` a paragraph that holds nothing."""

    element: Element
    side: Side
    within: Element | None = None
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Range:
    """What a comment is about, in the XML. `reference` is where the comment hangs, if not at its end."""

    start: Point
    end: Point
    reference: Point | None = None


_PARAGRAPH, _PPR, _RUN, _RPR, _TEXT = W + "p", W + "pPr", W + "r", W + "rPr", W + "t"
_CONTROL = W + "sdt"
_OPEN = frozenset(
    W + name
    for name in ("hyperlink", "ins", "moveTo", "smartTag", "customXml", "sdtContent", "dir", "bdo", "sdt")
)
"""What may stand between a paragraph and its runs and have a comment begin in it."""

_OPEN_KINDS = frozenset({"rich", "group", "repeating"})
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class _Words(NamedTuple):
    """Where words begin and end: in which pieces, at which character of each."""

    first: Piece
    start: int
    last: Piece
    end: int


def anchor(trail: Trail, places: Sequence[Place]) -> Range | None:
    """The range of a comment about `places`, which are in reading order; where none of them is known, about the
    paragraph before, and without any about the first word. None in a document without paragraphs.

    It ends with the last place that stands in the same cell, control or body as the first.
    """
    places = sorted(places, key=lambda place: reading_order(place.ref)) or [_opening(trail)]
    found = [found for place in places if (found := _words(trail.pieces.get(place.ref, ()), place))]
    if not found:
        whole = _whole(trail, places[0].ref)
        return whole and _hung(trail, whole)
    first = found[0]
    last = [words for words in found if _goes_on(first, words)][-1]
    return _hung(trail, Range(_start(first.first, first.start), _end(last.last, last.end)))


def _goes_on(first: _Words, other: _Words) -> bool:
    """Whether a comment may go on from the first words to the others: in the same cell, control or body, and not
    into a text box that hangs in the first paragraph, and may stand before its words."""
    here, there = _line(first.first.run)[0], _line(other.last.run)[0]
    return first is other or (here is not there and here.getparent() is there.getparent())


def _words(pieces: Sequence[Piece], place: Place) -> _Words | None:
    """The words of a place; at least one character, for a comment about none is hard to see."""
    until = max((piece.end for piece in pieces), default=0)
    end = until if place.end is None else min(place.end, until)
    start = max(min(place.start, end - 1), 0)
    touched = [p for p in pieces if p.start < p.end and p.end > start and p.start < max(end, start + 1)]
    if not touched:
        return None
    first, last = touched[0], touched[-1]
    return _Words(first, max(start - first.start, 0), last, min(max(end, start + 1), last.end) - last.start)


def _opening(trail: Trail) -> Place:
    """The first word, so that what is said of the whole document comes before all else."""
    for ref in trail.refs:
        if words := _words(trail.pieces.get(ref, ()), Place(ref)):
            text = words.first.child.text or ""
            first = len(text) - len(text.lstrip()) + len((text.split() or [""])[0])
            return Place(ref, words.first.start, words.first.start + max(first, 1))
    return Place("")


def _whole(trail: Trail, ref: str) -> Range | None:
    ref = trail.near(ref)
    pieces = trail.pieces.get(ref, [])
    if words := _words(pieces, Place(ref)):
        return Range(_start(words.first, 0), _end(words.last, words.end))
    if pieces:
        return Range(_start(pieces[0], 0), Point(_outermost(pieces[-1].run), "after"))
    paragraph = trail.paragraphs.get(ref)
    if paragraph is None:
        paragraph = next(_body_paragraphs(trail.root), None)
    return None if paragraph is None else _paragraph(paragraph)


def _paragraph(paragraph: Element) -> Range:
    """An empty paragraph; the one that holds the box where it stands in one."""
    line = _line(paragraph)
    if len(line) > 1:
        return Range(Point(_reached(line), "before"), Point(_reached(line), "after"))
    return Range(Point(paragraph, "filling"), Point(paragraph, "filling"))


def _body_paragraphs(root: Element) -> Iterator[Element]:
    return (each for each in root.iter(_PARAGRAPH) if len(_line(each)) == 1)


def _start(piece: Piece, offset: int) -> Point:
    run = _field_edge(piece, "begin")
    target = _outermost(run)
    if target is not piece.run:
        return Point(target, "before")
    if offset > 0 and _can_part(piece):
        return Point(run, "inside", piece.child, offset)
    return Point(run, "before") if piece.child is _contents(run)[0] else Point(run, "inside", piece.child)


def _end(piece: Piece, offset: int) -> Point:
    run = _field_edge(piece, "end")
    target = _outermost(run)
    if target is not piece.run:
        return Point(target, "after")
    if offset < piece.end - piece.start and _can_part(piece):
        return Point(run, "inside", piece.child, offset)
    after = _contents(run)[_contents(run).index(piece.child) + 1 :]
    return Point(run, "inside", after[0]) if after else Point(run, "after")


def _contents(run: Element) -> list[Element]:
    return [each for each in run if each.tag != _RPR]


def _can_part(piece: Piece) -> bool:
    """Whether a text may be parted: not one at whose ends are blanks that Word drops, for they would be kept then."""
    text = piece.child.text or ""
    if piece.child.tag != _TEXT or len(piece.child) or len(text) != piece.end - piece.start:
        return False
    kept = piece.child.get(_SPACE)
    return kept == "preserve" or (kept is None and text == text.strip())


def _field_edge(piece: Piece, side: Literal["begin", "end"]) -> Element:
    """The run of the piece; for what Word works out anew, the run with which its field begins or ends."""
    field = piece.field
    if field is None or field.end is None or "HYPERLINK" in field.code.upper():
        return piece.run
    if _line(field.begin)[0] is not _line(field.end)[0]:
        return piece.run
    return field.begin if side == "begin" else field.end


def _outermost(run: Element) -> Element:
    """The run, or what stands around it as a whole."""
    return _reached(_line(run))


def _reached(line: Sequence[Element]) -> Element:
    for element in line[1:]:
        if element.tag not in _OPEN or (element.tag == _CONTROL and not _is_open(element)):
            return element
    return line[-1]


def _is_open(element: Element) -> bool:
    """Whether a comment inside a control stays when the control is filled in."""
    found = control(element, 0)
    return found.kind in _OPEN_KINDS and not found.prompt and not found.binding


def _line(element: Element) -> list[Element]:
    """The paragraph of the body that `element` stands in, and all between, down to it."""
    line = [element]
    reached = 0
    while (parent := line[-1].getparent()) is not None:
        line.append(parent)
        reached = len(line) - 1 if parent.tag == _PARAGRAPH else reached
    return line[reached::-1]


def _hung(trail: Trail, found: Range) -> Range:
    """The range with a place for its reference, where its end is none."""
    paragraph = _line(found.end.element)[0]
    if not _opens_control(paragraph):
        return found
    at = trail.order.index(paragraph)
    hosts = (each for each in (*trail.order[at + 1 :], *reversed(trail.order[:at])) if _can_host(each))
    host = next(hosts, None)
    return found if host is None else replace(found, reference=_beginning(host))


def _opens_control(paragraph: Element) -> bool:
    """Whether it is the first paragraph in a control."""
    around = paragraph.getparent()
    while around is not None:
        if around.tag == _CONTROL and next(around.iter(_PARAGRAPH)) is paragraph:
            return True
        around = around.getparent()
    return False


def _can_host(paragraph: Element) -> bool:
    return len(_line(paragraph)) == 1 and not _opens_control(paragraph)


def _beginning(paragraph: Element) -> Point:
    if not len(paragraph):
        return Point(paragraph, "filling")
    first = paragraph[0]
    if first.tag != _PPR:
        return Point(first, "before")
    return Point(paragraph[1], "before") if len(paragraph) > 1 else Point(first, "after")
