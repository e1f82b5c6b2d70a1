"""What is in a .zip archive. Nothing is unpacked to the disk, and nothing is inflated before it is asked for."""

from __future__ import annotations

import zipfile
from functools import partial
from pathlib import PurePosixPath
from typing import IO

from workbench.desk.arriving.parcels import (
    HOLDERS,
    LARGEST_PARCEL,
    MOST_PARCELS,
    WORD,
    Parcel,
    by_stem,
    ending,
    is_wanted,
    printable,
)
from workbench.errors import Refused

LARGEST_ARCHIVE = 2 << 30
"""Bytes of all Word files in it, unpacked."""

LARGEST_INNER = 256 << 20
"""Bytes of all archives and mails in it, unpacked: they are opened to see what they hold."""

LARGEST_DIRECTORY = 4 << 20

_UTF8 = 0x800
_ENCRYPTED = 0x1


class _Careful:
    """A file that is never read in one go beyond what a sane archive's directory takes."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.seek, self.tell, self.seekable = file.seek, file.tell, file.seekable

    def read(self, size: int = -1) -> bytes:
        if size > LARGEST_DIRECTORY:
            raise Refused("archive-too-large")
        return self._file.read(size if size >= 0 else LARGEST_DIRECTORY)


def members(file: IO[bytes]) -> tuple[Parcel, ...]:
    """The Word files, archives and mails in an archive, sorted, each to be read while `file` is open.

    Raises Refused: `archive-damaged`, `archive-too-large`.
    """
    try:
        archive = zipfile.ZipFile(_Careful(file))  # pyright: ignore[reportArgumentType, reportCallIssue]
        entries = [(printable(_name(entry)), entry) for entry in archive.infolist()]
    except (OSError, ValueError, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise Refused("archive-damaged", reason=str(error)) from error
    wanted = [(name, entry) for name, entry in entries if _is_wanted(name, entry)]
    _check_sizes(wanted)
    wanted.sort(key=lambda pair: by_stem(PurePosixPath(pair[0])))
    return tuple(Parcel(name, partial(_read, archive, entry, name)) for name, entry in wanted)


def _name(entry: zipfile.ZipInfo) -> str:
    """The name of an entry; many programs write UTF-8 and do not say so."""
    if not entry.flag_bits & _UTF8:
        try:
            return entry.filename.encode("cp437").decode("utf-8")
        except UnicodeError:
            pass
    return entry.filename


def _is_wanted(name: str, entry: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(name)
    return not entry.is_dir() and ending(name) in WORD | HOLDERS and all(map(is_wanted, path.parts))


def _check_sizes(entries: list[tuple[str, zipfile.ZipInfo]]) -> None:
    inner = sum(entry.file_size for name, entry in entries if ending(name) in HOLDERS)
    whole = sum(entry.file_size for _, entry in entries)
    if len(entries) > MOST_PARCELS or whole > LARGEST_ARCHIVE or inner > LARGEST_INNER:
        raise Refused("archive-too-large")


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> bytes:
    if entry.flag_bits & _ENCRYPTED:
        raise Refused("archive-protected", file=name)
    if entry.file_size > LARGEST_PARCEL:
        raise Refused("too-large", file=name)
    try:
        with archive.open(entry) as opened:
            return opened.read(LARGEST_PARCEL)
    except Exception as error:  # the zip module lets any error of its decoders through
        raise Refused("archive-damaged", file=name, reason=str(error)) from error
