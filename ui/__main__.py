"""`casebook`: the command where one is given, else the window."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

_PLACES = {"--workspace": "CASEBOOK_WORKSPACE", "--catalogue": "CASEBOOK_CATALOGUE"}
"""The options that say where to work; with these alone the window opens."""


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the command in `argv` and returns its exit status; without a command opens the window.

    Qt is not imported for a command.
    """
    given = list(sys.argv[1:] if argv is None else argv)
    places = only_places(given)
    if places is None:
        from workbench.cli import main as command

        return command(given)
    return open_window({**places_of_environment(), **places})


def only_places(given: Sequence[str]) -> dict[str, str] | None:
    """What the options say where to work, if nothing else was given; None where there is more."""
    found: dict[str, str] = {}
    rest = iter(given)
    for argument in rest:
        option, sign, value = argument.partition("=")
        value = value if sign else next(rest, "")
        if option not in _PLACES or not value:
            return None
        found[option] = value
    return found


def places_of_environment() -> dict[str, str]:
    """What the environment says where to work."""
    return {option: os.environ[name] for option, name in _PLACES.items() if os.environ.get(name)}


def open_window(places: dict[str, str]) -> int:
    """Opens the window on a workspace and returns once it is closed."""
    read_ahead()
    from ui.application import run
    from workbench import config

    workspace = Path(places["--workspace"]) if "--workspace" in places else config.default_workspace()
    return run(workspace, places.get("--catalogue"))


def read_ahead() -> None:
    """Reads the desk before Qt, which looks into the source of whatever is read after it; collects nothing yet."""
    import gc

    from workbench import desk

    gc.disable()
    desk.read_ahead()


if __name__ == "__main__":
    sys.exit(main())
