"""The decisions about the chosen submissions."""

from __future__ import annotations

from ui.commands.declared import group, may
from ui.phrases import say
from ui.views.chooser import Choice
from ui.window import Window
from workbench.desk import decisions

command = group("deciding")


@command("S", may("start"))
def start(window: Window) -> None:
    """Takes the chosen submissions into review."""
    ids = window.desk.chosen()
    window.bridge.do(lambda desk: decisions.start(desk, ids))


@command("A", may("approve"))
def approve(window: Window) -> None:
    """Approves the chosen submissions; declined while something blocks one."""
    window.desk.study.flush()
    ids = window.desk.chosen()
    window.bridge.do(lambda desk: decisions.approve(desk, ids))


@command("R", may("reject"))
def reject(window: Window) -> None:
    """Rejects the chosen submissions, with a reason."""
    ids = window.desk.chosen()
    then = lambda reason: window.bridge.do(lambda desk: decisions.reject(desk, ids, reason))  # noqa: E731
    reasons = [
        Choice(say(f"reject-{name}"), say(f"reject-{name}")) for name in ("outside", "twice", "withdrawn")
    ]
    window.chooser.ask(say("ask-reject", n=len(ids)), reasons, then, free=True, prompt=say("ask-reason"))


@command("O", may("reopen"))
def reopen(window: Window) -> None:
    """Brings the chosen submissions back into review."""
    ids = window.desk.chosen()
    window.bridge.do(lambda desk: decisions.reopen(desk, ids))
