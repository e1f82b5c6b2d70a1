"""What an editor hands in, one file at a time: how to name it, how it came, and its bytes when they are wanted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath, PurePosixPath

from workbench.errors import Refused
from workbench.submission import Note

WORD = frozenset({".docx", ".docm", ".dotx", ".dotm", ".doc", ".dot", ".odt", ".ott", ".rtf"})
"""What is taken for a Word file among others. A file named by itself is tried whatever its name ends with."""

HOLDERS = frozenset({".zip", ".eml", ".msg"})
"""What is opened to look for such files in it."""

LARGEST_PARCEL = 64 << 20
"""Bytes of one file inside another; no Word file is read beyond that."""

MOST_PARCELS = 1_000


@dataclass(frozen=True, slots=True)
class Letter:
    """The mail that a file was attached to, as its headers say; "" where they do not. `sent` is ISO 8601."""

    sender: str = ""
    sent: str = ""
    subject: str = ""

    @property
    def note(self) -> Note:
        """The letter as a note of the submission that came with it."""
        told = (("from", self.sender), ("sent", self.sent), ("subject", self.subject))
        return Note("mail", "\n".join(f"{name}: {text}" for name, text in told if text), author=self.sender)


@dataclass(frozen=True, slots=True)
class Parcel:
    """One file to be imported. `read` gives its bytes, or raises Refused where there are none to be had."""

    name: str
    read: Callable[[], bytes]
    letter: Letter | None = None

    @property
    def short_name(self) -> str:
        """The name without its folder."""
        return last(self.name)


def refusal(name: str, code: str, **params: object) -> Parcel:
    """A parcel that says why there is nothing to be had."""

    def read() -> bytes:
        raise Refused(code, **{**params, "file": name})

    return Parcel(name, read)


def last(name: str) -> str:
    """The last part of a path, whichever system wrote it."""
    return PurePosixPath(name.replace("\\", "/")).name


def printable(text: str) -> str:
    """`text` without what would steer a terminal or turn its reading order round."""
    return "".join(character if character.isprintable() else "\ufffd" for character in text)


def ending(name: str) -> str:
    """The suffix of a file's name in lower case, with its dot."""
    return PurePosixPath(name).suffix.lower()


def is_wanted(name: str) -> bool:
    """Not hidden, not what Word leaves beside an open document, not what a Mac adds to an archive."""
    return name in (".", "..") or not (name.startswith((".", "~$")) or name == "__MACOSX")


def by_stem(path: PurePath) -> tuple[str, ...]:
    """What to sort by, so that study.docx comes before study-revised.docx."""
    return (*path.parent.parts, path.stem, path.suffix)
