"""How a command is declared: a small function below `@command(key, need)`, in the module of its group."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ui import phrases
from ui.phrases import say, status
from ui.window import Window
from workbench.desk.arriving import splitting
from workbench.submission import EDITABLE, TRANSITIONS, Status

Action = Callable[[Window], None]
Need = Callable[[Window], str]
"""What a command still needs before it can be given, in words; empty where it can."""

GROUPS = (
    "moving",
    "queue",
    "review",
    "tagging",
    "placing",
    "deciding",
    "publishing",
    "vocabulary",
    "templates",
    "everywhere",
    "help",
)


@dataclass(frozen=True, slots=True)
class Command:
    """One action: its name, what it does, the key that gives it, what it needs, and where it is listed."""

    name: str
    run: Action
    key: str
    need: Need
    group: str
    shown: bool = True

    @property
    def text(self) -> str:
        """What the editor reads."""
        return phrases.command(self.name)


_declared: dict[str, Command] = {}

COMMANDS: Mapping[str, Command] = MappingProxyType(_declared)
"""Every command by its name."""


def in_order() -> list[Command]:
    """Every command, group after group."""
    return sorted(COMMANDS.values(), key=lambda each: GROUPS.index(each.group))


def declare(command: Command) -> None:
    """Adds a command to those there are."""
    _declared[command.name] = command


def group(name: str) -> Callable[..., Callable[[Action], Action]]:
    """The decorator that declares the function below it as a command of group `name`, called as the function is."""

    def command(key: str, need: Need = nothing) -> Callable[[Action], Action]:
        def declared(run: Action) -> Action:
            declare(Command(run.__name__, run, key, need, name))
            return run

        return declared

    return command


# What commands need


def nothing(window: Window) -> str:
    """Possible at any time."""
    return ""


def on_study(window: Window) -> str:
    """A study shown on the desk."""
    return "" if window.stage == "desk" and window.desk.submission is not None else say("need-study")


def editable(window: Window) -> str:
    """A study that may be changed."""
    standing = _status(window)
    return on_study(window) or ("" if standing in EDITABLE else say("need-editable"))


def on_two_studies(window: Window) -> str:
    """A study in whose file a second one stands."""
    shown = window.desk.submission
    return editable(window) or ("" if shown and splitting.is_offered(shown) else say("need-second-study"))


def on_finding(window: Window) -> str:
    """A finding that is current and may be dealt with."""
    return editable(window) or ("" if window.desk.study.current_finding() else say("need-finding"))


def on_fix(window: Window) -> str:
    """A finding that offers a change."""
    found = window.desk.study.current_finding()
    return on_finding(window) or ("" if found is not None and found.fix is not None else say("need-fix"))


def may(step: str) -> Need:
    """A study that stands where the step `step` of its life may be taken, or several, of which some might."""

    def need(window: Window) -> str:
        standing = _status(window)
        if standing is None or on_study(window):
            return say("need-study")
        if window.desk.queue.several:
            return ""
        return "" if standing in TRANSITIONS[step][0] else say("need-standing", status=status(standing))

    return need


def in_outbox(window: Window) -> str:
    """The outbox open with something in it."""
    return "" if window.stage == "outbox" and window.outbox.current() is not None else say("need-outbox")


def on_conflict(window: Window) -> str:
    """A study in conflict, chosen in the outbox."""
    item = window.outbox.current() if window.stage == "outbox" else None
    return "" if item is not None and item.outcome == "conflict" else say("need-conflict")


def on_page(window: Window) -> str:
    """A published study shown in the catalogue, or one of the desk."""
    if window.stage != "catalogue":
        return may("withdraw")(window)
    study = window.catalogue.study
    return "" if study is not None and not study.withdrawn else say("need-page")


def _status(window: Window) -> Status | None:
    return window.desk.submission.status if window.desk.submission else None
