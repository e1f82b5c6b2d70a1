"""The folder an export writes, so that a reader never meets a half-written one.

Files are first made in a staging folder; nothing that readers see is touched while the work can still fail or be
cancelled. `Folder.commit` then moves them in, each by an atomic rename: first the files at new addresses, to which
nothing leads yet, then those that replace another, and only then does it remove what is no longer wanted. So every
page is whole at every moment, and every link on it leads somewhere, even where the program is killed in between. The
manifest, `.casebook/site.json`, names every file that is ours and is written before the first move and after the
last removal, so that an export cut short is finished by the next one.

A file is left alone, its time included, when the key it was made from is the recorded one and it has not been
touched since, or when its bytes turn out the same.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Self

from workbench.errors import Bug, Refused, SurroundingsFailed

_OURS = ".casebook"
_LOCK = "lock"
_FORMAT = 1
_OUTSIDE = frozenset(("", ".", ".."))
"""Parts that the path of a file in the folder never has."""


@dataclass(frozen=True, slots=True)
class Written:
    """What an export did: files written, left as they were, and removed.

    `left_out` names the pictures (SHA-256) that could not be had or are no pictures.
    """

    written: int = 0
    unchanged: int = 0
    removed: int = 0
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _File:
    """A file of ours: a hash of all it was made from ("" while it is being replaced), and its size in bytes."""

    key: str
    size: int


class Folder:
    """A folder that holds nothing but one export, and what its owner added by hand.

    Use it as a context: leaving it by an exception leaves the folder as it was. Raises `Refused("not-our-folder")`
    where it stands on files this export did not write, `Refused("folder-in-use")` while another program exports into
    it, `SurroundingsFailed("folder-unwritable")` where the disk or the rights do not allow it.

    With `beside`, the name of a kind of export, it may stand among the files of others: it refuses only to write over
    one that no export of that name wrote, and removes none.
    """

    def __init__(self, directory: Path, beside: str = "") -> None:
        self._root = directory
        self._beside = bool(beside)
        self._staging = directory / _OURS / (f"new-{beside}" if beside else "new")
        self._manifest = directory / _OURS / f"{beside or 'site'}.json"
        self._lock: sqlite3.Connection | None = None
        self._before: dict[str, _File] = {}
        self._written_at = -1
        self._now: dict[str, _File] = {}
        self._staged: list[str] = []
        self._made = 0
        self._is_new = not directory.exists()

    def __enter__(self) -> Self:
        with _disk(self._root):
            self._refuse_foreign()
            self._staging.parent.mkdir(parents=True, exist_ok=True)
            self._lock = _locked(self._root)
            self._before = self._read()
            shutil.rmtree(self._staging, ignore_errors=True)
            self._staging.mkdir()
        return self

    def __exit__(self, *raised: object) -> None:
        shutil.rmtree(self._staging, ignore_errors=True)
        if self._lock is not None:
            self._lock.close()
        if not self._manifest.exists():
            (self._root / _OURS / _LOCK).unlink(missing_ok=True)
            _remove_empty(self._root / _OURS)
            if self._is_new:
                _remove_empty(self._root)

    def put(self, path: str, key: str, make: Callable[[], bytes]) -> None:
        """The file `path` shall hold what `make` returns; it is not called where `key` says it would not differ."""
        if path in self._now or not _stays_inside(path):
            raise Bug(f"no address, or that of two files: {path}")
        if self.has(path, key):
            self._now[path] = self._before[path]
            return
        data = make()
        self._made += 1
        self._now[path] = _File(key, len(data))
        with _disk(self._root):
            if self._bytes_of(path) != data:
                self._stage(path, data)

    def has(self, path: str, key: str) -> bool:
        """Whether the last export made `path` from this key, and nobody has touched it since."""
        known = self._before.get(path)
        return known is not None and known.key == key and self._untouched(path, known.size)

    def hold(self, path: str, data: bytes) -> None:
        """The file `path` shall hold `data`."""
        self.put(path, hashlib.blake2b(data, digest_size=16).hexdigest(), lambda: data)

    def read(self, path: str) -> bytes:
        """What `path`, which was put before, will hold."""
        staged = self._staging / path
        with _disk(self._root):
            return (staged if staged.is_file() else self._root / path).read_bytes()

    def commit(self) -> Written:
        """Let readers see it, and say what was done."""
        earlier = [path for path in self._before if path not in self._now]
        stale = [] if self._beside else earlier
        kept = {
            path: self._before[path] for path in earlier if self._beside and (self._root / path).is_file()
        }
        with _disk(self._root):
            if self._staged or stale:
                self._write_manifest(self._claims(stale))
                self._move_in()
                self._remove(stale)
            if self._made or stale:
                self._write_manifest(kept | self._now)
        return Written(len(self._staged), len(self._now) - len(self._staged), len(stale))

    def _refuse_foreign(self) -> None:
        """A folder that holds something, and no manifest of ours, is somebody else's."""
        filled = self._root.exists() and any(entry.name != _OURS for entry in self._root.iterdir())
        if filled and not self._beside and not self._manifest.exists():
            raise Refused("not-our-folder", folder=str(self._root))

    def _read(self) -> dict[str, _File]:
        """The files of the last export; none for a folder that is new or empty."""
        if not self._manifest.exists():
            return {}
        try:
            data: dict[str, Any] = json.loads(self._manifest.read_bytes())
            if data["format"] != _FORMAT or not all(_stays_inside(path) for path in data["files"]):
                raise ValueError("not a manifest of this program")
            self._written_at = self._manifest.stat().st_mtime_ns
            return {path: _File(str(key), int(size)) for path, (key, size) in data["files"].items()}
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise Refused("not-our-folder", folder=str(self._root)) from error

    def _untouched(self, path: str, size: int) -> bool:
        try:
            found = os.stat(f"{self._root}/{path}")  # noqa: PTH116  thousands of files: Path costs more than the call
        except OSError:
            return False
        return found.st_size == size and found.st_mtime_ns <= self._written_at

    def _bytes_of(self, path: str) -> bytes | None:
        """What stands at `path` now; refuses a file there that no export of ours wrote."""
        file = self._root / path
        if not os.path.lexists(file):
            return None
        if path not in self._before or file.is_dir() or file.is_symlink():
            raise Refused("not-our-folder", folder=str(self._root), file=path)
        return file.read_bytes()

    def _stage(self, path: str, data: bytes) -> None:
        file = self._staging / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        self._staged.append(path)

    def _claims(self, stale: list[str]) -> dict[str, _File]:
        """Every file that is ours before or after; a moved one without a key, so that it is looked at again."""
        moved = {path: _File("", 0) for path in (*self._staged, *stale)}
        return {**self._before, **self._now, **moved}

    def _move_in(self) -> None:
        """What nothing leads to yet goes first: a page that is replaced may lead to it."""
        for path in sorted(self._staged, key=lambda path: path in self._before):
            target = self._root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            (self._staging / path).replace(target)

    def _remove(self, stale: list[str]) -> None:
        for path in stale:
            (self._root / path).unlink(missing_ok=True)
        parents = {parent for path in stale for parent in PurePosixPath(path).parents if parent.name}
        for parent in sorted(parents, key=lambda parent: -len(parent.parts)):
            _remove_empty(self._root / parent)

    def _write_manifest(self, files: dict[str, _File]) -> None:
        entries = {path: [file.key, file.size] for path, file in files.items()}
        text = json.dumps({"format": _FORMAT, "files": entries}, sort_keys=True)
        replace_file(self._manifest, text.encode())


def replace_file(path: Path, data: bytes) -> bool:
    """`path` holds `data`, by one atomic rename; False, and nothing touched, where it did already.

    Raises `SurroundingsFailed("folder-unwritable")`.
    """
    with _disk(path.parent):
        if path.is_file() and path.read_bytes() == data:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.part")
        part.write_bytes(data)
        part.replace(path)
        return True


def _locked(folder: Path) -> sqlite3.Connection:
    """Holds the folder for one export, until it is closed or its program dies. SQLite locks on every system."""
    lock = sqlite3.connect(folder / _OURS / _LOCK, timeout=0, isolation_level=None)
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        lock.close()
        if "locked" not in str(error):
            raise
        raise Refused("folder-in-use", folder=str(folder)) from error
    return lock


@contextlib.contextmanager
def _disk(folder: Path) -> Generator[None]:
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise SurroundingsFailed("folder-unwritable", folder=str(folder), reason=reason) from error


def _stays_inside(path: str) -> bool:
    return not _OUTSIDE.intersection(path.split("/")) and "\\" not in path and ":" not in path


def _remove_empty(folder: Path) -> None:
    with contextlib.suppress(OSError):
        folder.rmdir()
