"""`casebook`: the command where one is given, else the window, which brings in the files that are named."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

_PLACES = {"--workspace": "CASEBOOK_WORKSPACE", "--catalogue": "CASEBOOK_CATALOGUE"}
"""The options that say where to work; with these alone, or with files, the window opens."""

_PICTURE = "--until-shown"
"""Where a picture of the window goes, which then closes again: a build is tried so."""


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the command in `argv` and returns its exit status; without a command opens the window.

    Qt is not imported for a command.
    """
    given = list(sys.argv[1:] if argv is None else argv)
    if given == ["--window-check"]:
        from ui.program.windowcheck import check

        return check()
    asked = for_the_window(given)
    if asked is None:
        from workbench.cli import main as command

        return command(given)
    places, files = asked
    return open_window({**places_of_environment(), **places}, files)


def for_the_window(given: Sequence[str]) -> tuple[dict[str, str], list[Path]] | None:
    """Where to work and the files to bring in, if nothing else was given; None where a command is."""
    places: dict[str, str] = {}
    files: list[Path] = []
    rest = iter(given)
    for argument in rest:
        option, sign, value = argument.partition("=")
        if names_file(argument):
            files.append(Path(argument))
        elif option in {*_PLACES, _PICTURE} and (value := value if sign else next(rest, "")):
            places[option] = value
        else:
            return None
    return places, files


def names_file(argument: str) -> bool:
    """Whether this names a file or a folder: no command has a dot or a slash in it."""
    return not argument.startswith("-") and ("." in argument or os.sep in argument or "/" in argument)


def places_of_environment() -> dict[str, str]:
    """What the environment says where to work."""
    return {option: os.environ[name] for option, name in _PLACES.items() if os.environ.get(name)}


def open_window(places: dict[str, str], files: Sequence[Path] = ()) -> int:
    """Opens the window on a workspace, brings in the files, and returns once it is closed.

    Where no place says which, it is the workspace that was chosen last; the first page asks where none was.
    """
    read_ahead()
    from ui.program.starting import run

    workspace = Path(places["--workspace"]) if "--workspace" in places else None
    picture = Path(places[_PICTURE]) if _PICTURE in places else None
    return run(workspace, places.get("--catalogue"), files, picture)


def read_ahead() -> None:
    """Reads the desk before Qt, which looks into the source of whatever is read after it; collects nothing yet."""
    import gc

    from workbench import desk

    gc.disable()
    desk.read_ahead()


if __name__ == "__main__":
    sys.exit(main())
