"""`make soak`: programs killed, servers stopped, wires cut, and many publishers at once, within bounds.

    python -m tests.soak --kills 500 --rounds 1000 --minutes 15 --seed 1 --on both

Says what was done and what broke, with the seed that shows it again. Exit status 1 where anything broke; the desks of
that life are then left in the folder it names.
"""

from __future__ import annotations

import argparse
import itertools
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.soak import children, crowds, killing, lines, older
from tests.soak.killing import Tally
from tests.soak.servers import Server
from workbench import catalogue

PARTS = ("kills", "migrations", "lines", "stops", "crowd")


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


def parts(given: argparse.Namespace, folder: Path, server: Server | None) -> Iterator[tuple[str, Tally]]:
    """What is tried, one after another, each with its share of the time."""
    begun, whole = time.monotonic(), given.minutes * 60

    def until(share: float) -> float:
        return begun + whole * share

    both = given.on == "both"
    kills = given.kills // 2 if both else given.kills
    old = older.desks(folder / "old")
    wanted = (given.only,) if given.only else PARTS
    if "migrations" in wanted:
        yield "migrations", killing.migrations(folder, old, given.seed, max(1, given.kills // 5), until(0.08))
    if "kills" in wanted and given.on != "postgresql":
        yield "kills, SQLite", killing.lives(folder, files(folder), given.seed, kills, until(0.4))
    if "kills" in wanted and server:
        yield "kills, PostgreSQL", killing.lives(folder, databases(server), given.seed, kills, until(0.7))
    if "lines" in wanted and server:
        yield "cut wires", lines.cut(server, folder, given.seed, given.faults, until(0.8))
    if "stops" in wanted and server:
        yield "stopped servers", lines.stopped(server, folder, given.seed, given.faults, until(0.88))
    if "crowd" in wanted and server:
        yield "crowd, PostgreSQL", crowds.crowd(next(databases(server)), given.rounds, until(0.96))
    if "crowd" in wanted and given.on != "postgresql":
        yield "crowd, SQLite", crowds.crowd(next(files(folder)), given.rounds // 4, until(1))


def main() -> int:
    given = arguments()
    print(f"seed {given.seed}", flush=True)
    folder = Path(tempfile.mkdtemp(prefix="casebook-soak-"))
    server = Server() if given.on != "sqlite" else None
    broken = 0
    try:
        for name, tally in parts(given, folder, server):
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
