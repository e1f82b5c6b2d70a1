"""A sending killed at every one of its statements in turn, before it and behind it: it arrives, once."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.soak import acts, children, laws, lines
from tests.soak.children import Blow, Say
from tests.soak.killing import Tally, documents
from tests.soak.servers import Server
from workbench import catalogue
from workbench.desk.catalogue import publishing

Fresh = Callable[[], str]
"""Gives the address of a catalogue, new each time and empty."""

MOST = 2000
"""More statements than a sending has."""


def every_statement(folder: Path, fresh: Fresh, until: float, step: int = 1) -> Tally:
    """Kills a sending at each `step`-th statement until one is done before its time; `under` counts them."""
    tally, prepared = Tally(), folder / "prepared"
    children.answer(lambda: lines.prepare(prepared, ""))
    for behind in (False, True):
        for statement in range(1, MOST, step):
            if time.monotonic() > until or tally.broken:
                return tally
            if (
                _killed_at(folder, prepared, fresh(), Blow(statement=statement, behind=behind), tally)
                != "killed"
            ):
                break
    return tally


def _killed_at(folder: Path, prepared: Path, address: str, blow: Blow, tally: Tally) -> str:
    workspace = folder / "one"
    shutil.rmtree(workspace, ignore_errors=True)
    shutil.copytree(prepared, workspace)
    death = children.run(partial(_send, workspace, address), blow)
    tally.ends[death.end] += 1
    tally.under["behind" if blow.behind else "before"] += death.end == "killed"
    sent = [line["publication"] for line in death.said]

    def look() -> list[str]:
        acts.settle(workspace, address)
        ledger = laws.Ledger(
            {}, {acts.fingerprint(path) for path in documents()}, {}, dict.fromkeys(sent, "published")
        )
        return [*laws.of_desk(workspace, ledger), *laws.of_catalogue(address, [workspace])]

    told = children.answer(look) if death.end != "failed" else [death.trace]
    tally.broken += [f"{blow}: {what}" for what in told]
    return death.end


def _send(workspace: Path, address: str, say: Say) -> None:
    with acts.a_desk(workspace, address) as desk:
        for outcome in publishing.publish(desk):
            say({"publication": outcome.publication})


def in_files(folder: Path) -> Fresh:
    """Embedded catalogues, each a copy of an empty one."""
    empty, taken = folder / "empty.db", folder / "taken.db"
    children.answer(lambda: catalogue.init(f"sqlite:///{empty}").did)

    def fresh() -> str:
        for beside in ("", "-wal", "-shm", "-journal"):
            taken.with_name(taken.name + beside).unlink(missing_ok=True)
        return f"sqlite:///{shutil.copy(empty, taken)}"

    return fresh


def in_databases(server: Server) -> Fresh:
    """Databases of a server, each a copy of an empty catalogue."""
    empty = server.empty()
    children.answer(lambda: catalogue.init(empty).did)
    return lambda: server.copy_of(empty)
