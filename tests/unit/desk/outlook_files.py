"""Mails as Outlook saves them, made by program: `msg(Attached("a.docx", data), sender="Ada", ...)`."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

Tree = dict[str, "bytes | Tree"]
END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
SECTOR, MINI, CUTOFF = 512, 64, 4096


@dataclass(frozen=True)
class Attached:
    """An attachment; `data` is None for a mere link, and a mail for a forwarded one."""

    name: str
    data: bytes | Mail | None
    short_name: str = ""


@dataclass(frozen=True)
class Mail:
    attached: tuple[Attached, ...] = ()
    texts: Mapping[int, str] = field(default_factory=dict)
    sent: datetime | None = None
    narrow: bool = False
    """Whether text is kept in a code page, as old Outlooks do."""
    encoding: str = "cp1252"
    codepage: tuple[int, int] = (0x3FFD, 1252)
    """The property that names the code page, and its number."""
    head: int = 0
    """Bytes before the first property, where it is not what Outlook writes."""


def msg(mail: Mail) -> bytes:
    return compound(_mail(mail, 32))


def _mail(mail: Mail, head: int) -> Tree:
    tree: Tree = {f"__attach_version1.0_#{n:08X}": _attachment(each) for n, each in enumerate(mail.attached)}
    kind = 0x1E if mail.narrow else 0x1F
    for tag, text in mail.texts.items():
        tree[f"__substg1.0_{tag:04X}{kind:04X}"] = text.encode(mail.encoding if mail.narrow else "utf-16-le")
    tag, number = mail.codepage
    properties = bytes(mail.head or head) + struct.pack("<HHLQ", 0x0003, tag, 6, number)
    if mail.sent:
        ticks = int((mail.sent - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10**7
        properties += struct.pack("<HHLQ", 0x0040, 0x0039, 6, ticks)
    tree["__properties_version1.0"] = properties
    return tree


def _attachment(attached: Attached) -> Tree:
    tree: Tree = {"__properties_version1.0": bytes(8)}
    for tag, text in ((0x3707, attached.name), (0x3704, attached.short_name)):
        if text:
            tree[f"__substg1.0_{tag:04X}001F"] = text.encode("utf-16-le")
    if isinstance(attached.data, Mail):
        tree["__substg1.0_3701000D"] = _mail(attached.data, 24)
    elif attached.data is not None:
        tree["__substg1.0_37010102"] = attached.data
    return tree


@dataclass
class _Entry:
    name: str
    kind: int
    data: bytes = b""
    child: int = FREE
    right: int = FREE
    start: int = END


def compound(tree: Tree) -> bytes:
    """A compound file of these folders and streams; siblings hang in one chain, which readers accept."""
    entries = [_Entry("Root Entry", 5)]
    _hang(entries, 0, tree)
    mini, mini_table = bytearray(), []
    for entry in entries:
        if entry.kind == 2 and 0 < len(entry.data) < CUTOFF:
            entry.start = len(mini_table)
            _chain(mini_table, -(-len(entry.data) // MINI))
            mini += entry.data.ljust(-(-len(entry.data) // MINI) * MINI, b"\0")
    entries[0].data = bytes(mini)
    sectors, table = bytearray(), []

    def put(data: bytes) -> int:
        start, count = len(table), -(-len(data) // SECTOR)
        _chain(table, count)
        sectors.extend(data.ljust(count * SECTOR, b"\0"))
        return start if count else END

    for entry in entries:
        if entry.kind == 5 or len(entry.data) >= CUTOFF:
            entry.start = put(entry.data)
    mini_start = put(struct.pack(f"<{len(mini_table)}L", *mini_table))
    directory = put(b"".join(map(_row, entries)))
    first = len(table)
    count = -(-(first + -(-first // 127)) // 128)
    table += [FAT] * count
    table += [FREE] * (count * 128 - len(table))
    sectors.extend(struct.pack(f"<{len(table)}L", *table))
    minis = -(-4 * len(mini_table) // SECTOR)
    head = (
        bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    )
    head += struct.pack("<9L", 0, count, directory, 0, CUTOFF, mini_start, minis, END, 0)
    tables = [*range(first, first + count), *[FREE] * (109 - count)]
    return head + struct.pack("<109L", *tables) + bytes(sectors)


def _hang(entries: list[_Entry], parent: int, tree: Tree) -> None:
    before: _Entry | None = None
    for name in sorted(tree, key=lambda name: (len(name), name.upper())):
        content = tree[name]
        entry = _Entry(name, 2, content) if isinstance(content, bytes) else _Entry(name, 1)
        at = len(entries)
        entries.append(entry)
        if before is None:
            entries[parent].child = at
        else:
            before.right = at
        before = entry
        if not isinstance(content, bytes):
            _hang(entries, at, content)


def _chain(table: list[int], count: int) -> None:
    table.extend([*range(len(table) + 1, len(table) + count), END] if count else [])


def _row(entry: _Entry) -> bytes:
    name = (entry.name + "\0").encode("utf-16-le")
    links = struct.pack("<BB3L", entry.kind, 1, FREE, entry.right, entry.child)
    return (
        name.ljust(64, b"\0")
        + struct.pack("<H", len(name))
        + links
        + bytes(36)
        + struct.pack("<LQ", entry.start, len(entry.data))
    )
