"""A study that is not published yet, as it will be: its card in the website's lists, and its page."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from math import ceil

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QHideEvent,
    QImage,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QResizeEvent,
    QTextDocument,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ui.phrases import readers_day, say
from ui.theme import sans, serif, tokens
from ui.views.catalogue.page import PageView
from ui.views.inspector.source import Sheet
from ui.views.overlay import Overlay
from ui.views.parts import button, clear, label
from workbench.desk.rows import Card
from workbench.publication import Study

_PICTURE = (150, 100)
"""Pixels of a card's picture, as on the website."""

_NARROW = 420
"""Below so many pixels the picture stands under the words."""

_SCROLLING = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class CardView(QWidget):
    """One study as the website's lists show it."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._card: Card | None = None
        self._picture = QImage()
        self._words = QTextDocument()
        self._words.setDocumentMargin(0)
        self._words.setDefaultTextOption(_anywhere())

    def show_card(self, card: Card | None) -> None:
        """Shows a card; nothing where there is none."""
        self._card = card
        self._picture = QImage()
        said = (card.title, card.teaser, ", ".join(card.topics), card.byline) if card else ()
        self.setAccessibleName(". ".join(filter(None, said)))
        self.redress()

    def add_picture(self, asset: str, picture: QImage) -> None:
        """Shows the card's picture, once it has been fetched."""
        if self._card is not None and asset == self._card.picture and not picture.isNull():
            self._picture = _framed(picture)
            self.redress()

    def redress(self) -> None:
        """Sets the card anew in the colours that hold now."""
        self._words.setDefaultFont(serif(14))
        self._words.setHtml(_html(self._card) if self._card else "")
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fits the words anew."""
        super().resizeEvent(event)
        self._fit()

    @property
    def _beside(self) -> bool:
        return self.width() >= _NARROW

    def _fit(self) -> None:
        wide, high = (_PICTURE[0] + 20, _PICTURE[1]) if not self._picture.isNull() else (0, 0)
        self._words.setTextWidth(max(self.width() - (wide if self._beside else 0), 80))
        words = round(self._words.size().height())
        self.setFixedHeight(max(words, high) if self._beside else words + (high + 10 if high else 0))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The words, and the picture cut to its frame."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self._words.drawContents(painter)
        if self._picture.isNull():
            return
        at = (
            QPointF(self.width() - _PICTURE[0], 0)
            if self._beside
            else QPointF(0, self.height() - _PICTURE[1])
        )
        frame = QRectF(at, QRectF(0, 0, *_PICTURE).size())
        path = QPainterPath()
        path.addRoundedRect(frame, 6, 6)
        painter.setClipPath(path)
        painter.drawImage(frame, self._picture)


def _framed(picture: QImage) -> QImage:
    """The middle of a picture in the shape of the frame, fine enough for every screen."""
    size = QSize(*_PICTURE) * 2
    whole = picture.scaled(
        size, Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation
    )
    frame = QRect(QPoint(0, 0), size)
    frame.moveCenter(whole.rect().center())
    return whole.copy(frame)


def _anywhere() -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option


def _html(card: Card) -> str:
    colours = tokens()
    small = f"font-family:'{sans().families()[0]}'; font-size:12px"
    pill = f"{small}; color:{colours.accent}; background-color:{colours.accent_soft}"
    pills = "".join(
        f'<span style="{pill}">&nbsp;{escape(topic).replace(" ", "&nbsp;")}&nbsp;</span> &nbsp;'
        for topic in card.topics
    )
    below = " · ".join(filter(None, (card.byline, readers_day(card.published.astimezone()))))
    title = f"font-size:18px; font-weight:600; color:{colours.accent}; margin-bottom:4px"
    return (
        f'<div style="{title}"><u>{escape(card.title or say("preview-card-untitled"))}</u></div>'
        f'<div style="color:{colours.ink}; line-height:120%; margin-bottom:7px">{escape(card.teaser)}</div>'
        f'<div style="line-height:150%">{pills}'
        f'<span style="{small}; color:{colours.ink2}">{escape(below)}</span></div>'
    )


class WholePage(PageView):
    """A page as high as its text: what it stands in is scrolled, by wheel and keys, and not the page."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)

    def _grow(self, size: QSizeF) -> None:
        self.setFixedHeight(ceil(size.height()) + 2 * self.frameWidth())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Not for the page."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that scroll are not for the page."""
        if event.key() in _SCROLLING and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)


class PreviewView(QWidget):
    """The card, what readers would miss, and the page. `larger` when it is to be looked at large."""

    help_page = "catalogue#before-it-is-published"

    larger = Signal()

    def __init__(self, *, large: bool = False) -> None:
        super().__init__()
        self.card, self.page = CardView(), WholePage()
        self.study: Study | None = None
        self.pictures: dict[str, QImage] = {}
        self._missing = QVBoxLayout()
        self._missing.setSpacing(3)
        self._enlarge = button(say("preview-large"), self.larger.emit, name="quiet", command="preview_large")
        if large:
            self._enlarge.hide()
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(label(say("preview-card"), "section"))
        head.addStretch(1)
        head.addWidget(self._enlarge)
        whole = QWidget()
        rows = QVBoxLayout(whole)
        rows.setContentsMargins(16, 0, 16, 14)
        rows.setSpacing(6)
        rows.addWidget(Sheet(self.card, (20, 16, 20, 18)))
        rows.addLayout(self._missing)
        rows.addWidget(label(say("preview-page"), "section"))
        rows.addWidget(Sheet(self.page))
        rows.addStretch(1)
        self.scroll = QScrollArea()
        self.scroll.setWidget(whole)
        self.scroll.setWidgetResizable(True)
        self.scroll.setObjectName("whole")
        self.scroll.setAccessibleName(say("as-readers-see-it"))
        self.scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head.setContentsMargins(16, 10, 16, 6)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(head)
        box.addWidget(self.scroll, 1)

    def show_study(self, study: Study | None, card: Card | None) -> None:
        """Shows a study as it will be, another one from its top; its pictures come by `add_picture`."""
        if study is None or self.study is None or study.publication.study != self.study.publication.study:
            self.scroll.verticalScrollBar().setValue(0)
        self.study = study
        self.pictures = {}
        self.card.show_card(card)
        self.page.show_study(study)
        clear(self._missing)
        for name in card.missing if card else ():
            self._missing.addWidget(label(f"▲ {say(f'lacks-{name}')}", "warn", wrap=True))

    def add_picture(self, asset: str, picture: QImage) -> None:
        """Shows a picture that has been fetched."""
        self.pictures[asset] = picture
        self.card.add_picture(asset, picture)
        self.page.add_picture(asset, picture)

    def redress(self) -> None:
        """Shows the same in the colours that hold now."""
        self.card.redress()
        self.page.redress()


class LargePreview(Overlay):
    """A study as it will be, over the whole window; Escape ends it."""

    help_page = "catalogue#before-it-is-published"

    def __init__(self, window: QWidget, study: Study, card: Card, pictures: Mapping[str, QImage]) -> None:
        super().__init__(window)
        self.setAccessibleName(say("preview-large-title"))
        self.view = PreviewView(large=True)
        close = button(say("close"), self.close_)
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 16, 0)
        head.addWidget(label(say("preview-large-title"), "viewTitle"), 1)
        head.addWidget(close)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(head)
        box.addWidget(self.view, 1)
        self.view.show_study(study, card)
        for asset, picture in pictures.items():
            self.view.add_picture(asset, picture)
        self.appear(self.view.scroll)

    def hideEvent(self, event: QHideEvent) -> None:
        """It is gone."""
        super().hideEvent(event)
        self.deleteLater()

    def place(self) -> None:
        """All of the window but its edge, and no wider than a page is read."""
        wide = min(self.window_.width() - 80, 860)
        left = (self.window_.width() - wide) // 2
        self.setGeometry(QRect(left, 24, wide, self.window_.height() - 72))
