"""Where the log of a workspace is, and what the program runs on."""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = "logs"


def folder(workspace: Path | None) -> Path:
    """Where the log of a workspace is; where there is no workspace yet, the system's own place for logs."""
    if workspace is not None and workspace.is_dir():
        return workspace / FOLDER
    if home := os.environ.get("CASEBOOK_HOME"):
        return Path(home) / FOLDER
    from platformdirs import user_log_path

    return user_log_path("casebook", appauthor=False)


def surroundings() -> str:
    """What the program runs on: system and Python, by their versions."""
    import platform

    named = f"system={platform.system()} release={platform.release()} machine={platform.machine()}"
    return f"{named} python={platform.python_version()}"
