"""`casebook` opens the window only when no command is given, and never loads Qt for a command."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from ui import __main__ as entry


@pytest.mark.parametrize(
    ("given", "places"),
    [
        ([], {}),
        (["--workspace", "here"], {"--workspace": "here"}),
        (
            ["--workspace=here", "--catalogue", "sqlite:///c"],
            {"--workspace": "here", "--catalogue": "sqlite:///c"},
        ),
    ],
)
def test_without_a_command_the_window_opens(monkeypatch, given, places):
    for name in ("CASEBOOK_WORKSPACE", "CASEBOOK_CATALOGUE"):
        monkeypatch.delenv(name, raising=False)
    opened = []
    monkeypatch.setattr(entry, "open_window", lambda where: opened.append(where) or 0)
    assert entry.main(given) == 0
    assert opened == [places]


def test_the_environment_says_where_unless_an_option_does(monkeypatch):
    monkeypatch.setenv("CASEBOOK_WORKSPACE", "there")
    opened = []
    monkeypatch.setattr(entry, "open_window", lambda where: opened.append(where) or 0)
    entry.main([])
    entry.main(["--workspace", "here"])
    assert [where["--workspace"] for where in opened] == ["there", "here"]


@pytest.mark.parametrize(
    "given", [["--version"], ["--help"], ["list"], ["--workspace", "x", "list"], ["--workspace"]]
)
def test_anything_else_is_the_commands(given):
    assert entry.only_places(given) is None


def test_a_command_does_not_load_qt():
    code = "import sys; from ui.__main__ import main; main(['--version']); sys.exit('PySide6' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_days_are_told_in_the_words_of_the_window_whatever_the_system_speaks():
    code = "import locale; from ui import application as a; a.application(); print(locale.setlocale(locale.LC_TIME))"
    foreign = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "LC_ALL": "C.UTF-8"}
    told = subprocess.run(
        [sys.executable, "-c", code], check=True, env=foreign, capture_output=True, text=True
    )
    assert told.stdout.split() == ["C"]
