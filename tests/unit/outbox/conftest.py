"""A mirror to search, filled with invented studies."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.unit.outbox.invented_studies import COVID, HEALTH, KENT, LEEDS, WASTE, published
from workbench.desk import Desk, open_desk
from workbench.publication import Study
from workbench.store import mirror

Hold = Callable[..., None]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path / "desk", who="Ada") as opened:
        yield opened


@pytest.fixture
def hold(desk: Desk) -> Hold:
    """`hold(study, …)` lets the desk's mirror hold these studies."""

    def take(*studies: Study) -> None:
        with desk.store.writing() as connection:
            mirror.take(connection, studies)

    return take


@pytest.fixture
def four(hold: Hold) -> None:
    """Two from Leeds and two from Kent."""
    cafe, library = "A repair café in every ward", "Borrow, mend, share"
    hold(
        published(1, cafe, "<p>58 tonnes repaired.</p>", terms=(WASTE, COVID), authorities=(LEEDS,)),
        published(2, library, "<p>Monthly repair evenings.</p>", terms=(WASTE,), authorities=(KENT,)),
        published(3, "Walking for health", "<p>Steps.</p>", terms=(HEALTH,), authorities=(LEEDS, KENT)),
        published(4, "Gone again", "<p>Repair.</p>", terms=(WASTE,), withdrawn=True, note="Old."),
    )
