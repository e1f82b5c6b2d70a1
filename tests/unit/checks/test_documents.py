"""Planted errors through the whole way: a Word file is read, placed and checked.

A slice of what `benchmarks/planting.py` measures over all of them: one document for each check, and the clean ones.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import Any

import pytest

BENCHMARKS = Path(__file__).parents[3] / "benchmarks"


@pytest.fixture(scope="module")
def planting() -> Any:
    sys.path.insert(0, str(BENCHMARKS))
    try:
        return importlib.import_module("planting")
    finally:
        sys.path.remove(str(BENCHMARKS))


def test_an_error_of_each_check_is_found_in_a_document(planting: Any) -> None:
    first = {planted.check: planted for planted in reversed(list(planting.errors()))}
    missed = [name for name, one in first.items() if not planting.hits(one, planting.found(one)[1])]
    assert len(first) >= 48
    assert missed == []


def test_clean_documents_are_clean(planting: Any) -> None:
    for planted in [one for one in planting.clean() if not one.what]:
        loud = [one for one in planting.found(planted)[1] if one.severity != "advice"]
        assert loud == []
