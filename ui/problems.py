"""What went wrong, told so that the editor knows what to do: a notice for the world's doing, a report for ours."""

from __future__ import annotations

import platform
import sys
import traceback
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

import workbench
from ui.phrases import say
from ui.views.parts import button, label
from workbench import words
from workbench.errors import WorldError


def sentence(error: BaseException) -> str:
    """What happened and what to do next, for an error of the world; for ours, that it was ours."""
    return words.explain(error) if isinstance(error, WorldError) else say("bug")


def is_ours(error: BaseException) -> bool:
    """Whether the program is at fault."""
    return not isinstance(error, WorldError)


def details(error: BaseException) -> str:
    """What a report needs: versions, and where it happened; of the studies only what the error itself says."""
    parts = (
        f"Casebook {workbench.__version__}",
        f"Python {platform.python_version()}",
        f"Qt {qVersion()}",
        platform.platform(),
    )
    return f"{' · '.join(parts)}\n\n{''.join(traceback.format_exception(error))}"


class Report(QDialog):
    """A mistake of the program, with the details to copy. The work goes on behind it."""

    def __init__(self, error: BaseException, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(say("bug-title"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumSize(620, 380)
        self.details = QPlainTextEdit(details(error))
        self.details.setReadOnly(True)
        self.details.setAccessibleName(say("bug-details"))
        foot = QHBoxLayout()
        foot.addWidget(button(say("copy-details"), self.copy, name="primary"))
        foot.addStretch(1)
        foot.addWidget(button(say("close"), self.close))
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(12)
        box.addWidget(label(say("bug-title"), "viewTitle"))
        box.addWidget(label(say("bug"), wrap=True))
        box.addWidget(self.details, 1)
        box.addLayout(foot)

    def copy(self) -> None:
        """Puts the details on the clipboard."""
        QGuiApplication.clipboard().setText(self.details.toPlainText())


class Watch(QObject):
    """Catches what nobody caught, on any thread that runs Python in Qt's hands, and says so. `found(error)`."""

    found = Signal(object)

    def install(self) -> None:
        """From now on an uncaught exception is a report, not a silent death."""
        self._before = sys.excepthook
        sys.excepthook = self._hook

    def remove(self) -> None:
        """As it was before."""
        sys.excepthook = self._before

    def _hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        self._before(kind, error, trace)
        if not issubclass(kind, KeyboardInterrupt):
            self.found.emit(error)
