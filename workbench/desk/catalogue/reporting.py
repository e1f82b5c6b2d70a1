"""The report of a batch to keep: as text to read, as CSV for a spreadsheet, as JSON for a program."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from workbench import words
from workbench.errors import SurroundingsFailed

if TYPE_CHECKING:
    from workbench.desk.rows import BatchReport
    from workbench.publication import Batch

COLUMNS = ("result", "submission", "title", "council", "version", "reason", "study", "publication")


def headline(batch: Batch) -> str:
    """The batch in one line: its number, what it was, when, by whom, and how it ended."""
    what = words.say("journal", f"batch-{batch.kind}", number=batch.number, undoes=batch.undoes or "")
    at = f"{batch.began_at.astimezone():%Y-%m-%d %H:%M}"
    return words.say("journal", "batch-line", what=what, at=at, who=batch.who or "–", sum=summed_up(batch))


def summed_up(batch: Batch) -> str:
    """How many publications came to which result, such as “7 published, 1 in conflict”."""
    told = [words.say("journal", _counted(batch, result), n=n) for result, n in sorted(batch.results.items())]
    waiting = [words.say("journal", "n-sent-waiting", n=batch.waiting)] if batch.waiting else []
    return ", ".join((*told, *waiting)) or words.say("journal", "n-sent-nothing")


def _counted(batch: Batch, result: str) -> str:
    return f"n-undone-{result}" if batch.kind == "undo" else f"n-sent-{result}"


def as_text(report: BatchReport) -> str:
    """To be read: the headline, then each publication with its result and why."""
    lines = [headline(report.batch)]
    if report.batch.catalogue:
        lines.append(words.say("journal", "batch-catalogue", catalogue=report.batch.catalogue))
    for item in report.items:
        version = words.say("journal", "batch-version", version=item.version) if item.version else ""
        about = " · ".join(filter(None, (item.submission, item.council, version)))
        lines += ["", f"{item.result}: {item.title or item.submission}", f"  {about}"]
        lines += [f"  {item.reason}"] if item.reason else []
    return "\n".join(lines) + "\n"


def as_csv(report: BatchReport) -> str:
    """One line for each publication; no cell is a formula."""
    from workbench.exporters.csv import harmless

    out = io.StringIO(newline="")
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for item in report.items:
        table.writerow([harmless(str(getattr(item, name))) for name in COLUMNS])
    return out.getvalue()


def as_json(report: BatchReport) -> str:
    """All that is known of the batch, as one object."""
    told = asdict(report.batch) | {"items": [asdict(item) for item in report.items]}
    return json.dumps(told, ensure_ascii=False, indent=2, default=str) + "\n"


FORMS: Mapping[str, Callable[[BatchReport], str]] = MappingProxyType(
    {".txt": as_text, ".csv": as_csv, ".json": as_json}
)
"""The forms a report can take, by the end of its file's name."""


def save(report: BatchReport, path: Path) -> None:
    """Writes the report in the form that the file's name asks for, as text where it asks for none.

    Raises SurroundingsFailed("cannot-write").
    """
    form = FORMS.get(path.suffix.lower(), as_text)
    encoding = "utf-8-sig" if form is as_csv else "utf-8"
    try:
        path.write_bytes(form(report).encode(encoding))
    except OSError as error:
        reason = error.strerror or str(error)
        raise SurroundingsFailed("cannot-write", file=str(path), reason=reason) from error
