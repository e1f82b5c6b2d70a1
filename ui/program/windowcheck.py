"""`casebook --window-check`: whether a window could be opened here, told as one line of JSON.

It is run as a program of its own, since Qt ends the program in which it finds no screen or lacks a library.
"""

from __future__ import annotations

import json
import sys


def check() -> int:
    """Makes the application and tells its versions, screens and fonts; the exit status is 3 where that fails."""
    try:
        told = _tried()
    except ImportError as error:
        print(json.dumps({"error": str(error)}))
        return 3
    print(json.dumps(told))
    return 0


def _tried() -> dict[str, object]:
    import PySide6
    from PySide6.QtCore import qVersion
    from PySide6.QtGui import QFontDatabase
    from PySide6.QtWidgets import QApplication, QWidget

    from ui import theme

    app = QApplication.instance() or QApplication(sys.argv[:1])
    tried = QWidget()
    tried.winId()
    families = set(QFontDatabase.families())
    faces = {"interface": theme.SANS, "study": theme.SERIF}
    return {
        "qt": qVersion(),
        "pyside": PySide6.__version__,
        "platform": QApplication.platformName(),
        "style": app.style().name() if isinstance(app, QApplication) else "",
        "screens": [
            {"width": each.size().width(), "height": each.size().height(), "scale": each.devicePixelRatio()}
            for each in QApplication.screens()
        ],
        "families": len(families),
        "fonts": {
            kind: next((face for face in names if face in families), "") for kind, names in faces.items()
        },
    }
