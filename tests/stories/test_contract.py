"""The JSON lines keep the shapes that outside programs rely on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import resources

CONTRACT = Path(__file__).parents[2] / "docs/developers/contract"
SAMPLES = sorted(resources.path("samples").glob("*.docx"))


def validator(command: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads((CONTRACT / f"{command}.schema.json").read_text("utf-8")))


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "broken.docx"
    path.write_bytes(b"PK\x03\x04 and then nothing")
    return path


@pytest.mark.parametrize("command", ["extract", "check", "suggest"])
def test_files_in_order_each_one_line(casebook: Any, command: str, broken: Path) -> None:
    files = [SAMPLES[0], broken, *SAMPLES[1:6]]
    answer = casebook(command, *files, "--json")
    assert answer.status == 1, "one is refused, the rest done"
    assert [row["file"] for row in answer.rows] == [str(path) for path in files]
    for row in answer.rows:
        validator(command).validate(row)
    assert [row["file"] for row in answer.rows if row["error"]] == [str(broken)]


def test_findings_alone_do_not_change_the_exit_status(casebook: Any) -> None:
    answer = casebook("check", *SAMPLES, "--json")
    assert answer.status == 0
    assert any(row["findings"] for row in answer.rows)


def test_lines_of_text_are_suggested_themes(casebook: Any, tmp_path: Path) -> None:
    lines = tmp_path / "teasers.jsonl"
    record = {
        "id": "a1",
        "title": "A repair café in every ward",
        "teaser": "Recycling fell as people mended.",
    }
    lines.write_text(
        json.dumps(record) + "\n\n" + json.dumps(record | {"id": "a2", "teaser": ""}) + "\n", "utf-8"
    )
    answer = casebook("suggest", "--text-file", lines, "--json")
    assert answer.status == 0
    assert [row["id"] for row in answer.rows] == ["a1", "a2"]
    for row in answer.rows:
        validator("suggest").validate(row)
        assert len(row["themes"]) >= 5


@pytest.mark.parametrize("command", ["check", "suggest"])
def test_submissions_on_the_desk_by_id(casebook: Any, command: str) -> None:
    submission = casebook("import", SAMPLES[0], "--json").row["submission"]
    answer = casebook(command, submission, "--json")
    assert answer.status == 0
    assert answer.row["id"] == submission
    validator(command).validate(answer.row)
