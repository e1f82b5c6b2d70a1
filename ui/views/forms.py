"""Small forms that float above the window: where a link leads, what a picture shows."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.phrases import say
from ui.views.controls import Tick
from ui.views.overlay import Overlay
from ui.views.parts import button, label
from workbench.richtext import safe_link

WIDE = 460
_MAIL = re.compile(r"[^\s@:/]+@[^\s@:/]+\.[^\s@:/]+")
_SITE = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?:[/?#:]\S*)?", re.IGNORECASE)


def address(text: str) -> str | None:
    """The address that was meant: www.example.org is a page, a@b.org a mailbox; None where it is none."""
    text = text.strip()
    if _MAIL.fullmatch(text):
        return f"mailto:{text}"
    return safe_link(f"https://{text}" if _SITE.fullmatch(text) else text) if " " not in text else None


class Form(Overlay):
    """Lines to fill in. Enter accepts, Escape gives up; what is wrong stands under the lines. `closed` at the end."""

    closed = Signal()

    def __init__(self, window: QWidget, title: str) -> None:
        super().__init__(window)
        self.setAccessibleName(title)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(18, 14, 18, 14)
        self._box.setSpacing(6)
        self._box.addWidget(label(title, "strong"))
        self._wrong = label("", "warn", wrap=True)

    def line(self, name: str, text: str = "", prompt: str = "") -> QLineEdit:
        """A line to fill in, under its name."""
        made = QLineEdit(text)
        made.setAccessibleName(name)
        made.setPlaceholderText(prompt)
        made.textEdited.connect(self._wrong.clear)
        self._box.addWidget(label(name, "small"))
        self._box.addWidget(made)
        return made

    def finish(self, accept: Callable[[], None], *further: QWidget, does: str = "") -> None:
        """What stands at the foot: what is wrong, and the buttons; `does` names what accepting does."""
        self._accept = accept
        foot = QHBoxLayout()
        for each in further:
            foot.addWidget(each)
        foot.addStretch(1)
        foot.addWidget(button(say("cancel"), self.close_))
        foot.addWidget(button(does or say("form-ok"), accept, name="primary"))
        self._box.addWidget(self._wrong)
        self._box.addLayout(foot)

    def complain(self, sentence: str) -> None:
        """Says what is wrong; the form stays."""
        self._wrong.setText(sentence)
        self.place()

    def place(self) -> None:
        """In the middle, a little below the top of the window."""
        high = self._box.sizeHint().height()
        self.setGeometry(
            QRect((self.window_.width() - WIDE) // 2, min(140, self.window_.height() // 6), WIDE, high)
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter accepts."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._accept()
            return
        super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """It is gone."""
        super().hideEvent(event)
        self.closed.emit()
        self.deleteLater()


class LinkForm(Form):
    """Asks where words lead. `chosen(address, words)`; the address is "" where the link is to go."""

    chosen = Signal(str, str)

    def __init__(self, window: QWidget, href: str, words: str) -> None:
        super().__init__(window, say("link-title"))
        self.address = self.line(say("link-address"), href, say("link-prompt"))
        self.words = self.line(say("link-words"), words)
        remove = button(say("link-remove"), self._remove, name="quiet")
        self.finish(self.accept, remove)
        remove.setVisible(bool(href))
        self.appear(self.address)
        self.address.selectAll()

    def accept(self) -> None:
        """Takes the address where it is one; else says what is wrong with it."""
        href = address(self.address.text())
        if href is None:
            self.complain(say("link-wrong"))
            return
        words = self.words.text().strip() or self.address.text().strip()
        self.close_()
        self.chosen.emit(href, words)

    def _remove(self) -> None:
        words = self.words.text()
        self.close_()
        self.chosen.emit("", words)


class PictureForm(Form):
    """Asks what a picture shows and whom to credit. `chosen(description, credit)`; "" describes a decorative one."""

    chosen = Signal(str, str)

    def __init__(self, window: QWidget, alt: str | None, credit: str) -> None:
        super().__init__(window, say("picture-title"))
        self.alt = self.line(say("picture-alt"), alt or "", say("alt-prompt"))
        self.decorative = Tick(say("picture-decorative"))
        self.decorative.setChecked(alt == "")
        self.decorative.toggled.connect(self._decorate)
        self._box.addWidget(self.decorative)
        self.credit = self.line(say("picture-credit"), credit)
        self.finish(self.accept)
        self._decorate(self.decorative.isChecked())
        self.appear(self.credit if self.decorative.isChecked() else self.alt)

    def accept(self) -> None:
        """Takes the words; a picture is described, or said to be decorative."""
        alt = "" if self.decorative.isChecked() else self.alt.text().strip()
        if not alt and not self.decorative.isChecked():
            self.complain(say("picture-wrong"))
            return
        credit = self.credit.text().strip()
        self.close_()
        self.chosen.emit(alt, credit)

    def _decorate(self, decorative: bool) -> None:
        self.alt.setEnabled(not decorative)
