"""What is left of a crash in which no Python ran any more: where each thread stood, told at the next start.

Each program writes into a file of its own, which it locks for as long as it lives. A file with something in it that
nobody has locked is of a program that crashed.
"""

from __future__ import annotations

import faulthandler
import os
import re
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path

from workbench.log import keeping, scrubbing

KEPT = 5
"""Crashes that were told and are kept for a report."""

_NAME = re.compile(r"crash-\d+-\d+\.txt")
_open: list[tuple[FileIO, Path]] = []


@dataclass(frozen=True, slots=True)
class Crash:
    """A crash of an earlier time: when the file was last written, and what it says, scrubbed."""

    at: datetime
    text: str


def watch(folder: Path) -> None:
    """From now on a crash leaves word in `folder`. Where that cannot be, nothing is said."""
    settle()
    with suppress(OSError, ValueError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = folder / f"crash-{os.getpid()}-{time.time_ns()}.txt"
        file = FileIO(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "r+")
        keeping.lock(file.fileno())
        faulthandler.enable(file)
        _open.append((file, path))


def settle() -> None:
    """The program ends as it should: nothing is left of it."""
    while _open:
        file, path = _open.pop()
        faulthandler.disable()
        file.close()
        with suppress(OSError):
            if not path.stat().st_size:
                path.unlink()


def take(folder: Path) -> tuple[Crash, ...]:
    """The crashes that nobody was told of yet, oldest first; from now on they count as told."""
    found = [crash for path in _left(folder) if (crash := _read(path))]
    for path in _left(folder):
        with suppress(OSError):
            path.replace(path.with_suffix(".told")) if path.stat().st_size else path.unlink()
    for told in sorted(folder.glob("crash-*.told"), key=lambda each: each.name)[:-KEPT]:
        with suppress(OSError):
            told.unlink()
    return tuple(sorted(found, key=lambda crash: crash.at))


def untold(folder: Path) -> int:
    """How many crashes nobody was told of yet. Changes nothing."""
    return sum(_read(path) is not None for path in _left(folder))


def _left(folder: Path) -> list[Path]:
    """The files of programs that are gone."""
    with suppress(OSError):
        return [each for each in folder.iterdir() if _NAME.fullmatch(each.name) and _is_free(each)]
    return []


def _is_free(path: Path) -> bool:
    try:
        file = os.open(path, os.O_RDWR)
    except OSError:
        return False
    try:
        return keeping.lock(file)
    finally:
        os.close(file)


def _read(path: Path) -> Crash | None:
    with suppress(OSError):
        with path.open("rb") as opened:
            text = opened.read(60_000).decode("utf-8", "replace")
        if text.strip():
            at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
            return Crash(at, scrubbing.scrub(text, keeping.private()))
    return None
