"""`doctor`: is this computer, this workspace and the way to the shared database in order, and what is to be done.

For the day on which something is wrong: it opens no desk, changes nothing, takes no longer than `WITHIN`, and an
examination that fails is a line like any other.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from datetime import datetime
from importlib import import_module
from pathlib import Path

import workbench
from workbench import config, log, words
from workbench.desk.desk import Clock, now
from workbench.desk.doctor import folder, holding, house, machine, shared
from workbench.desk.doctor.case import Case, Examination, Line, look
from workbench.desk.office import workspaces

WITHIN = 8.0
"""Seconds after which what is not found out yet is said to take too long."""

EXAMINATIONS: tuple[Examination, ...] = (
    folder.place,
    folder.room,
    house.settings,
    holding.desk,
    holding.sound,
    holding.copies,
    folder.leftovers,
    folder.logs,
    house.templates,
    house.rules,
    shared.catalogue,
    shared.keyring,
    machine.versions,
    machine.window,
    machine.helpers,
    machine.clock,
)
"""In the order in which they are told. Each is made on a thread of its own, so that none waits for another."""

STANDINGS = ("broken", "look", "fine")


def examine(
    workspace: Path, *, catalogue: str | None = None, within: float = WITHIN, clock: Clock = now
) -> tuple[Line, ...]:
    """Everything that was looked at. Changes nothing and raises nothing; ends within so many seconds."""
    until = time.monotonic() + within
    read_ahead()
    case = Case(workspace.expanduser().absolute(), catalogue or "", clock(), until)
    started = [_Examined(each, case) for each in EXAMINATIONS]
    return tuple(line for each in started for line in each.lines(until))


def read_ahead() -> None:
    """Reads, room by room, what several examinations would else read at once.

    Two threads that read the modules of one room, each beginning with another, may see one that is half read.
    """
    for room in ("catalogue", "checks", "spelling", "word"):
        import_module(f"workbench.{room}")


def worst(lines: Sequence[Line]) -> str:
    """How it stands as a whole: broken, look or fine."""
    return next((each for each in STANDINGS if any(line.standing == each for line in lines)), "fine")


class _Examined:
    """An examination under way on a thread that nobody waits for at the end of the program."""

    def __init__(self, examination: Examination, case: Case) -> None:
        self._name = examination.__name__
        self._found: list[Line] = []
        self._thread = threading.Thread(target=self._run, args=(examination, case), daemon=True)
        self._thread.start()

    def lines(self, until: float) -> list[Line]:
        """What was found until then."""
        self._thread.join(max(until - time.monotonic(), 0))
        found = list(self._found)
        return (
            [*found, look(self._name, "took-too-long", what=self._name)] if self._thread.is_alive() else found
        )

    def _run(self, examination: Examination, case: Case) -> None:
        try:
            for line in examination(case):
                self._found.append(line)
        except Exception as error:
            said = {"what": self._name, "reason": log.scrub(log.told(error)).splitlines()[0]}
            self._found.append(look(self._name, "examination-failed", **said))


# The report


def report(lines: Sequence[Line], workspace: Path | None, at: datetime, *further: str) -> str:
    """What an administrator is sent: versions, the lines, what further is given, the end of the log.

    All of it scrubbed: no password, no name of a person or a file, nothing of a study.
    """
    told = [f"{line.standing.upper():<7}{line.check}: {line.message}" for line in lines]
    head = f"Casebook {workbench.__version__}\n{log.surroundings()}\n{at:%Y-%m-%dT%H:%M}Z"
    scrubbed = [log.scrub(each) for each in (*told, *further)]
    return "\n".join((head, "", *scrubbed, "", words.say("doctor", "report-log"), log.tail(workspace)))


def save(text: str, path: Path) -> None:
    """Writes a report for its owner alone. Raises SurroundingsFailed("cannot-write")."""
    from workbench.errors import SurroundingsFailed

    try:
        path.touch(mode=0o600)
        path.write_text(text, "utf-8", errors="backslashreplace")
    except OSError as error:
        raise SurroundingsFailed("cannot-write", file=path.name, reason=error.strerror or "?") from error


def workspace_of(named: str | None) -> Path:
    """The workspace that is meant: the one named, else the one chosen last, there or not, else the usual one."""
    return Path(named) if named else workspaces.known().chosen or config.default_workspace()
