"""A slice of the benchmark: every layout once, read from a Word file and held against the truth."""

from __future__ import annotations

import pytest

from benchmarks.layouts import LAYOUTS
from benchmarks.placing import Score, judge, placed


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layout_is_placed_exactly(layout: str) -> None:
    score = Score()
    case = LAYOUTS[layout](41)
    judge(case, placed(case), score)
    assert (score.wrong, score.doubtful) == ([], [])
    assert score.exact == score.fields > 0
