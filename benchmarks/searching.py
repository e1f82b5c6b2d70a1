"""Searching the desk's copy of the catalogue, with snippets and facets, beside SQLite's full-text index by itself.

Each search is what the window asks for while somebody types: fifty studies, the best first, the found words marked,
and the facets over all that was found. The floor is the same fifty by `bm25` with the same marks, without facets.

    python benchmarks/searching.py [STUDIES ...]
"""

from __future__ import annotations

import math
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import accumulate, islice
from pathlib import Path
from re import MULTILINE, findall
from typing import NamedTuple
from uuid import UUID

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from measure import spin
from wordlike import COMMON, COUNCILS, WORDS

from workbench.desk import Desk, open_desk
from workbench.desk.catalogue import browsing
from workbench.publication import Publication, PublishedField, Study
from workbench.search import CatalogueQuery
from workbench.store import mirror
from workbench.submission import Authority, Term

SIZES = (2_600, 25_000, 100_000)
ROUNDS = 7
LENGTH = 400
"""Words in a study, drawn as words are in English: the second most usual half as often as the first, and so on."""

_VOCABULARY = [*dict.fromkeys([*COMMON, *findall(r"^[a-z]{4,12}(?=/)", WORDS, MULTILINE)[::2]])]
_chance = random.Random(20)
_chance.shuffle(_VOCABULARY[len(set(COMMON)) :])
_WEIGHTS = list(accumulate(1 / (rank + 3) for rank in range(len(_VOCABULARY))))
_TOPICS = [Term("topic", word, word.capitalize()) for word in _VOCABULARY[100:140]]
_SUPPORT = [Term("support_type", word, word.capitalize()) for word in _VOCABULARY[140:152]]
_COLLECTIONS = [Term("collection", word, word.capitalize()) for word in _VOCABULARY[152:160]]
_REGIONS = [f"Region {number}" for number in range(12)]
_TYPES = ["county", "district", "unitary", "metropolitan", "london-borough"]

QUERIES = {
    "a word in some studies": _VOCABULARY[400],
    "a word in few studies": _VOCABULARY[9000],
    "two words": f"{_VOCABULARY[200]} {_VOCABULARY[300]}",
    "two words, the second half typed": f"{_VOCABULARY[250]} {_VOCABULARY[120][:3]}",
    "three words, one usual": f"the {_VOCABULARY[150]} {_VOCABULARY[220]}",
    "a council": "leeds",
    "the beginning of a word": _VOCABULARY[180][:4],
    "a usual word": COMMON[3],
    "three letters": "rep",
    "two letters": "re",
    "one letter": "s",
    "a word that all have": "the",
    "no word": "",
}


def sentences(count: int = 20_000) -> list[str]:
    return [
        f"{' '.join(_chance.choices(_VOCABULARY, cum_weights=_WEIGHTS, k=_chance.randint(8, 24))).capitalize()}."
        for _ in range(count)
    ]


def studies(count: int) -> Iterator[Study]:
    """Invented studies, spread over ten years, with as many councils as there are."""
    pool = sentences()
    begun = datetime(2016, 1, 4, 9, tzinfo=UTC)
    for number in range(1, count + 1):
        at = begun + timedelta(hours=number * 87_600 / count)
        told = [f"<p>{' '.join(_chance.choices(pool, k=LENGTH // 64))}</p>" for _ in range(4)]
        council = _chance.choice(COUNCILS)
        publication = Publication(
            uuid=str(UUID(int=number)),
            study=str(UUID(int=number + (1 << 64))),
            base_version=0,
            slug=f"study-{number}",
            title=" ".join(_chance.choice(pool).split()[:8]),
            summary=_chance.choice(pool),
            template="case-study",
            template_version=1,
            fields=tuple(PublishedField(f"part-{n}", f"Part {n}", html) for n, html in enumerate(told)),
            authorities=(
                Authority(None, council, _chance.choice(_TYPES), "England", _chance.choice(_REGIONS)),
            ),
            terms=(*_chance.sample(_TOPICS, 2), _chance.choice(_SUPPORT), _chance.choice(_COLLECTIONS)),
        )
        yield Study(publication, 1, at, "Ada", number, at)


def fill(desk: Desk, count: int) -> None:
    coming = studies(count)
    while page := list(islice(coming, 2_000)):
        with desk.store.writing() as connection:
            mirror.take(connection, page)


FLOOR = """
SELECT rowid, highlight(mirror_words, 0, '[', ']'), snippet(mirror_words, 1, '[', ']', '…', 28),
       snippet(mirror_words, 2, '[', ']', '…', 28)
FROM mirror_words WHERE mirror_words MATCH ? ORDER BY bm25(mirror_words, 8.0, 4.0, 1.0, 4.0) LIMIT 50"""


def floor(desk: Desk, text: str) -> None:
    from workbench.store.fulltext import all_words

    with desk.store.reading() as connection:
        connection.exec_driver_sql(FLOOR, (all_words(text) or '""',)).all()


class Took(NamedTuple):
    """Seconds by the clock, and those in which this process worked: on a busy machine the latter tell more."""

    elapsed: float
    worked: float


def measured(desk: Desk, rounds: int) -> dict[str, tuple[list[Took], list[Took]]]:
    """For each query what our searches and the floor took, in turns."""
    taken: dict[str, tuple[list[Took], list[Took]]] = {name: ([], []) for name in QUERIES}
    for _ in range(rounds):
        for name, text in QUERIES.items():
            query = CatalogueQuery(text=text, sort="relevance" if text else "newest")
            taken[name][0].append(timed(lambda query=query: browsing.search(desk, query)))
            taken[name][1].append(timed(lambda text=text: floor(desk, text)))
    return taken


def timed(work: Callable[[], object]) -> Took:
    begun, idle = time.perf_counter(), time.process_time()
    work()
    return Took(time.perf_counter() - begun, time.process_time() - idle)


def tell(desk: Desk, count: int, rounds: int = ROUNDS) -> None:
    first = timed(lambda: browsing.search(desk, CatalogueQuery()))
    taken = measured(desk, rounds)
    print(f"{count:,} studies; the first search of all took {first.elapsed * 1000:.0f} ms")
    for name, (ours, theirs) in taken.items():
        found = browsing.search(desk, CatalogueQuery(text=QUERIES[name])).total
        print(f"  {name:<34} {found:8,} found {median(ours)}   index alone {median(theirs)}")
    print(f"  {'with two topics chosen':<34} {'':8} found {median(narrowed(desk, rounds))}")
    for name, side in (("ours", 0), ("index alone", 1)):
        for index, how in enumerate(("by the clock", "at work")):
            print(f"  {name:<12} {how:<12} {summary([each[side] for each in taken.values()], index)}")
    print(f"  a fixed amount of arithmetic took {timed(spin).elapsed * 1000:.0f} ms beside it")


def narrowed(desk: Desk, rounds: int) -> list[Took]:
    query = CatalogueQuery(text=QUERIES["a word in some studies"], sort="relevance")
    query = replace(query, facets={"topic": frozenset({_TOPICS[0].slug, _TOPICS[1].slug})})
    return [timed(lambda: browsing.search(desk, query)) for _ in range(rounds)]


def median(runs: list[Took]) -> str:
    elapsed, worked = (statistics.median(took[index] for took in runs) * 1000 for index in (0, 1))
    return f"{elapsed:8.1f} ms ({worked:7.1f} at work)"


def summary(runs: list[list[Took]], index: int) -> str:
    """Typical is the median of all searches, worst the slowest query's median."""
    every = sorted(took[index] * 1000 for taken in runs for took in taken)
    p95 = every[math.ceil(0.95 * len(every)) - 1]
    worst = max(statistics.median(took[index] for took in taken) for taken in runs) * 1000
    return f"typical {statistics.median(every):7.1f} ms   p95 {p95:7.1f} ms   worst {worst:7.1f} ms"


def main(sizes: tuple[int, ...] = SIZES) -> None:
    for count in sizes:
        with tempfile.TemporaryDirectory() as folder, open_desk(Path(folder)) as desk:
            fill(desk, count)
            tell(desk, count)


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or SIZES)
