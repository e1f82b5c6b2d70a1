"""A short slice of the planted arrivals: nothing is taken for what it is not, and nothing plain is asked about."""

from __future__ import annotations

from pathlib import Path

from benchmarks import arrivals, strangers
from benchmarks.arrivals import run, summed_up
from benchmarks.coming.stories import Neighbours

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
