"""A package with other bytes in some parts: every other entry as it was packed, in its place, with its date."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from io import BytesIO
from struct import pack, unpack_from
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_UTF8 = 0x800
_STREAMED = 0x08
_LOCAL = "<4s5H3L2H"
_CENTRAL = "<4s4B4H3L5H2L"


class _Entry(NamedTuple):
    """One entry as it will be written."""

    info: ZipInfo
    name: bytes
    flags: int
    packed: bytes
    size: int
    crc: int
    local_extra: bytes


def rewritten(data: bytes, changed: Mapping[str, bytes]) -> bytes:
    """The zip `data` with these parts changed or, behind all others, added. The caller has had it pass the guard."""
    with ZipFile(BytesIO(data)) as archive:
        infos, comment = archive.infolist(), archive.comment
    entries = [_entry(data, info, changed) for info in infos]
    held = {info.filename for info in infos}
    entries += [_added(name, content, infos) for name, content in changed.items() if name not in held]
    return b"".join(_written(entries, comment))


def _entry(data: bytes, info: ZipInfo, changed: Mapping[str, bytes]) -> _Entry:
    name_size, extra_size = unpack_from("<HH", data, info.header_offset + 26)
    at = info.header_offset + 30
    name, extra = data[at : at + name_size], data[at + name_size : at + name_size + extra_size]
    flags = info.flag_bits & ~_STREAMED
    content = changed.get(info.filename)
    if content is not None:
        packed = _packed(content, info.compress_type)
        return _Entry(info, name, flags, packed, len(content), zlib.crc32(content), _short(extra))
    start = at + name_size + extra_size
    packed = data[start : start + info.compress_size]
    return _Entry(info, name, flags, packed, info.file_size, info.CRC, _short(extra))


def _added(name: str, content: bytes, others: list[ZipInfo]) -> _Entry:
    """A new part, dated as the first one is, so that the same document gives the same bytes."""
    info = ZipInfo(name, others[0].date_time if others else (1980, 1, 1, 0, 0, 0))
    info.compress_type = ZIP_DEFLATED
    encoded = name.encode()
    flags = 0 if encoded.isascii() else _UTF8
    return _Entry(
        info, encoded, flags, _packed(content, ZIP_DEFLATED), len(content), zlib.crc32(content), b""
    )


def _packed(content: bytes, method: int) -> bytes:
    if method != ZIP_DEFLATED:
        return content
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    return packer.compress(content) + packer.flush()


def _short(extra: bytes) -> bytes:
    """An extra field without the sizes of large packages, which are written anew."""
    kept, at = b"", 0
    while at + 4 <= len(extra):
        kind, size = unpack_from("<HH", extra, at)
        if kind != 1:
            kept += extra[at : at + 4 + size]
        at += 4 + size
    return kept


def _written(entries: list[_Entry], comment: bytes) -> Iterator[bytes]:
    at, directory = 0, b""
    for entry in entries:
        head = _head(entry)
        yield head
        yield entry.packed
        directory += _listed(entry, at)
        at += len(head) + len(entry.packed)
    yield directory
    yield pack("<4s4H2LH", b"PK\5\6", 0, 0, len(entries), len(entries), len(directory), at, len(comment))
    yield comment


def _date(info: ZipInfo) -> tuple[int, int]:
    year, month, day, hour, minute, second = info.date_time
    return hour << 11 | minute << 5 | second // 2, max(year - 1980, 0) << 9 | month << 5 | day


def _head(entry: _Entry) -> bytes:
    time, date = _date(entry.info)
    sizes = (entry.crc, len(entry.packed), entry.size, len(entry.name), len(entry.local_extra))
    version = min(entry.info.extract_version, 45)
    fields = (b"PK\3\4", version, entry.flags, entry.info.compress_type, time, date)
    return pack(_LOCAL, *fields, *sizes) + entry.name + entry.local_extra


def _listed(entry: _Entry, at: int) -> bytes:
    info, extra = entry.info, _short(entry.info.extra)
    time, date = _date(info)
    made = (info.create_version, info.create_system, min(info.extract_version, 45), info.reserved)
    packed = (entry.flags, info.compress_type, time, date, entry.crc, len(entry.packed), entry.size)
    sizes = (len(entry.name), len(extra), len(info.comment), 0, info.internal_attr)
    fields = pack(_CENTRAL, b"PK\1\2", *made, *packed, *sizes, info.external_attr, at)
    return fields + entry.name + extra + info.comment
