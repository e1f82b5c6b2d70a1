"""`casebook place`, `move`, `unplace` and `template forget`: words find their field at the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

SAMPLE = (
    Path(__file__).resolve().parents[2]
    / "resources"
    / "samples"
    / "sample-dorset-care-technology-unplaced.docx"
)
ONE = "CB-2026-0001"


def test_passages_are_placed_moved_left_out_and_taken_back(casebook: Any) -> None:
    casebook("import", SAMPLE)
    sent = casebook("show", ONE, "--json").row
    story, roadmap = (passage["key"] for passage in sent["unplaced"])

    assert "Left out" in casebook("place", ONE, story, "--not-needed", "--json").row["said"]
    casebook("place", ONE, roadmap, "sustaining")
    assert casebook("template", "learned", "--json").rows == [
        {"template": "case-study", "heading": "roadmap", "field": "sustaining"}
    ]
    casebook("template", "forget", "case-study", "Roadmap")
    assert casebook("template", "learned", "--json").rows == []

    said = casebook("move", ONE, "impact", "solution", "--blocks", "2", "--json").row["said"]
    assert said.startswith("Moved a part of The impact to The solution")
    assert casebook("move", ONE, "lessons", "impact", "--json").row["said"].startswith("Joined")
    casebook("unplace", ONE, "challenge")
    assert "challenge" not in casebook("show", ONE, "--json").row["fields"]
    for _ in range(6):
        casebook("undo")
    assert casebook("show", ONE, "--json").row == sent


def test_what_cannot_be_moved_is_refused_in_words(casebook: Any) -> None:
    casebook("import", SAMPLE)
    nothing = casebook("move", ONE, "impact", "solution", "--blocks", "9-12")
    assert (nothing.status, "nothing to move" in nothing.err) == (1, True)
    for usage in (("3-2",), ("0",), ("two",)):
        assert casebook("move", ONE, "impact", "solution", "--blocks", *usage).status == 2
    assert casebook("move", ONE, "impact", "impact").status == 2
    assert casebook("place", ONE, "p-1").status == 2
    assert casebook("template", "forget", "case-study", "nothing like it").status == 2
