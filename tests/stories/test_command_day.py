"""An editor's day through the command: from the inbox to the catalogue, and back by undo."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import docx
import pytest

import resources

SAMPLES = resources.path("samples")


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """The mail of a morning: every sample, a file that is no Word file, and one that broke off."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    for sample in SAMPLES.glob("*.docx"):
        shutil.copy(sample, folder)
    (folder / "broken.docx").write_bytes(next(SAMPLES.glob("*.docx")).read_bytes()[:2000])
    (folder / "notes.docx").write_text("Only plain words.", "utf-8")
    return folder


def approvable(casebook: Any) -> list[str]:
    return [row["id"] for row in casebook("list", "--json").rows if not row["blockers"]]


def test_from_the_inbox_to_the_catalogue(casebook: Any, inbox: Path, tmp_path: Path) -> None:
    arrived = casebook("import", inbox, "--json")
    taken = Counter(row["taken_for"] for row in arrived.rows)
    assert arrived.status == 1, "two files are refused, the rest is done"
    assert taken["refused"] == 2
    assert taken["duplicate"] >= 1
    assert taken["revision"] >= 1
    assert taken["new"] >= 20
    refused = [row for row in arrived.rows if row["taken_for"] == "refused"]
    assert all(row["error"]["code"] and row["error"]["message"].endswith(".") for row in refused)

    queue = casebook("list", "--json").rows
    assert len(queue) == taken["new"]
    blocked = next(row["id"] for row in queue if row["blockers"])
    assert casebook("approve", blocked).status == 1, "a blocker is open"

    ready = approvable(casebook)
    assert len(ready) >= 8
    assert casebook("tag", *ready, "--suggested").status == 0
    assert casebook("approve", *ready).status == 0

    rehearsal = casebook("publish", "--all-approved", "--dry-run", "--json")
    assert {row["outcome"] for row in rehearsal.rows} == {"new"}
    assert not casebook("search", "--json").rows, "a rehearsal sends nothing"

    published = casebook("publish", "--all-approved", "--json")
    assert published.status == 0
    assert Counter(row["result"] for row in published.rows) == {"published": len(ready)}
    assert len(casebook("search", "--limit", "500", "--json").rows) == len(ready)
    assert {row["status"] for row in casebook("list", "--json").rows if row["id"] in ready} == {"published"}

    site = tmp_path / "site"
    assert casebook("export", "website", site).status == 0
    assert (site / "index.html").exists()
    again = casebook("export", "website", site, "--json").row
    assert again["written"] == 0, "nothing changed, so nothing is written"


def test_one_that_is_blocked_does_not_hold_up_the_others(casebook: Any) -> None:
    casebook("import", SAMPLES)
    queue = casebook("list", "--json").rows
    ready = [row["id"] for row in queue if not row["blockers"]][:2]
    blocked = next(row["id"] for row in queue if row["blockers"])
    answer = casebook("approve", ready[0], blocked, ready[1])
    assert answer.status == 1, "one is refused, the rest done"
    assert blocked not in answer.out
    approved = casebook("list", "--status", "approved", "--json").rows
    assert {row["id"] for row in approved} == set(ready)


def test_every_step_can_be_taken_back(casebook: Any) -> None:
    good = sorted(SAMPLES.glob("*.docx"))[0]
    submission = casebook("import", good, "--json").row["submission"]
    before = casebook("show", submission, "--json").row
    casebook("edit", submission, "title", "--text", "A title of our own")
    casebook("tag", submission, "--add", "housing-and-planning")
    assert casebook("show", submission, "--json").row["fields"]["title"]["text"] == "A title of our own"
    casebook("undo")
    casebook("undo")
    assert casebook("show", submission, "--json").row["fields"] == before["fields"]
    assert casebook("show", submission, "--json").row["terms"] == before["terms"]
    casebook("undo", "--redo")
    assert casebook("show", submission, "--json").row["fields"]["title"]["text"] == "A title of our own"
    said = [row["said"] for row in casebook("history", submission, "--json").rows]
    assert len(said) >= 3


def test_a_study_is_reopened_changed_published_again_and_withdrawn(casebook: Any) -> None:
    casebook("import", SAMPLES, "--json")
    submission = approvable(casebook)[0]
    casebook("approve", submission)
    assert casebook("publish", submission, "--json").row["version"] == 1
    assert casebook("edit", submission, "title", "--text", "Too late").status == 1, "reopen it first"
    assert casebook("reopen", submission).status == 0
    title = casebook("show", submission, "--json").row["fields"]["title"]["text"]
    casebook("edit", submission, "title", "--text", title + " again")
    assert casebook("approve", submission).status == 0
    assert casebook("publish", submission, "--json").row["version"] == 2
    hit = casebook("search", "--json").row
    assert hit["version"] == 2
    assert (
        casebook("withdraw", submission, "--reason", "asked by the council", "--note", "Withdrawn.").status
        == 0
    )
    assert not casebook("search", "--json").rows
    assert casebook("show", submission, "--json").row["status"] == "withdrawn"


def test_a_colleague_was_faster_and_the_editor_decides(casebook: Any, tmp_path: Path) -> None:
    mine, colleagues, shared = tmp_path / "mine", tmp_path / "colleague's", tmp_path / "shared.db"
    casebook("--catalogue", f"sqlite:///{shared}", "catalogue", "init")

    def at(desk: Path, *words: str | Path) -> Any:
        return casebook("--workspace", desk, "--catalogue", f"sqlite:///{shared}", *words)

    submission = at(mine, "import", sorted(SAMPLES.glob("*.docx"))[0], "--json").row["submission"]
    at(mine, "approve", submission)
    assert at(mine, "publish", submission, "--json").row["result"] == "published"
    shutil.copytree(mine, colleagues)
    for desk, title in ((colleagues, "The colleague's title"), (mine, "My title")):
        at(desk, "reopen", submission)
        at(desk, "edit", submission, "title", "--text", title)
        assert at(desk, "approve", submission).status == 0
    assert at(colleagues, "publish", submission, "--json").row["version"] == 2

    rehearsed = at(mine, "publish", submission, "--dry-run", "--json").row
    assert rehearsed["outcome"] == "conflict"
    assert ("The colleague's title", "My title") in [(d["live"], d["mine"]) for d in rehearsed["differences"]]
    refused = at(mine, "publish", submission)
    assert refused.status == 1
    assert "casebook merge" in refused.out, "it says what to do"
    assert at(mine, "publish", submission).status == 1, "asking again changes nothing"
    assert at(mine, "merge", submission, "--take", "ours").status == 0
    published = at(mine, "publish", submission, "--json").row
    assert (published["result"], published["version"]) == ("published", 3)


def test_the_demo_twice_changes_nothing(casebook: Any, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert casebook("demo", out).status == 0
    before = snapshot(out / "website")
    assert len(before) > 20
    assert casebook("demo", out).status == 0
    assert snapshot(out / "website") == before


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {
        str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_two_studies_in_one_file_become_two_submissions(casebook: Any, tmp_path: Path) -> None:
    document = docx.Document()
    for place in ("Leeds", "Bradford"):
        document.add_heading(f"{place}: a library of things", 1)
        for heading in ("The challenge", "The solution", "The impact"):
            document.add_heading(heading, 1)
            document.add_paragraph(f"What {place} has to say about it in a sentence or two.")
    document.save(str(tmp_path / "two.docx"))
    first = casebook("import", tmp_path / "two.docx", "--json").row["submission"]
    answer = casebook("split", first, "--json")
    assert answer.status == 0
    assert "“Bradford: a library of things”" in answer.row["said"]
    titles = {row["title"] for row in casebook("list", "--json").rows}
    assert titles == {"Leeds: a library of things", "Bradford: a library of things"}
    assert casebook("split", first).status == 1, "nothing is left to split"
    casebook("undo")
    assert [row["id"] for row in casebook("list", "--json").rows] == [first]
    assert casebook("show", first, "--json").row["unplaced"]
