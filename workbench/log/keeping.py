"""Lines of a log that several programs write at once, in files of bounded size and number.

Each line is written by itself, under a lock that every program takes for as long as that needs; no program holds a
file open between two lines. A full file is left and the next number begun: no file is ever renamed, which Windows
would decline while somebody looks at it. What cannot be written is let go of: the log never stands in the way of the
work.
"""

from __future__ import annotations

import logging
import os
import re
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from workbench.log import places

MOST = 500_000
"""Bytes of one file; a single entry is never larger than `ENTRY`."""

FILES = 6
ENTRY = 16_000
WAIT = 0.5
"""Seconds that a line waits for another program's."""

_NAME = re.compile(r"casebook-(\d{6})\.log")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")


class Kept(logging.Handler):
    """Writes what is told into the log of a workspace; `lost` counts what could not be written.

    Before the first entry it says what program this is, and where it runs.
    """

    def __init__(self, workspace: Path | None) -> None:
        super().__init__()
        self._workspace = workspace
        self._begun = False
        self.lost = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Writes one entry, where that is possible."""
        try:
            if not self._begun:
                append(places.folder(self._workspace), entry(_start(record)))
                self._begun = True
            append(places.folder(self._workspace), entry(record))
        except Exception:
            self.lost += 1


def _start(before: logging.LogRecord) -> logging.LogRecord:
    """That this program began to tell."""
    import workbench

    said = f"start version={workbench.__version__} {places.surroundings()}"
    return logging.makeLogRecord(
        {
            "name": "casebook.log",
            "levelname": "INFO",
            "msg": said,
            "created": before.created,
            "process": os.getpid(),
        }
    )


def entry(record: logging.LogRecord) -> bytes:
    """An entry as it stands in the file: one line, and below it, indented, an error's places."""
    from workbench.log import scrubbing, tracing

    ours = record.name.startswith("casebook")
    said = record.getMessage() if ours else str(record.msg)
    text = scrubbing.scrub(said[:ENTRY], private()) if ours else tracing.filtered(said)
    if record.exc_info and record.exc_info[1] is not None:
        text = f"{text}\n{tracing.told(record.exc_info[1])}"
    at = datetime.fromtimestamp(record.created, UTC)
    head = f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03}Z {record.levelname} {record.name} [{record.process}] "
    lines = _CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", head + text).split("\n")
    return ("\n  ".join(lines).encode("utf-8", "backslashreplace")[:ENTRY].rstrip() + b"\n").replace(
        b"\r", b""
    )


@cache
def private() -> tuple[str, ...]:
    """What tells who sits here: the login, and the folder that is theirs."""
    import getpass

    found: list[str] = []
    with suppress(Exception):
        found.append(getpass.getuser())
    with suppress(Exception):
        found.append(str(Path.home()))
    return tuple(each for each in found if each not in ("root", "/root", "/", "user"))


def append(folder: Path, text: bytes) -> None:
    """Adds an entry to the newest file, or to the next where that is full. Raises OSError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with locked(folder / "log.lock") as alone:
        path = _newest(folder)
        if alone and path.exists() and path.stat().st_size + len(text) > MOST:
            path = _numbered(folder, _number(path) + 1)
            thin(folder)
        write(path, text, alone)


def write(path: Path, text: bytes, alone: bool) -> None:
    """Adds all of the text or, where the disk is full, nothing of it. Raises OSError."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
    file = os.open(path, flags | getattr(os, "O_NOFOLLOW", 0), 0o600)
    try:
        before = os.fstat(file).st_size
        written = os.write(file, text)
        if written < len(text) and alone:
            os.ftruncate(file, before)
    finally:
        os.close(file)


def files(folder: Path) -> tuple[Path, ...]:
    """The files of the log, oldest first."""
    with suppress(OSError):
        return tuple(sorted(each for each in folder.iterdir() if _NAME.fullmatch(each.name)))
    return ()


def thin(folder: Path) -> None:
    """Takes the oldest files away, so that with the one about to be begun there are not too many nor too much.

    One that somebody looks at stays until the next time, where the system keeps it.
    """
    kept = list(files(folder))
    while kept and (len(kept) >= FILES or sum(map(_size, kept)) > FILES * MOST):
        with suppress(OSError):
            kept[0].unlink()
        kept.pop(0)


def tail(folder: Path, size: int) -> str:
    """The newest whole lines, at most so many bytes of them; "" where nothing can be read."""
    found = b""
    for path in reversed(files(folder)):
        if len(found) >= size:
            break
        with suppress(OSError), path.open("rb") as opened:
            opened.seek(max(0, _size(path) - (size - len(found))))
            found = opened.read(size - len(found)) + found
    text = found.decode("utf-8", "replace")
    return text if len(found) < size else text.partition("\n")[2]


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _newest(folder: Path) -> Path:
    found = files(folder)
    return found[-1] if found else _numbered(folder, 1)


def _number(path: Path) -> int:
    found = _NAME.fullmatch(path.name)
    return int(found[1]) if found else 0


def _numbered(folder: Path, number: int) -> Path:
    return folder / f"casebook-{number:06}.log"


@contextmanager
def locked(path: Path) -> Generator[bool]:
    """Whether this program has the log alone meanwhile; where another does not let go of it in time, it has not."""
    file = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
    try:
        yield _taken(file)
    finally:
        os.close(file)


def _taken(file: int) -> bool:
    until = time.monotonic() + WAIT
    while not lock(file):
        if time.monotonic() > until:
            return False
        time.sleep(0.005)
    return True


def lock(file: int) -> bool:
    """Takes the lock on an open file, which lasts until it is closed; False where another program has it."""
    try:
        if os.name == "nt":
            import msvcrt

            os.lseek(file, 1 << 30, os.SEEK_SET)
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
