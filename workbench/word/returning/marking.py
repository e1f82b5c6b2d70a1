"""The marks of comments in the document: where each begins and ends, and that it is there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple, cast

from workbench.word.returning import patching
from workbench.word.returning.anchors import Point, Range
from workbench.word.returning.patching import Splice, Text
from workbench.word.xml import Element, W, child

_PRESERVE = b' xml:space="preserve"'


class Names(NamedTuple):
    """How the names of WordprocessingML are written at a place: with the prefix that stands for them there, or with
    one of its own, which each element declares."""

    prefix: bytes
    declared: bytes

    def tag(self, name: str, attributes: bytes = b"") -> bytes:
        """An empty element."""
        return b"<" + self.prefix + name.encode() + self.declared + attributes + b"/>"

    def marked(self, name: str, number: int) -> bytes:
        """An empty element with an id."""
        return self.tag(name, b' %sid="%d"' % (self.prefix, number))

    def around(self, name: str, content: bytes, attributes: bytes = b"") -> bytes:
        """An element with content."""
        whole = self.prefix + name.encode()
        return b"<" + whole + self.declared + attributes + b">" + content + b"</" + whole + b">"


Mark = Callable[[Names, int], bytes]


@dataclass(slots=True)
class _Cut:
    """One place in the bytes where comments end, hang or begin, and what parts the run there."""

    names: Names
    before: bytes = b""
    after: bytes = b""
    ends: list[bytes] = field(default_factory=list[bytes])
    references: list[bytes] = field(default_factory=list[bytes])
    starts: list[bytes] = field(default_factory=list[bytes])


def marks(text: Text, root: Element, space: str, ranges: Mapping[int, Range]) -> list[Splice]:
    """The changes that put the comments of these numbers into the document whose tree is `root`.

    `space` is the namespace of WordprocessingML as the part itself writes it. Raises `Refused("damaged")`.
    """
    return _Marker(text, root, space, ranges).splices()


def paragraph(text: Text, body: int, space: str, numbers: Iterable[int]) -> Splice:
    """The change that gives an empty document, whose body is element `body`, a paragraph with these comments."""
    names = Names(b"cb:", b' xmlns:cb="%s"' % space.encode())
    place = text.elements({body})[body]
    new = names.around("p", b"".join(map(partial(_whole, names), numbers)))
    return text.appended(place, new) if place.is_empty_tag else Splice(place.inner, place.inner, new)


class _Marker:
    def __init__(self, text: Text, root: Element, space: str, ranges: Mapping[int, Range]) -> None:
        self._text, self._space, self._ranges = text, space, ranges
        self._numbers = _numbers(root, _needed(ranges.values()))
        self._places = text.elements(frozenset(self._numbers.values()))
        self._cuts: dict[int, _Cut] = {}
        self._kept: dict[int, Splice] = {}
        self._filled: dict[Element, bytes] = {}

    def splices(self) -> list[Splice]:
        for number, found in self._ranges.items():
            self._mark(found.start, number, _begun, is_end=False)
            self._mark(found.end, number, self._ended, is_end=True)
            if found.reference is not None:
                self._mark(found.reference, number, _reference, is_end=False)
        cuts = [Splice(at, at, self._written(cut)) for at, cut in self._cuts.items()]
        filled = [self._text.appended(self._place(each), new) for each, new in self._filled.items()]
        return [*cuts, *filled, *self._kept.values()]

    def _mark(self, point: Point, number: int, mark: Mark, *, is_end: bool) -> None:
        """Puts a mark where it belongs: at one place what ends comes before what hangs there, and that before what
        begins."""
        if point.side == "filling":
            names = self._names(point.element)
            self._filled[point.element] = self._filled.get(point.element, b"") + mark(names, number)
            return
        cut = self._cut(point, is_end=is_end)
        group = cut.ends if is_end else cut.starts if mark is _begun else cut.references
        group.append(mark(cut.names, number))

    @staticmethod
    def _written(cut: _Cut) -> bytes:
        return b"".join((cut.before, *cut.ends, *cut.references, *cut.starts, cut.after))

    def _ended(self, names: Names, number: int) -> bytes:
        hangs_here = self._ranges[number].reference is None
        return names.marked("commentRangeEnd", number) + (_reference(names, number) if hangs_here else b"")

    def _cut(self, point: Point, *, is_end: bool) -> _Cut:
        at = self._offset(point, is_end=is_end)
        if at not in self._cuts:
            self._cuts[at] = self._parting(point, at)
        return self._cuts[at]

    def _offset(self, point: Point, *, is_end: bool) -> int:
        whole = self._place(point.element)
        edge = whole.end if is_end else whole.start
        if point.within is None:
            return whole.start if point.side == "before" else whole.end
        place = self._place(point.within)
        at = self._text.character(place, point.offset) if point.offset else place.start
        return edge if at is None else at

    def _parting(self, point: Point, at: int) -> _Cut:
        """What ends a run before the place and begins it again behind, where the place is in one."""
        names, run = self._names(point.element), self._place(point.element)
        if point.within is None or not run.start < at < run.end:
            return _Cut(names)
        inner = self._place(point.within)
        closing, opening = b"</" + run.name + b">", self._opening(point.element)
        if not inner.start < at < inner.end:
            return _Cut(names, closing, opening)
        return self._in_words(inner, at, closing, opening, names)

    def _in_words(
        self, inner: patching.Element, at: int, closing: bytes, opening: bytes, names: Names
    ) -> _Cut:
        """A place in the middle of a text: the blanks beside it are kept from now on."""
        data = self._text.data
        if b"xml:space" not in data[inner.start : inner.inner]:
            end = inner.inner - 1
            self._kept[inner.start] = Splice(end, end, _PRESERVE)
        declared = data[inner.start + 1 + len(inner.name) : inner.inner - 1]
        again = b"<" + inner.name + _with_space(declared) + b">"
        return _Cut(names, b"</" + inner.name + b">" + closing, opening + again)

    def _opening(self, run: Element) -> bytes:
        """The tag with which a run begins, and its properties."""
        data, place = self._text.data, self._place(run)
        properties = child(run, W + "rPr")
        if properties is None:
            return data[place.start : place.inner]
        look = self._place(properties)
        return data[place.start : place.inner] + data[look.start : look.end]

    def _place(self, element: Element) -> patching.Element:
        return self._places[self._numbers[element]]

    def _names(self, element: Element) -> Names:
        spaces = cast("Mapping[str | None, str]", cast("Any", element).nsmap)
        prefix = next((name for name, space in spaces.items() if name and space == W[1:-1]), None)
        if prefix:
            return Names(prefix.encode() + b":", b"")
        return Names(b"cb:", b' xmlns:cb="%s"' % self._space.encode())


def _with_space(attributes: bytes) -> bytes:
    return attributes if b"xml:space" in attributes else attributes + _PRESERVE


def _begun(names: Names, number: int) -> bytes:
    return names.marked("commentRangeStart", number)


def _whole(names: Names, number: int) -> bytes:
    return _begun(names, number) + names.marked("commentRangeEnd", number) + _reference(names, number)


def _reference(names: Names, number: int) -> bytes:
    return names.around("r", names.marked("commentReference", number))


def _needed(ranges: Iterable[Range]) -> set[Element]:
    """The elements whose places in the bytes count: those at the ends, and the looks of runs that are parted."""
    found: set[Element] = set()
    points = (point for each in ranges for point in (each.start, each.end, each.reference))
    for point in filter(None, points):
        look = None if point.within is None else child(point.element, W + "rPr")
        found.update(each for each in (point.element, point.within, look) if each is not None)
    return found


def _numbers(root: Element, needed: set[Element]) -> dict[Element, int]:
    """The number of each element that is needed, in the order of all tags."""
    return {element: at for at, element in enumerate(root.iter("*")) if element in needed}
