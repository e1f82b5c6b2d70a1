"""Back to the council by command: the copy and the mail, what is asked, and what was."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import resources
from workbench import word
from workbench.word.converting import find

POOR = resources.path("samples", "sample-wigan-befriending-poor.docx")


@pytest.fixture
def poor(casebook: Any) -> str:
    casebook("import", POOR)
    return casebook("list", "--json").row["id"]


def test_returned_with_comments_and_a_mail(casebook: Any, poor: str, tmp_path: Path) -> None:
    foreseen = casebook("return", poor, "--out", tmp_path, "--all-blockers", "--dry-run")
    assert foreseen.out.startswith("To: jo.sample@wigan.example\nSubject: Your case study")
    assert not list(tmp_path.glob("*.eml")), "nothing was done"
    done = casebook(
        "return",
        poor,
        "--out",
        tmp_path,
        "--all-blockers",
        "--note",
        "impact=Who paid?",
        "--reply-by",
        "2099-12-01",
        "--json",
    ).row
    assert (done["number"], done["reply_by"]) == (1, "2099-12-01")
    assert {item["finding"].partition("|")[0] for item in done["items"]} >= {"STR-01", ""}
    notes = word.read(Path(done["copy"]).read_bytes(), "copy").notes
    assert len([note for note in notes if note.kind == "comment"]) == len(done["items"]) + 1
    assert Path(done["mail"]).read_bytes().startswith(b"Subject: ")
    assert casebook("list", "--json").row["status"] == "returned"
    asked = casebook("return", poor, "--asked", "--json").rows
    assert [item["text"] for item in asked] == [item["text"] for item in done["items"]]
    assert casebook("undo").status == 0
    assert casebook("return", poor, "--asked").out == ""


def test_findings_are_named_by_their_check_or_their_key(casebook: Any, poor: str, tmp_path: Path) -> None:
    found = [f for f in casebook("check", poor, "--json").row["findings"] if f["check"] == "STR-01"]
    done = casebook("return", poor, "--out", tmp_path, "--finding", "STR-01", "--json").row
    assert len(done["items"]) == len(found)
    key = done["items"][0]["finding"]
    again = casebook("return", poor, "--out", tmp_path, "--finding", key, "--json").row
    assert [item["finding"] for item in again["items"]] == [key]
    assert again["number"] == 2


def test_what_cannot_be_done_is_said(casebook: Any, poor: str, tmp_path: Path) -> None:
    assert casebook("return", poor).status == 2
    assert casebook("return", poor, "--out", tmp_path, "--note", "no sign of it").status == 2
    assert casebook("return", poor, "--out", tmp_path, "--finding", "nothing|like|this|0").status == 2
    assert casebook("return", poor, "--out", tmp_path, "--note", "impact= ").status == 1
    (tmp_path / "file").write_text("no folder")
    blocked = casebook("return", poor, "--out", tmp_path / "file" / "in", "--all-blockers")
    assert blocked.status == 3
    assert "Nothing was returned" in blocked.err
    assert casebook("list", "--json").row["status"] == "received"


@pytest.mark.skipif(find() is None, reason="LibreOffice is not installed")
def test_a_study_that_came_as_rich_text_goes_back_as_a_word_file(casebook: Any, tmp_path: Path) -> None:
    text = r"{\rtf1\ansi Title: Warm rooms\par Council: Leeds City Council\par Summary: People are warm.\par}"
    (tmp_path / "study.rtf").write_text(text)
    casebook("import", tmp_path / "study.rtf")
    one = casebook("list", "--json").row["id"]
    done = casebook("return", one, "--out", tmp_path / "out", "--note", "summary=How warm?", "--json").row
    assert Path(done["copy"]).name == "study - return 1.docx"
    assert any("LibreOffice" in warning for warning in done["warnings"])
