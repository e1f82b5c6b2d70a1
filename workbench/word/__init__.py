"""Word in, and Word out: the only room that knows OOXML.

A file comes in through `read_file`, which opens ordinary files only, and `read`, which lets nothing past the
guard (`guard`, `package`, `xml`) and then reads the package in one pass (`reader`, `story`, and what they lean
on: `styles`, `numbering`, `tables`, `graphics`, `chunks`) into a `document.WordDocument`. All text of the file
ends in its blocks or its notes; `read_twice` and `raw_words` have the text read a second time, by another way, so
that a caller can hold the reader to that. `convert` has LibreOffice make a Word file of a .doc, .odt or .rtf.
`blank` goes the other way and writes the empty Word form of a template.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.errors import Refused
from workbench.word.document import WordDocument

if TYPE_CHECKING:
    from workbench.template import Template
    from workbench.word.conversation import Remark
    from workbench.word.converting import Converted
    from workbench.word.paper import Paper
    from workbench.word.story import Revisions

__all__ = [
    "WordDocument",
    "blank",
    "convert",
    "pdf",
    "raw_words",
    "read",
    "read_file",
    "read_twice",
    "remarks",
    "words",
    "write",
]


def read(data: bytes, name: str, *, revisions: Revisions = "accepted", pictures: bool = True) -> WordDocument:
    """All that the Word file `data` says; `name` is used in refusals alone.

    `revisions` tells how tracked changes are read: `accepted` keeps deletions as notes, `rejected` has them as
    text and insertions as notes; `shown` has everything as text, hidden words too, each with its traces, under the
    same refs as `accepted`. Without `pictures` none is inflated, and none stands in the text.
    Raises `Refused`: `empty`, `password-protected`, `legacy-doc`, `not-word`, `damaged`, `too-large`,
    `unsafe-package`.
    """
    from workbench.word.package import Package
    from workbench.word.reader import read_package

    with _refusing(name):
        return read_package(Package(data), revisions, pictures=pictures)


def read_twice(data: bytes, name: str) -> tuple[WordDocument, Mapping[str, str]]:
    """All that the Word file `data` says, and the whole text of each of its parts read a second time, over its XML
    and without the reader's help: what `raw_words` counts. Raises `Refused` as `read` does."""
    from workbench.word.counting import raw_texts
    from workbench.word.package import Package
    from workbench.word.reader import read_package

    with _refusing(name):
        package = Package(data)
        return read_package(package), raw_texts(package)


def remarks(data: bytes, name: str) -> tuple[Remark, ...]:
    """The comments of the Word file `data`, and which answers which. Raises `Refused` as `read` does."""
    from workbench.word.conversation import of_package
    from workbench.word.package import Package

    with _refusing(name):
        return of_package(Package(data))


def read_file(path: Path) -> bytes:
    """The bytes of an ordinary file, at most 64 MB. Raises `Refused`: `locked`, `not-a-file`, `too-large`,
    `unreadable`; pipes, devices and links to them are never opened."""
    from workbench.word import guard

    return guard.read_file(path)


def convert(data: bytes, name: str) -> Converted | None:
    """The Word file that LibreOffice makes of a .doc, .odt or .rtf; None for any other file, and where it is not
    installed. Raises `Refused`: `password-protected`, `too-large`, `unsafe-package`, `damaged`, `unconvertible`."""
    from workbench.word import converting

    return converting.convert(data, name)


def raw_words(data: bytes) -> Counter[str]:
    """How often each word occurs in a Word file, counted over its XML without the reader's help. Raises `Refused`."""
    from workbench.word import counting

    return counting.raw_words(data)


def words(text: str) -> list[str]:
    """The words of `text` as `raw_words` counts them."""
    from workbench.word import counting

    return counting.words(text)


def blank(template: Template, language: str = "en") -> bytes:
    """The Word file that councils fill in: a heading and a content control for each field, tagged with its id.

    In another language as far as that has words for the template.
    """
    from workbench.word import form

    return form.blank(template, language)


def write(paper: Paper) -> bytes:
    """A study as a Word document to read and to approve."""
    from workbench.word.paper import written

    return written(paper)


def pdf(data: bytes) -> bytes | None:
    """A Word document of our own as a PDF, made by LibreOffice; None where that is not installed.

    Raises `Refused("unconvertible")`.
    """
    from workbench.word import converting

    return converting.pdf(data)


@contextmanager
def _refusing(name: str) -> Generator[None]:
    """Gives refusals the name of the file."""
    try:
        yield
    except Refused as refusal:
        raise _named(refusal, name) from refusal
    except RecursionError:
        raise Refused("unsafe-package", file=name, reason="its parts are nested too deeply") from None


def _named(refusal: Refused, name: str) -> Refused:
    return Refused(refusal.code, **{"file": name, "reason": "", "kind": "something else", **refusal.params})
