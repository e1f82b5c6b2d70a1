"""The line icons of `resources/icons`, drawn in the colours of the theme."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

import resources
from ui.theme import tokens

SIZE = 20


def icon(name: str, *, accent: str = "accent", rest: str = "ink2") -> QIcon:
    """An icon in the token `rest`, and in the token `accent` where its button is checked."""
    colours = tokens()
    made = QIcon()
    for scale in (1, 2):
        made.addPixmap(_drawn(name, getattr(colours, rest), scale), QIcon.Mode.Normal, QIcon.State.Off)
        made.addPixmap(_drawn(name, getattr(colours, accent), scale), QIcon.Mode.Normal, QIcon.State.On)
        made.addPixmap(_drawn(name, colours.ink3, scale), QIcon.Mode.Disabled, QIcon.State.Off)
    return made


@cache
def _source(name: str) -> str:
    return resources.path("icons", f"{name}.svg").read_text("utf-8")


@cache
def _drawn(name: str, colour: str, scale: int) -> QPixmap:
    source = _source(name).replace("currentColor", colour)
    pixmap = QPixmap(QSize(SIZE, SIZE) * scale)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(source.encode())).render(painter)
    painter.end()
    pixmap.setDevicePixelRatio(scale)
    return pixmap
