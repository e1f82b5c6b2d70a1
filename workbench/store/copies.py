"""Copies of the desk: made whole while others work on it, kept in bounded number, and put back.

A copy stands in `backups` beside the desk, named by the moment and the reason. It appears there when all of it is on
the disk; what a killed program left unfinished is cleared away by the next copy.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
import sqlite3
from collections.abc import Generator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal, cast

from sqlalchemy import Connection

from workbench.errors import Refused, SurroundingsFailed, WrongUsage
from workbench.store import leases, tables
from workbench.store.border import border

_log = logging.getLogger("casebook.desk")

Reason = Literal["asked", "daily", "migration", "restore"]

NEWEST: Mapping[Reason, int] = {"asked": 10, "daily": 7, "migration": 3, "restore": 3}
"""How many copies are kept of each reason, the newest ones."""

WEEKLY = 4
"""For so many weeks before those, the newest daily copy of each week is kept too."""

WAIT = 60
"""Seconds that a copy waits for another that is being made."""

_NAME = re.compile(r"(\w+)-(\d{8}T\d{12})(?:-(asked|daily|migration|restore))?\.db")
_BESIDE = ("-wal", "-shm")


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of the desk: where it stands, of which moment it is, why it was made, its size in bytes."""

    path: Path
    at: datetime
    reason: Reason
    size: int


def make(path: Path, connection: Connection, now: datetime, reason: Reason) -> Copy:
    """A whole and consistent copy of the desk at `path`, through an open connection that is in no transaction.

    Others may write meanwhile. Raises SurroundingsFailed: desk-disk-full, desk-read-only, desk-busy, desk-damaged.
    """
    with _disk(path):
        folder = _folder(path)
        with leases.alone(folder / "copying.lease", WAIT):
            target = _free(path, now, reason)
            draft = _draft(target)
            try:
                connection.exec_driver_sql("VACUUM INTO ?", (str(draft),))
                _put(draft, target)
            finally:
                draft.unlink(missing_ok=True)
            _thin(path)
        made = _read(target)
        _log.info("copied desk reason=%s megabytes=%.1f", reason, made.size / 1_000_000)
        return made


def all_of(path: Path) -> tuple[Copy, ...]:
    """The copies of the desk at `path`, newest first."""
    found = (path.parent / "backups").glob("*.db")
    copies = [_read(each) for each in found if _NAME.fullmatch(each.name)]
    return tuple(sorted(copies, key=lambda copy: copy.path.name, reverse=True))


def surplus(copies: Sequence[Copy]) -> tuple[Copy, ...]:
    """Those that need not be kept, of copies that are given newest first."""
    kept = {copy.path for reason, most in NEWEST.items() for copy in _of(copies, reason)[:most]}
    daily = _of(copies, "daily")
    by_week: dict[tuple[int, int], Path] = {}
    for copy in daily:
        by_week.setdefault(copy.at.isocalendar()[:2], copy.path)
    kept |= set([path for path in by_week.values() if path not in kept][:WEEKLY])
    return tuple(copy for copy in copies if copy.path not in kept)


def _of(copies: Sequence[Copy], reason: Reason) -> list[Copy]:
    return [copy for copy in copies if copy.reason == reason]


def restore(path: Path, chosen: Path, now: datetime) -> Path | None:
    """Puts the copy `chosen` in the place of the desk at `path`; gives where the desk that stood there is kept.

    Raises Refused: copy-newer, copy-damaged; SurroundingsFailed("desk-in-use") while any other program has the desk
    open. In all of these, and when it is cut off, the desk is as it was.
    """
    with _disk(path), _alone(path):
        return _restore(path, chosen, now)


@contextmanager
def _alone(path: Path) -> Generator[None]:
    with ExitStack() as held:
        try:
            held.enter_context(leases.alone(leases.of(path)))
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname != "SQLITE_BUSY":
                raise
            raise SurroundingsFailed("desk-in-use", path=str(path)) from error
        yield


@contextmanager
def _disk(path: Path) -> Generator[None]:
    """Turns what SQLite and the operating system say into `SurroundingsFailed`."""
    with border(path):
        try:
            yield
        except OSError as error:
            raise leases.refusal(path, error) from error


def _restore(path: Path, chosen: Path, now: datetime) -> Path | None:
    require_usable(chosen)
    draft = path.with_name(f"{path.name}.draft")
    draft.unlink(missing_ok=True)
    leases.create_private(draft)
    try:
        with closing(_reading(chosen)) as source, closing(sqlite3.connect(draft)) as target:
            source.backup(target)
        aside = _keep_aside(path, now) if path.exists() else None
        _put(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    _thin(path)
    _log.warning("restored desk aside=%s", aside is not None)
    return aside


def require_usable(chosen: Path) -> None:
    """Raises Refused: copy-newer, copy-damaged."""
    try:
        with closing(_reading(chosen)) as connection:
            (sound,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            (found,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except (sqlite3.Error, TypeError) as error:
        raise Refused("copy-damaged", path=str(chosen), reason=str(error)) from error
    if sound != "ok":
        raise Refused("copy-damaged", path=str(chosen), reason=sound)
    if found not in tables.KNOWN:
        raise Refused("copy-newer", path=str(chosen), found=found, known=tables.HEAD)


def named(path: Path, name: str) -> Path:
    """The copy of that name, or the file at that path. Raises WrongUsage("unknown-copy")."""
    for each in (Path(name).expanduser().absolute(), path.parent / "backups" / name):
        if each.is_file() and each != path:
            return each
    raise WrongUsage("unknown-copy", path=name)


def newest_sound(path: Path) -> Path:
    """The newest copy that can be put back. Raises WrongUsage("no-copies"), or as `require_usable` of the newest."""
    refused: list[Refused] = []
    for copy in all_of(path):
        try:
            require_usable(copy.path)
            return copy.path
        except Refused as error:
            refused.append(error)
    raise refused[0] if refused else WrongUsage("no-copies", path=str(path.parent / "backups"))


def _reading(chosen: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{chosen.absolute().as_uri()}?mode=ro", uri=True)


def _keep_aside(path: Path, now: datetime) -> Path:
    """A copy of the desk's file as it is, damaged or not, with the log of what was not yet written into it."""
    target = _free(path, now, "restore")
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.DatabaseError:
        for beside in _BESIDE:
            _copied(path.with_name(path.name + beside), target.with_name(target.name + beside))
    _copied(path, target)
    for beside in _BESIDE:
        path.with_name(path.name + beside).unlink(missing_ok=True)
    return target


def _copied(source: Path, target: Path) -> None:
    if source.exists():
        draft = _draft(target)
        shutil.copyfile(source, draft)
        _put(draft, target)


def _folder(path: Path) -> Path:
    folder = path.parent / "backups"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _free(path: Path, now: datetime, reason: Reason) -> Path:
    """A name that no copy has yet, though two were made in one moment."""
    while True:
        target = _folder(path) / f"{path.stem}-{now.astimezone(UTC):%Y%m%dT%H%M%S%f}-{reason}.db"
        if not target.exists():
            return target
        now += timedelta(microseconds=1)


def _draft(target: Path) -> Path:
    for left in target.parent.glob("*.draft*"):
        left.unlink()
    draft = target.with_name(f"{target.name}.draft")
    leases.create_private(draft)
    return draft


def _put(draft: Path, target: Path) -> None:
    """Gives a finished file its name, once all of it is on the disk."""
    with draft.open("r+b") as written:
        os.fsync(written.fileno())
    draft.replace(target)
    if os.name == "posix":
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _thin(path: Path) -> None:
    for copy in surplus(all_of(path)):
        remove(copy.path)


def remove(copy: Path) -> None:
    """Takes a copy away, with what was kept beside it."""
    for beside in ("", *_BESIDE):
        copy.with_name(copy.name + beside).unlink(missing_ok=True)


def has_log(copy: Path) -> bool:
    """Whether a log of what was not yet written into it stands beside a copy, as of a desk that was damaged."""
    return any(copy.with_name(copy.name + beside).exists() for beside in _BESIDE)


@contextmanager
def changing(path: Path) -> Generator[None]:
    """While it lasts no copy of the desk at `path` is made."""
    with _disk(path), leases.alone(_folder(path) / "copying.lease", WAIT):
        yield


@contextmanager
def rewriting(copy: Path) -> Generator[Path]:
    """A draft of a copy, to be changed; it takes the copy's place at the end, unless an error is raised."""
    draft = _draft(copy)
    try:
        shutil.copyfile(copy, draft)
        yield draft
        _put(draft, copy)
    finally:
        draft.unlink(missing_ok=True)


def _read(path: Path) -> Copy:
    """What the name of a copy says. One without a reason was made before a migration."""
    found = _NAME.fullmatch(path.name)
    assert found is not None
    at = datetime.strptime(found[2], "%Y%m%dT%H%M%S%f").replace(tzinfo=UTC)
    return Copy(path, at, cast("Reason", found[3] or "migration"), path.stat().st_size)
