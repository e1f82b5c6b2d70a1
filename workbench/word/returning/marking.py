"""The marks of comments in the document: where each begins and ends, and that it is there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
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


@dataclass(slots=True)
class _Cut:
    """One place in the bytes where comments begin or end, and what parts the run there."""

    names: Names
    before: bytes = b""
    after: bytes = b""
    ends: list[int] = field(default_factory=list[int])
    starts: list[int] = field(default_factory=list[int])


def marks(text: Text, root: Element, space: str, ranges: Mapping[int, Range]) -> list[Splice]:
    """The changes that put the comments of these numbers into the document whose tree is `root`.

    `space` is the namespace of WordprocessingML as the part itself writes it. Raises `Refused("damaged")`.
    """
    return _Marker(text, root, space, ranges).splices()


def paragraph(text: Text, body: int, space: str, numbers: Iterable[int]) -> Splice:
    """The change that gives an empty document, whose body is element `body`, a paragraph with these comments."""
    names = Names(b"cb:", b' xmlns:cb="%s"' % space.encode())
    place = text.elements({body})[body]
    new = names.around("p", b"".join(_begun(names, number) + _ended(names, number) for number in numbers))
    return text.appended(place, new) if place.is_empty_tag else Splice(place.inner, place.inner, new)


class _Marker:
    def __init__(self, text: Text, root: Element, space: str, ranges: Mapping[int, Range]) -> None:
        self._text, self._space, self._ranges = text, space, ranges
        self._numbers = _numbers(root, _needed(ranges.values()))
        self._places = text.elements(frozenset(self._numbers.values()))
        self._cuts: dict[int, _Cut] = {}
        self._kept: dict[int, Splice] = {}

    def splices(self) -> list[Splice]:
        empty: dict[Element, list[int]] = {}
        for number, found in self._ranges.items():
            if found.empty:
                empty.setdefault(found.start.element, []).append(number)
                continue
            self._cut(found.start, is_end=False).starts.append(number)
            self._cut(found.end, is_end=True).ends.append(number)
        cuts = [Splice(at, at, _written(cut)) for at, cut in self._cuts.items()]
        filled = [self._filled(paragraph, numbers) for paragraph, numbers in empty.items()]
        return [*cuts, *filled, *self._kept.values()]

    def _filled(self, paragraph: Element, numbers: Sequence[int]) -> Splice:
        """A paragraph without runs, which the comments are about as a whole."""
        names = self._names(paragraph)
        new = b"".join(_begun(names, number) + _ended(names, number) for number in numbers)
        return self._text.appended(self._place(paragraph), new)

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


def _ended(names: Names, number: int) -> bytes:
    reference = names.around("r", names.marked("commentReference", number))
    return names.marked("commentRangeEnd", number) + reference


def _written(cut: _Cut) -> bytes:
    ended = [_ended(cut.names, number) for number in cut.ends]
    begun = [_begun(cut.names, number) for number in cut.starts]
    return b"".join((cut.before, *ended, *begun, cut.after))


def _needed(ranges: Iterable[Range]) -> set[Element]:
    """The elements whose places in the bytes count: those at the ends, and the looks of runs that are parted."""
    found: set[Element] = set()
    for point in (point for each in ranges for point in (each.start, each.end)):
        look = None if point.within is None else child(point.element, W + "rPr")
        found.update(each for each in (point.element, point.within, look) if each is not None)
    return found


def _numbers(root: Element, needed: set[Element]) -> dict[Element, int]:
    """The number of each element that is needed, in the order of all tags."""
    return {element: at for at, element in enumerate(root.iter("*")) if element in needed}
