"""Changes to the bytes of a part of XML that leave every byte but their own as it is."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple
from xml.parsers.expat import ExpatError, ParserCreate

from workbench.errors import Refused

_TAG = re.compile(rb"""</?([^\s/>]+)(?:[^>"']|"[^"]*"|'[^']*')*>""")
_DECLARED = re.compile(r"""\s*<\?xml[^>]*?\sencoding\s*=\s*["']([^"'>]*)["']""")
_CHARACTER = re.compile(rb"\r\n|&[^;]*;|[\x00-\x7f]|[\xc0-\xff][\x80-\xbf]*")


class Element(NamedTuple):
    """Where an element stands in the bytes of its part: from `start` to `end`, its content from `inner` to `outer`;
    `name` with its prefix. One written as an empty tag has no room inside: `inner` is `end`."""

    name: bytes
    start: int
    inner: int
    outer: int
    end: int

    @property
    def is_empty_tag(self) -> bool:
        """Whether it is written as one tag."""
        return self.inner == self.end


class Splice(NamedTuple):
    """New bytes in place of those from `start` to `end`."""

    start: int
    end: int
    new: bytes


class Text:
    """A part of XML in UTF-8, whatever it is written in."""

    def __init__(self, data: bytes, part: str) -> None:
        self.part = part
        self._encoding = _encoding(data)
        self.data = data if self._encoding is None else data.decode(self._encoding).encode()

    def elements(self, wanted: Collection[int]) -> Mapping[int, Element]:
        """Where the elements of these numbers stand, counted from 0 in the order of their tags.

        Raises `Refused("damaged")`.
        """
        starts: dict[int, int] = {}
        ends: dict[int, int] = {}
        open_: list[int] = []
        count = 0
        parser = ParserCreate("utf-8")

        def start(name: str, attributes: object) -> None:
            nonlocal count
            if count in wanted:
                starts[count] = parser.CurrentByteIndex
            open_.append(count)
            count += 1

        def end(name: str) -> None:
            number = open_.pop()
            if number in starts:
                ends[number] = parser.CurrentByteIndex

        parser.StartElementHandler, parser.EndElementHandler = start, end
        try:
            parser.Parse(self.data, True)
        except ExpatError as error:
            raise Refused("damaged", part=self.part, reason=str(error)) from error
        return {number: self._element(at, ends[number]) for number, at in starts.items()}

    @property
    def root(self) -> Element:
        """Where the outermost element stands."""
        return self.elements({0})[0]

    def spliced(self, splices: Iterable[Splice]) -> bytes:
        """The part with these changes, which do not overlap, in the encoding it came in."""
        made: list[bytes] = []
        at = 0
        for splice in sorted(splices, key=lambda splice: (splice.start, splice.end)):
            made += (self.data[at : splice.start], splice.new)
            at = splice.end
        made.append(self.data[at:])
        whole = b"".join(made)
        return whole if self._encoding is None else whole.decode().encode(self._encoding)

    def appended(self, element: Element, new: bytes) -> Splice:
        """The change that puts `new` at the end of what `element` holds."""
        if not element.is_empty_tag:
            return Splice(element.outer, element.outer, new)
        at = self.data.rindex(b"/", element.start, element.end)
        return Splice(at, element.end, b">" + new + b"</" + element.name + b">")

    def character(self, element: Element, offset: int) -> int | None:
        """Where character `offset` of an element's text stands; None where it is not plain text alone."""
        raw = self.data[element.inner : element.outer]
        if b"<" in raw:
            return None
        at = 0
        for _ in range(offset):
            found = _CHARACTER.match(raw, at)
            if found is None:
                return None
            at = found.end()
        return element.inner + at

    def _element(self, start: int, end: int) -> Element:
        opening = _TAG.match(self.data, start)
        if opening is None:
            raise Refused("damaged", part=self.part, reason="a tag does not end")
        name, inner = opening[1], opening.end()
        if self.data[inner - 2 : inner] == b"/>":
            return Element(name, start, inner, inner, inner)
        closing = _TAG.match(self.data, end)
        return Element(name, start, inner, end, inner if closing is None else closing.end())


def _encoding(data: bytes) -> str | None:
    """The encoding of a part that is not in UTF-8."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16-le" if data[:2] == b"\xff\xfe" else "utf-16-be"
    if b"\0" in data[:4]:
        return "utf-16-be" if data[:1] == b"\0" else "utf-16-le"
    declared = _DECLARED.match(data[:200].decode("latin-1"))
    named = declared[1].lower() if declared else "utf-8"
    return None if named in ("utf-8", "utf8", "us-ascii", "ascii") else named
