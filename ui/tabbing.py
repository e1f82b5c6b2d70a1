"""Tab goes through a stage as it is read: pane by pane, and down each of them, whenever what is in it was made."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QSplitter, QStackedWidget, QWidget


def put_in_order(stage: QWidget) -> None:
    """Has Tab go through the controls of a stage in the order of its layouts."""
    for before, after in pairwise(stops(stage)):
        QWidget.setTabOrder(before, after)


def stops(pane: QWidget) -> Iterator[QWidget]:
    """The controls of a pane that Tab comes to, in the order of its layouts."""
    if pane.focusPolicy() & Qt.FocusPolicy.TabFocus:
        yield pane
    if isinstance(pane, QScrollArea):
        yield from stops(pane.widget())
    elif isinstance(pane, QSplitter | QStackedWidget):
        for at in range(pane.count()):
            yield from stops(pane.widget(at))
    elif (layout := pane.layout()) is not None:
        yield from _within(layout)


def _within(layout: QLayout) -> Iterator[QWidget]:
    for at in range(layout.count()):
        item = layout.itemAt(at)
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            yield from stops(widget)
        elif inner is not None:
            yield from _within(inner)
