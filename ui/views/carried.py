"""What the mouse carries between panes: passages of the source, a passage of the tray, a field's answer."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QDrag, QMouseEvent, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from ui import theme

_KIND = "application/x-casebook-words"
_WIDE = 220


@dataclass(frozen=True, slots=True)
class Carried:
    """One of: the paragraphs of the source with these `refs`; the unplaced `passage`; the whole answer to `field`."""

    refs: tuple[str, ...] = ()
    passage: str = ""
    field: str = ""


def pack(carried: Carried, into: QMimeData | None = None) -> QMimeData:
    """`carried` as Qt carries things, beside what `into` holds already."""
    made = into or QMimeData()
    made.setData(_KIND, json.dumps(asdict(carried)).encode())
    return made


def unpack(data: QMimeData) -> Carried | None:
    """What `data` carries; None where it comes from elsewhere."""
    if not data.hasFormat(_KIND):
        return None
    said = json.loads(bytes(data.data(_KIND).data()))
    return Carried(tuple(said["refs"]), said["passage"], said["field"])


def carry(from_: QWidget, carried: Carried, words: str) -> None:
    """Lets the mouse carry `carried`, its `words` beside the pointer, until it is let go."""
    drag = QDrag(from_)
    drag.setMimeData(pack(carried))
    drag.setPixmap(_card(from_, " ".join(words.split())))
    drag.setHotSpot(QPoint(-12, -8))
    drag.exec(Qt.DropAction.MoveAction)


def is_far(event: QMouseEvent, pressed: QPoint) -> bool:
    """Whether the mouse, its left button down, has gone so far from where it was `pressed` that it carries."""
    far = (event.position().toPoint() - pressed).manhattanLength() >= QApplication.startDragDistance()
    return far and bool(event.buttons() & Qt.MouseButton.LeftButton)


def _card(owner: QWidget, words: str) -> QPixmap:
    ratio = owner.devicePixelRatioF()
    made = QPixmap(round(_WIDE * ratio), round(28 * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(theme.colour("found"))
    painter = QPainter(made)
    painter.setPen(theme.colour("ink"))
    painter.setFont(theme.sans(12))
    shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, _WIDE - 20)
    painter.drawText(10, 18, shown)
    painter.end()
    return made
