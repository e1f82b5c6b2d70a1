"""Pictures that an editor brings to a study: from a file, or off the clipboard."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from workbench.desk.editing import pictures
from workbench.errors import Refused
from workbench.submission import Picture

if TYPE_CHECKING:
    from workbench.desk.desk import Desk

LARGEST = 25_000_000
"""Bytes. A photograph of the best cameras is smaller."""


def read_file(path: Path) -> bytes:
    """The bytes of a picture's file. Raises Refused: not-a-file, unreadable, picture-too-large."""
    if not path.is_file():
        raise Refused("not-a-file", file=path.name)
    try:
        with path.open("rb") as opened:
            data = opened.read(LARGEST + 1)
    except OSError as error:
        raise Refused("unreadable", file=path.name, reason=str(error)) from error
    _require_small(data, path.name)
    return data


def take_in(desk: Desk, data: bytes, name: str) -> Picture:
    """Keeps a picture on the desk as readers will get it: upright, bounded, freed of what a camera wrote into it.

    A study has it as soon as an edit of an answer shows it. Raises Refused("picture-too-large", "picture-broken").
    """
    from workbench.store import blobs

    _require_small(data, name)
    try:
        made = pictures.prepare(data)
    except pictures.Unshowable as error:
        raise Refused("picture-broken", name=name) from error
    with desk.store.writing() as connection:
        sha256 = blobs.put(connection, made.data)
    return Picture(name, None, sha256, made.media_type, made.width, made.height, len(made.data))


def _require_small(data: bytes, name: str) -> None:
    if len(data) > LARGEST:
        raise Refused("picture-too-large", name=name)
