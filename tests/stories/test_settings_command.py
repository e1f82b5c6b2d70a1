"""The settings and the choice of a desk, by the command."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from workbench import config


def test_a_setting_is_listed_found_set_and_put_back(casebook: Any, tmp_path: Path) -> None:
    assert {row["name"] for row in casebook("settings", "list", "--json").rows} == {
        declared.name for declared in config.DECLARED
    }
    assert [row["name"] for row in casebook("settings", "list", "late", "queue", "--json").rows] == [
        "working_days"
    ]
    assert casebook("settings", "set", "working_days", "7").out == "working_days = 7\n"
    assert casebook("settings", "set", "election", "yes", "--json").row["value"] is True
    assert config.read(tmp_path / "desk") == config.Settings(working_days=7, election=True)
    changed = casebook("settings", "list", "--changed", "--json").rows
    assert {row["name"]: row["default"] for row in changed} == {"working_days": 5, "election": False}
    assert casebook("settings", "reset", "working_days", "election").status == 0
    assert casebook("settings", "get", "working_days").out == "5\n"
    assert config.read(tmp_path / "desk") == config.Settings()


@pytest.mark.parametrize(
    "words",
    [
        ("get", "nothing"),
        ("reset", "working_days", "nothing"),
        ("set", "working_days"),
        ("set", "working_days", "999"),
        ("set", "working_days", "many"),
        ("set", "election", "perhaps"),
        ("set", "endings", "yse"),
        ("set", "catalogue", "http://db"),
    ],
)
def test_what_cannot_be_set_changes_nothing(casebook: Any, tmp_path: Path, words: tuple[str, ...]) -> None:
    answer = casebook("settings", *words)
    assert answer.status == 2 and answer.err
    assert config.read(tmp_path / "desk") == config.Settings()


def test_the_desk_that_was_chosen_is_the_commands_too(
    casebook: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert casebook("desk", "where", "--json").row["why"] == "named"
    monkeypatch.delenv("CASEBOOK_WORKSPACE")
    monkeypatch.setenv("CASEBOOK_HOME", str(tmp_path / "home"))
    assert casebook("desk", "where", "--json").row["why"] == "usual"
    assert casebook("desk", "use", tmp_path / "mine").status == 0
    assert casebook("desk", "where", "--json").row["workspace"] == str(tmp_path / "mine")
    (tmp_path / "mine").rename(tmp_path / "unplugged")
    answer = casebook("list")
    assert answer.status == 3 and "mine" in answer.err
    assert casebook("desk", "where", "--json").row["gone"] is True
