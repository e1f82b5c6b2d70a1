"""The program around the window: Qt's application, the workspace, the memory of how the window looked."""

from __future__ import annotations

import locale
import os
import sys
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from ui import commands, theme
from ui.bridge import Opener
from ui.keys import Keys
from ui.window import Window
from workbench.desk import open_desk


def run(workspace: Path, catalogue: str | None) -> int:
    """Opens the window on `workspace` and returns the exit status once it is closed."""
    app = application()
    if app is None:
        return 3
    window = make_window(app, workspace, desks(workspace, catalogue))
    window.show()
    return app.exec()


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
    """A new one. It takes on the system's language; days are told and read in that of the window's sentences."""
    app = QApplication(sys.argv[:1])
    locale.setlocale(locale.LC_TIME, "C")
    return app


def make_window(app: QApplication, workspace: Path, opener: Opener) -> Window:
    """A window on the desks that `opener` opens, with its commands, dressed as it was when last closed."""
    app.setApplicationName("Casebook")
    if app.style().name() != "fusion":
        app.setStyle("Fusion")
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
