"""What changing the vocabulary costs: a merge that touches so many published studies, and taking it back.

The floor is the bare statements that write as many rows of the same kinds into the same tables, in one transaction:
nothing is worked out, checked, or told in the audit. The catalogue holds twice as many studies as are touched.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from measure import spin
from publishing import no_asset, publications, servers
from sqlalchemy import create_engine, text

from workbench import catalogue
from workbench.catalogue import Catalogue, address, open_catalogue
from workbench.publication import Publication
from workbench.submission import Term
from workbench.themes.changes import Add, Merge, Rename
from workbench.themes.vocabulary import Theme

FROM, INTO, BESIDE = (Theme("topic", f"bench-{name}", f"Bench {name}") for name in ("from", "into", "beside"))

PREPARED = """
    CREATE TEMP TABLE touched ON COMMIT DROP AS SELECT uuid, row_number() OVER (ORDER BY change) AS n,
    (SELECT change FROM catalogue) AS base FROM study ORDER BY random() LIMIT {count}"""
FLOOR = (
    "DELETE FROM study_term WHERE study IN (SELECT uuid FROM touched)",
    """INSERT INTO study_term SELECT uuid, place, 'topic', slug
    FROM touched, (VALUES (0, 'bench-into'), (1, 'bench-beside')) AS terms (place, slug)""",
    "UPDATE study SET change = base + 1000000 + n FROM touched WHERE touched.uuid = study.uuid",
    """INSERT INTO refiling SELECT base + 9000000, uuid, 1, '[["topic", "bench-from", "Bench from"]]',
    '[["topic", "bench-into", "Bench into"]]' FROM touched""",
)
"""Run by the database's own superuser, and taken back each time."""


def filled(location: str, count: int) -> None:
    """A catalogue with three times as many studies, a third of them filed under the term that is merged."""
    with open_catalogue(location) as shared:
        for theme in (FROM, INTO, BESIDE):
            shared.change_vocabulary(Add(theme), "for the benchmark", "benchmark")
        sent = [_shortened(each, number) for number, each in enumerate(publications(3 * count))]
        results = {outcome.result for outcome in shared.publish(sent, no_asset, "benchmark")}
    assert results == {"published"}


def _shortened(publication: Publication, number: int) -> Publication:
    terms = {0: (FROM, BESIDE), 1: (FROM, INTO) if number % 6 == 1 else (BESIDE,), 2: (BESIDE, INTO)}[
        number % 3
    ]
    return replace(publication, fields=publication.fields[:1], terms=tuple(map(_term, terms)))


def _term(theme: Theme) -> Term:
    return theme.term


def timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def floor(location: str, count: int) -> float:
    """Seconds of the bare statements."""
    engine = create_engine(address.parse(location))
    with engine.connect() as connection:
        begun = connection.begin()
        connection.execute(text(PREPARED.format(count=count)))
        taken = timed(lambda: [connection.execute(text(each)) for each in FLOOR])
        begun.rollback()
    engine.dispose()
    return taken


def ours(shared: Catalogue, rounds: int) -> dict[str, list[float]]:
    """Seconds of foreseeing, merging and taking back, of renaming and taking back, round after round."""
    times: dict[str, list[float]] = {}
    merge, rename = Merge("topic", FROM.slug, INTO.slug), Rename("topic", BESIDE.slug, "Bench otherwise")
    for _ in range(rounds):
        for name, change in (("merge", merge), ("rename", rename)):
            begun = time.perf_counter()
            foreseen = shared.foresee_change(change)
            looked = time.perf_counter()
            done = shared.change_vocabulary(change, "measured", "benchmark", foreseen.number)
            changed = time.perf_counter()
            shared.undo_change(done.number, "measured", "benchmark")
            undone = time.perf_counter()
            assert done.studies == len(foreseen.studies)
            title = f"{name} ({done.studies} studies)"
            for what, taken in (
                ("foreseen", looked - begun),
                ("done", changed - looked),
                ("undone", undone - changed),
            ):
                times.setdefault(f"{title}, {what}", []).append(taken)
    return times


def report(title: str, times: dict[str, list[float]]) -> None:
    print(title)
    for name, taken in times.items():
        print(f"  {name:<44} {statistics.median(taken):6.3f} s (slowest {max(taken):.3f} s)")


def on_postgresql(server: str, count: int, rounds: int) -> None:
    engine = create_engine(address.parse(server), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("CREATE DATABASE casebook_vocabulary"))
    engine.dispose()
    location = address.parse(server).set(database="casebook_vocabulary").render_as_string(hide_password=False)
    catalogue.init(location)
    filled(location, count)
    with open_catalogue(location) as shared:
        times = ours(shared, rounds)
    touched = count + count // 2
    bare = [floor(location, touched) for _ in range(rounds)]
    report(f"PostgreSQL, {3 * count} studies", times | {f"the bare rows of {touched} studies": bare})
    assert catalogue.status(location).audit == "whole"


def on_sqlite(folder: Path, count: int, rounds: int) -> None:
    location = f"sqlite:///{folder / 'catalogue.sqlite'}"
    catalogue.init(location)
    filled(location, count)
    with open_catalogue(location) as shared:
        report(f"SQLite, {3 * count} studies", ours(shared, rounds))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--server", help="the address of a PostgreSQL server, as a superuser")
    arguments.add_argument(
        "--studies", type=int, default=1_734, help="a third of the studies; 1.5 times are touched"
    )
    arguments.add_argument("--rounds", type=int, default=5)
    given = arguments.parse_args()
    print(f"spin control: {timed(spin) * 1000:.0f} ms")
    with tempfile.TemporaryDirectory() as folder:
        on_sqlite(Path(folder), given.studies, given.rounds)
    for server in servers(given.server):
        on_postgresql(server, given.studies, given.rounds)


if __name__ == "__main__":
    main()
