"""The folder of the workspace: whether it is there, whose it is, on what ground, with how much room."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from workbench import log
from workbench.desk.doctor.case import Case, Line, broken, fine, look, told
from workbench.desk.office import ground, workspaces
from workbench.errors import SurroundingsFailed, WorldError
from workbench.log import crashing, keeping

LITTLE, LEAST = 500, 50
"""Megabytes of free space below which somebody should look, and below which work stops soon."""

READ_ONLY = 1
"""The flag of a file system that is mounted to be read only."""


def place(case: Case) -> Iterator[Line]:
    """The folder itself, its rights and its ground."""
    workspace = case.workspace
    if not os.path.lexists(workspace):
        yield _to_be_made(workspace)
        return
    if not workspace.is_dir():
        yield broken("workspace", "workspace-no-folder", path=workspace)
        return
    if not os.access(workspace, os.R_OK | os.W_OK | os.X_OK) or _is_read_only(workspace):
        yield broken("workspace", "workspace-closed", path=workspace)
    elif os.name == "posix" and workspace.stat().st_mode & 0o077:
        yield look("workspace", "workspace-open", path=workspace)
    else:
        yield fine("workspace", "workspace-fine", path=workspace)
    yield from _ground(workspace)


def _to_be_made(workspace: Path) -> Line:
    if workspaces.known().chosen == workspace:
        return told("workspace", SurroundingsFailed("workspace-gone", path=str(workspace)))
    above = _standing(workspace)
    if not above.is_dir() or not os.access(above, os.W_OK | os.X_OK) or _is_read_only(above):
        return broken("workspace", "workspace-not-to-be-made", path=workspace, above=above)
    return look("workspace", "workspace-none", path=workspace)


def _ground(workspace: Path) -> Iterator[Line]:
    try:
        ground.require_local(workspace)
    except WorldError as error:
        yield told("ground", error)
        return
    warnings = ground.warnings(workspace.resolve())
    yield from (Line("ground", "look", warning.message) for warning in warnings)
    if not warnings:
        yield fine("ground", "ground-fine")


def room(case: Case) -> Iterator[Line]:
    """Free space where the workspace is, and where temporary files go."""
    yield _room("disk", _standing(case.workspace))
    try:
        yield _room("temporary", Path(tempfile.gettempdir()))
    except OSError:
        yield broken("temporary", "temporary-none")


def _room(check: str, folder: Path) -> Line:
    free = shutil.disk_usage(folder).free // 1_000_000
    if free < LEAST or _no_more_files(folder):
        return broken(check, "disk-full", path=folder, free=free)
    if free < LITTLE:
        return look(check, "disk-low", path=folder, free=free)
    return fine(check, "disk-fine", free=f"{free / 1000:.1f}", path=folder)


def logs(case: Case) -> Iterator[Line]:
    """The log, and crashes that nobody was told of."""
    folder = log.folder(case.workspace)
    above = _standing(folder)
    if not above.is_dir():
        yield look("log", "log-no-folder", path=above)
    elif not os.access(above, os.W_OK | os.X_OK) or _is_read_only(above):
        yield look("log", "log-closed", path=above)
    else:
        yield _size_of_log(folder)
    if n := crashing.untold(folder):
        yield look("crashes", "crashes", n=n, path=folder)


def _size_of_log(folder: Path) -> Line:
    size = sum(path.stat().st_size for path in keeping.files(folder))
    if size > 2 * keeping.FILES * keeping.MOST:
        return look("log", "log-large", path=folder, size=size // 1_000_000)
    return fine("log", "log-fine", path=folder)


def leftovers(case: Case) -> Iterator[Line]:
    """What programs that were cut off left lying about."""
    patterns = (
        "*.draft*",
        "backups/*.draft*",
        "*.db-journal",
        "*.tmp",
        "returns/*.draft*",
        "templates/**/*.draft",
    )
    found = sorted({path for pattern in patterns for path in case.workspace.glob(pattern)})
    if found:
        yield look("leftovers", "leftovers", n=len(found), file=found[0].relative_to(case.workspace))
    elif case.workspace.is_dir():
        yield fine("leftovers", "leftovers-none")


def _standing(path: Path) -> Path:
    """The path, or the nearest of what is above it that is there."""
    return next((each for each in (path, *path.parents) if os.path.lexists(each)), Path("/"))


def _is_read_only(folder: Path) -> bool:
    return hasattr(os, "statvfs") and bool(os.statvfs(folder).f_flag & READ_ONLY)


def _no_more_files(folder: Path) -> bool:
    """Whether a file system that counts its files can take no other."""
    if not hasattr(os, "statvfs"):
        return False
    found = os.statvfs(folder)
    return found.f_files > 0 and found.f_favail == 0
