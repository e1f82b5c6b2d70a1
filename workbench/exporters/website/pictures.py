"""Pictures as the website serves them: as published, and small for lists and narrow windows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import BytesIO

from workbench.errors import WorldError
from workbench.exporters import safe
from workbench.exporters.folder import Folder
from workbench.publication import PublishedImage

SMALL = 400
"""Width of the small picture, in pixels."""

_ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "image/gif": "gif"}
_BEGINNINGS = {"jpg": b"\xff\xd8\xff", "png": b"\x89PNG\r\n\x1a\n", "webp": b"RIFF", "gif": b"GIF8"}
_SHA256 = re.compile(r"[0-9a-f]{64}")
_ANY_HEIGHT = 65_535
_STILL = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP"}


class NoPicture(Exception):
    """The bytes are missing, or are not the kind of picture they were said to be."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture that stands in the site: its paths from the site's root, its size, and its words.

    `small` is "" where the picture is small itself or would lose its movement.
    """

    sha256: str
    path: str
    small: str
    width: int
    height: int
    alt: str
    credit: str


class Pictures:
    """Puts each picture into the folder once, however many studies show it.

    `left_out` are the pictures, by SHA-256, that could not be had or are none a browser may be given.
    """

    def __init__(self, folder: Folder, asset: Callable[[str], bytes]) -> None:
        self._folder = folder
        self._asset = asset
        self._stands: dict[str, bool] = {}

    @property
    def left_out(self) -> tuple[str, ...]:
        return tuple(sorted(sha256 for sha256, stands in self._stands.items() if not stands))

    def shown(self, images: Iterable[PublishedImage]) -> tuple[Shown, ...]:
        """Those of `images` that now stand in the site."""
        return tuple(shown for image in images if (shown := self._one(image)) is not None)

    def _one(self, image: PublishedImage) -> Shown | None:
        shown = _shown(image)
        if image.sha256 not in self._stands:
            self._stands[image.sha256] = shown is not None and self._put(shown)
        return shown if self._stands[image.sha256] else None

    def _put(self, shown: Shown) -> bool:
        ending = shown.path.rpartition(".")[2]
        try:
            if shown.small:
                self._folder.put(
                    shown.small, f"{SMALL}", lambda: _shrunk(self._bytes(shown.sha256, ending), ending)
                )
            self._folder.put(shown.path, "as published", lambda: self._bytes(shown.sha256, ending))
        except NoPicture:
            return False
        return True

    def _bytes(self, sha256: str, ending: str) -> bytes:
        try:
            data = self._asset(sha256)
        except (WorldError, LookupError) as error:
            raise NoPicture(sha256) from error
        if not data.startswith(_BEGINNINGS[ending]):
            raise NoPicture(sha256)
        return data


def _shown(image: PublishedImage) -> Shown | None:
    ending = _ENDINGS.get(image.media_type)
    if ending is None or not _SHA256.fullmatch(image.sha256) or image.width < 1 or image.height < 1:
        return None
    stem = f"pictures/{image.sha256[:32]}"
    small = f"{stem}-{SMALL}.{ending}" if ending in _STILL and image.width > SMALL else ""
    alt = "Picture without a description" if image.alt is None else safe.line(image.alt)
    credit = safe.line(image.credit)
    return Shown(image.sha256, f"{stem}.{ending}", small, image.width, image.height, alt, credit)


def _shrunk(data: bytes, ending: str) -> bytes:
    """The picture `SMALL` pixels wide, without anything but its pixels."""
    from PIL import Image

    try:
        with Image.open(BytesIO(data), formats=[_STILL[ending]]) as picture:
            picture.thumbnail((SMALL, _ANY_HEIGHT), Image.Resampling.HAMMING, reducing_gap=1.0)
            small = picture.convert("RGBA" if picture.has_transparency_data and ending != "jpg" else "RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise NoPicture(ending) from error
    out = BytesIO()
    small.save(out, _STILL[ending], quality=80, optimize=True)
    return out.getvalue()
