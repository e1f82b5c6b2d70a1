"""Between a field and the clipboard: what is copied out of it, and what may be pasted into it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QMimeData
from PySide6.QtGui import QImage

from ui.phrases import say
from workbench.desk.editing import adding
from workbench.errors import Refused
from workbench.richtext import Image, Inline, RichText, Text, from_html, images, map_inline, plain, to_html
from workbench.richtext.pasted import Pasted, from_clipboard

OWN = "application/x-casebook-richtext"

LIGHT = 60_000
"""Characters that are read at once; what is longer is read while the window goes on."""


def pack(blocks: RichText) -> QMimeData:
    """Rich text as it is copied: exact for another field, as HTML and as plain words for any other program."""
    made = QMimeData()
    made.setData(OWN, to_html(blocks).encode())
    made.setHtml(to_html(blocks))
    made.setText(plain(blocks))
    return made


def readable(source: QMimeData) -> bool:
    """Whether there is anything on the clipboard that can be pasted or about which there is something to say."""
    return (
        source.hasFormat(OWN) or source.hasHtml() or source.hasText() or source.hasImage() or source.hasUrls()
    )


SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".tif", ".tiff", ".bmp")
_RAW = ("image/png", "image/jpeg", "image/webp", "image/tiff")


@dataclass(frozen=True, slots=True)
class Loose:
    """A picture on its way in: what it is called, and how its bytes are come by, which takes its time."""

    name: str
    read: Callable[[], bytes]


def pictures(source: QMimeData) -> tuple[Loose, ...]:
    """The pictures on the clipboard or carried along, where those are meant: files, or a picture without words."""
    files = [Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile()]
    if files and all(path.suffix.lower() in SUFFIXES for path in files):
        return tuple(Loose(path.name, partial(adding.read_file, path)) for path in files)
    if not source.hasImage() or source.hasFormat(OWN) or source.text().strip():
        return ()
    if raw := next(filter(source.hasFormat, _RAW), ""):
        return (Loose(say("picture-pasted"), partial(bytes, source.data(raw).data())),)
    return (Loose(say("picture-pasted"), partial(_encoded, QImage(source.imageData()))),)


def _encoded(picture: QImage) -> bytes:
    buffer = QBuffer()
    picture.save(buffer, "PNG")  # pyright: ignore[reportCallIssue, reportArgumentType]
    return bytes(buffer.data().data())


@dataclass(frozen=True, slots=True)
class Clipping:
    """What is on the clipboard, taken off it and not yet read. `assets` are the pictures that may come along."""

    own: str
    html: str
    text: str
    assets: frozenset[str]

    @property
    def heavy(self) -> bool:
        """Whether reading it takes longer than a key may."""
        return len(self.own or self.html or self.text) > LIGHT

    def read(self) -> Pasted:
        """The rich text. Raises Refused: paste-too-large, table-too-large, picture-not-pasted."""
        if self.own:
            return _own(from_html(self.own), self.assets)
        if not self.html and not self.text:
            raise Refused("picture-not-pasted")
        read = from_clipboard(self.html, self.text, self.assets)
        if read.pictures and not read.content:
            raise Refused("picture-not-pasted")
        return read


def take(source: QMimeData, assets: Collection[str], *, words_alone: bool = False) -> Clipping:
    """Takes off the clipboard what a field can hold; with `words_alone`, without any dress."""
    own = bytes(source.data(OWN).data()).decode("utf-8", "replace")
    html = source.html() if source.hasHtml() else ""
    if words_alone:
        own = html = ""
    return Clipping(own, html, source.text() if source.hasText() else "", frozenset(assets))


def left_out(pasted: Pasted) -> str:
    """What could not be pasted, in words; "" where all could."""
    parts = [
        say(f"pasted-without-{name}", n=count)
        for name, count in (
            ("pictures", pasted.pictures),
            ("links", pasted.links),
            ("characters", pasted.characters),
        )
        if count
    ]
    return say("pasted-without", what=", ".join(parts)) if parts else ""


def _own(blocks: RichText, assets: frozenset[str]) -> Pasted:
    def keep(part: Inline) -> Inline:
        return Text("") if isinstance(part, Image) and part.asset not in assets else part

    missing = sum(image.asset not in assets for image in images(blocks))
    return Pasted(map_inline(blocks, keep), pictures=missing)
