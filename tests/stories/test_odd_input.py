"""Odd numbers, unknown ids, odd characters and full disks cost one sentence, and never the rest of the work."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import resources
from tests.unit.word.notation import docx, p

SAMPLE = sorted(resources.path("samples").glob("*.docx"))[0]
HUGE = "9" * 22


@pytest.mark.parametrize(
    "words",
    [
        ("list", "--limit", HUGE),
        ("search", "--limit", HUGE, "repair"),
        ("history", "--limit", HUGE),
        ("undo", HUGE),
    ],
)
def test_a_number_no_database_can_count_is_wrong_usage(casebook: Any, words: tuple[str, ...]) -> None:
    assert casebook(*words).status == 2


@pytest.mark.parametrize("command", ["check", "suggest"])
def test_an_unknown_id_costs_its_own_line_alone(casebook: Any, command: str) -> None:
    answer = casebook(command, "CB-1999-0001", SAMPLE, "--json")
    assert answer.status == 1
    assert [row["error"] and row["error"]["code"] for row in answer.rows] == ["unknown-submission", None]


def test_texts_saved_by_a_windows_editor_are_read(casebook: Any, tmp_path: Path) -> None:
    texts = tmp_path / "texts.jsonl"
    texts.write_bytes(b'\xef\xbb\xbf{"id": "a", "title": "Warm hubs", "teaser": "Libraries stayed open"}\r\n')
    assert casebook("suggest", "--text-file", texts, "--json").row["id"] == "a"


def test_a_line_of_json_is_one_line_to_every_reader(casebook: Any, tmp_path: Path) -> None:
    file = tmp_path / "lines.docx"
    file.write_bytes(docx(p("The challenge", style="Heading1"), p("one\u2028two\u0085three\u2029four")))
    assert "two" in casebook("extract", file, "--json").row["fields"]["challenge"]["text"]


def test_publishing_nothing_says_so(casebook: Any) -> None:
    answer = casebook("publish", "--all-approved")
    assert answer.status == 0
    assert "Nothing was sent" in answer.err


def test_publishing_goes_on_where_the_first_attempt_was_killed(casebook: Any, tmp_path: Path) -> None:
    casebook("list")
    (tmp_path / "desk" / "catalogue.db").touch()
    assert casebook("publish", "--all-approved").status == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")
def test_output_to_a_full_disk_is_said_in_words() -> None:
    with Path("/dev/full").open("wb") as full:
        words = [sys.executable, "-m", "workbench", "extract", str(SAMPLE), "--json"]
        done = subprocess.run(words, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 3
    assert "The output could not be written" in done.stderr
    assert "Traceback" not in done.stderr
