"""What is attached to a mail that Outlook saved (.msg): a compound file with a storage for each attachment.

Of the format, MS-OXMSG, this knows what an import needs: who sent the mail and when, its attachments, and the mails
forwarded in it. Loaded only when there is one.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.parser import HeaderParser
from email.policy import default
from functools import partial
from typing import IO, Any

from workbench.desk.arriving import mails
from workbench.desk.arriving.parcels import Letter, Parcel, last, printable
from workbench.errors import Refused

SUBJECT, HEADERS, SENDER_NAME, SENDER_ADDRESS, SENDER_SMTP = 0x0037, 0x007D, 0x0C1A, 0x0C1F, 0x5D01
SUBMITTED, DELIVERED = 0x0039, 0x0E06
DATA, LONG_NAME, SHORT_NAME, DISPLAY_NAME = 0x3701, 0x3707, 0x3704, 0x3001
BINARY, STORAGE, UNICODE, BYTES, TIME = 0x0102, 0x000D, 0x001F, 0x001E, 0x0040
CODEPAGES = (0x3FFD, 0x3FDE)
"""Of the mail as Outlook keeps it, and as it came over the net."""

_PAGES = {20127: "ascii", 28591: "latin-1", 28592: "iso8859-2", 28605: "iso8859-15", 65001: "utf-8"}
"""The code pages that Python does not know by their number."""

_FIRST, _LAST = datetime(1601, 1, 1, tzinfo=UTC), 2_650_467_744 * 10**9
"""From when Outlook counts in tenths of a microsecond, and the last of them that is a date."""

DEEPEST = 8
"""How many mails may be forwarded inside one another."""

_OUTER_HEAD, _INNER_HEAD = 32, 24
"""Bytes before the first property of a mail, and of a mail inside another as Outlook writes it. Each property takes
16 more, so that the length tells which it is; other programs write the outer one everywhere."""


def attachments(file: IO[bytes]) -> tuple[Parcel, ...]:
    """The Word files, archives and mails attached to a mail of Outlook's, each with the letter it came with.

    Raises Refused: `mail-damaged`, `mail-too-large`.
    """
    from olefile import OleFileIO

    data = mails.whole(file)
    try:
        opened: Any = OleFileIO(data)
        if not opened.exists("__properties_version1.0"):
            raise ValueError("it is no mail")
        return tuple(_attached(_Storage(opened, ()), DEEPEST))
    except Exception as error:  # a broken compound file is met with errors of many kinds
        raise Refused("mail-damaged", reason=str(error)) from error


@dataclass(frozen=True)
class _Storage:
    """A folder of the compound file: a mail or an attachment."""

    file: Any
    path: tuple[str, ...]

    def inner(self, name: str) -> _Storage:
        return _Storage(self.file, (*self.path, name))

    def has(self, name: str) -> bool:
        return bool(self.file.exists([*self.path, name]))

    def stream(self, name: str) -> bytes:
        return self.file.openstream([*self.path, name]).read() if self.has(name) else b""

    def text(self, tag: int) -> str:
        """A property that is text; "" where there is none."""
        if wide := self.stream(_named(tag, UNICODE)):
            return wide.decode("utf-16-le", "replace").rstrip("\0")
        return self._decoded(self.stream(_named(tag, BYTES))).rstrip("\0")

    def time(self, tag: int) -> str:
        """A property that is a moment, in ISO 8601; "" where there is none."""
        value = self.number(tag, TIME)
        return (_FIRST + timedelta(microseconds=value // 10)).isoformat() if 0 < value < _LAST else ""

    def number(self, tag: int, kind: int) -> int:
        """A property that is a number; 0 where there is none."""
        properties = self.stream("__properties_version1.0")
        head = _INNER_HEAD if len(properties) % 16 else _OUTER_HEAD
        for at in range(head, len(properties) - 15, 16):
            if struct.unpack_from("<HH", properties, at) == (kind, tag):
                return struct.unpack_from("<Q" if kind == TIME else "<L", properties, at + 8)[0]
        return 0

    def _decoded(self, data: bytes) -> str:
        """Text in the code page that the mail names, in UTF-8 where it is that, else in that of Western Europe."""
        outer = _Storage(self.file, ())
        named = next((found for tag in CODEPAGES if (found := outer.number(tag, 0x0003))), 0)
        for encoding in (_PAGES.get(named, f"cp{named}"), "utf-8"):
            with suppress(LookupError, UnicodeDecodeError):
                return data.decode(encoding)
        return data.decode("cp1252", "replace")


def _named(tag: int, kind: int) -> str:
    return f"__substg1.0_{tag:04X}{kind:04X}"


def _attached(mail: _Storage, depth: int) -> Iterator[Parcel]:
    if not depth:
        raise ValueError("mails stand inside one another too deeply")
    letter = _letter(mail)
    for number in _numbers(mail):
        attachment = mail.inner(f"__attach_version1.0_#{number}")
        name = _name(attachment)
        if attachment.has(_named(DATA, STORAGE)):
            yield from _attached(attachment.inner(_named(DATA, STORAGE)), depth - 1)
        elif mails.is_holding(name):
            yield Parcel(name, partial(_content, attachment, name), letter)


def _numbers(mail: _Storage) -> list[str]:
    """The attachments of a mail by the numbers in their names, in order."""
    depth = len(mail.path)
    everything: list[list[str]] = mail.file.listdir(streams=True, storages=True)
    found = (path[depth] for path in everything if len(path) > depth and tuple(path[:depth]) == mail.path)
    return sorted({name.rpartition("#")[2] for name in found if name.startswith("__attach_version1.0_#")})


def _name(attachment: _Storage) -> str:
    told = (attachment.text(tag) for tag in (LONG_NAME, SHORT_NAME, DISPLAY_NAME))
    return printable(last(next((name for name in told if name), "")))


def _content(attachment: _Storage, name: str) -> bytes:
    if not attachment.has(_named(DATA, BINARY)):
        raise Refused("attachment-missing", file=name)
    return attachment.stream(_named(DATA, BINARY))


def _letter(mail: _Storage) -> Letter:
    """What the mail's headers say where it has travelled, else what Outlook noted of it."""
    headers = mails.letter(HeaderParser(policy=default).parsestr(mail.text(HEADERS)))
    sent = mail.time(SUBMITTED) or mail.time(DELIVERED)
    return Letter(
        headers.sender or _sender(mail),
        headers.sent or sent,
        headers.subject or printable(mail.text(SUBJECT)),
    )


def _sender(mail: _Storage) -> str:
    """Name and address; inside an organisation the address is not one that a mail could be sent to."""
    name = mail.text(SENDER_NAME)
    address = next((said for said in map(mail.text, (SENDER_SMTP, SENDER_ADDRESS)) if "@" in said), "")
    return printable(f"{name} <{address}>" if name and address and name != address else name or address)
