"""The help: the page about what is in view, what one thing is, what is new, what Casebook is.

The help is read when one of these is first given.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QWhatsThis, QWidget

from ui.commands.declared import group
from ui.window import Window

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint

    from ui.views.help.window import HelpWindow

command = group("help")


def open_page(window: Window, address: str, words: str = "") -> None:
    """Shows the page of an address beside the work, the words that were looked for marked on it."""
    shown = help_of(window)
    shown.go(address, words)
    shown.come()


def help_of(window: Window) -> HelpWindow:
    """The window's help: made when it is first asked for."""
    from ui.views.help.window import HelpWindow

    found = window.findChild(HelpWindow)
    return found if found is not None else HelpWindow(window, window.memory)


@command("F1")
def help_here(window: Window) -> None:
    """Opens the page about the pane that has the keyboard."""
    from ui import help as pages

    open_page(window, pages.address_at(QApplication.focusWidget(), window.help_page))


@command("Shift+F1")
def explain(window: Window) -> None:
    """Says what the thing under the keyboard is."""
    focus = QApplication.focusWidget()
    if focus is not None:
        explain_at(window, focus)


@command("")
def point_out(window: Window) -> None:
    """Lets the editor press on a thing to be told what it is."""
    QWhatsThis.enterWhatsThisMode()


@command("")
def show_guide(window: Window) -> None:
    """Opens the first page of the guide."""
    from ui import help as pages

    open_page(window, pages.HOME)


@command("")
def show_notes(window: Window) -> None:
    """Opens the release notes."""
    from ui import help as pages

    open_page(window, pages.NOTES)


@command("")
def show_about(window: Window) -> None:
    """Opens what Casebook is: its version, its licences, where the work is."""
    from ui import help as pages

    open_page(window, pages.ABOUT)


def explain_at(window: Window, widget: QWidget, at: QPoint | None = None) -> None:
    """Says on a card what a widget is, or what stands in it at a point of the screen."""
    from ui import help as pages
    from ui.views.help.explained import ExplainedCard

    told = pages.explanation_at(widget, at)
    if told is None:
        return
    card = window.findChild(ExplainedCard)
    if card is None:
        card = ExplainedCard(window)
        card.more.connect(partial(open_page, window))
    card.explain(told, widget, at)


def explain_pressed(window: Window, at: QPoint) -> None:
    """Says what stands at a point of the screen that was pressed on."""
    widget = QApplication.widgetAt(at)
    if widget is not None:
        explain_at(window, widget, at)
