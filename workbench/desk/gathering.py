"""Finding the Word files in what an editor drops on the desk: files, folders, archives, saved mails."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from email.message import Message
from pathlib import Path, PurePath, PurePosixPath
from typing import IO

from workbench.errors import Refused

WORD = frozenset({".docx", ".docm", ".dotx", ".dotm", ".doc"})
"""What is taken for a Word file among others. A file named by itself is tried whatever its name ends with."""

HOLDERS = frozenset({".zip", ".eml"})

LARGEST_ARCHIVE = 2 * 1024**3
LARGEST_MEMBER = 64 * 1024**2
LARGEST_MAIL = 256 * 1024**2
MOST_MEMBERS = 10_000


@dataclass(frozen=True, slots=True)
class Parcel:
    """One file to be imported: how to name it to people, and its bytes when they are asked for.

    `read` raises Refused where there are none to be had.
    """

    name: str
    read: Callable[[], bytes]

    @property
    def short_name(self) -> str:
        """The name without its folder."""
        return _last(self.name)


def gather(paths: Iterable[Path], opened: ExitStack) -> Iterator[Parcel]:
    """Every file to import, in the order of `paths` and sorted inside folders and archives.

    What cannot be opened or holds no Word file is a parcel that refuses when read. Archives stay open, to be read
    from, until `opened` is closed.
    """
    for path in paths:
        yield from _folder(path, opened) if path.is_dir() else _from_path(path, opened)


def _folder(folder: Path, opened: ExitStack) -> Iterator[Parcel]:
    found = [
        path for path in _walk(folder) if path.suffix.lower() in WORD | HOLDERS and _is_wanted(path.name)
    ]
    if not found:
        yield _refusal(str(folder), "no-word-files")
    for path in found:
        yield from _from_path(path, opened)


def _walk(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if _is_wanted(name))
        yield from sorted((Path(parent, name) for name in names), key=_by_stem)


def _by_stem(path: PurePath) -> tuple[str, ...]:
    """So that study.docx comes before study-revised.docx."""
    return (*path.parent.parts, path.stem, path.suffix)


def _is_wanted(name: str) -> bool:
    """Not hidden, not what Word leaves beside an open document, not what a Mac adds to an archive."""
    return name in (".", "..") or not (name.startswith((".", "~$")) or name == "__MACOSX")


def _from_path(path: Path, opened: ExitStack) -> Iterator[Parcel]:
    match path.suffix.lower():
        case ".zip":
            return _archive(path, opened)
        case ".eml":
            return _mail(path)
        case _:
            return iter([Parcel(str(path), lambda: _read(path))])


def _read(path: Path) -> bytes:
    from workbench import word

    return word.read_file(path)


def _refusal(name: str, code: str, **params: object) -> Parcel:
    def read() -> bytes:
        raise Refused(code, **{**params, "file": name})

    return Parcel(name, read)


# Archives


def _archive(path: Path, opened: ExitStack) -> Iterator[Parcel]:
    try:
        archive = opened.enter_context(zipfile.ZipFile(opened.enter_context(_ordinary(path))))
    except (OSError, ValueError, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        return iter([_refusal(str(path), "archive-damaged", reason=str(error))])
    return _members(path, archive)


def _members(path: Path, archive: zipfile.ZipFile) -> Iterator[Parcel]:
    members = [member for member in archive.infolist() if _is_word_member(member)]
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > LARGEST_ARCHIVE:
        yield _refusal(str(path), "archive-too-large")
    elif not members:
        yield _refusal(str(path), "no-word-files")
    else:
        for member in sorted(members, key=lambda member: _by_stem(PurePosixPath(member.filename))):
            yield _member(path, archive, member)


def _ordinary(path: Path) -> IO[bytes]:
    """The file, opened; a pipe or a device would make the program wait, so it counts as damaged."""
    if not path.is_file():
        raise OSError("not an ordinary file" if path.exists() else "no such file")
    return path.open("rb")


def _is_word_member(member: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(member.filename)
    return not member.is_dir() and path.suffix.lower() in WORD and all(map(_is_wanted, path.parts))


def _member(path: Path, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Parcel:
    name = f"{path}/{member.filename}"

    def read() -> bytes:
        if member.flag_bits & 1:
            raise Refused("archive-protected", file=name)
        if member.file_size > LARGEST_MEMBER:
            raise Refused("too-large", file=name)
        try:
            with archive.open(member) as opened:
                data = opened.read(LARGEST_MEMBER + 1)
        except Exception as error:  # the zip module lets any error of its decoders through
            raise Refused("archive-damaged", file=name, reason=str(error)) from error
        if len(data) > LARGEST_MEMBER:
            raise Refused("too-large", file=name)
        return data

    return Parcel(name, read)


# Mails


def _mail(path: Path) -> Iterator[Parcel]:
    try:
        names = [name for name, _ in _attachments(path)]
    except Refused as error:
        names, refusal = [], _refusal(str(path), error.code, **error.params)
    else:
        refusal = _refusal(str(path), "no-word-files")
    if not names:
        yield refusal
    for number, name in enumerate(names):
        yield Parcel(f"{path}/{name}", lambda number=number: _attachments(path)[number][1])


def _attachments(path: Path) -> list[tuple[str, bytes]]:
    """The Word files attached to a mail and to the mails forwarded in it, in order."""
    import email
    import email.policy

    try:
        with _ordinary(path) as file:
            message = email.message_from_bytes(file.read(LARGEST_MAIL), policy=email.policy.default)
        parts = [(part.get_filename() or "", part) for part in message.walk()]
        return [(_last(name), _content(part)) for name, part in parts if _is_word(name)]
    except Exception as error:  # the email package meets broken headers with errors of many kinds
        raise Refused("mail-damaged", file=str(path), reason=str(error)) from error


def _last(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).name


def _is_word(name: str) -> bool:
    return PurePosixPath(name).suffix.lower() in WORD


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""
