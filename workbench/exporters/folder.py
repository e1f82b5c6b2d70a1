"""The folder an export writes, so that a reader never meets a half-written one.

Files are first made in a staging folder; nothing that readers see is touched while the work can still fail or be
cancelled. `Folder.commit` then moves them in, each by an atomic rename, in the order they were put: what is linked
to before what links to it. Only then does it remove what is no longer wanted. The manifest, `.casebook/site.json`,
names every file that is ours and is written before the first move and after the last removal, so that an export cut
short in between is finished by the next one.

A file is left alone, its time included, when the key it was made from is the recorded one and it has not been
touched since, or when its bytes turn out the same.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Self

from workbench.errors import Bug, Refused, SurroundingsFailed

_OURS = ".casebook"
_FORMAT = 1


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
    where it stands on files this export did not write, `SurroundingsFailed("folder-unwritable")` where the disk or
    the rights do not allow it.
    """

    def __init__(self, directory: Path) -> None:
        self._root = directory
        self._staging = directory / _OURS / "new"
        self._manifest = directory / _OURS / "site.json"
        self._before: dict[str, _File] = {}
        self._written_at = -1
        self._now: dict[str, _File] = {}
        self._staged: list[str] = []
        self._made = 0
        self._is_new = not directory.exists()

    def __enter__(self) -> Self:
        with _disk(self._root):
            self._before = self._read()
            shutil.rmtree(self._staging, ignore_errors=True)
            self._staging.mkdir(parents=True)
        return self

    def __exit__(self, *raised: object) -> None:
        shutil.rmtree(self._staging, ignore_errors=True)
        if not self._manifest.exists():
            _remove_empty(self._root / _OURS)
            if self._is_new:
                _remove_empty(self._root)

    def put(self, path: str, key: str, make: Callable[[], bytes]) -> None:
        """The file `path` shall hold what `make` returns; it is not called where `key` says it would not differ."""
        if path in self._now:
            raise Bug(f"two files want the address {path}")
        known = self._before.get(path)
        if known is not None and known.key == key and self._untouched(path, known.size):
            self._now[path] = known
            return
        data = make()
        self._made += 1
        self._now[path] = _File(key, len(data))
        with _disk(self._root):
            if self._bytes_of(path) != data:
                self._stage(path, data)

    def hold(self, path: str, data: bytes) -> None:
        """The file `path` shall hold `data`."""
        self.put(path, hashlib.blake2b(data, digest_size=16).hexdigest(), lambda: data)

    def commit(self) -> Written:
        """Let readers see it, and say what was done."""
        stale = [path for path in self._before if path not in self._now]
        with _disk(self._root):
            if self._staged or stale:
                self._write_manifest(self._claims(stale))
                self._move_in()
                self._remove(stale)
            if self._made or stale:
                self._write_manifest(self._now)
        return Written(len(self._staged), len(self._now) - len(self._staged), len(stale))

    def _read(self) -> dict[str, _File]:
        """The files of the last export; none for a folder that is new or empty."""
        if not self._manifest.exists():
            if self._root.exists() and any(entry.name != _OURS for entry in self._root.iterdir()):
                raise Refused("not-our-folder", folder=str(self._root))
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
        if path not in self._before or file.is_dir():
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
        for path in self._staged:
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
        text = json.dumps({"format": _FORMAT, "files": entries}, indent=0, sort_keys=True)
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


@contextlib.contextmanager
def _disk(folder: Path) -> Generator[None]:
    try:
        yield
    except OSError as error:
        raise SurroundingsFailed(
            "folder-unwritable", folder=str(folder), reason=error.strerror or str(error)
        ) from error


def _stays_inside(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return (
        bool(parts)
        and not path.startswith("/")
        and "\\" not in path
        and ".." not in parts
        and ":" not in path
    )


def _remove_empty(folder: Path) -> None:
    with contextlib.suppress(OSError):
        folder.rmdir()
