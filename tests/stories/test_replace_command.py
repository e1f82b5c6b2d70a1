"""`casebook replace`: a look first, then one step over the whole desk, then the step taken back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

SAMPLES = Path(__file__).resolve().parents[2] / "resources" / "samples"


def test_a_word_is_replaced_everywhere_and_comes_back(casebook: Any) -> None:
    casebook(
        "import", SAMPLES / "sample-durham-carers-passport.docx", SAMPLES / "sample-torbay-harbour-depot.docx"
    )
    foreseen = casebook("replace", "council", "authority", "--word", "--case", "--dry-run", "--json").rows
    assert {row["submission"] for row in foreseen} == {"CB-2026-0001", "CB-2026-0002"}
    assert all(row["before"] == "council" and row["after"] == "authority" for row in foreseen)

    done = casebook("replace", "council", "authority", "--word", "--case", "--json").row
    assert f"({len(foreseen)}×)" in done["said"]
    assert casebook("replace", "council", "x", "--word", "--case", "--dry-run", "--json").rows == []

    casebook("undo")
    again = casebook("replace", "council", "authority", "--word", "--case", "--dry-run", "--json").rows
    assert again == foreseen


def test_named_submissions_alone(casebook: Any) -> None:
    casebook(
        "import", SAMPLES / "sample-durham-carers-passport.docx", SAMPLES / "sample-torbay-harbour-depot.docx"
    )
    casebook("replace", "council", "authority", "CB-2026-0002")
    left = casebook("replace", "council", "x", "--dry-run", "--json").rows
    assert {row["submission"] for row in left} == {"CB-2026-0001"}


def test_a_bad_pattern_is_refused_in_words(casebook: Any) -> None:
    casebook("import", SAMPLES / "sample-durham-carers-passport.docx")
    answer = casebook("replace", "(a+)+", "x", "--pattern")
    assert answer.status == 1
    assert "could take for ever" in answer.err
    assert casebook("replace", "a", "b", "CB-1999-0001").status == 2
