"""Pictures as the website serves them: as published, and narrower for lists and small windows."""

from __future__ import annotations

import os
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from io import BytesIO

from workbench.errors import WorldError
from workbench.exporters import safe
from workbench.exporters.folder import Folder
from workbench.publication import PublishedImage, Study

WIDTHS = (400, 800)
"""Widths of the narrower pictures, in pixels: a list's, and a column's on an ordinary screen."""

_WORTH = 1.2
"""A narrower picture is made where the published one is so many times wider."""

_AHEAD = 24
"""Studies whose pictures are being made while earlier ones become pages."""

_ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "image/gif": "gif"}
_BEGINNINGS = {"jpg": b"\xff\xd8\xff", "png": b"\x89PNG\r\n\x1a\n", "webp": b"RIFF", "gif": b"GIF8"}
_SHA256 = re.compile(r"[0-9a-f]{64}")
_ANY_HEIGHT = 65_535
_STILL = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP"}
_KEY = "as published"


class NoPicture(Exception):
    """The bytes are missing, or are not the kind of picture they were said to be."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture that stands in the site: its paths from the site's root, its size, and its words.

    `narrower` are its widths and paths besides `path`, the narrowest first; none where the picture is small itself
    or would lose its movement.
    """

    sha256: str
    path: str
    narrower: tuple[tuple[int, str], ...]
    width: int
    height: int
    alt: str
    credit: str

    @property
    def small(self) -> str:
        """The picture for a list."""
        return self.narrower[0][1] if self.narrower else self.path

    def srcset(self, root: str) -> str:
        """Its sizes as the attribute of an `img` on a page that reaches the site's root by `root`."""
        sizes = (*self.narrower, (self.width, self.path)) if self.narrower else ()
        return ", ".join(f"{root}{path} {width}w" for width, path in sizes)


_Made = Mapping[str, bytes]
"""The narrower pictures by their path."""


class Pictures:
    """Puts each picture into the folder once, however many studies show it.

    `left_out` are the pictures, by SHA-256, that could not be had or are none a browser may be given.
    """

    def __init__(self, folder: Folder, asset: Callable[[str], bytes]) -> None:
        self._folder = folder
        self._asset = asset
        self._coming: dict[str, tuple[Shown, bytes, Future[_Made]]] = {}
        self._stands: dict[str, bool] = {}

    @property
    def left_out(self) -> tuple[str, ...]:
        return tuple(sorted(sha256 for sha256, stands in self._stands.items() if not stands))

    def beside(self, studies: Iterable[Study]) -> Iterator[tuple[Study, tuple[Shown, ...]]]:
        """The same studies in the same order, each with those of its pictures that now stand in the site.

        Narrower pictures are made in threads, some studies ahead; `asset` is called in this one.
        """
        waiting: deque[Study] = deque()
        with ThreadPoolExecutor(os.cpu_count(), "pictures") as pool:
            for study in studies:
                self._begin(study, pool)
                waiting.append(study)
                if len(waiting) > _AHEAD:
                    yield self._done(waiting.popleft())
            yield from map(self._done, waiting)

    def _begin(self, study: Study, pool: ThreadPoolExecutor) -> None:
        for image in _images(study):
            if image.sha256 not in self._coming and image.sha256 not in self._stands:
                self._start(image, pool)

    def _start(self, image: PublishedImage, pool: ThreadPoolExecutor) -> None:
        """Keeps what stands already; else asks for the picture and has it made narrower."""
        shown = _shown(image)
        if shown is None:
            self._stands[image.sha256] = False
        elif all(self._folder.has(path, _KEY) for path in _paths(shown)):
            self._put(shown, dict.fromkeys(_paths(shown), b""))
        elif data := self._bytes(shown):
            self._coming[image.sha256] = (shown, data, pool.submit(_narrower, data, shown))
        else:
            self._stands[image.sha256] = False

    def _bytes(self, shown: Shown) -> bytes:
        """The published picture, or nothing where it cannot be had or begins unlike its kind."""
        try:
            data = self._asset(shown.sha256)
        except (WorldError, LookupError):
            return b""
        return data if data.startswith(_BEGINNINGS[_ending(shown)]) else b""

    def _done(self, study: Study) -> tuple[Study, tuple[Shown, ...]]:
        for image in _images(study):
            if image.sha256 in self._coming:
                self._finish(*self._coming.pop(image.sha256))
        stand = (_shown(image) for image in _images(study) if self._stands[image.sha256])
        return study, tuple(shown for shown in stand if shown is not None)

    def _finish(self, shown: Shown, data: bytes, made: Future[_Made]) -> None:
        try:
            self._put(shown, {**made.result(), shown.path: data})
        except NoPicture:
            self._stands[shown.sha256] = False

    def _put(self, shown: Shown, files: _Made) -> None:
        for path, data in files.items():
            self._folder.put(path, _KEY, lambda data=data: data)
        self._stands[shown.sha256] = True


def _images(study: Study) -> tuple[PublishedImage, ...]:
    return () if study.withdrawn else study.publication.images


def _shown(image: PublishedImage) -> Shown | None:
    ending = _ENDINGS.get(image.media_type)
    if ending is None or not _SHA256.fullmatch(image.sha256) or image.width < 1 or image.height < 1:
        return None
    stem = f"pictures/{image.sha256[:32]}"
    widths = [width for width in WIDTHS if ending in _STILL and image.width > width * _WORTH]
    narrower = tuple((width, f"{stem}-{width}.{ending}") for width in widths)
    alt = "Picture without a description" if image.alt is None else safe.line(image.alt)
    credit = safe.line(image.credit)
    return Shown(image.sha256, f"{stem}.{ending}", narrower, image.width, image.height, alt, credit)


def _paths(shown: Shown) -> tuple[str, ...]:
    return (*(path for _, path in shown.narrower), shown.path)


def _ending(shown: Shown) -> str:
    return shown.path.rpartition(".")[2]


def _narrower(data: bytes, shown: Shown) -> _Made:
    """The picture in its narrower widths, without anything but its pixels; each made from the next wider one."""
    from PIL import Image

    if not shown.narrower:
        return {}
    kind, made = _STILL[_ending(shown)], dict[str, bytes]()
    try:
        with Image.open(BytesIO(data), formats=[kind]) as opened:
            opened.draft("RGB", (shown.narrower[-1][0], 1))
            picture = opened.convert("RGBA" if opened.has_transparency_data and kind != "JPEG" else "RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise NoPicture(shown.sha256) from error
    for width, path in reversed(shown.narrower):
        picture.thumbnail((width, _ANY_HEIGHT), Image.Resampling.HAMMING, reducing_gap=1.0)
        out = BytesIO()
        picture.save(out, kind, quality=80)
        made[path] = out.getvalue()
    return made
