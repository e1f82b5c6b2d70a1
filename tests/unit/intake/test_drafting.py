"""A template drafted from a Word form places what comes back on that form."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from docx import Document

from benchmarks.asked import LAYOUTS, Layout, answers
from benchmarks.firstsight import Score, judge
from benchmarks.forms import first, second, third
from benchmarks.forms.page import Form
from benchmarks.layouts import same_words
from workbench import word
from workbench.intake.drafting import Draft, draft
from workbench.intake.placing import place
from workbench.intake.wording import limits, taken_apart
from workbench.template import heading_key, shipped


def drafted(*documents: Any) -> Draft:
    return draft(*(word.read(saved(each), "form") for each in documents), name="form")


def saved(document: Any) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("layout", LAYOUTS[::4], ids=[layout.name for layout in LAYOUTS[::4]])
def test_what_is_learned_from_a_blank_form_places_a_filled_one(layout: Layout) -> None:
    form = layout.form(7)
    made = draft(word.read(layout.made(form), "blank"), name="form").template
    known = {heading_key(field.label): field for field in made.fields}
    assert set(known) == {heading_key(question.label) for question in form.questions}
    of = answers(form, 1)
    placed = place(word.read(layout.made(form, of), "filled"), {made.id: made})
    for at, question in enumerate(form.questions):
        found = known[heading_key(question.label)]
        assert (found.min_words, found.max_words, found.required) == (*question.limits, bool(question.mark))
        said = placed.fields[found.id].text if found.id in placed.fields else ""
        assert same_words(said, " ".join(part.removeprefix("• ") for part in of.get(at, ()))), question.label
    assert placed.unplaced == ()


@pytest.mark.parametrize("form", [*first.FORMS, *second.FORMS, *third.FORMS][::4], ids=lambda form: form.name)
def test_forms_of_every_habit_are_learned_at_first_sight(form: Form) -> None:
    assert not list(judge(form, Score()))


@pytest.mark.parametrize("name", ["headings_with_help", "label_table"])
def test_two_filled_forms_tell_the_labels_by_what_they_share(name: str) -> None:
    layout = next(each for each in LAYOUTS if each.name == name)
    form = layout.form(3)
    filled = [word.read(layout.made(form, answers(form, seed)), name) for seed in (5, 6)]
    found = draft(*filled, name="form")
    assert found.filled
    labels = {heading_key(field.label) for field in found.template.fields}
    assert labels == {heading_key(question.label) for question in form.questions}


@pytest.mark.parametrize("template", shipped().values(), ids=shipped())
def test_a_blank_form_of_ours_is_learned_as_what_it_was_made_from(template: Any) -> None:
    made = draft(word.read(word.blank(template), "blank")).template
    assert (made.id, made.version, made.label) == (template.id, template.version, template.label)
    asked = [(field.id, field.label, field.guidance) for field in template.fields]
    assert [(field.id, field.label, field.guidance) for field in made.fields] == asked


def test_a_form_made_from_a_template_at_hand_gets_another_id() -> None:
    template = shipped()["case-study"]
    found = draft(word.read(word.blank(template), "blank"), taken=shipped())
    assert found.template.id == "case-study-2"
    assert "learn-known" in {doubt.code for doubt in found.doubts}


def test_known_meanings_give_a_field_its_name_and_the_plainest_label_goes_first() -> None:
    document = Document()
    for label in ("What difference did it make?", "The problem", "Name of council"):
        document.add_heading(label, 2)
        document.add_paragraph()
    found = drafted(document)
    assert [field.id for field in found.template.fields] == ["impact", "challenge", "council"]
    assert [origin.meaning for origin in found.origins] == ["impact", "challenge", "council"]
    document.add_heading("Impact", 2)
    ids = {field.label: field.id for field in drafted(document).template.fields}
    assert ids["Impact"] == "impact"
    assert ids["What difference did it make?"] != "impact"


def test_choices_and_what_repeats_are_told() -> None:
    document = Document()
    document.add_paragraph("Which themes? ☐ Housing ☐ Transport")
    document.add_heading("Costs", 2)
    table = document.add_table(4, 3)
    for cell, text in zip(table.rows[0].cells, ("Item", "Year", "Sum"), strict=True):
        cell.text = text
    found = drafted(document)
    assert {origin.choices for origin in found.origins} == {("Housing", "Transport"), ()}
    assert {"learn-choices", "learn-repeats"} <= {doubt.code for doubt in found.doubts}


def test_equal_labels_and_a_label_without_a_word_are_told() -> None:
    document = Document()
    for label in ("Details", "***", "Details"):
        document.add_heading(label, 2)
        document.add_paragraph()
    found = drafted(document)
    assert [field.id for field in found.template.fields] == ["details", "details_2"]
    assert {"learn-same-label", "learn-left-over"} <= {doubt.code for doubt in found.doubts}


def test_a_letter_is_no_form() -> None:
    document = Document()
    for _ in range(5):
        document.add_paragraph(
            "This is only a letter. It says many things and asks nothing of anyone at all."
        )
    found = drafted(document)
    assert found.template.fields == ()
    assert [doubt.code for doubt in found.doubts] == ["learn-nothing"]


@pytest.mark.parametrize(
    ("text", "name", "required"),
    [
        ("3. What did you do? (max 250 words)", "What did you do?", None),
        ("Summary * – no more than 300 words", "Summary", True),
        ("Savings (capital)", "Savings (capital)", None),
        ("Links (optional)", "Links", False),
        ("Q2: Costs - maximum 400 words:", "Costs", None),
        ("Title: *", "Title", True),
    ],
)
def test_a_label_is_taken_apart(text: str, name: str, required: bool | None) -> None:
    told = taken_apart(text)
    assert (told.name, told.required) == (name, required)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("200–300 words", (200, 300)),
        ("between 40 and 600 words", (40, 600)),
        ("no more than 1,200 words", (None, 1200)),
        ("at least 50 words", (50, None)),
        ("350 words max", (None, 350)),
        ("Word limit: 75 words", (None, 75)),
        ("in your own words", (None, None)),
        ("about 200 words", (None, None)),
        ("up to 3 pages", (None, None)),
    ],
)
def test_limits_are_read_from_the_wording(text: str, found: tuple[int | None, int | None]) -> None:
    assert limits([text]) == found
