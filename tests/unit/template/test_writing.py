"""A template as TOML: what is written is read again, readable, and what is damaged is named."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.template import KINDS, Field, Template, at_hand, dumps, faults, parse, shipped

texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=30)
fields = st.builds(
    Field,
    id=texts,
    label=texts,
    guidance=texts,
    synonyms=st.lists(texts, max_size=3).map(tuple),
    kind=st.sampled_from(KINDS),
    required=st.booleans(),
    min_words=st.none() | st.integers(-3, 900),
    max_words=st.none() | st.integers(-3, 900),
    personal=st.booleans(),
    public=st.booleans(),
)
templates = st.builds(
    Template,
    id=texts,
    version=st.integers(0, 99),
    label=texts,
    description=texts,
    fields=st.lists(fields, max_size=3).map(tuple),
    combined=st.dictionaries(texts, st.lists(texts, max_size=3).map(tuple), max_size=2),
    banners=st.lists(texts, max_size=2).map(tuple),
)
SOUND = Template("ours", 1, "Ours", "", (Field("title", "Title"), Field("story", "Your story")), {})


@given(templates)
@settings(max_examples=40, deadline=None)
def test_what_is_written_is_read_again(template: Template) -> None:
    assert parse(tomllib.loads(dumps(template))) == template


@given(templates, texts)
@settings(max_examples=15, deadline=None)
def test_remarks_change_nothing(template: Template, remark: str) -> None:
    remarks = {"": remark, **{field.id: remark for field in template.fields}}
    assert parse(tomllib.loads(dumps(template, remarks))) == template


@given(templates)
@settings(max_examples=20, deadline=None)
def test_anything_is_judged_and_written_the_same_twice(template: Template) -> None:
    assert faults(template) == faults(template)
    assert dumps(template) == dumps(parse(tomllib.loads(dumps(template))))


def test_the_shipped_ones_are_written_as_they_stand_and_without_a_fault() -> None:
    for template in shipped().values():
        assert parse(tomllib.loads(dumps(template))) == template
        assert faults(template) == ()


def with_field(**values: object) -> Template:
    return replace(SOUND, fields=(SOUND.fields[0], replace(SOUND.fields[1], **values)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("template", "code", "grave"),
    [
        (replace(SOUND, id="Ours!"), "id-wrong", True),
        (replace(SOUND, version=0), "version-wrong", True),
        (replace(SOUND, label=" "), "no-label", True),
        (replace(SOUND, fields=()), "no-fields", True),
        (with_field(id="title"), "field-id-twice", True),
        (with_field(id="Your story"), "field-id-wrong", True),
        (with_field(label="…"), "field-label-missing", True),
        (with_field(label="so long " * 30), "field-label-long", False),
        (with_field(min_words=0), "limit-wrong", True),
        (with_field(min_words=9, max_words=8), "limits-crossed", True),
        (with_field(synonyms=("The title:",)), "heading-claimed", False),
        (with_field(label="Title"), "heading-claimed", False),
        (with_field(kind="contact"), "contact-not-personal", False),
        (with_field(guidance="\x01"), "letters", True),
        (replace(SOUND, combined={"both": ("title",)}), "combined-few", True),
        (replace(SOUND, combined={"both": ("title", "gone")}), "combined-unknown", True),
        (replace(SOUND, combined={"Your story": ("title", "story")}), "combined-claimed", False),
        (replace(SOUND, fields=(replace(SOUND.fields[0], personal=True),)), "personal-in-the-open", True),
    ],
)
def test_each_fault_is_found_by_its_name(template: Template, code: str, grave: bool) -> None:
    found = {fault.code: fault.grave for fault in faults(template)}
    assert found.get(code) is grave
    assert code not in {fault.code for fault in faults(SOUND)}


@pytest.mark.parametrize(
    "text",
    [
        "id = ",
        'id = "ours"',
        'id = "ours"\nversion = 1\nlabel = "Ours"\nfields = []',
        'id = "ours"\nversion = 1\nlabel = "Ours"\nfields = [{id = "a", label = "A", synonyms = "b"}]',
        'id = "ours"\nversion = 1\nlabel = "Ours"\nfields = [{id = "a", label = "A", required = "yes"}]',
        'id = "ours"\nversion = 1\nlabel = "Ours"\nfields = [{id = "a", label = "A", colour = "red"}]',
        'id = "ours"\nversion = 1\nlabel = "Ours"\nfields = [{id = "a", label = "A", kind = "novel"}]',
        'id = "ours"\nversion = true\nlabel = "Ours"\nfields = [{id = "a", label = "A"}]',
        "[" * 5000,
    ],
)
def test_a_damaged_template_is_named_and_stops_no_other(text: str, tmp_path: Path) -> None:
    (tmp_path / "broken.toml").write_text(text, "utf-8")
    (tmp_path / "sound.toml").write_text(dumps(SOUND), "utf-8")
    found = at_hand(tmp_path)
    assert [each.path.name for each in found.damaged] == ["broken.toml"]
    assert found.damaged[0].reason
    assert found["ours"] == SOUND
    assert set(shipped()) < set(found)
