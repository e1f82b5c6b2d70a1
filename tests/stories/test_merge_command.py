"""Two editors change one published study; the second brings both together with the command, and nothing is lost."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

SAMPLES = Path(__file__).parents[2] / "resources" / "samples"


@pytest.fixture
def two(casebook: Any, tmp_path: Path) -> tuple[Any, str]:
    """A study that both have published from, changed by both since; the colleague's change is live."""
    shared = f"sqlite:///{tmp_path / 'shared.db'}"
    casebook("--catalogue", shared, "catalogue", "init")

    def at(who: str, *words: str | Path) -> Any:
        return casebook("--workspace", tmp_path / who, "--catalogue", shared, *words)

    submission = at("ada", "import", SAMPLES / "sample-camden-benefit-forms.docx", "--json").row["submission"]
    at("ada", "approve", submission)
    assert at("ada", "publish", submission, "--json").row["result"] == "published"
    shutil.copytree(tmp_path / "ada", tmp_path / "bob")
    for who in ("ada", "bob"):
        at(who, "reopen", submission)
    impact = at("ada", "show", submission, "--json").row["fields"]["impact"]["html"]
    change(at, "bob", submission, impact=impact + "<p>Bob counted again.</p>", title="Bob's title")
    change(at, "ada", submission, impact="<p>Ada asked the halls.</p>" + impact, title="Ada's title")
    assert at("bob", "publish", submission, "--json").row["version"] == 2
    return at, submission


def change(at: Any, who: str, submission: str, **answers: str) -> None:
    for field, html in answers.items():
        assert at(who, "edit", submission, field, "--html", html).status == 0
    assert at(who, "approve", submission).status == 0


def test_both_edit_and_the_second_merges_and_publishes(two: tuple[Any, str]) -> None:
    at, submission = two
    assert at("ada", "publish", submission).status == 1
    shown = at("ada", "merge", submission, "--json")
    assert (shown.status, shown.row["to_choose"]) == (1, ["title"])
    states = {field["field"]: field["state"] for field in shown.row["fields"]}
    assert states == {"title": "conflict", "impact": "merged"}

    assert at("ada", "merge", submission, "--take", "merged").status == 1, (
        "nobody can say both titles at once"
    )
    assert at("ada", "merge", submission, "--field", "title").status == 2
    assert at("ada", "merge", submission, "--field", "tilte", "--take", "ours").status == 2
    assert at("ada", "show", submission, "--json").row["status"] == "approved", "all of that changed nothing"

    merged = at("ada", "merge", submission, "--field", "title", "--take", "theirs")
    assert merged.status == 0 and "waits in the outbox again" in merged.out
    outcome = at("ada", "publish", submission, "--json").row
    assert (outcome["result"], outcome["version"]) == ("published", 3)
    assert at("ada", "merge", submission).status == 1, "nothing is left to choose"

    at("bob", "pull")
    (hit,) = at("bob", "search", "Bob counted again Ada asked the halls", "--json").rows
    assert hit["version"] == 3 and "Bob" in hit["title"]


def test_it_is_told_in_words_and_undone(two: tuple[Any, str]) -> None:
    at, submission = two
    at("ada", "publish", submission)
    told = at("ada", "merge", submission).out
    assert "[-" in told and "{+Ada's title+}" in told and "changed on both sides; choose" in told
    assert "Bob counted again." in told and "Ada asked the halls." in told
    before = at("ada", "show", submission, "--json").row
    assert (
        at("ada", "merge", submission, "--field", "impact", "--field", "title", "--take", "ours").status == 0
    )
    assert at("ada", "show", submission, "--json").row["status"] == "queued"
    assert at("ada", "undo").status == 0
    assert at("ada", "show", submission, "--json").row == before


def test_each_place_has_its_own_answer(two: tuple[Any, str]) -> None:
    at, submission = two
    at("ada", "publish", submission)
    words = ("--field", "title", "--take", "ours", "--field", "impact", "--take", "theirs")
    assert at("ada", "merge", submission, *words, "--json").row["submissions"] == [submission]
    fields = at("ada", "show", submission, "--json").row["fields"]
    assert fields["title"]["text"] == "Ada's title"
    assert "Bob counted" in fields["impact"]["text"] and "Ada asked" not in fields["impact"]["text"]
