"""XML of a Word package as a tree: parsed without entities, DTD or network, within bounds, in one set of names.

Strict files use other namespaces than transitional ones for the same elements; here both read alike, under the
transitional names that this module defines.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache, wraps
from importlib import import_module
from typing import Any, Protocol, TypeVar, cast, overload

from workbench.errors import Refused

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
CX = "{http://schemas.microsoft.com/office/drawing/2014/chartex}"
DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
V = "{urn:schemas-microsoft-com:vml}"
O = "{urn:schemas-microsoft-com:office:office}"  # noqa: E741
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"

T = TypeVar("T")

_KEPT = 256 << 10
"""Bytes of the largest part of which is remembered what was made of it."""

_STRICT = re.compile(
    rb"""(\sxmlns(?::[\w.-]+)?\s*=\s*["'])http://purl\.oclc\.org/ooxml/([A-Za-z]+)/([A-Za-z/]+)(["'])"""
)
_DOCTYPE = re.compile(rb"(?:\xef\xbb\xbf)?\s*+(?>(?:<\?(?>.*?\?>)|<!--(?>.*?-->))\s*+)*+<!DOCTYPE", re.DOTALL)
_ENCODING = re.compile(rb"""(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?\sencoding\s*=\s*["']([^"'>]*)["']""")
_USUAL = frozenset({b"utf-8", b"utf8", b"us-ascii", b"ascii"})
_KNOWN = re.compile(
    r"utf-16(?:-[lb]e)?$|(?:windows-|cp)125\d$|iso-8859-\d{1,2}$|latin-?1$|macintosh$", re.IGNORECASE
)
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_PREFIX = re.compile(rb"(</?)[\w.-]+:")
_DECLARATION = re.compile(r"\s*<\?xml.*?\?>", re.DOTALL)


class Element(Protocol):
    """What this room uses of an lxml element."""

    @property
    def tag(self) -> str: ...
    @property
    def text(self) -> str | None: ...
    @property
    def tail(self) -> str | None: ...
    @property
    def attrib(self) -> Mapping[str, str]: ...
    @overload
    def get(self, key: str) -> str | None: ...
    @overload
    def get(self, key: str, default: str) -> str: ...
    def find(self, path: str) -> Element | None: ...
    def iter(self, *tags: str) -> Iterator[Element]: ...
    def iterchildren(self, *tags: str) -> Iterator[Element]: ...
    def getparent(self) -> Element | None: ...
    def __iter__(self) -> Iterator[Element]: ...
    def __len__(self) -> int: ...
    def __getitem__(self, at: int) -> Element: ...


def parse(data: bytes, part: str) -> Element:
    """The root element of a part in UTF-8. Raises `Refused`: `damaged`, or `unsafe-package` for nesting deeper than
    the 256 elements that libxml2 bears."""
    etree = _etree()
    try:
        return cast("Element", etree.fromstring(data, _parser()))
    except etree.XMLSyntaxError as error:
        code = "unsafe-package" if "depth" in str(error).lower() else "damaged"
        raise Refused(code, part=part, reason=str(error)) from error


def serialised(element: Element) -> bytes:
    """An element as it would be written, without the prefixes of its names."""
    return _PREFIX.sub(rb"\1", _etree().tostring(element, encoding="utf-8", with_tail=False))


def remembered(reading: Callable[[bytes, str], T]) -> Callable[[bytes, str], T]:
    """`reading`, which makes something lasting of the bytes of a part and its name, done once for the same of both:
    files of one form share many of their parts to the byte. What is made of large parts is not kept."""
    kept = lru_cache(maxsize=16)(reading)

    @wraps(reading)
    def read(data: bytes, part: str) -> T:
        return kept(data, part) if len(data) <= _KEPT else reading(data, part)

    return read


MARKUP_PER_BYTE = 2
"""The most that `markup` counts for one byte."""


def markup(data: bytes) -> int:
    """How much markup there is, an attribute weighing as much as two tags: what a tree of it costs in memory."""
    return data.count(b"<") + 2 * data.count(b"=")


def plain_utf8(data: bytes, part: str) -> bytes:
    """`data` in UTF-8 under transitional names. Raises `Refused("unsafe-package")` where a DTD is declared, `damaged`
    where it is in no encoding that is read here."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in data[:4]:
        data = _from_utf16(data, part)
    elif (declared := _ENCODING.match(data)) and declared[1].lower() not in _USUAL:
        data = _decoded(data, declared[1].decode(), part)
    if _DOCTYPE.match(data):
        raise Refused("unsafe-package", part=part, reason="it declares a document type")
    return _STRICT.sub(_transitional, data) if b"purl.oclc.org" in data else data


def child(element: Element | None, tag: str) -> Element | None:
    """The first child with `tag`, or None; None of nothing is None."""
    if element is not None:
        for each in element:
            if each.tag == tag:
                return each
    return None


@cache
def find_all(path: str) -> Callable[[Element], list[Element]]:
    """A search by XPath, its prefix `w` known."""
    return _etree().XPath(path, namespaces={"w": W[1:-1]})


def flag(element: Element | None) -> bool | None:
    """What an on-off property says: None where it is not there."""
    if element is None:
        return None
    return element.get(W + "val", "true") not in ("0", "false", "off", "none")


def number(value: str | None, default: int) -> int:
    """A whole number written in an attribute, or `default` where it is none."""
    if value is None or len(value) > 12:
        return default
    try:
        return int(float(value))
    except (ValueError, OverflowError):
        return default


def value_of(element: Element | None, default: str = "") -> str:
    """The `w:val` of an element, or `default` where either is missing."""
    return default if element is None else element.get(W + "val") or default


def writable(text: str) -> str:
    """Text without the characters that no XML can hold."""
    return _UNWRITABLE.sub("", text)


def _from_utf16(data: bytes, part: str) -> bytes:
    encoding = (
        "utf-16"
        if data[:2] in (b"\xff\xfe", b"\xfe\xff")
        else "utf-16-be"
        if data[:1] == b"\0"
        else "utf-16-le"
    )
    return _decoded(data, encoding, part)


def _decoded(data: bytes, encoding: str, part: str) -> bytes:
    """A part in another encoding, in UTF-8, without the declaration that names the other."""
    try:
        if not _KNOWN.match(encoding):
            raise LookupError(f"unknown encoding: {encoding}")
        return _DECLARATION.sub("", data.decode(encoding), count=1).encode("utf-8")
    except (UnicodeError, LookupError) as error:
        raise Refused("damaged", part=part, reason=str(error)) from error


_FAMILIES = {
    b"wordprocessingml/main": W,
    b"officeDocument/relationships": R,
    b"drawingml/main": A,
    b"drawingml/wordprocessingDrawing": WP,
    b"officeDocument/math": M,
    b"drawingml/chart": C,
    b"drawingml/diagram": DGM,
    b"officeDocument/customProperties": (
        "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}"
    ),
    b"officeDocument/docPropsVTypes": "{http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes}",
    b"officeDocument/extendedProperties": (
        "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}"
    ),
    b"drawingml/picture": "{http://schemas.openxmlformats.org/drawingml/2006/picture}",
}


def _transitional(found: re.Match[bytes]) -> bytes:
    known = _FAMILIES.get(found[2] + b"/" + found[3])
    return found[1] + known[1:-1].encode() + found[4] if known else found[0]


@cache
def _etree() -> Any:
    """lxml, which carries no types of its own, loaded when the first part is parsed."""
    return import_module("lxml.etree")


def _parser() -> Any:
    """A fresh parser each time: a parser shared by threads would serialise them, and it costs microseconds."""
    return _etree().XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
