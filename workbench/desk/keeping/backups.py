"""The desk's own safety: copies of it, made and put back, and whether it is sound.

`restore` and `verify` take the workspace, not the desk: they are for a desk that may not open any more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from workbench import words
from workbench.desk.desk import FILE, Clock, Desk, now
from workbench.desk.rows import DeskCopy, Problem

if TYPE_CHECKING:
    from workbench.store.copies import Copy


@dataclass(frozen=True, slots=True)
class Restored:
    """Which copy was put back, and where the desk that stood there is kept, if there was one."""

    copy: Path
    aside: Path | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a desk is sound, what is wrong with it in words, what to do, and how much was looked at."""

    path: Path
    flaws: tuple[Problem, ...]
    advice: str
    looked_at: Mapping[str, int]

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.flaws


def back_up(desk: Desk) -> DeskCopy:
    """Makes a copy of the desk now, while others work on. Raises SurroundingsFailed("desk-disk-full")."""
    return _row(desk.store.back_up(desk.clock(), "asked"))


def back_up_daily(desk: Desk) -> DeskCopy | None:
    """Makes today's copy where there is none yet and the desk holds work of an earlier day."""
    return _row(desk.store.back_up(desk.clock(), "daily")) if _is_due(desk) else None


def _is_due(desk: Desk) -> bool:
    from workbench.store import copies, journal

    newest = next((copy for copy in copies.all_of(desk.store.path) if copy.reason == "daily"), None)
    if newest and newest.at.astimezone().date() >= desk.today:
        return False
    with desk.store.reading() as connection:
        begun = journal.begun(connection)
    return begun is not None and begun.astimezone().date() < desk.today


def copies(workspace: Path) -> tuple[DeskCopy, ...]:
    """The copies of the desk in `workspace`, newest first."""
    from workbench.store import copies

    return tuple(map(_row, copies.all_of(_file(workspace))))


def restore(workspace: Path, chosen: str = "", clock: Clock = now) -> Restored:
    """Puts back a copy, named by its file or path, else the newest sound one; the desk that stood there is kept.

    Raises WrongUsage: unknown-copy, no-copies; Refused: copy-newer, copy-damaged; SurroundingsFailed("desk-in-use")
    while another program has the desk open.
    """
    from workbench.store import copies

    path = _file(workspace)
    found = copies.named(path, chosen) if chosen else copies.newest_sound(path)
    return Restored(found, copies.restore(path, found, clock()))


def verify(workspace: Path, chosen: str = "") -> Verdict:
    """Looks through the desk in `workspace`, or a copy of it, and says what is wrong and what to do.

    Raises SurroundingsFailed("desk-missing"), WrongUsage("unknown-copy").
    """
    from workbench.store import copies, verifying

    path = copies.named(_file(workspace), chosen) if chosen else _file(workspace)
    found = verifying.verify(path)
    flaws = tuple(Problem(f.code, words.say("errors", f.code, **f.params)) for f in found.flaws)
    return Verdict(path, flaws, _advice(workspace, path, flaws), found.looked_at)


def _advice(workspace: Path, path: Path, flaws: tuple[Problem, ...]) -> str:
    if not flaws:
        return words.say("errors", "desk-sound", path=path)
    if any(flaw.code == "flaw-form" for flaw in flaws):
        return words.say("errors", "desk-other-form")
    newest = next(iter(copies(workspace)), None)
    if newest is None:
        return words.say("errors", "desk-no-copy", path=path)
    return words.say("errors", "desk-to-restore", at=words.moment(newest.at), copy=newest.path.name)


def _file(workspace: Path) -> Path:
    return workspace.expanduser().absolute() / FILE


def _row(copy: Copy) -> DeskCopy:
    return DeskCopy(copy.path, copy.at, copy.reason, copy.size)
