"""Fetching the pictures of a published page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QBuffer, Qt
from PySide6.QtGui import QImage, QImageReader

from ui.bridge import Bridge
from ui.views.catalogue.page import pictures_of
from workbench.desk import Desk
from workbench.desk.catalogue import browsing
from workbench.publication import Study


def fetch(bridge: Bridge, page: Study, then: Callable[[str, QImage], object]) -> None:
    """Hands each picture that a page shows to `then`, decoded, as it arrives."""
    for asset in pictures_of(page.publication):
        bridge.ask(lambda desk, asset=asset: _picture(desk, asset), partial(then, asset))


WIDEST = 600
"""Pixels across that a picture of the source is kept at: what the pane shows, on a fine screen too."""


def small(assets: Mapping[str, bytes]) -> dict[str, QImage]:
    """The pictures among `assets` by their SHA-256, none wider than `WIDEST`; what Qt cannot read is left out."""
    read = {asset: _small(data) for asset, data in assets.items()}
    return {asset: picture for asset, picture in read.items() if not picture.isNull()}


def _small(data: bytes) -> QImage:
    buffer = QBuffer()
    buffer.setData(data)
    reader = QImageReader(buffer)
    size = reader.size()
    if size.width() > WIDEST:
        reader.setScaledSize(size.scaled(WIDEST, size.height(), Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


def _picture(desk: Desk, asset: str) -> QImage:
    return QImage.fromData(browsing.asset(desk, asset))
