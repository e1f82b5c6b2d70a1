"""Every text in a file as it was sent, wherever in it that stands: for whoever looks for a person, not for answers.

Of a Word file that is the text of every part, headers, footnotes and text boxes among them, also what was deleted,
the authors of comments and changes, the properties, what links lead to, and the words inside embedded files. Any
other file is read as text in the usual encodings.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from html import unescape

LARGEST_PART = 64 << 20
"""Bytes of one part that are looked through."""

_DEEPEST = 3
_PARAGRAPH = re.compile(r"</(?:w:p|a:p|dc:\w+|cp:\w+|Company|Manager|vt:\w+)>")
_SPACE = re.compile(r"<w:(?:tab|br|cr)\b[^>]*/>")
_TAG = re.compile(r"<[^>]*>")
_TOLD = re.compile(r"""=\s*(["'])((?:(?!\1)[^<>]){3,})\1""")
_RUNS = re.compile(r"[^\x00-\x08\x0e-\x1f]{4,}")


Worth = Callable[[str], bool]
"""Whether a long text is worth being taken apart, told quickly."""


def _always(_: str) -> bool:
    return True


def texts(data: bytes, worth: Worth = _always, deep: int = 0) -> Iterator[tuple[str, str]]:
    """Pairs of the part of a file and a text in it; nothing of what cannot be read, nor of what is not worth it."""
    if data.startswith(b"PK\x03\x04") and deep < _DEEPEST:
        yield from _packed(data, worth, deep)
    else:
        yield from (("", text) for text in _plain(data, worth))


def _packed(data: bytes, worth: Worth, deep: int) -> Iterator[tuple[str, str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for member in package.infolist():
                yield "", member.filename
                for part, text in _part(package, member, worth, deep):
                    yield "/".join(filter(None, (member.filename, part))), text
    except (zipfile.BadZipFile, OSError, ValueError):
        yield from (("", text) for text in _plain(data, worth))


def _part(
    package: zipfile.ZipFile, member: zipfile.ZipInfo, worth: Worth, deep: int
) -> Iterator[tuple[str, str]]:
    try:
        with package.open(member) as stream:
            content = stream.read(LARGEST_PART)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, OSError, EOFError):
        return
    if member.filename.endswith((".xml", ".rels")):
        yield from (("", text) for text in _marked_up(content.decode(_encoding(content), "replace"), worth))
    else:
        yield from texts(content, worth, deep + 1)


def _encoding(xml: bytes) -> str:
    return "utf-16" if xml.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8"


def _marked_up(text: str, worth: Worth) -> Iterator[str]:
    """The words of each paragraph however many runs they are cut into; then what stands in attributes."""
    spaced = _SPACE.sub(" ", text)
    for paragraph in _PARAGRAPH.split(spaced) if worth(unescape(_TAG.sub("", spaced))) else ():
        if told := unescape(_TAG.sub("", paragraph)).strip():
            yield told
    if worth(unescape(text)):
        yield from map(unescape, dict.fromkeys(told for _, told in _TOLD.findall(text)))


def _plain(data: bytes, worth: Worth) -> Iterator[str]:
    """What reads as text, in UTF-8 or else Latin 1, and in UTF-16 as older Word files and mails hold it."""
    try:
        told = data.decode("utf-8")
    except UnicodeDecodeError:
        told = data.decode("latin-1")
    yield from _RUNS.findall(told) if worth(told) else ()
    for start in (0, 1) if b"\x00" in data else ():
        wide = data[start:].decode("utf-16-le", "replace")
        yield from _RUNS.findall(wide) if worth(wide) else ()
