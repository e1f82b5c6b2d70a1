"""A short slice of the planted arrivals: nothing is taken for what it is not, and nothing plain is asked about."""

from __future__ import annotations

from pathlib import Path

from benchmarks.arrivals import run, summed_up
from benchmarks.coming.stories import Neighbours

KINDS = (
    "return_copy",
    "tracked",
    "heavily_rewritten",
    "of_a_published_study",
    "of_a_colleague",
    "saved_over",
    "phases",
    "joint",
)


def test_no_revision_is_taken_for_new_and_no_new_study_is_swallowed(tmp_path: Path) -> None:
    results = run(tmp_path, Neighbours(), scale=1, seed=7, office=False, kinds=KINDS)
    assert len(results) > 25
    assert summed_up(results) == {}
