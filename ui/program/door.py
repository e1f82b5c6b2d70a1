"""The door of a workspace: one window stands behind it, and who comes later hands over what they bring.

The first to come holds a lock for as long as the program runs. Who finds it taken tells the window behind it, over a
socket that only this person may open, which files to bring in, and goes again. Where nobody answers, they open a
window of their own: the desk bears two.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDir, QLockFile, QObject, QStandardPaths, Signal

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalSocket

PATIENCE = 5_000
"""Milliseconds that the window behind the door has to answer; it may still be opening."""

_TOKENS = ("XDG_ACTIVATION_TOKEN", "DESKTOP_STARTUP_ID")
"""Where the desktop leaves the permission to come to the front."""


class Door(QObject):
    """The door of `workspace` with its `catalogue`. `knocked(paths)`: somebody wants the window, and brings files."""

    knocked = Signal(list)

    def __init__(self, workspace: Path, catalogue: str | None) -> None:
        super().__init__()
        name = _name(workspace, catalogue)
        self._socket = _socket(name)
        self._lock = QLockFile(str(_place() / f"{name}.lock"))
        self._lock.setStaleLockTime(0)

    def enter(self) -> bool:
        """Whether this is the first to come, who then stays. True as well where no lock can be written."""
        return self._lock.tryLock(0) or self._lock.error() != QLockFile.LockError.LockFailedError

    def listen(self) -> None:
        """Begins to hear who knocks."""
        from PySide6.QtNetwork import QLocalServer

        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._greet)
        QLocalServer.removeServer(self._socket)
        self._server.listen(self._socket)

    def leave(self) -> None:
        """Lets the next to come be the first."""
        if hasattr(self, "_server"):
            self._server.close()
        self._lock.unlock()

    def hand_over(self, paths: Sequence[Path]) -> bool:
        """Gives the files to the window behind the door, which comes to the front; whether it took them."""
        from PySide6.QtNetwork import QLocalSocket

        brought = {"paths": [str(path.absolute()) for path in paths], "tokens": _tokens()}
        socket = QLocalSocket()
        if not _reached(socket, self._socket):
            return False
        socket.write(json.dumps(brought).encode() + b"\n")
        return socket.waitForReadyRead(PATIENCE)

    def _greet(self) -> None:
        guest = self._server.nextPendingConnection()
        guest.disconnected.connect(guest.deleteLater)
        guest.readyRead.connect(lambda: self._take(guest))

    def _take(self, guest: QLocalSocket) -> None:
        if not guest.canReadLine():
            return
        brought = json.loads(guest.readLine().data())
        guest.write(b"taken\n")
        guest.flush()
        os.environ.update({name: token for name, token in brought["tokens"].items() if name in _TOKENS})
        self.knocked.emit([Path(path) for path in brought["paths"]])


def _name(workspace: Path, catalogue: str | None) -> str:
    """What lock and socket are called; both stand where only this person may write."""
    said = "\n".join([str(workspace.absolute().resolve()), catalogue or ""])
    return f"casebook-{sha256(said.encode()).hexdigest()[:16]}"


def _place() -> Path:
    """This person's own folder for what ends with their session."""
    if sys.platform != "linux":
        return Path(QDir.tempPath())
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.RuntimeLocation))


def _socket(name: str) -> str:
    """The whole name of the socket: a place on Unix, on Windows the name of a pipe."""
    return name if sys.platform == "win32" else str(_place() / name)


def _tokens() -> dict[str, str]:
    return {name: os.environ[name] for name in _TOKENS if os.environ.get(name)}


def _reached(socket: QLocalSocket, name: str) -> bool:
    """Connects to the window, which may not listen yet."""
    from time import monotonic, sleep

    until = monotonic() + PATIENCE / 1000
    while True:
        socket.connectToServer(name)
        if socket.waitForConnected(PATIENCE):
            return True
        if monotonic() > until:
            return False
        sleep(0.05)
