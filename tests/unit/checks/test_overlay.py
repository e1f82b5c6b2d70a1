"""An office's own `checks.toml`: what it may change, and how it is told what it may not."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench import checks, words
from workbench.errors import WrongUsage

STYLE = {"per_cent": "%", "date_form": "1 April 2024", "endings": "ise"}


def read(folder: Path, text: str) -> checks.Rules:
    path = folder / "checks.toml"
    path.write_text(text, "utf-8")
    return checks.at_hand(path, STYLE)


def test_without_a_file_the_shipped_rules_hold_in_the_house_style(tmp_path: Path) -> None:
    rules = checks.at_hand(tmp_path / "checks.toml", STYLE)
    assert rules.by_id == checks.shipped().by_id
    assert rules.style["per_cent"] == "%"


def test_an_office_changes_severity_message_and_parameters_and_retires_a_check(tmp_path: Path) -> None:
    rules = read(
        tmp_path,
        """
        [checks.STY-01]
        severity = "warning"
        asks = "council"
        message = "{n} words are too many."
        most = 30
        [checks.STY-06]
        retired = true
        [lists]
        acronyms = ["VCSE"]
        """,
    )
    changed = rules.by_id["STY-01"]
    assert (changed.severity, changed.say("", n=31), changed["most"]) == (
        "warning",
        "31 words are too many.",
        30,
    )
    assert (changed.asks, checks.shipped().by_id["STY-01"].asks) == ("council", "editor")
    assert changed["far"] == checks.shipped().by_id["STY-01"]["far"]
    assert "STY-06" not in rules.by_id
    assert {"VCSE", "NHS"} <= rules.sets["acronyms"]


WRONG = [
    ("[checks.STY-99]\nretired = true", "there is no check STY-99"),
    ('[checks.STY-01]\nseverity = "fatal"', "cannot be of severity “fatal”"),
    ('[checks.STY-01]\nasks = "nobody"', "cannot ask “nobody”"),
    ("[checks.STY-01]\nretired = 1", "write true or false"),
    ("[checks.STY-01]\nlongest = 3", "has no “longest” to change"),
    ('[checks.STY-01]\nfile = "os"', "has no “file” to change"),
    ('[checks.STY-01]\nmost = "30"', "needs a number for “most”"),
    ("[checks.STY-01]\nmost = -1", "at least 0"),
    ('[checks.STY-01]\nmessage = "{word} words."', "nothing to put for {word}"),
    ('[checks.STY-06]\njargon = ["("]', "cannot read “(”"),
    ("[checks.STY-06]\njargon = [1]", "needs words"),
    ('[lists]\nnames = ["Ada"]', "no list “names”"),
    ('[style]\nper_cent = "%"', "not “style”"),
    ("checks = 1", "is no table"),
    ("[checks", "Expected"),
]


@pytest.mark.parametrize(("text", "said"), WRONG)
def test_a_wrong_file_is_refused_in_words(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(WrongUsage) as wrong:
        read(tmp_path, text)
    assert wrong.value.code == "checks-damaged"
    assert said in words.explain(wrong.value)
    assert str(tmp_path) in words.explain(wrong.value)
