"""`casebook` opens the window only when no command is given, and never loads Qt for a command."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ui import __main__ as entry


@pytest.fixture
def opened(monkeypatch):
    """What the window was opened with, each time."""
    for name in ("CASEBOOK_WORKSPACE", "CASEBOOK_CATALOGUE"):
        monkeypatch.delenv(name, raising=False)
    seen: list[tuple[dict[str, str], list[Path]]] = []
    monkeypatch.setattr(entry, "open_window", lambda where, files: seen.append((where, files)) or 0)
    return seen


@pytest.mark.parametrize(
    ("given", "places", "files"),
    [
        ([], {}, []),
        (["--workspace", "here"], {"--workspace": "here"}, []),
        (
            ["--workspace=here", "--catalogue", "sqlite:///c"],
            {"--workspace": "here", "--catalogue": "sqlite:///c"},
            [],
        ),
        (["study.docx"], {}, ["study.docx"]),
        (["/tmp/import"], {}, ["/tmp/import"]),
        (["--workspace", "here", "./list", "b.docx"], {"--workspace": "here"}, ["list", "b.docx"]),
    ],
)
def test_without_a_command_the_window_opens_with_the_files_that_are_named(opened, given, places, files):
    assert entry.main(given) == 0
    assert opened == [(places, [Path(file) for file in files])]


def test_the_environment_says_where_unless_an_option_does(opened, monkeypatch):
    monkeypatch.setenv("CASEBOOK_WORKSPACE", "there")
    entry.main([])
    entry.main(["--workspace", "here"])
    assert [where["--workspace"] for where, _ in opened] == ["there", "here"]


@pytest.mark.parametrize(
    "given",
    [
        ["--version"],
        ["--help"],
        ["list"],
        ["import", "study.docx"],
        ["--workspace", "x", "list"],
        ["--workspace"],
        ["study.docx", "--json"],
    ],
)
def test_anything_else_is_the_commands(given):
    assert entry.for_the_window(given) is None


def test_no_command_reads_like_a_file():
    from workbench.cli import COMMANDS

    assert [name for name in COMMANDS if entry.names_file(name)] == []


def test_a_command_does_not_load_qt():
    code = "import sys; from ui.__main__ import main; main(['--version']); sys.exit('PySide6' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_days_are_told_in_the_words_of_the_window_whatever_the_system_speaks():
    code = """
from datetime import date
from ui.program import application
application.application()
from PySide6.QtCore import QLocale
from workbench.words import days
print(days.long_day(date(2026, 2, 3)), "|", QLocale().monthName(2))
"""
    foreign = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "LC_ALL": "fr_FR.UTF-8", "LANGUAGE": "fr"}
    told = subprocess.run(
        [sys.executable, "-c", code], check=True, env=foreign, capture_output=True, text=True
    )
    days, _, qt = told.stdout.partition("|")
    assert "3 February 2026" in days
    assert qt.strip() == "February"
