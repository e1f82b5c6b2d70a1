"""The rules stand twice, in Python for SQLite and in SQL for PostgreSQL: whatever is done, both decide alike."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid5

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.catalogue.given import SPACE, assets, publication
from workbench.catalogue import Catalogue, open_catalogue
from workbench.publication import Outcome, Publication, PublishedField, sealed
from workbench.submission import Authority, Term

STUDIES = ("one", "two", "three")


@dataclass(frozen=True)
class Sent:
    """A publication of one of the studies: its words by a letter, what it is based on, whether it revives."""

    study: str
    words: str
    base: int
    revives: bool
    again: bool
    slug: str


@dataclass(frozen=True)
class Withdrawn:
    study: str
    base: int


@dataclass(frozen=True)
class Undone:
    """The batch of the step that many steps before."""

    back: int


names = st.sampled_from(STUDIES)
sendings = st.builds(
    Sent,
    names,
    st.sampled_from("ab"),
    st.integers(-1, 4),
    st.booleans(),
    st.booleans(),
    st.sampled_from((*STUDIES, "")),
)
steps = st.one_of(
    st.lists(sendings, min_size=1, max_size=5).map(tuple),
    st.builds(Withdrawn, names, st.integers(0, 4)),
    st.builds(Undone, st.integers(0, 3)),
)


@pytest.fixture(scope="module")
def both(postgres: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Catalogue, Catalogue]]:
    file = f"sqlite:///{tmp_path_factory.mktemp('parity') / 'own.sqlite'}"
    with open_catalogue(file, create=True) as embedded, open_catalogue(postgres.made()) as server:
        yield embedded, server


def made(sent: Sent, life: int, number: int) -> Publication:
    """Each life of the test has studies of its own, in catalogues that all of them share."""
    name = f"{life} {sent.study}"
    usual = publication(
        name,
        uuid=str(uuid5(SPACE, f"{name} {0 if sent.again else number}")),
        base_version=sent.base,
        revives=sent.revives,
        slug=f"{life}-{sent.slug or sent.study}",
        summary=sent.words,
        terms=(Term("topic", f"{life}", sent.words), Term("topic", f"{life} more", "More")),
        authorities=(Authority(None, f" Council  of {life}"), Authority("E1", sent.words)),
    )
    return sealed(usual, "salt" if sent.words == "a" else "")


def told(outcome: Outcome) -> tuple[Any, ...]:
    """What both must say alike: all but who and when."""
    return (outcome.publication, outcome.study, outcome.result, outcome.version, outcome.code)


def do(shared: Catalogue, step: Any, life: int, number: int, batches: list[int]) -> list[tuple[Any, ...]]:
    if isinstance(step, Withdrawn):
        study = publication(f"{life} {step.study}").study
        return [told(shared.withdraw(study, step.base, "reason", "note", "editor"))]
    if isinstance(step, Undone):
        if len(batches) <= step.back:
            return []
        return sorted(told(outcome) for outcome in shared.undo_batch(batches[-1 - step.back], "editor"))
    sent = [made(each, life, number * 10 + place) for place, each in enumerate(step)]
    outcomes = list(shared.publish(sent, assets, "editor"))
    batches.extend(shared.sendings([each.uuid for each in sent]))
    return [told(outcome) for outcome in outcomes]


def stands(shared: Catalogue, life: int) -> list[Any]:
    """Every version of every study of this life, but for who, when and the names that the database gave."""
    return [
        (study.version, study.withdrawn, study.note, replace(study.publication, uuid=""))
        for name in STUDIES
        for study in shared.versions(publication(f"{life} {name}").study)
    ]


lives = itertools.count(1)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(steps, min_size=2, max_size=7))
def test_both_databases_decide_alike(both: tuple[Catalogue, Catalogue], done: list[Any]) -> None:
    life = next(lives)
    batches: tuple[list[int], list[int]] = ([], [])
    for number, step in enumerate(done, 1):
        embedded, server = (
            do(shared, step, life, number, own) for shared, own in zip(both, batches, strict=True)
        )
        assert embedded == server, step
    assert stands(both[0], life) == stands(both[1], life)
    moved = [shared.last_change() for shared in both]
    assert moved[0] == moved[1]


def test_the_same_words_and_councils_are_known_to_both(both: tuple[Catalogue, Catalogue]) -> None:
    """The terms that publishing learns; their labels stay as they first came."""
    life = next(lives)
    first = made(Sent("one", "a", 0, False, False, ""), life, 1)
    second = replace(
        made(Sent("one", "b", 1, False, False, ""), life, 2), fields=(PublishedField("x", "X", "<p>y</p>"),)
    )
    learned = []
    for shared in both:
        assert [each.result for each in shared.publish([first, second], assets, "editor")] == [
            "published"
        ] * 2
        with shared._engine.connect() as connection:
            learned.append(
                [
                    connection.exec_driver_sql(query).all()
                    for query in (
                        f"SELECT kind, slug, label, status FROM theme WHERE slug LIKE '{life}%%' ORDER BY slug",
                        f"SELECT kind, slug, label FROM theme_alias WHERE slug = '{life}'",
                        f"SELECT id, name FROM authority WHERE id LIKE '%%of {life}'",
                        "SELECT id, name FROM authority WHERE id = 'E1'",
                    )
                ]
            )
    assert learned[0] == learned[1]
    assert learned[0][0][0] == ("topic", str(life), "a", "unlisted")
    assert learned[0][1] == []
