"""The shared database, tried and taken into use from the settings."""

from __future__ import annotations

from PySide6.QtCore import QRect, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.phrases import say
from ui.views.overlay import Overlay
from ui.views.parts import button, label, scrolled
from ui.views.welcome.connection import AddressForm

WIDE = 640


class ConnectSheet(Overlay):
    """`chosen(address, password)` is to be used from now on; "" is this computer alone."""

    chosen = Signal(str, str)

    def __init__(self, window: QWidget, address: str) -> None:
        super().__init__(window)
        self.form = AddressForm()
        self.form.address.setText(address)
        self.setAccessibleName(say("connect-title"))
        self._page = QWidget()
        self._page.setObjectName("page")
        inner = QVBoxLayout(self._page)
        inner.setContentsMargins(0, 0, 8, 0)
        inner.addWidget(self.form)
        inner.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(button(say("cancel"), self.close_))
        foot.addWidget(button(say("connect-use"), self._use, name="primary"))
        box = QVBoxLayout(self)
        box.setContentsMargins(22, 18, 18, 16)
        box.setSpacing(10)
        box.addWidget(label(say("connect-title"), "viewTitle"))
        box.addWidget(label(say("connect-about"), "small", wrap=True))
        box.addWidget(scrolled(self._page), 1)
        box.addLayout(foot)
        self.form.grew.connect(self.place)
        self.appear(self.form.address)

    def place(self) -> None:
        """In the middle of the window, as high as what was found needs."""
        self._page.layout().activate()
        high = min(max(360, self._page.sizeHint().height() + 170), self.window_.height() - 80)
        wide = min(WIDE, self.window_.width() - 80)
        self.setGeometry(
            QRect((self.window_.width() - wide) // 2, (self.window_.height() - high) // 2, wide, high)
        )

    def _use(self) -> None:
        address, password = self.form.typed
        self.close_()
        self.chosen.emit(address, password)
