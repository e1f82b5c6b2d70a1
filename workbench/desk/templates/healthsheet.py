"""How the questions of a template fare, as a table for a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from workbench import words
from workbench.desk.templates.health import WAYS, Health, QuestionHealth

NUMBERS = (
    "asked",
    "failing",
    "answered",
    "empty",
    "not_applicable",
    "short",
    "long",
    "blockers",
    "warnings",
    "advice",
    "dismissed",
    "doubtful",
    "moved",
    "mended",
    "asked_council",
    "answered_council",
)
"""What is told of a question, by the names it has in `QuestionHealth`."""


def sheet(health: Health) -> str:
    """A line for each question, then for each of its versions and councils, as CSV with a head.

    `part` says what a line is about: `question`, `version` or `council`, named under `of`. The columns `first_…`
    count each failing submission once, under the first way in which its answer fails.
    """
    out = StringIO()
    table = csv.writer(out)
    table.writerow(("question", "label", "part", "of", *NUMBERS, *(f"first_{way}" for way in WAYS)))
    for each in health.questions:
        table.writerows(_lines(each))
    return out.getvalue()


def write(health: Health, path: Path) -> str:
    """Writes the table, for programs that need to be told that it is UTF-8 too; why it could not, "" where it was."""
    try:
        path.write_text(sheet(health), "utf-8-sig", newline="")
    except OSError as error:
        return words.say("errors", "cannot-write", file=path, reason=error.strerror or error)
    return ""


def _lines(each: QuestionHealth) -> Iterator[tuple[object, ...]]:
    from workbench.exporters.csv import harmless

    head = (each.id, harmless(each.label))
    numbers = (getattr(each, name) for name in NUMBERS)
    yield (*head, "question", "", *numbers, *(each.ways.get(way, 0) for way in WAYS))
    for part, groups in (("version", each.by_version), ("council", each.by_council)):
        for group in groups:
            unknown = ("",) * (len(NUMBERS) - 2)
            told = (group.asked, group.failing, *unknown, *(group.ways.get(way, 0) for way in WAYS))
            yield (*head, part, harmless(group.name), *told)
