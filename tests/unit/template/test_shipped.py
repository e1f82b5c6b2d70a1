"""The laws every shipped template keeps, so that a heading never means two things."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from workbench import template
from workbench.errors import WrongUsage
from workbench.template import Field, Template

CASE_STUDY_FIELDS = [
    "title",
    "council",
    "summary",
    "introduction",
    "challenge",
    "solution",
    "impact",
    "sustaining",
    "lessons",
    "contact",
    "links",
]
SHIPPED = template.shipped()
each_template = pytest.mark.parametrize("shipped", SHIPPED.values(), ids=SHIPPED)


def norm(heading: str) -> str:
    """A heading as people mean it: no case, no leading article, no number, no closing mark."""
    words = re.sub(r"^(\d+[.)]?\s+)?(the\s+)?", "", heading.casefold().strip())
    return words.rstrip(":?. ")


def names(field: Field) -> set[str]:
    return {norm(field.label), *map(norm, field.synonyms)}


def test_three_templates_are_shipped_the_case_study_first() -> None:
    assert list(SHIPPED) == ["case-study", "programme-update", "property-project"]


def test_the_case_study_has_exactly_its_eleven_fields() -> None:
    assert [field.id for field in SHIPPED["case-study"].fields] == CASE_STUDY_FIELDS


@each_template
def test_every_field_has_an_id_a_label_and_guidance(shipped: Template) -> None:
    for field in shipped.fields:
        assert re.fullmatch(r"[a-z]+(_[a-z]+)*", field.id)
        assert field.label.strip()
        assert len(field.guidance.split()) >= 5, field.id
    assert len(shipped.by_id) == len(shipped.fields)


@each_template
def test_no_heading_means_two_fields(shipped: Template) -> None:
    claimed: dict[str, str] = {}
    for field in shipped.fields:
        for name in names(field):
            assert claimed.setdefault(name, field.id) == field.id, f"{name!r} is claimed twice"


@each_template
def test_a_synonym_is_written_once(shipped: Template) -> None:
    for field in shipped.fields:
        written = [norm(synonym) for synonym in field.synonyms]
        assert len(written) == len(set(written)), field.id


@each_template
def test_combined_headings_name_several_known_fields_and_are_nobodys_synonym(shipped: Template) -> None:
    single = {name for field in shipped.fields for name in names(field)}
    for heading, ids in shipped.combined.items():
        assert len(ids) >= 2
        assert set(ids) <= set(shipped.by_id)
        assert norm(heading) not in single, heading


@each_template
def test_guidance_is_never_mistaken_for_a_heading(shipped: Template) -> None:
    headings = {name for field in shipped.fields for name in names(field)}
    assert not headings & {norm(field.guidance) for field in shipped.fields}


@each_template
def test_limits_are_in_order(shipped: Template) -> None:
    for field in shipped.fields:
        if field.min_words is not None and field.max_words is not None:
            assert 0 < field.min_words < field.max_words, field.id


@each_template
def test_what_every_publication_needs_is_required(shipped: Template) -> None:
    for field_id in ("title", "council", "summary"):
        assert shipped.by_id[field_id].required
    assert shipped.by_id["title"].kind == "line"
    assert shipped.by_id["council"].kind == "council"
    assert (shipped.by_id["summary"].min_words, shipped.by_id["summary"].max_words) == (15, 75)


@each_template
def test_only_the_contact_is_personal(shipped: Template) -> None:
    assert [field.id for field in shipped.fields if field.personal] == ["contact"]
    assert shipped.by_id["contact"].kind == "contact"


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("The challenge:", "challenge"),
        ("What was the problem?", "challenge"),
        ("Synopsis", "summary"),
        ("Authority", "council"),
        ("3. Our approach", "solution"),
        ("The impact (including cost savings/income generated if applicable)", "impact"),
        ("Value for money", "impact"),
        ("Next steps", "sustaining"),
        ("How is the new approach being sustained?", "sustaining"),
        ("Key learnings for other councils", "lessons"),
        ("For more information", "contact"),
        ("Further reading", "links"),
    ],
)
def test_the_headings_councils_write_are_known(heading: str, field: str) -> None:
    assert norm(heading) in names(SHIPPED["case-study"].by_id[field])


@pytest.mark.parametrize(
    "text", ["id = 'ours'", "id = ", "id = 'ours'\nversion = 'new'\nlabel = ''\nfields = []", "\xff"]
)
def test_a_file_that_is_no_template_is_refused_by_name(text: str, tmp_path: Path) -> None:
    broken = tmp_path / "ours.toml"
    broken.write_text(text, encoding="latin-1")
    with pytest.raises(WrongUsage) as caught:
        template.read(broken)
    assert caught.value.code == "template-damaged"


def test_an_offices_own_template_replaces_the_shipped_one(tmp_path: Path) -> None:
    own = tmp_path / "case-study.toml"
    own.write_text(
        'id = "case-study"\nversion = 7\nlabel = "Ours"\n[[fields]]\nid = "title"\nlabel = "Name"\n',
        encoding="utf-8",
    )
    shipped = Path(template.__file__).parents[2] / "resources/templates/case-study.toml"
    assert template.load([shipped, own])["case-study"].version == 7
