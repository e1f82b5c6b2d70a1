"""The log of a workspace: what the program did, and what went wrong, without anything personal.

Whoever has something to tell takes a standard logger named `casebook.…` and tells it in codes and numbers; `start`
keeps it in `logs` in the workspace, readable by its owner alone. `scrubbing` takes out of any text what is personal
or secret, `tracing` tells an error without what it was about, `keeping` writes lines that several programs share,
`crashing` remembers a crash in which no Python ran any more.
"""

from __future__ import annotations

import logging
from pathlib import Path

from workbench.errors import WorldError
from workbench.log.places import folder, surroundings

__all__ = ["folder", "note", "scrub", "start", "stop", "surroundings", "tail", "told"]

_handlers: list[logging.Handler] = []


def scrub(text: str) -> str:
    """`text` without passwords, names of people and files, addresses, numbers of people, and what stands in quotes.

    Nor does it tell who sits here. What is needed to find a mistake stays: types, places in our code, codes,
    versions.
    """
    from workbench.log import keeping, scrubbing

    return scrubbing.scrub(text, keeping.private())


def told(error: BaseException) -> str:
    """An error and what led to it, each with its type, its code and where it arose; nothing of what it was about."""
    from workbench.log import tracing

    return tracing.told(error)


def start(workspace: Path | None) -> None:
    """Keeps from now on what the loggers tell; nothing is written before there is something to tell. Never fails."""
    from workbench.log.keeping import Kept

    stop()
    handler = Kept(workspace)
    logging.getLogger("casebook").setLevel(logging.INFO)
    logging.getLogger().addHandler(handler)
    _handlers.append(handler)


def note(error: BaseException) -> None:
    """Keeps an error: one of the world by its code, one of ours with its places.

    Before the log was started only one of ours is kept, in the system's own place for logs.
    """
    if isinstance(error, WorldError):
        if _handlers:
            from workbench.log import tracing

            logging.getLogger("casebook.told").warning("%s", tracing.headline(error))
        return
    if not _handlers:
        start(None)
    logging.getLogger("casebook.bug").error("bug", exc_info=error)


def stop() -> None:
    """Keeps nothing any more."""
    while _handlers:
        logging.getLogger().removeHandler(_handlers.pop())


def tail(workspace: Path | None, size: int = 60_000) -> str:
    """The newest lines of the log, about so many bytes of them, scrubbed once more; "" where there are none."""
    from workbench.log import keeping

    return scrub(keeping.tail(folder(workspace), size))
