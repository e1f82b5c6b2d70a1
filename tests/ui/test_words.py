"""Everything the window says stands in its words, with the parameters it is given."""

from __future__ import annotations

import re
from pathlib import Path

import ui
from ui.stages.desk import DeskStage
from ui.views.queue.queue import FILTERS
from ui.views.study.review import DECISIONS, TONES
from workbench import words
from workbench.submission import Status

ROOT = Path(ui.__file__).parent


def test_every_sentence_that_is_asked_for_exists():
    sources = "\n".join(path.read_text("utf-8") for path in ROOT.rglob("*.py"))
    asked = set(re.findall(r'(?<!words\.)\bsay\(\s*"([a-z_-]+)"', sources))
    assert len(asked) > 100
    assert sorted(code for code in asked if not words.has("ui", code)) == []


def test_every_status_has_a_name_a_tone_and_its_decisions():
    for status in Status:
        assert words.has("ui", f"status-{status.value.replace('_', '-')}")
        assert status in TONES
        assert status in DECISIONS
        assert status in FILTERS
        assert all(words.has("ui", f"command-{name}-short") for name in DECISIONS[status])


def test_the_stages_say_what_they_are_for():
    assert DeskStage.__doc__
    assert all((path.read_text("utf-8").lstrip().startswith('"""')) for path in ROOT.rglob("*.py"))
