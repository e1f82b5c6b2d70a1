"""What floats above the window for a moment, has the keyboard meanwhile, and gives it back."""

from __future__ import annotations

from collections.abc import Iterator

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget


class Overlay(QFrame):
    """Stands until it is answered, Escape is pressed, or the editor goes on elsewhere."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.window_ = window
        self._back: list[QWidget] = []
        self.setObjectName("overlay")
        window.installEventFilter(self)
        self.hide()

    def appear(self, first: QWidget) -> None:
        """Comes above the window with the keyboard in `first`."""
        if not self.isVisible():
            self._back = list(_around(QApplication.focusWidget()))
        self.place()
        self.show()
        self.raise_()
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._leave, Qt.ConnectionType.UniqueConnection)

    def close_(self) -> None:
        """Goes away and gives the keyboard back."""
        for each in self._back:
            if shiboken6.isValid(each) and each.isVisible() and each.isEnabled():
                each.setFocus(Qt.FocusReason.OtherFocusReason)
                break
        self.hide()

    def place(self) -> None:
        """Takes its place over the window; again whenever the window changes its size."""
        raise NotImplementedError

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape ends it."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_()
            return
        super().keyPressEvent(event)

    def focusNextPrevChild(self, following: bool) -> bool:
        """Tab goes round in it, and never on to what lies below."""
        here = each = self.focusWidget() or self
        while (each := each.nextInFocusChain() if following else each.previousInFocusChain()) is not here:
            stops = bool(each.focusPolicy() & Qt.FocusPolicy.TabFocus)
            if stops and self.isAncestorOf(each) and each.isVisible() and each.isEnabled():
                reason = Qt.FocusReason.TabFocusReason if following else Qt.FocusReason.BacktabFocusReason
                each.setFocus(reason)
                break
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follows the window's size."""
        if watched is self.window_ and event.type() == QEvent.Type.Resize and self.isVisible():
            self.place()
        return super().eventFilter(watched, event)

    def _leave(self, _: QWidget | None, now: QWidget | None) -> None:
        """The keyboard went elsewhere in the window."""
        if now is not None and self.isVisible() and now is not self and not self.isAncestorOf(now):
            self.hide()


def _around(control: QWidget | None) -> Iterator[QWidget]:
    """The control that has the keyboard, and what is around it that may have it where that is gone meanwhile."""
    while control is not None:
        if control.focusPolicy() != Qt.FocusPolicy.NoFocus:
            yield control
        control = control.parentWidget()
