"""Unreachable objects are collected in the window's thread alone.

Python collects in whichever thread allocates, and what it finds may be widgets in a cycle; Qt's objects must not end
in another thread than their own, least of all while their window handles an event.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY = 500


class Collector(QObject):
    """Collects in its own thread, as often as Python's thresholds ask, until `release` gives that back to Python.

    What was there before it is not looked at again, so that a collection is short.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        gc.freeze()
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(collect)
        self._timer.start()

    def release(self) -> None:
        """From here on Python collects by itself again, as when no other thread is left."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()


def collect() -> None:
    """Collects the oldest generation that is due, with those younger than it."""
    due = [
        age
        for age, (held, most) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))
        if held > most
    ]
    if due:
        gc.collect(due[-1])
