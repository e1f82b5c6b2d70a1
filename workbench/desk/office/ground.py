"""What kind of ground a workspace stands on: this machine's own disk, a network share, a folder that is synced."""

from __future__ import annotations

import sys
from pathlib import Path, PurePath

from workbench import words
from workbench.desk.rows import Problem
from workbench.errors import SurroundingsFailed

NETWORK = frozenset(
    {
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "afs",
        "ncpfs",
        "davfs",
        "fuse.sshfs",
        "fuse.davfs2",
        "fuse.rclone",
    }
)
"""File systems of other machines, where SQLite's locks and its write-ahead log cannot be trusted."""

SYNCED = (
    "OneDrive",
    "Dropbox",
    "Google Drive",
    "GoogleDrive",
    "Nextcloud",
    "iCloud Drive",
    "Mobile Documents",
)
"""How the folders begin that a sync service copies."""


def require_local(workspace: Path) -> None:
    """Raises SurroundingsFailed("workspace-on-network") for a folder on another machine."""
    if sys.platform == "win32":
        remote = _remote_on_windows(workspace)
    else:
        mounts = Path("/proc/self/mountinfo")
        remote = (
            mounts.exists()
            and file_system(mounts.read_text("utf-8", "replace"), workspace.resolve()) in NETWORK
        )
    if remote:
        raise SurroundingsFailed("workspace-on-network", path=str(workspace))


def warnings(workspace: PurePath) -> tuple[Problem, ...]:
    """A warning where a sync service copies the workspace while it is open."""
    service = next((part for part in workspace.parts if part.startswith(SYNCED)), None)
    if service is None:
        return ()
    return (
        Problem("workspace-synced", words.say("errors", "workspace-synced", path=workspace, service=service)),
    )


def file_system(mounts: str, path: PurePath) -> str:
    """The kind of file system that holds `path`, by the text of Linux's mountinfo; "" where it does not say."""
    best, kind = -1, ""
    for line in mounts.splitlines():
        before, _, after = line.partition(" - ")
        if len(before.split()) < 5 or not after:
            continue
        point = PurePath(before.split()[4].replace("\\040", " "))
        if path.is_relative_to(point) and len(point.parts) >= best:
            best, kind = len(point.parts), after.split()[0]
    return kind


def _remote_on_windows(workspace: Path) -> bool:
    import ctypes

    if workspace.drive.startswith("\\\\"):
        return True
    kind_of_drive = ctypes.windll.kernel32.GetDriveTypeW  # type: ignore[attr-defined]
    return bool(kind_of_drive(workspace.anchor) == 4)
