"""Small widgets that several views are made of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QMargins, QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLayout,
    QLayoutItem,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)

from ui import keys
from ui.phrases import say
from ui.theme import colour, sans
from workbench.submission import Severity

Tone = Literal["accent", "good", "warning", "blocker", "advice", "quiet"]
Glyph = Literal["square", "triangle", "dot", "none"]

GLYPHS: dict[Severity, Glyph] = {"blocker": "square", "warning": "triangle", "advice": "dot"}


def label(text: str = "", name: str = "", *, wrap: bool = False) -> QLabel:
    """A plain-text label styled by `name`."""
    made = QLabel(text)
    made.setObjectName(name)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    return made


def restyle(widget: QWidget, **properties: object) -> None:
    """Sets properties that the style sheet asks about, and has it look again."""
    if all(widget.property(name) == value for name, value in properties.items()):
        return
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def let_go(widget: QWidget) -> None:
    """Lets a widget go, at once as far as anybody sees."""
    widget.hide()
    widget.deleteLater()


def clear(layout: QLayout) -> None:
    """Empties a layout and lets its widgets go."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            let_go(widget)
        elif (inner := item.layout()) is not None:
            clear(inner)
            inner.deleteLater()


class KeyButton(QPushButton):
    """A button that shows the key which does the same: that of `command`, or else `key`. Enter presses it too."""

    def __init__(
        self, text: str, name: str = "", *, command: str = "", key: str = "", says: str = ""
    ) -> None:
        super().__init__(text)
        self._command, self._key = command, key
        self.setObjectName(name)
        self.setAccessibleName(says or text.rstrip("…"))
        self.show_key()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def key(self) -> str:
        """What stands on its keycap."""
        return keys.cap(self._command) if self._command else self._key

    def stand_for(self, command: str) -> None:
        """Shows the key of another command, or of none."""
        if command != self._command:
            self._command = command
            self.show_key()

    def show_key(self) -> None:
        """Shows the key that counts now."""
        self.setAccessibleDescription(say("key-is", key=self.key) if self.key else "")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As a button's, with room for the key."""
        return super().sizeHint() + QSize(self._cap_width() + 8 if self.key else 0, 0)

    def minimumSizeHint(self) -> QSize:
        """The whole text always shows."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space both press."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The button's own ground, the words, and the keycap at the right."""
        if not self.key:
            super().paintEvent(event)
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option)
        cap = self._cap_width()
        before = self.objectName() == "hint"
        option.rect = (
            option.rect.adjusted(cap + 2, 0, 0, 0) if before else option.rect.adjusted(0, 0, -cap - 8, 0)
        )
        painter.drawControl(QStyle.ControlElement.CE_PushButtonLabel, option)
        self._paint_cap(painter, cap)

    def _paint_cap(self, painter: QPainter, width: int) -> None:
        primary = self.objectName() == "primary" and self.isEnabled()
        left = 4.5 if self.objectName() == "hint" else self.width() - width - 11.5
        rect = QRectF(left, (self.height() - 17) / 2, width, 17)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour("on_accent" if primary else "line"), 1))
        painter.drawRoundedRect(rect, 3, 3)
        painter.setPen(colour("on_accent" if primary else "ink2"))
        painter.setFont(sans(11))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self.key)

    def _cap_width(self) -> int:
        return QFontMetrics(sans(11)).horizontalAdvance(self.key) + 11


class Keycap(QLabel):
    """The key of a command, as a word beside what it does."""

    def __init__(self, command: str) -> None:
        super().__init__()
        self._command = command
        self.setObjectName("keycap")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.show_key()

    def show_key(self) -> None:
        """Shows the key that counts now."""
        self.setText(keys.cap(self._command))


def button(
    text: str,
    then: Callable[[], object],
    *,
    name: str = "",
    command: str = "",
    key: str = "",
    says: str = "",
) -> KeyButton:
    """A button that does `then`; `says` is its name for screen readers where the text is too short."""
    made = KeyButton(text, name, command=command, key=key, says=says)
    made.clicked.connect(lambda: then())
    return made


class Pill(QWidget):
    """A word or two on a soft ground, such as the status of a submission."""

    def __init__(self, text: str = "", tone: Tone = "quiet") -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set(text, tone)

    def set(self, text: str, tone: Tone) -> None:
        """Shows `text` in `tone`."""
        self._text = text
        self._tone: Tone = tone
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as its words."""
        return QSize(pill_width(self._text), 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The pill."""
        painter = QPainter(self)
        paint_pill(painter, QRectF(self.rect()), self._text, self._tone)


def pill_font() -> QFont:
    """Counts are small and semibold."""
    return sans(11, QFont.Weight.DemiBold)


def pill_width(text: str, glyph: Glyph = "none") -> int:
    """How wide a pill with these words is."""
    return QFontMetrics(pill_font()).horizontalAdvance(text) + 16 + (12 if glyph != "none" else 0)


def paint_pill(painter: QPainter, rect: QRectF, text: str, tone: Tone, glyph: Glyph = "none") -> None:
    """Paints a pill into `rect`, with a shape before its words where one is given."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(f"{tone}_soft"))
    if tone == "accent":
        painter.setPen(QPen(colour("accent"), 0.8))
        rect = rect.adjusted(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
    words = rect
    if glyph != "none":
        paint_glyph(painter, QPointF(rect.left() + 12, rect.center().y()), glyph, tone, 7)
        words = rect.adjusted(13, 0, 0, 0)
    painter.setPen(colour("ink2" if tone == "quiet" else tone))
    painter.setFont(pill_font())
    painter.drawText(words, Qt.AlignmentFlag.AlignCenter, text)


def beginning(direction: Qt.LayoutDirection) -> Qt.AlignmentFlag:
    """Where painted words of one line begin: at the left, or at the right where the language does."""
    return _at(direction, Qt.AlignmentFlag.AlignLeft)


def ending(direction: Qt.LayoutDirection) -> Qt.AlignmentFlag:
    """Where a line ends."""
    return _at(direction, Qt.AlignmentFlag.AlignRight)


def _at(direction: Qt.LayoutDirection, side: Qt.AlignmentFlag) -> Qt.AlignmentFlag:
    there = QStyle.visualAlignment(direction, side)
    return there | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter


def paint_glyph(painter: QPainter, centre: QPointF, glyph: Glyph, tone: Tone, size: float = 10) -> None:
    """Paints the shape that goes with a severity, so that colour never speaks alone."""
    half = size / 2
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour("ink2" if tone == "quiet" else tone))
    if glyph == "square":
        painter.drawRect(QRectF(centre.x() - half, centre.y() - half, size, size))
    elif glyph == "triangle":
        top, base = centre.y() - half, centre.y() + half - 0.5
        painter.drawPolygon(
            QPolygonF(
                [
                    QPointF(centre.x(), top),
                    QPointF(centre.x() + half + 0.5, base),
                    QPointF(centre.x() - half - 0.5, base),
                ]
            )
        )
    elif glyph == "dot":
        painter.drawEllipse(centre, half, half)


class SeverityMark(QWidget):
    """The shape of a severity, named for those who do not see it."""

    def __init__(self, severity: Severity) -> None:
        super().__init__()
        self._severity: Severity = severity
        self.setFixedSize(16, 18)
        self.setAccessibleName(say(f"severity-{severity}"))
        self.setToolTip(say(f"severity-{severity}"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The shape."""
        centre = QPointF(self.width() / 2, self.height() / 2)
        paint_glyph(QPainter(self), centre, GLYPHS[self._severity], self._severity)


def paint_ring(painter: QPainter, rect: QRectF, share: float, token: str) -> None:
    """Paints how complete something is: an arc from the top, `share` 0 to 1, over a quiet ring."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour("line"), 3))
    painter.drawEllipse(rect)
    painter.setPen(QPen(colour(token), 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    painter.drawArc(rect, 90 * 16, -round(share * 360 * 16))


class Elided(QLabel):
    """A label of one line that ends in … where there is no room, with all of it in its tool tip."""

    def __init__(self, text: str = "", name: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._whole = ""
        self.say(text)

    def say(self, text: str) -> None:
        """Shows `text`, on one line."""
        self._whole = " ".join(text.split())
        self.setAccessibleName(self._whole)
        self._fit()

    @property
    def whole(self) -> str:
        """All that it says, elided or not."""
        return self._whole

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fits the words anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        shown = self.fontMetrics().elidedText(
            self._whole, Qt.TextElideMode.ElideRight, max(self.width() - 2, 0)
        )
        self.setText(shown)
        self.setToolTip(self._whole if shown != self._whole else "")


class Shrinking(Elided):
    """A label as wide as its words; they end in … only where there is no room. `more` is for a tool tip."""

    def __init__(self, text: str = "", name: str = "") -> None:
        self._more = ""
        super().__init__(text, name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def say(self, text: str, more: str = "") -> None:
        """Shows `text`, on one line."""
        self._more = more
        super().say(text)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """All of its words."""
        return QSize(self.fontMetrics().horizontalAdvance(self.whole) + 3, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """A word of them."""
        return QSize(min(self.sizeHint().width(), 48), super().minimumSizeHint().height())

    def _fit(self) -> None:
        super()._fit()
        self.setToolTip(self._more or self.toolTip())


CHIP = 300
"""The widest a chip may grow, in pixels; a longer name ends in … and stands whole in its tool tip."""


class Chip(QPushButton):
    """A tag: a council, a theme, or a proposed theme with a dashed edge. `sign` stands behind its name."""

    def __init__(
        self, text: str, kind: Literal["authority", "theme", "proposed"], says: str = "", *, sign: str = ""
    ) -> None:
        shown = QFontMetrics(sans(12, QFont.Weight.Medium)).elidedText(
            text, Qt.TextElideMode.ElideRight, CHIP
        )
        super().__init__(f"{shown}{sign}".replace("&", "&&"))
        self.setObjectName("chip")
        self.setProperty("kind", kind)
        self.setAccessibleName(says or text)
        if shown != text:
            self.setToolTip(text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)


class Flow(QLayout):
    """Lays widgets out as words on a line, on as many lines as it takes."""

    def __init__(self, parent: QWidget | None = None, gap: int = 6) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._sizes: list[QSize] = []
        self._heights: dict[int, int] = {}
        self._gap = gap
        self.setContentsMargins(QMargins())

    def addItem(self, item: QLayoutItem) -> None:
        """Appends."""
        self._items.append(item)

    def invalidate(self) -> None:
        """An item needs another size: all are asked anew."""
        super().invalidate()
        self._sizes = []
        self._heights = {}

    def count(self) -> int:
        """How many stand in it."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The item at `index`."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Takes the item at `index` out."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """None: it takes what it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """It is higher where it is narrower."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height that all lines need at `width`."""
        if width not in self._heights:
            self._heights[width] = self._arrange(QRect(0, 0, width, 0), move=False)
        return self._heights[width]

    def sizeHint(self) -> QSize:
        """The least it needs."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """Room for its widest item."""
        sizes = self._wanted()
        return QSize(max((s.width() for s in sizes), default=0), max((s.height() for s in sizes), default=0))

    def setGeometry(self, rect: QRect) -> None:
        """Places every item."""
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def _wanted(self) -> list[QSize]:
        """The size of each item, asked once until one needs another."""
        if len(self._sizes) != len(self._items):
            self._sizes = [item.sizeHint() for item in self._items]
        return self._sizes

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        at, line = QPoint(rect.x(), rect.y()), 0
        for item, size in zip(self._items, self._wanted(), strict=True):
            if at.x() > rect.x() and at.x() + size.width() > rect.right() + 1:
                at, line = QPoint(rect.x(), at.y() + line + self._gap), 0
            if move:
                item.setGeometry(QRect(at, size))
            at += QPoint(size.width() + self._gap, 0)
            line = max(line, size.height())
        return at.y() + line - rect.y()


class Empty(QWidget):
    """What an empty pane says: what would be here, and how to get it."""

    def __init__(self, title: str, text: str, *actions: QWidget) -> None:
        super().__init__()
        box = QVBoxLayout(self)
        box.setContentsMargins(32, 32, 32, 32)
        box.setSpacing(8)
        box.addStretch(2)
        for part in (label(title, "emptyTitle", wrap=True), label(text, "emptyText", wrap=True)):
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            box.addWidget(part)
        for action in actions:
            box.addSpacing(8)
            box.addWidget(action, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addStretch(3)


def scrolled(page: QWidget, *, sideways: bool = False) -> QScrollArea:
    """A page that scrolls where there is too little room; to the side too where it may grow wider than that."""
    made = QScrollArea()
    made.setWidget(page)
    made.setWidgetResizable(True)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    if not sideways:
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return made


def rule() -> QFrame:
    """A line of one pixel."""
    made = QFrame()
    made.setObjectName("rule")
    return made
