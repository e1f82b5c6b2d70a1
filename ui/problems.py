"""What went wrong, told so that the editor knows what to do; and the watch for what nobody caught."""

from __future__ import annotations

import logging
import sys
import threading
from collections import Counter
from types import TracebackType

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
    qVersion,
)

import workbench
from ui.phrases import say
from workbench import words
from workbench.errors import WorldError


def sentence(error: BaseException) -> str:
    """What happened and what to do next, for an error of the world; for ours, that it was ours."""
    return words.explain(error) if isinstance(error, WorldError) else say("bug")


def is_ours(error: BaseException) -> bool:
    """Whether the program is at fault."""
    return not isinstance(error, WorldError)


def versions() -> str:
    """What a report needs to know of the programs."""
    from workbench import log

    return f"casebook={workbench.__version__} qt={qVersion()} {log.surroundings()}"


def details(error: BaseException) -> str:
    """What a report needs: versions, and where it happened; of what it was about nothing."""
    from workbench import log

    return f"{versions()}\n\n{log.told(error)}"


_LEVELS = {
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
"""What Qt says that is worth keeping."""

OFTEN = 3
"""How many times the same complaint of Qt is kept."""


class Watch(QObject):
    """Catches what nobody caught, on any thread, and says so; keeps what Qt complains of. `found(error)`."""

    found = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._said: Counter[str] = Counter()

    def install(self) -> None:
        """From now on an uncaught exception is a report, not a silent death."""
        self._before = sys.excepthook
        self._before_threads = threading.excepthook
        self._before_unraisable = sys.unraisablehook
        sys.excepthook = self._hook
        threading.excepthook = self._of_thread
        sys.unraisablehook = self._unraisable
        self._before_qt = qInstallMessageHandler(self._hear)

    def remove(self) -> None:
        """As it was before."""
        sys.excepthook = self._before
        threading.excepthook = self._before_threads
        sys.unraisablehook = self._before_unraisable
        qInstallMessageHandler(self._before_qt)

    def _hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        self._before(kind, error, trace)
        if not issubclass(kind, KeyboardInterrupt):
            self.found.emit(error)

    def _of_thread(self, ended: threading.ExceptHookArgs) -> None:
        self._before_threads(ended)
        if ended.exc_value is not None and not issubclass(ended.exc_type, SystemExit):
            self.found.emit(ended.exc_value)

    def _unraisable(self, met: sys.UnraisableHookArgs) -> None:
        """What goes wrong while something is thrown away hinders nobody: it is only kept."""
        self._before_unraisable(met)
        if met.exc_value is not None:
            logging.getLogger("casebook.bug").error("unraisable", exc_info=met.exc_value)

    def _hear(self, kind: QtMsgType, context: QMessageLogContext, said: str) -> None:
        if self._before_qt is not None:
            self._before_qt(kind, context, said)
        else:
            print(said, file=sys.stderr)
        self._said[said] += 1
        if kind in _LEVELS and self._said[said] <= OFTEN and len(self._said) < 500:
            logging.getLogger("casebook.qt").log(_LEVELS[kind], "%s", said)
