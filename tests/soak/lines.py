"""Publishing over a wire that fails and to a server that stops: all of it arrives, once."""

from __future__ import annotations

import random
import threading
import time
from pathlib import Path

from tests.soak import acts, children, laws
from tests.soak.killing import Tally, documents
from tests.soak.servers import Server, Wire, faulty
from workbench import catalogue as shared
from workbench.desk import decisions, queue
from workbench.desk.arriving import arrivals
from workbench.desk.catalogue import publishing
from workbench.desk.rows import QueueFilter
from workbench.errors import SurroundingsFailed
from workbench.submission import Status

STUDIES = 5
"""Files of a batch, of which some are not fit to be sent."""


def prepare(workspace: Path, catalogue: str) -> None:
    """A desk with everything that has no blockers in its outbox."""
    with acts.a_desk(workspace, catalogue) as desk:
        list(arrivals.import_paths(desk, documents()[:STUDIES]))
        ready = [row.id for row in queue.rows(desk) if not row.blockers]
        decisions.approve(desk, ready)
        publishing.queue(desk, ready)


def again(workspace: Path, catalogue: str, number: int) -> None:
    """Everything published is taken up, written anew, and queued."""
    from workbench import richtext
    from workbench.desk.editing import review

    with acts.a_desk(workspace, catalogue) as desk:
        ids = queue.ids(desk, QueueFilter(statuses=frozenset({Status.PUBLISHED})))
        decisions.reopen(desk, ids)
        for name in ids:
            words = acts.ANSWERS["summary"].format(acts.letters(number))
            review.edit(desk, name, "summary", richtext.from_html(f"<p>{words}</p>"))
        decisions.approve(desk, ids)
        publishing.queue(desk, ids)


def send(workspace: Path, catalogue: str) -> str:
    """Publishes what waits; "" or the code of what was said when the catalogue was lost."""
    with acts.a_desk(workspace, catalogue) as desk:
        try:
            list(publishing.publish(desk))
        except SurroundingsFailed as error:
            return error.code
    return ""


def cut(server: Server, folder: Path, seed: int, rounds: int, until: float) -> Tally:
    """Round after round a batch is sent over a failing wire, then over a good one, then everything is compared."""
    tally, workspace, direct = Tally(), folder / "cut", server.empty()
    children.answer(lambda: shared.init(direct).did)
    children.answer(lambda: prepare(workspace, direct))
    for number in range(rounds):
        if time.monotonic() > until or tally.broken:
            break
        fault, budget = faulty(random.Random(f"{seed}.{number}"))
        wire = Wire(server.socket, fault, budget)
        said = children.run(lambda say, wire=wire: say({"said": send(workspace, wire.address(direct))}))
        wire.close()
        tally.ends[said.end] += 1
        tally.under[f"{fault}: {said.said[-1]['said'] if said.said else said.end}"] += 1
        tally.broken += _compared(f"{seed}.{number} {fault} after {budget} bytes", said, workspace, direct)
        children.answer(lambda number=number: again(workspace, direct, number))
    return tally


def stopped(server: Server, folder: Path, seed: int, rounds: int, until: float) -> Tally:
    """Round after round the server is restarted, by a power cut or properly, while a batch is on its way."""
    tally, workspace, direct = Tally(), folder / "stopped", server.empty()
    children.answer(lambda: shared.init(direct).did)
    children.answer(lambda: prepare(workspace, direct))
    for number in range(rounds):
        if time.monotonic() > until or tally.broken:
            break
        chance = random.Random(f"{seed}.{number}")
        mode = chance.choice(("fast", "immediate"))
        stopping = threading.Timer(chance.uniform(0, 0.4), server.restart, [mode])
        stopping.start()
        said = children.run(lambda say: say({"said": send(workspace, direct)}))
        stopping.join()
        tally.ends[said.end] += 1
        tally.under[f"{mode}: {said.said[-1]['said'] if said.said else said.end}"] += 1
        tally.broken += _compared(f"{seed}.{number} {mode}", said, workspace, direct)
        children.answer(lambda number=number: again(workspace, direct, number))
    return tally


def _compared(what: str, said: children.Death, workspace: Path, catalogue: str) -> list[str]:
    if said.end != "done":
        return [f"{what}: {said.end} {said.trace}"]

    def look() -> list[str]:
        acts.settle(workspace, catalogue)
        ledger = laws.Ledger(begun_files={acts.fingerprint(path) for path in documents()})
        return [*laws.of_desk(workspace, ledger), *laws.of_catalogue(catalogue, [workspace])]

    return [f"{what}: {broken}" for broken in children.answer(look)]
