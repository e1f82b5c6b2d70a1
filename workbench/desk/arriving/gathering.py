"""Finding the Word files in what an editor drops on the desk: files, folders, archives, saved mails."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import IO

from workbench.desk.arriving.parcels import (
    HOLDERS,
    MOST_PARCELS,
    WORD,
    Letter,
    Parcel,
    by_stem,
    ending,
    is_wanted,
    refusal,
)
from workbench.errors import Refused

DEEPEST = 2
"""How deep archives and mails are opened inside one another: an archive in a mail, a mail in an archive."""


def gather(paths: Iterable[Path]) -> Iterator[Parcel]:
    """Every file to import, in the order of `paths` and sorted inside folders and archives.

    What cannot be opened or holds no Word file is a parcel that refuses when read. A parcel is read before the next
    one is asked for: what it lies in is closed then.
    """
    for path in paths:
        yield from _folder(path) if path.is_dir() else _bounded(path)


def _folder(folder: Path) -> Iterator[Parcel]:
    closed: list[OSError] = []
    walked = _walk(folder, closed)
    found = [path for path in walked if ending(path.name) in WORD | HOLDERS and is_wanted(path.name)]
    if not found and not closed:
        yield refusal(str(folder), "no-word-files")
    for path in found:
        yield from _bounded(path)
    for error in closed:
        yield refusal(str(error.filename), "unreadable", reason=error.strerror)


def _walk(folder: Path, closed: list[OSError]) -> Iterator[Path]:
    """Every file below the folder; what the folders that may not be opened said is added to `closed`."""
    for parent, folders, names in os.walk(folder, onerror=closed.append):
        folders[:] = sorted(name for name in folders if is_wanted(name))
        yield from sorted((Path(parent, name) for name in names), key=by_stem)


def _bounded(path: Path) -> Iterator[Parcel]:
    """What one file holds, and no more than a person could have meant to send."""
    parcels = _from_path(path)
    yield from islice(parcels, MOST_PARCELS)
    if next(parcels, None) is not None:
        yield refusal(str(path), "archive-too-large")


def _from_path(path: Path) -> Iterator[Parcel]:
    name = str(path)
    if ending(path.name) not in HOLDERS:
        yield Parcel(name, partial(_read, path))
        return
    try:
        file = _open_ordinary(path)
    except (OSError, ValueError) as error:
        yield refusal(name, _damaged(name), reason=str(error))
        return
    with file:
        yield from _held(Parcel(name, bytes), file)


def _read(path: Path) -> bytes:
    from workbench import word

    return word.read_file(path)


def _open_ordinary(path: Path) -> IO[bytes]:
    """The file, opened; a pipe or a device would make the program wait, so it counts as damaged."""
    if not path.is_file():
        raise OSError("not an ordinary file" if path.exists() else "no such file")
    return path.open("rb")


def _held(holder: Parcel, file: IO[bytes], depth: int = 1) -> Iterator[Parcel]:
    """What an archive or a mail holds, and what the archives and mails in it hold."""
    try:
        parcels = _contents(ending(holder.name), file)
    except Refused as error:
        yield refusal(holder.name, error.code, **error.params)
        return
    if not parcels:
        yield refusal(holder.name, "no-word-files")
    for parcel in parcels:
        inner = _inside(holder, parcel)
        yield from _opened(inner, depth + 1) if ending(inner.name) in HOLDERS else (inner,)


def _inside(holder: Parcel, parcel: Parcel) -> Parcel:
    letter = _nearest(parcel.letter, holder.letter)
    return replace(parcel, name=f"{holder.name}/{parcel.name}", letter=letter)


def _nearest(inner: Letter | None, outer: Letter | None) -> Letter | None:
    """The letter a file came with is the one it was attached to, if that says anything."""
    return inner if inner not in (None, Letter()) else outer


def _contents(suffix: str, file: IO[bytes]) -> tuple[Parcel, ...]:
    if suffix == ".zip":
        from workbench.desk.arriving import archives

        return archives.members(file)
    if suffix == ".msg":
        from workbench.desk.arriving import outlook

        return outlook.attachments(file)
    from workbench.desk.arriving import mails

    return mails.attachments(file)


def _opened(holder: Parcel, depth: int) -> Iterator[Parcel]:
    if depth > DEEPEST:
        yield refusal(holder.name, "archive-nested")
        return
    try:
        data = holder.read()
    except Refused as error:
        yield refusal(holder.name, error.code, **error.params)
        return
    yield from _held(holder, BytesIO(data), depth)


def _damaged(name: str) -> str:
    return "archive-damaged" if ending(name) == ".zip" else "mail-damaged"
