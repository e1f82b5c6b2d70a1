"""Takes the names for debuggers out of the collected libraries."""

from __future__ import annotations

import subprocess
from pathlib import Path


def strip(folder: Path) -> int:
    """Strips every ELF file below `folder` and returns how many bytes that saved.

    Libraries that a wheel brought along (`*.libs`) were moved about by their makers and are left as they are.
    """
    before = size(folder)
    found = [path for path in folder.rglob("*.so*") if path.is_file() and not path.is_symlink()]
    ours = [str(path) for path in found if not path.parent.name.endswith(".libs")]
    if ours:
        subprocess.run(["strip", "--strip-unneeded", *ours], check=True)
    return before - size(folder)


def size(folder: Path) -> int:
    """The bytes of all files below `folder`, each counted once."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
