"""All studies as one JSON document, for other programs, with the JSON Schema of its shape beside it.

The schema is `resources/exports/case-studies.schema.json`; `FORMAT` changes when a program written for it would no
longer understand the file. Personal fields stay out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import resources
from workbench.exporters import safe
from workbench.exporters.folder import Folder, Written
from workbench.exporters.stream import told
from workbench.progress import Progress, silent
from workbench.publication import PublishedField, PublishedImage, Study
from workbench.submission import Authority, Term

NAME = "case-studies.json"
SCHEMA = "case-studies.schema.json"
FORMAT = 1


def write(studies: Iterable[Study], directory: Path, progress: Progress = silent) -> Written:
    """Writes `case-studies.json` and its schema into `directory`, a line for each study, in the order given.

    A withdrawn study keeps its names and dates but not its text. Raises as `Folder`
    does.
    """
    lines = ",\n".join(json.dumps(record(study), ensure_ascii=False) for study in told(studies, progress))
    text = f'{{"$schema":"{SCHEMA}","format":{FORMAT},"studies":[\n{lines}\n]}}\n'
    schema = resources.path("exports", SCHEMA).read_bytes()
    with Folder(directory, "json") as folder:
        folder.hold(SCHEMA, schema)
        folder.hold(NAME, text.encode())
        return folder.commit()


def record(study: Study) -> dict[str, Any]:
    """One study in the published shape."""
    publication = study.publication
    return {
        "study": safe.line(publication.study),
        "version": study.version,
        "state": "withdrawn" if study.withdrawn else "published",
        "note": safe.text(study.note),
        "first_published": _moment(study.first_published_at),
        "published": _moment(study.published_at),
        "template": safe.line(publication.template),
        "title": safe.line(publication.title),
        "summary": "" if study.withdrawn else safe.text(publication.summary),
        "councils": [_council(authority) for authority in publication.authorities],
        "themes": [_theme(term) for term in study.terms],
        "fields": [] if study.withdrawn else [_field(field) for field in publication.fields],
        "pictures": [] if study.withdrawn else [_picture(image) for image in publication.images],
    }


def _council(authority: Authority) -> dict[str, Any]:
    return {"gss": authority.gss, "name": safe.line(authority.name), "region": safe.line(authority.region)}


def _theme(term: Term) -> dict[str, str]:
    return {"kind": term.kind, "slug": safe.line(term.slug), "label": safe.line(term.label)}


def _field(field: PublishedField) -> dict[str, str]:
    html = safe.html(field.html)
    return {
        "id": safe.line(field.id),
        "label": safe.line(field.label),
        "html": html,
        "text": safe.plain(html),
    }


def _picture(image: PublishedImage) -> dict[str, Any]:
    alt = None if image.alt is None else safe.line(image.alt)
    size = {"width": image.width, "height": image.height}
    return {
        "sha256": image.sha256,
        "alt": alt,
        "credit": safe.line(image.credit),
        "type": image.media_type,
        **size,
    }


def _moment(moment: datetime) -> str:
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
