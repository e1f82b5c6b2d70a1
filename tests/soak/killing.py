"""Lives of two desks and a catalogue, in which programs are killed again and again."""

from __future__ import annotations

import random
import shutil
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import resources
from tests.soak import acts, children, laws
from tests.soak.children import Blow
from tests.soak.laws import Ledger
from workbench.desk import queue
from workbench.desk.keeping import backups

KILLS_OF_A_LIFE = 25
RESTS = 5
"""After so many kills everything is sent and pulled, and desks and catalogue are compared."""


@dataclass
class Tally:
    """What was done and what broke."""

    ends: Counter[str] = field(default_factory=Counter)
    under: Counter[str] = field(default_factory=Counter)
    """What was under way when the blow fell."""
    broken: list[str] = field(default_factory=list)


@dataclass
class Life:
    """Two desks at one catalogue."""

    workspaces: tuple[Path, Path]
    catalogue: str
    ledgers: tuple[Ledger, Ledger] = field(default_factory=lambda: (Ledger(), Ledger()))


def documents() -> list[Path]:
    """The sample submissions, of which an invented editor's days are made."""
    return sorted(resources.path("samples").glob("*.docx"))


def blow(chance: random.Random) -> Blow:
    """Half at a moment, half at a statement; statements are more often early than late."""
    if chance.random() < 0.5:
        return Blow(after=chance.uniform(0.01, 1.2))
    return Blow(statement=int(chance.paretovariate(0.5)) + chance.randrange(60), behind=chance.random() < 0.5)


def live(life: Life, seed: int, kills: int, tally: Tally, until: float) -> int:
    """Kills so many programs, or until the time is over, looking after each whether all holds; how many it were."""
    for number in range(kills):
        if time.monotonic() > until:
            return number
        kill(life, f"{seed}.{number}", tally)
        if number % RESTS == RESTS - 1 or number == kills - 1:
            rest(life, f"{seed}.{number}", tally)
        if tally.broken:
            return number + 1
    return kills


def kill(life: Life, seed: str, tally: Tally) -> None:
    """Lets a program work on one of the desks and kills it."""
    chance = random.Random(seed)
    at = chance.randrange(2)
    workspace, ledger = life.workspaces[at], life.ledgers[at]
    own = documents()[at::2]
    strike = blow(chance)
    death = children.run(acts.a_day(workspace, life.catalogue, own, seed), strike)
    ledger.take(death.said)
    tally.ends[death.end] += 1
    if death.end == "killed":
        tally.under[_under_way(death)] += 1
    told = children.answer(lambda: laws.of_desk(workspace, ledger))
    if death.end not in ("killed", "done"):
        told = [*told, f"{death.end}: {death.trace}"]
    tally.broken += [f"seed {seed}, {strike}: {what}" for what in told]


def _under_way(death: children.Death) -> str:
    if not death.said:
        return "opening"
    return death.said[-1].get("begins", "between")


def rest(life: Life, seed: str, tally: Tally) -> None:
    """A quiet hour: everything is sent and pulled, and what desks and catalogue say is compared."""

    def look() -> list[str]:
        for _ in range(2):
            for workspace in life.workspaces:
                acts.settle(workspace, life.catalogue)
        copies = [what for workspace in life.workspaces for what in laws.of_copies(workspace)]
        return copies + laws.of_catalogue(life.catalogue, life.workspaces)

    tally.broken += [f"seed {seed}, at rest: {what}" for what in children.answer(look)]


def lives(folder: Path, catalogues: Iterator[str], seed: int, kills: int, until: float) -> Tally:
    """One life after another until so many programs were killed or the time is over; stops where something broke."""
    tally, number = Tally(), 0
    while kills > 0 and time.monotonic() < until and not tally.broken:
        place = folder / f"life-{seed}-{number}"
        life = Life((place / "one", place / "two"), next(catalogues))
        kills -= live(life, seed + number, min(kills, KILLS_OF_A_LIFE), tally, until)
        number += 1
        if not tally.broken:
            shutil.rmtree(place, ignore_errors=True)
    return tally


def migrations(folder: Path, old: Sequence[Path], seed: int, kills: int, until: float) -> Tally:
    """Kills programs while they bring an older desk up to date, or put a copy back."""
    tally = Tally()
    for number in range(kills):
        if time.monotonic() > until or tally.broken:
            break
        chance = random.Random(f"{seed}.{number}")
        place = folder / f"older-{seed}-{number}"
        place.mkdir(parents=True)
        shutil.copy(chance.choice(old), place / "desk.db")
        before = children.answer(lambda place=place: _rows(place))
        strike = Blow(statement=chance.randrange(1, 40), behind=chance.random() < 0.5)
        death = children.run(lambda say, place=place: acts.a_desk(place, "").close(), strike)
        tally.ends[death.end] += 1
        tally.under["migrate"] += death.end == "killed"
        told = children.answer(lambda place=place, before=before: _after_migration(place, before))
        tally.broken += [f"seed {seed}.{number}, {strike}: {what}" for what in told]
        shutil.rmtree(place)
    return tally


def _rows(place: Path) -> list[str]:
    import sqlite3

    with sqlite3.connect(place / "desk.db") as database:
        return [str(row) for row in database.execute("SELECT key, html FROM field_value ORDER BY 1, 2")]


def _after_migration(place: Path, before: Sequence[str]) -> list[str]:
    acts.a_desk(place, "").close()
    broken = [f"{flaw.code} {flaw.params}" for flaw in laws.verifying.verify(place / "desk.db").flaws]
    return broken if _rows(place) == list(before) else [*broken, "rows were lost"]


def restores(folder: Path, seed: int, kills: int, until: float) -> Tally:
    """Kills programs while they put a copy back: afterwards the desk is the one or the other, and sound."""
    tally, place = Tally(), folder / "restored"
    children.answer(lambda: _with_a_copy(place))
    either = children.answer(lambda: _titles(place))
    for number in range(kills):
        if time.monotonic() > until or tally.broken:
            break
        strike = Blow(after=random.Random(f"{seed}.{number}").uniform(0, 0.15))
        death = children.run(lambda say: say({"put": str(backups.restore(place).copy)}), strike)
        tally.ends[death.end] += 1
        tally.under["restore"] += death.end == "killed"
        told = children.answer(lambda: _after_restore(place, either))
        tally.broken += [f"seed {seed}.{number}, {strike}: {what}" for what in told]
    return tally


def _with_a_copy(place: Path) -> None:
    from workbench.desk.arriving.arrivals import import_paths

    with acts.a_desk(place, "") as desk:
        list(import_paths(desk, documents()[:2]))
        backups.back_up(desk)
        list(import_paths(desk, documents()[2:4]))


def _titles(place: Path) -> list[str]:
    with acts.a_desk(place, "") as desk:
        return [row.title for row in queue.rows(desk)]


def _after_restore(place: Path, whole: Sequence[str]) -> list[str]:
    found = _titles(place)
    broken = [f"{flaw.code} {flaw.params}" for flaw in laws.verifying.verify(place / "desk.db").flaws]
    if set(found) != set(whole) and not (len(found) == 2 and set(found) < set(whole)):
        broken.append(f"the desk holds {found}")
    return [*broken, *laws.of_copies(place)]
