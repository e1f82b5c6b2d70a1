"""The JSON document: always of the shape its schema promises."""

from __future__ import annotations

import json as standard
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import jsonschema
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.website.invented import fields, library, picture, study
from workbench.exporters import json
from workbench.exporters.folder import Written
from workbench.publication import Study


def exported(folder: Path, *studies: Study) -> dict[str, Any]:
    json.write(studies, folder)
    data = standard.loads((folder / json.NAME).read_bytes())
    schema = standard.loads((folder / json.SCHEMA).read_bytes())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(data, schema)
    return data


def test_the_document_keeps_to_the_schema_beside_it(tmp_path: Path) -> None:
    image, _ = picture()
    bare = study(3, authorities=(), terms=(), fields=(), summary="", personal=())
    gone = study(4, withdrawn=True, note="At the council's wish.", images=(image,))
    data = exported(tmp_path, study(1, images=(image,)), *library(5), bare, gone)
    assert data["format"] == 1
    assert len(data["studies"]) == 8
    first, last = data["studies"][0], data["studies"][-1]
    assert first["title"] == "Leeds: a repair café in every ward"
    assert first["themes"][0] == {
        "kind": "topic",
        "slug": "waste-and-recycling",
        "label": "Waste and recycling",
    }
    assert first["pictures"][0]["sha256"] == image.sha256
    assert (last["state"], last["fields"], last["pictures"], last["summary"]) == ("withdrawn", [], [], "")


def test_an_empty_catalogue_is_a_document_too(tmp_path: Path) -> None:
    assert exported(tmp_path)["studies"] == []


@settings(max_examples=60)
@given(st.text(), st.text())
def test_any_words_make_a_readable_document(title: str, html: str) -> None:
    record = json.record(study(title=title, fields=fields(impact=html)))
    assert standard.loads(standard.dumps(record).encode()) == record


def test_markup_is_rebuilt_and_told_as_words_too(tmp_path: Path) -> None:
    data = exported(
        tmp_path, study(fields=fields(impact="<p onclick=x>5 &lt; 6<script>alert(1)</script></p>"))
    )
    impact = next(field for field in data["studies"][0]["fields"] if field["id"] == "impact")
    assert impact == {"id": "impact", "label": "The impact", "html": "<p>5 &lt; 6</p>", "text": "5 < 6"}


def test_details_of_people_stay_out(tmp_path: Path) -> None:
    assert "sample@example.org" not in str(exported(tmp_path, study()))


def test_a_moment_without_a_zone_is_utc(tmp_path: Path) -> None:
    told = replace(study(), published_at=datetime(2026, 3, 1, 8, 30))
    assert exported(tmp_path, told)["studies"][0]["published"] == "2026-03-01T08:30:00+00:00"


def test_the_same_studies_change_nothing(tmp_path: Path) -> None:
    assert json.write([study()], tmp_path) == Written(2, 0, 0)
    assert json.write([study()], tmp_path) == Written(0, 2, 0)
    assert json.write([study(title="Another")], tmp_path) == Written(1, 1, 0)
