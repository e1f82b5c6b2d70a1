"""From the command to the first window, and to the end."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ui.program.application import application
from ui.program.session import Session
from ui.program.shown import end_once_shown


def run(
    workspace: Path | None, catalogue: str | None, files: Sequence[Path] = (), picture: Path | None = None
) -> int:
    """Opens the window, brings in the files, and returns the exit status once it is closed.

    Without a workspace on the one that was chosen last, or the first page where none was. Where a window on it is
    open already, that one takes the files and comes to the front. With a `picture` it ends once it can be worked in.
    """
    app = application()
    if app is None:
        return 3
    session = Session(app, catalogue)
    if not session.start(workspace, files):
        return 0
    if picture is not None:
        end_once_shown(app, session, picture)
    return app.exec()
