"""Fetching the pictures of a published page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QImage

from ui.bridge import Bridge
from ui.views.page import pictures_of
from workbench.desk import Desk, browsing
from workbench.publication import Study


def fetch(bridge: Bridge, page: Study, then: Callable[[str, QImage], object]) -> None:
    """Hands each picture that a page shows to `then`, decoded, as it arrives."""
    for asset in pictures_of(page.publication):
        bridge.ask(lambda desk, asset=asset: _picture(desk, asset), partial(then, asset))


def _picture(desk: Desk, asset: str) -> QImage:
    return QImage.fromData(browsing.asset(desk, asset))
