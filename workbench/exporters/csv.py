"""All studies as one table, for a spreadsheet.

The file opens right in Excel and LibreOffice by a double click: UTF-8 with its mark, commas, quoted line ends. A cell
that a spreadsheet would take for a formula gets an apostrophe before it. Personal fields stay out.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from workbench.exporters import safe
from workbench.exporters.folder import Folder, Written
from workbench.exporters.stream import told
from workbench.progress import Progress, silent
from workbench.publication import APART, PublishedField, Study

NAME = "case-studies.csv"

FIELDS = ("introduction", "challenge", "solution", "impact", "sustaining", "lessons", "links")
"""The answers that have a column of their own; those of other templates share the last one."""

COLUMNS = (
    *("study", "version", "state", "note", "first_published", "published", "template", "title", "summary"),
    *("councils", "gss", "regions", "topics", "support_types", "collections", "programmes"),
    *(*FIELDS, "other"),
)

CELL = 32_000
"""Characters kept of a cell; Excel holds 32,767 and would spill the rest into other rows."""

_FORMULA = ("=", "+", "-", "@", "\t", "\n", "＝", "＋", "－", "＠")
"""What begins a formula for some spreadsheet, or is dropped before one."""

_PASSED_OVER = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad]*")
"""Blanks, and signs that nobody sees: some programs drop them before they look for a formula."""
_TOLD = APART.union(FIELDS)


def write(studies: Iterable[Study], directory: Path, progress: Progress = silent) -> Written:
    """Writes `case-studies.csv` into `directory`: one row per study, in the order given, withdrawn ones included.

    A withdrawn study keeps its names and dates but not its text. Raises as `Folder`
    does.
    """
    out = io.StringIO(newline="")
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for study in told(studies, progress):
        table.writerow([harmless(value) for value in _row(study)])
    with Folder(directory, "csv") as folder:
        folder.hold(NAME, out.getvalue().encode("utf-8-sig"))
        return folder.commit()


def harmless(value: str) -> str:
    """The value of a cell as words: never a formula, never longer than a spreadsheet holds."""
    words = safe.text(value)
    words = words if len(words) <= CELL else words[:CELL] + " … (cut here; the JSON export has all of it)"
    seen = _PASSED_OVER.sub("", words, count=1)
    return f"'{words}" if words.startswith(_FORMULA) or seen.startswith(_FORMULA) else words


def _row(study: Study) -> Iterator[str]:
    publication = study.publication
    yield from (
        publication.study,
        str(study.version),
        "withdrawn" if study.withdrawn else "published",
        study.note,
    )
    yield from (study.first_published_at.date().isoformat(), study.published_at.date().isoformat())
    yield from (publication.template, safe.line(publication.title))
    yield "" if study.withdrawn else publication.summary
    yield "; ".join(authority.name for authority in publication.authorities) or publication.councils
    yield "; ".join(authority.gss or "" for authority in publication.authorities)
    yield "; ".join(dict.fromkeys(authority.region for authority in publication.authorities))
    for kind in ("topic", "support_type", "collection", "programme"):
        yield "; ".join(term.label for term in study.terms if term.kind == kind)
    yield from _answers(() if study.withdrawn else publication.fields)


def _answers(fields: tuple[PublishedField, ...]) -> Iterator[str]:
    words = {field.id: safe.plain(field.html) for field in fields}
    yield from (words.get(name, "") for name in FIELDS)
    yield "\n\n".join(f"{field.label}: {words[field.id]}" for field in fields if field.id not in _TOLD)
