"""The program around the window: Qt's application, the workspace, the memory of how the window looked."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QSettings, Qt
from PySide6.QtGui import QFileOpenEvent, QIcon
from PySide6.QtWidgets import QApplication

import resources
from ui import commands, theme
from ui.bridge import Opener
from ui.keys import Keys
from ui.program import language
from ui.program.door import Door
from ui.window import Window
from workbench.desk import open_desk


def receive(app: QApplication, window: Window, door: Door, files: Sequence[Path]) -> None:
    """Once its first view is there, the window takes what it was opened with, and hears who knocks later."""
    door.knocked.connect(window.take)
    window.bridge.idle.connect(door.listen, Qt.ConnectionType.SingleShotConnection)
    window.bridge.idle.connect(lambda: window.problems.watch(), Qt.ConnectionType.SingleShotConnection)
    if files:
        window.bridge.idle.connect(lambda: window.import_paths(files), Qt.ConnectionType.SingleShotConnection)
    if sys.platform == "darwin":
        app.installEventFilter(Handed(window))


class Handed(QObject):
    """Takes the files that macOS hands to the program that runs."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Brings a file in as if it were dropped on the window."""
        if not isinstance(event, QFileOpenEvent):
            return False
        window = self.parent()
        if isinstance(window, Window) and event.url().isLocalFile():
            window.take([Path(event.url().toLocalFile())])
        return True


def application() -> QApplication | None:
    """Qt's application; all of it larger where the system asks for larger type. None where another kind has begun."""
    app = QApplication.instance() or _begun()
    if not isinstance(app, QApplication):
        return None
    larger = theme.enlargement(theme.pixels(app.font()), sys.platform)
    if larger == 1 or "QT_SCALE_FACTOR" in os.environ:
        return app
    os.environ["QT_SCALE_FACTOR"] = str(larger)
    app.shutdown()
    return _begun()


def _begun() -> QApplication:
    app = QApplication(sys.argv[:1])
    language.begin(app)
    return app


def name(app: QApplication) -> None:
    """What the system calls the program, the icon it shows, and the style that ours is laid over."""
    app.setApplicationName("Casebook")
    app.setDesktopFileName("casebook")
    app.setWindowIcon(QIcon(str(resources.path("icons", "casebook.png"))))
    if app.style().name() != "fusion":
        app.setStyle("Fusion")


def make_window(app: QApplication, workspace: Path, opener: Opener) -> Window:
    """A window on the desks that `opener` opens, with its commands, dressed as it was when last closed."""
    name(app)
    language.begin(app, workspace)
    memory = QSettings(str(workspace / "window.ini"), QSettings.Format.IniFormat)
    scheme = theme.scheme_named(memory.value("scheme"))
    theme.prepare(app, scheme)
    window = Window(opener, memory, Keys(memory, commands.declared_keys()))
    theme.apply(app, scheme)
    hints = app.styleHints()
    hints.colorSchemeChanged.connect(window.dress)
    hints.accessibility().contrastPreferenceChanged.connect(window.dress)
    commands.install(window)
    return window


def desks(workspace: Path, catalogue: str | None) -> Opener:
    """Opens desks on `workspace`: one for each thread that works on it."""
    return partial(open_desk, workspace, catalogue=catalogue)
