"""Pictures made fit for readers: bounded, encoded anew, and freed of all that a camera wrote into them."""

from __future__ import annotations

import hashlib
import warnings
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image

LONGEST_SIDE = 1600
"""Pixels. Wider than any column of text, and sharp on a dense screen."""

_MOST_PIXELS = 100_000_000
_LARGEST_PNG = 600_000
"""Bytes. A larger picture without transparency is a photograph, and becomes a JPEG."""


class Unshowable(Exception):
    """The bytes are no picture that a browser could be given."""


@dataclass(frozen=True)
class Prepared:
    """A picture as readers get it. Sizes in pixels."""

    data: bytes
    media_type: str
    width: int
    height: int

    @cached_property
    def sha256(self) -> str:
        """The SHA-256 of these bytes."""
        return hashlib.sha256(self.data).hexdigest()


def prepare(data: bytes) -> Prepared:
    """The picture in `data` for readers: upright, at most `LONGEST_SIDE`, without EXIF, GPS or comments.

    The same bytes give the same picture. Of a moving picture, the first frame. Raises `Unshowable`.
    """
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings(action="ignore"), Image.open(BytesIO(data)) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                raise Unshowable
            upright = ImageOps.exif_transpose(opened)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            return _encode(_plain(upright), is_photograph=opened.format in ("JPEG", "MPO", "WEBP"))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Unshowable from error


def _plain(picture: Image) -> Image:
    """The pixels with their colour profile, and nothing else of what the file said."""
    profile = picture.info.get("icc_profile") if picture.mode in ("RGB", "RGBA", "L") else None
    plain = picture.convert(
        "RGBA" if picture.has_transparency_data else "L" if picture.mode == "L" else "RGB"
    )
    plain.info = {"icc_profile": profile} if profile else {}
    return plain


def _encode(picture: Image, *, is_photograph: bool) -> Prepared:
    is_opaque = picture.mode != "RGBA"
    if is_opaque and is_photograph:
        return _as_jpeg(picture)
    png = Prepared(_saved(picture, "PNG"), "image/png", *picture.size)
    return _as_jpeg(picture) if is_opaque and len(png.data) > _LARGEST_PNG else png


def _as_jpeg(picture: Image) -> Prepared:
    return Prepared(_saved(picture, "JPEG", quality=85, progressive=True), "image/jpeg", *picture.size)


def _saved(picture: Image, kind: str, **options: Any) -> bytes:
    written = BytesIO()
    picture.save(written, kind, icc_profile=picture.info.get("icc_profile"), **options)
    return written.getvalue()
