"""What stands between a stranger's file and the reader: everything that can be judged before it is inflated.

Each refusal is `Refused(code)` with a stable code, explained in `resources/words`.
"""

from __future__ import annotations

import os
import re
import stat
import struct
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipInfo

from workbench.errors import Refused

MAX_FILE = 64 << 20
MAX_ENTRIES = 4096
MAX_DIRECTORY = 2 << 20
MAX_XML_PART = 24 << 20
MAX_XML = 48 << 20
MAX_MEDIA = 96 << 20
MAX_RATIO = 200
MAX_MARKUP = 400_000
"""Tags, attributes counted double, of all parts together: some 300 printed pages."""
MAX_PARAGRAPHS = 20_000
MAX_CELLS = 40_000
_RATIO_FROM = 1 << 20

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_OTHER_KINDS: tuple[tuple[bytes, str], ...] = (
    (b"{\\rtf", "a rich text file (.rtf)"),
    (b"%PDF", "a PDF"),
    (b"<!doctype html", "a web page"),
    (b"<html", "a web page"),
    (b"<?xml", "an XML file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"Rar!", "an archive"),
    (b"7z\xbc\xaf", "an archive"),
    (b"\x1f\x8b", "an archive"),
)
_ODD = ("\n/", ":", "\\", "\0", "\r", "..")
"""One of these is in every name that is bad, and in hardly any other."""
_BAD_NAME = re.compile(r"^/|^.:|[\\\0\r]|(?:^|/)\.\.(?:/|$)", re.MULTILINE)
_XML_NAMES = (".xml", ".rels", ".vml", ".htm", ".html", ".xhtml", ".txt", ".mht", ".rtf")


def read_file(path: Path) -> bytes:
    """The bytes of an ordinary file, at most 64 MB.

    Raises `Refused`: `locked` for Word's owner files (`~$…`) and files another program holds, `not-a-file` for
    folders, pipes, devices and links to them (none is ever opened for reading), `too-large`, `unreadable`.
    """
    if path.name.startswith("~$"):
        raise Refused("locked", file=path.name)
    try:
        return _read_ordinary(path)
    except PermissionError as error:
        held = getattr(error, "winerror", None) in (32, 33)
        raise Refused("locked" if held else "unreadable", file=path.name, reason=error.strerror) from error
    except (OSError, ValueError) as error:
        raise Refused(
            "unreadable", file=path.name, reason=getattr(error, "strerror", None) or str(error)
        ) from error


def _read_ordinary(path: Path) -> bytes:
    if not stat.S_ISREG(path.stat().st_mode):
        raise Refused("not-a-file", file=path.name)
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise Refused("not-a-file", file=path.name)
        if status.st_size > MAX_FILE:
            raise Refused("too-large", file=path.name)
        data = file.read(MAX_FILE + 1)
    if len(data) > MAX_FILE:
        raise Refused("too-large", file=path.name)
    return data


def check_signature(data: bytes) -> None:
    """Lets only what begins as a zip archive pass. Raises `Refused` that names what else it is."""
    if not data:
        raise Refused("empty")
    if len(data) > MAX_FILE:
        raise Refused("too-large")
    if data.startswith(_OLE):
        raise _refused_compound(data)
    if not data.startswith(b"PK"):
        head = data[:512].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
        kinds = (kind for mark, kind in _OTHER_KINDS if head.startswith(mark.lower()))
        raise Refused("not-word", kind=next(kinds, "not a Word file"))


def check_directory_end(data: bytes) -> None:
    """Bounds the zip's own directory by its closing record, before that directory is read."""
    at = data.rfind(b"PK\x05\x06", max(0, len(data) - 66_000))
    if at < 0 or len(data) - at < 22:
        raise Refused("damaged", reason="the end of the file is missing")
    entries, size = struct.unpack_from("<HL", data, at + 10)
    if at >= 76 and data[at - 20 : at - 16] == b"PK\x06\x07":
        entries, size = _large_directory(data, at)
    if entries == 0 and size == 0:
        raise Refused("damaged", reason="the package is empty")
    if entries > MAX_ENTRIES or size > MAX_DIRECTORY:
        raise Refused("unsafe-package", reason="it has too many parts")


def _large_directory(data: bytes, end: int) -> tuple[int, int]:
    """Entries and size by the record for large packages; where there is one, it is what counts."""
    at = end - 76
    if struct.unpack_from("<Q", data, end - 12)[0] != at or data[at : at + 4] != b"PK\x06\x06":
        raise Refused("damaged", reason="the end of the file is missing")
    return struct.unpack_from("<QQ", data, at + 32)


def check_entries(entries: Iterable[ZipInfo], size: int) -> None:
    """Judges the directory of a package of `size` bytes: names, sizes, ratios, encryption, overlaps."""
    entries = list(entries)
    if len(entries) > MAX_ENTRIES:
        raise Refused("unsafe-package", reason="it has too many parts")
    _check_names([entry.orig_filename for entry in entries])
    for entry in entries:
        if entry.flag_bits & 0x41:
            raise Refused("password-protected")
        if entry.compress_type != ZIP_DEFLATED and not _is_stored(entry):
            raise Refused("damaged", reason="a part is packed in a way that Word does not use")
    _check_totals(entries)
    _check_overlaps(entries, size)


def _check_names(names: Sequence[str]) -> None:
    if len({name.lower() for name in names}) < len(names):
        raise Refused("unsafe-package", reason="it holds two parts of one name")
    listed = "\n".join(("", *names))
    odd = any(mark in listed for mark in _ODD)
    if (odd and _BAD_NAME.search(listed)) or listed.count("\n") > len(names):
        raise Refused("unsafe-package", reason="a part has a name that points outside")


def _is_stored(entry: ZipInfo) -> bool:
    return entry.compress_type == ZIP_STORED and entry.compress_size == entry.file_size


def _check_totals(entries: Iterable[ZipInfo]) -> None:
    xml = media = 0
    for entry in entries:
        if not entry.filename.lower().endswith(_XML_NAMES):
            media += entry.file_size
            continue
        xml += entry.file_size
        if entry.file_size > _RATIO_FROM and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
            raise Refused("unsafe-package", reason="a part swells beyond measure when it is opened")
    if xml > MAX_XML or media > MAX_MEDIA:
        raise Refused("too-large")


def _check_overlaps(entries: Iterable[ZipInfo], size: int) -> None:
    reached = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < reached:
            raise Refused("unsafe-package", reason="its parts lie on top of one another")
        reached = entry.header_offset + 30 + len(entry.orig_filename) + entry.compress_size
    if reached > size:
        raise Refused("damaged", reason="the file is cut short")


# Compound files: what Word wrote before 2007, and what passwords wrap a document in today


def _refused_compound(data: bytes) -> Refused:
    names = set(_compound_names(data))
    if "EncryptedPackage" in names or "EncryptionInfo" in names:
        return Refused("password-protected")
    if "WordDocument" in names:
        return Refused("legacy-doc")
    if names & {"Workbook", "Book"}:
        return Refused("not-word", kind="an Excel workbook")
    if "PowerPoint Document" in names:
        return Refused("not-word", kind="a PowerPoint presentation")
    if any(name.startswith("__properties_version") for name in names):
        return Refused("not-word", kind="an Outlook message")
    return Refused("not-word", kind="an old Office file")


def _compound_names(data: bytes) -> Iterator[str]:
    """The names in the directory of a compound file; at most 4,096 of them."""
    if len(data) < 512:
        return
    shift, first = struct.unpack_from("<H", data, 30)[0], struct.unpack_from("<L", data, 48)[0]
    if shift not in (9, 12):
        return
    for sector in _chain(data, first, 1 << shift):
        for at in range((sector + 1) << shift, min((sector + 2) << shift, len(data) - 127), 128):
            length = struct.unpack_from("<H", data, at + 64)[0]
            if 2 < length <= 64:
                yield data[at : at + length - 2].decode("utf-16-le", "replace")


def _chain(data: bytes, first: int, size: int) -> Iterator[int]:
    """The directory's sectors, in order, by the allocation table; at most 256."""
    tables = [sector for sector in struct.unpack_from("<109L", data, 76) if sector < 0xFFFFFFFA]
    sector, each = first, size // 4
    for _ in range(256):
        if sector >= 0xFFFFFFFA or (sector + 1) * size >= len(data):
            return
        yield sector
        table = tables[sector // each] if sector // each < len(tables) else 0xFFFFFFFF
        at = (table + 1) * size + (sector % each) * 4
        sector = struct.unpack_from("<L", data, at)[0] if at + 4 <= len(data) else 0xFFFFFFFF
