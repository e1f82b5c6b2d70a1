"""Long work of the window's own thread, done in slices, so that keys and drawing come between."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import monotonic

from PySide6.QtCore import QObject, QTimer

SLICE = 0.02
"""Seconds of work at a stretch."""


class Gradual(QObject):
    """Goes through one iterator after another, a slice at a time. What is begun anew ends what was under way."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._steps: Iterator[object] = iter(())
        self._then: Callable[[], object] = lambda: None
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._go_on)

    @property
    def busy(self) -> bool:
        """Whether something is still to be done."""
        return self._timer.isActive()

    def start(self, steps: Iterator[object], then: Callable[[], object]) -> None:
        """Does the first slice of `steps` now, the others when nothing else is to do, and `then` after the last."""
        self._timer.stop()
        self._steps, self._then = steps, then
        self._go_on()

    def _go_on(self) -> None:
        until = monotonic() + SLICE
        for _ in self._steps:
            if monotonic() > until:
                self._timer.start()
                return
        self._then()
