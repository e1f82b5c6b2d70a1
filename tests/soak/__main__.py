"""`make soak`: programs killed, servers stopped, wires cut, and many publishers at once, within bounds.

    python -m tests.soak --kills 500 --rounds 1000 --minutes 15 --seed 1 --on both

Says what was done and what broke, with the seed that shows it again. Exit status 1 where anything broke; the desks of
that life are then left in the folder it names.
"""

from __future__ import annotations

import argparse
import itertools
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.soak import children, crowds, killing, lines, older, sends
from tests.soak.killing import Tally
from tests.soak.servers import Server
from workbench import catalogue

Part = tuple[str, float, Callable[[float], Tally]]
"""Its name, by which share of the time it ends, and the work, until a moment."""

PARTS = ("migrations", "restores", "kills", "sends", "lines", "stops", "crowd")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="soak", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument(
        "--kills", type=int, default=500, help="programs killed, on each kind of catalogue half"
    )
    parser.add_argument("--rounds", type=int, default=1000, help="rounds of eight publishers at once")
    parser.add_argument(
        "--faults", type=int, default=60, help="batches over a failing wire, and again while stopped"
    )
    parser.add_argument("--step", type=int, default=1, help="of the statements of a sending, each so-manieth")
    parser.add_argument("--minutes", type=float, default=12, help="bound for all of it")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--on", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--only", choices=PARTS, help="one part alone")
    return parser.parse_args()


def made(address: str) -> str:
    """The address of a catalogue that is made now."""
    children.answer(lambda: catalogue.init(address).did)
    return address


def files(folder: Path) -> Iterator[str]:
    return (made(f"sqlite:///{folder / f'catalogue-{n}.db'}") for n in itertools.count())


def databases(server: Server) -> Iterator[str]:
    return (made(server.empty()) for _ in itertools.count())


def everywhere(given: argparse.Namespace, folder: Path) -> Iterator[Part]:
    """What needs no server."""
    yield (
        "migrations",
        0.08,
        lambda until: killing.migrations(
            folder, older.desks(folder / "old"), given.seed, max(1, given.kills // 5), until
        ),
    )
    yield (
        "restores",
        0.12,
        lambda until: killing.restores(folder, given.seed, max(1, given.kills // 10), until),
    )


def on_sqlite(given: argparse.Namespace, folder: Path) -> Iterator[Part]:
    """What is tried on the embedded catalogue."""
    kills = given.kills // 2 if given.on == "both" else given.kills
    yield "kills", 0.35, lambda until: killing.lives(folder, files(folder), given.seed, kills, until)
    yield (
        "sends",
        0.45,
        lambda until: sends.every_statement(folder, sends.in_files(folder), until, given.step),
    )
    yield "crowd", 0.5, lambda until: crowds.crowd(next(files(folder)), given.rounds // 4, until)


def on_postgresql(given: argparse.Namespace, folder: Path, server: Server) -> Iterator[Part]:
    """What is tried on a server."""
    kills = given.kills // 2 if given.on == "both" else given.kills
    yield "kills", 0.7, lambda until: killing.lives(folder, databases(server), given.seed, kills, until)
    yield (
        "sends",
        0.8,
        lambda until: sends.every_statement(folder, sends.in_databases(server), until, given.step),
    )
    yield "lines", 0.86, lambda until: lines.cut(server, folder, given.seed, given.faults, until)
    yield "stops", 0.92, lambda until: lines.stopped(server, folder, given.seed, given.faults, until)
    yield "crowd", 1, lambda until: crowds.crowd(next(databases(server)), given.rounds, until)


def tried(given: argparse.Namespace, folder: Path, server: Server | None) -> Iterator[tuple[str, Tally]]:
    """What was tried, one after another; each part ends when its share of the time is over."""
    begun, whole = time.monotonic(), given.minutes * 60
    for name in ("sqlite", "server"):
        (folder / name).mkdir()
    rooms = {"": everywhere(given, folder)}
    if given.on != "postgresql":
        rooms["SQLite"] = on_sqlite(given, folder / "sqlite")
    if server:
        rooms["PostgreSQL"] = on_postgresql(given, folder / "server", server)
    for on, parts in rooms.items():
        for name, share, work in parts:
            if given.only in (None, name):
                yield f"{name} {on}".strip(), work(begun + whole * (1 if given.only else share))


def main() -> int:
    given = arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    print(f"seed {given.seed}", flush=True)
    folder = Path(tempfile.mkdtemp(prefix="casebook-soak-"))
    server = Server() if given.on != "sqlite" else None
    broken = 0
    try:
        for name, tally in tried(given, folder, server):
            print(f"{name}: {dict(tally.ends)}, {dict(tally.under.most_common())}", flush=True)
            print("".join(f"  BROKEN {what}\n" for what in tally.broken), end="", flush=True)
            broken += len(tally.broken)
    finally:
        if server:
            server.close()
    if broken:
        print(f"the desks are left in {folder}")
    else:
        shutil.rmtree(folder)
    return int(bool(broken))


sys.exit(main())
