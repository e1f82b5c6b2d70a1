"""What is due though nobody asked for it: looked for once, some time after the start, and told quietly."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from ui.bridge import Bridge
from ui.phrases import say
from workbench.desk import Desk

AFTER = 6_000
"""Milliseconds after the start: the editor's own first questions come before."""


class Duties(QObject):
    """Tells that something is kept no longer, through `tell(sentence, action, then)`; `look` shows it."""

    def __init__(self, bridge: Bridge, tell: Callable[..., object], look: Callable[[], object]) -> None:
        super().__init__(bridge)
        self._bridge, self._tell, self._look = bridge, tell, look
        self._timer = QTimer(self, singleShot=True, interval=AFTER)
        self._timer.timeout.connect(self.ask)
        self._timer.start()

    def ask(self) -> None:
        """Looks now."""
        self._bridge.ask_later(_waiting, self._show, subject="duties")

    def _show(self, studies: int) -> None:
        if studies:
            self._tell(say("keeping-notice", n=studies), say("keeping-look"), self._look)


def _waiting(desk: Desk) -> int:
    from workbench.desk.keeping import retention

    return retention.waiting(desk)
