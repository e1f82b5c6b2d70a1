"""Many publishers at once, on studies of their own and on the same: no update is lost, each conflict is told once."""

from __future__ import annotations

import random
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any
from uuid import uuid4

from tests.catalogue.given import assets, publication
from tests.soak import children
from tests.soak.children import Say
from tests.soak.killing import Tally
from workbench.catalogue import Catalogue, open_catalogue

PUBLISHERS = 8
SHARED = ("harbour", "library", "market")
"""The studies that everybody works on."""


def publisher(url: str, name: str, rounds: int, until: float, say: Say) -> None:
    """Round after round: looks at what is live, and publishes upon it a study of its own and some that all share."""
    chance = random.Random(name)
    with open_catalogue(url) as shared:
        for number in range(rounds):
            if time.monotonic() > until:
                return
            studies = [f"own-{name}", *chance.sample(SHARED, 2)]
            for outcome in shared.publish(_versions(shared, studies, name, number), assets, name):
                say({"study": outcome.study, "uuid": outcome.publication, "result": outcome.result})
            say({"round": number})


def _versions(shared: Catalogue, studies: list[str], name: str, number: int) -> list[Any]:
    bare = [publication(study, 1) for study in studies]
    live = shared.live([each.study for each in bare])
    bases = {study: one.version for study, one in live.items()}
    words = f"What {name} made of it in round {number}"
    return [
        publication(study, 1, uuid=str(uuid4()), base_version=bases.get(each.study, 0), summary=words)
        for study, each in zip(studies, bare, strict=True)
    ]


def crowd(url: str, rounds: int, until: float) -> Tally:
    """Eight publishers at once, each for so many rounds or until the time is over."""
    with ThreadPoolExecutor(PUBLISHERS) as pool:
        works = [partial(publisher, url, f"editor-{n}", rounds, until) for n in range(PUBLISHERS)]
        deaths = list(
            pool.map(lambda work: children.run(work, patience=until - time.monotonic() + 60), works)
        )
    tally = Tally()
    said = [line for death in deaths for line in death.said]
    tally.ends.update(death.end for death in deaths)
    tally.under.update(line["result"] for line in said if "result" in line)
    tally.under["rounds"] = sum(1 for line in said if "round" in line)
    tally.broken += [f"{death.end}: {death.trace}" for death in deaths if death.end != "done"]
    tally.broken += children.answer(lambda: _compared(url, said))
    return tally


def _compared(url: str, said: list[dict[str, Any]]) -> list[str]:
    outcomes = [line for line in said if "result" in line]
    told = Counter(line["uuid"] for line in outcomes)
    broken = [f"{uuid} was told {n} outcomes" for uuid, n in told.items() if n != 1]
    odd = {line["result"] for line in outcomes} - {"published", "conflict"}
    broken += [f"an outcome was {result}" for result in odd]
    published = {line["uuid"] for line in outcomes if line["result"] == "published"}
    with open_catalogue(url) as shared:
        for one in shared.studies():
            versions = shared.versions(one.publication.study)
            numbers = [version.version for version in versions]
            if numbers != list(range(1, len(numbers) + 1)):
                broken.append(f"{one.publication.study} has versions {numbers}")
            published -= {version.publication.uuid for version in versions}
            broken += [
                f"{v.publication.uuid} has another base"
                for v in versions
                if v.publication.base_version != v.version - 1
            ]
    return broken + [f"{uuid} was published and is lost" for uuid in published]
