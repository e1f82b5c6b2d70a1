"""`casebook --until-shown PICTURE`: opens the window, waits until it can be worked in, and ends. It tries a build.

The picture is of what an editor would see; one line says how much is listed and what is open.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from ui.program.session import Session
from ui.window import Window

PATIENCE = 60_000
"""Milliseconds until it is given up."""


def end_once_shown(app: QApplication, session: Session, picture: Path) -> None:
    """Ends the program with 0 once queue and study are there and nothing is under way, else with 1."""
    timer = QTimer(app, interval=10)
    timer.timeout.connect(lambda: is_usable(session.window) and _end(app, session.window, picture))
    timer.start()
    QTimer.singleShot(PATIENCE, lambda: app.exit(1))


def is_usable(window: Window | None) -> bool:
    """Whether an editor could begin: the queue is listed, a study is open, and all that was asked for is done."""
    return (
        window is not None
        and window.desk.model.rowCount() > 0
        and window.desk.study.isVisible()
        and not (window.bridge.busy or window.far.busy or window.jobs.current)
    )


def _end(app: QApplication, window: Window | None, picture: Path) -> None:
    if window is None or window.desk.study.submission is None:
        return
    kept = window.grab().save(str(picture))
    print(f"{window.desk.model.rowCount()} listed, {window.desk.study.submission.id} open")
    app.exit(0 if kept else 1)
