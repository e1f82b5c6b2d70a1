"""What a picture's first bytes say of it: its kind and its size in pixels. Nothing is decoded."""

from __future__ import annotations

from dataclasses import dataclass
from struct import error as Truncated  # noqa: N812
from struct import unpack_from


@dataclass(frozen=True, slots=True)
class Header:
    """Media type, width and height in pixels; "" and 0 where the bytes do not say."""

    media_type: str = ""
    width: int = 0
    height: int = 0


DRAWINGS = frozenset({"image/emf", "image/wmf"})
"""Windows drawings: Word shows them, a browser does not."""


def header(data: bytes) -> Header:
    """What `data` is by its signature, whatever its name says."""
    try:
        return _header(data)
    except (Truncated, IndexError):
        return Header()


def _header(data: bytes) -> Header:
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return Header("image/png", *unpack_from(">LL", data, 16))
    if data.startswith((b"GIF87a", b"GIF89a")):
        return Header("image/gif", *unpack_from("<HH", data, 6))
    if data.startswith(b"\xff\xd8"):
        return _jpeg(data)
    if data.startswith(b"BM"):
        width, height = unpack_from("<ll", data, 18)
        return Header("image/bmp", width, abs(height))
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return _webp(data)
    if data.startswith((b"II*\0", b"MM\0*")):
        return _tiff(data)
    return _drawing(data)


def _jpeg(data: bytes) -> Header:
    """Walks the segments to the frame header; at most 1,000 of them."""
    at = 2
    for _ in range(1000):
        marker, length = unpack_from(">HH", data, at)
        if 0xFFC0 <= marker <= 0xFFCF and marker not in (0xFFC4, 0xFFC8, 0xFFCC):
            height, width = unpack_from(">HH", data, at + 5)
            return Header("image/jpeg", width, height)
        at += 2 + length if marker != 0xFFFF else 1
    return Header("image/jpeg")


def _webp(data: bytes) -> Header:
    form = data[12:16]
    if form == b"VP8X":
        width, height = (int.from_bytes(data[at : at + 3], "little") + 1 for at in (24, 27))
        return Header("image/webp", width, height)
    if form == b"VP8L":
        bits = unpack_from("<L", data, 21)[0]
        return Header("image/webp", (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    width, height = unpack_from("<HH", data, 26)
    return Header("image/webp", width & 0x3FFF, height & 0x3FFF)


def _tiff(data: bytes) -> Header:
    order = "<" if data.startswith(b"II") else ">"
    at = unpack_from(order + "L", data, 4)[0]
    sizes = {0x100: 0, 0x101: 0}
    for entry in range(min(unpack_from(order + "H", data, at)[0], 100)):
        tag, form = unpack_from(order + "HH", data, at + 2 + 12 * entry)
        if tag in sizes:
            sizes[tag] = unpack_from(order + ("H" if form == 3 else "L"), data, at + 10 + 12 * entry)[0]
    return Header("image/tiff", sizes[0x100], sizes[0x101])


def _drawing(data: bytes) -> Header:
    if data[:4] == b"\x01\0\0\0" and data[40:44] == b" EMF":
        left, top, right, bottom = unpack_from("<4l", data, 8)
        return Header("image/emf", max(right - left + 1, 0), max(bottom - top + 1, 0))
    if data.startswith(b"\xd7\xcd\xc6\x9a"):
        left, top, right, bottom, inch = unpack_from("<4hH", data, 6)
        scale = 96 / (inch or 96)
        return Header("image/wmf", round(abs(right - left) * scale), round(abs(bottom - top) * scale))
    if data[:4] in (b"\x01\0\x09\0", b"\x02\0\x09\0"):
        return Header("image/wmf")
    if b"<svg" in data[:1000]:
        return Header("image/svg+xml")
    return Header()
