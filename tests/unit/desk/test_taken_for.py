"""A short slice of the planted arrivals: nothing is taken for what it is not, and nothing plain is asked about."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import arrivals, strangers
from benchmarks.arrivals import World, run, summed_up
from benchmarks.coming.stories import Neighbours
from workbench.desk import open_desk

KINDS = (
    arrivals.return_copy,
    arrivals.tracked,
    arrivals.heavily_rewritten,
    arrivals.of_a_published_study,
    arrivals.of_a_colleague,
    arrivals.saved_over,
    arrivals.phases,
    arrivals.joint,
)
STRANGERS = (
    strangers.cut,
    strangers.retyped,
    strangers.named_otherwise,
    strangers.together,
    strangers.next_year,
    strangers.tiny,
)


def test_no_revision_is_taken_for_new_and_no_new_study_is_swallowed(tmp_path: Path) -> None:
    results = run(tmp_path, Neighbours(), scale=1, seed=7, office=False, kinds=KINDS)
    assert len(results) > 25
    assert summed_up(results) == {}


def test_nor_is_one_of_stories_told_quite_otherwise(tmp_path: Path) -> None:
    results = run(tmp_path, strangers.Papers(), scale=1, seed=7, office=False, kinds=STRANGERS)
    assert len(results) > 20
    assert summed_up(results) == {}


@pytest.mark.parametrize("away", [False, True])
def test_one_with_a_new_title_is_found_among_many_of_its_council(tmp_path: Path, *, away: bool) -> None:
    with open_desk(tmp_path / "desk", who="Ada") as desk:
        world = World(desk, tmp_path, strangers.Papers(), 11)
        council = next(world.places)
        lay = world.published if away else world.here
        of, *_ = [lay(world.story(council)) for _ in range(14)]
        arrival = world.bring(world.written(world.retitled(world.edited(of.story))))
    assert (arrival.taken_for, arrival.of) == (("update", of.uuid) if away else ("revision", of.id))
