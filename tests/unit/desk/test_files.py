"""Files alone: what is extracted, found and suggested, without a workspace."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import resources
from workbench.desk import Desk, files, study
from workbench.desk.arriving import arrivals
from workbench.desk.editing import review

SAMPLES = sorted(resources.path("samples").glob("*.docx"))
POOR = resources.path("samples", "sample-wigan-befriending-poor.docx")


def test_extract_accounts_for_a_file() -> None:
    line = files.extract(POOR)
    assert line["error"] is None
    assert (line["file"], line["template"]) == (str(POOR), "case-study")
    title = line["fields"]["title"]
    assert title["text"].startswith("Befriending & Telephone")
    assert "Befriending &amp; Telephone" in title["html"]
    assert 0 < title["confidence"] <= 1


def test_check_names_what_is_wrong() -> None:
    line = files.check(POOR)
    assert {finding["severity"] for finding in line["findings"]} >= {"blocker", "warning"}


def test_suggest_ranks_five_topics_at_least() -> None:
    line = files.suggest(SAMPLES[0])
    scores = [theme["score"] for theme in line["themes"]]
    assert len(scores) >= 5
    assert scores[0] == max(scores)
    assert line["authorities"][0]["gss"] == "E07000170"


@pytest.mark.parametrize("verb", [files.extract, files.check, files.suggest])
def test_a_refusal_is_told_in_the_same_shape(verb: Any, tmp_path: Path) -> None:
    path = tmp_path / "empty.docx"
    path.touch()
    line, whole = verb(path), verb(SAMPLES[0])
    assert line["error"]["code"] == "empty"
    assert line["error"]["message"].endswith(".")
    assert line.keys() == whole.keys()
    assert {key: type(value) for key, value in line.items() if key not in ("error", "template")} == {
        key: type(value) for key, value in whole.items() if key not in ("error", "template")
    }


def test_a_record_without_a_teaser_is_still_suggested_for() -> None:
    line = files.suggest_text({"id": 7, "title": "Leeds City Council: a repair café", "teaser": None})
    assert line["id"] == "7"
    assert [council["gss"] for council in line["authorities"]] == ["E08000035"]


def test_the_desk_says_of_a_submission_what_the_file_says(desk: Desk) -> None:
    (arrival,) = arrivals.import_paths(desk, [POOR])
    assert arrival.submission
    alone, kept = files.check(POOR), files.check_submission(desk, arrival.submission)
    assert [finding["check"] for finding in alone["findings"]] == [f["check"] for f in kept["findings"]]
    first = study.show(desk, arrival.submission).findings[0]
    review.dismiss(desk, arrival.submission, first.key, "Known.")
    assert len(files.check_submission(desk, arrival.submission)["findings"]) == len(alone["findings"]) - 1
    suggested = files.suggest_submission(desk, arrival.submission)
    assert suggested["themes"] == files.suggest(POOR)["themes"]
