"""Which submissions the queue lists, in which order, and the names that an editor gives to that."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from ui.commands.declared import group
from ui.phrases import say
from ui.views.chooser import Choice
from ui.window import Window
from workbench.desk import Desk, filters
from workbench.desk.rows import Criterion, QueueFilter, SavedFilter

command = group("queue")

Kept = tuple[SavedFilter, ...]


def _narrowed(window: Window) -> str:
    """A filter that asks for something."""
    return "" if window.desk.queue.filter != QueueFilter() else say("need-filter")


@command("L")
def filter_queue(window: Window) -> None:
    """Lists only some submissions: by a filter with a name, by what stands out, by status, theme or council."""

    def offered(desk: Desk) -> tuple[Kept, tuple[Criterion, ...]]:
        return filters.saved(desk), filters.offers(desk)

    def ask(found: tuple[Kept, tuple[Criterion, ...]]) -> None:
        kept, offers = found
        wanted = window.desk.queue.filter
        choices = [Choice(each.name, each.wanted, say("filter-kept")) for each in kept]
        choices += [Choice(each.said, each.on(wanted)) for each in offers]
        window.chooser.ask(say("ask-filter"), choices, partial(_show, window))

    window.bridge.ask(offered, ask)


@command("Shift+L")
def order_queue(window: Window) -> None:
    """Lists the submissions in another order."""
    wanted = window.desk.queue.filter
    choices = [Choice(each.said, each.on(wanted)) for each in filters.orders()]
    window.chooser.ask(say("ask-order"), choices, partial(_show, window))


@command("", _narrowed)
def show_all(window: Window) -> None:
    """Lists every submission again."""
    window.desk.queue.clear_filter()


@command("", _narrowed)
def save_filter(window: Window) -> None:
    """Gives what is listed a name, to be listed again by it."""
    wanted = window.desk.queue.filter

    def save(name: str) -> None:
        window.bridge.do(lambda desk: filters.save(desk, name, wanted))

    _ask_kept(window, "ask-save-filter", save, free=True)


@command("")
def rename_filter(window: Window) -> None:
    """Gives a filter another name."""

    def ask(name: str) -> None:
        def rename(to: str) -> None:
            window.bridge.do(lambda desk: filters.rename(desk, name, to))

        window.chooser.ask(say("ask-new-name", name=name), [], rename, free=True, prompt=say("ask-name"))

    _ask_kept(window, "ask-rename-filter", ask)


@command("")
def delete_filter(window: Window) -> None:
    """Forgets a filter."""

    def forget(name: str) -> None:
        window.bridge.do(lambda desk: filters.delete(desk, name))

    _ask_kept(window, "ask-delete-filter", forget)


def _ask_kept(window: Window, question: str, then: Callable[[str], object], *, free: bool = False) -> None:
    def ask(kept: Kept) -> None:
        choices = [Choice(each.name, each.name, say("filter-kept")) for each in kept]
        window.chooser.ask(say(question), choices, then, free=free, prompt=say("ask-name") if free else "")

    window.bridge.ask(filters.saved, ask)


def _show(window: Window, wanted: QueueFilter) -> None:
    window.show_stage("desk")
    window.desk.queue.show_filter(wanted)
