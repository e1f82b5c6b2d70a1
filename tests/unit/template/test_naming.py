"""Ids made of what people call things."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workbench.template import Field, Template, faults
from workbench.template.naming import slug, unused


def test_a_question_is_named_by_the_telling_words_of_its_label() -> None:
    assert slug("What would you do differently?") == "would_differently"
    assert slug("Enw’r cyngor") == "enwr_cyngor"
    assert slug("2. What the council did", "-") == "council"
    assert slug("2024 budget") == "q_2024_budget"
    assert slug("***") == ""


@given(st.lists(st.text(max_size=60), min_size=1, max_size=4))
def test_whatever_a_question_is_called_its_id_is_sound_and_its_own(labels: list[str]) -> None:
    ids: list[str] = []
    for label in labels:
        ids.append(unused(slug(label) or "question", ids))
    template = Template("ours", 1, "Ours", "", tuple(Field(name, "Label") for name in ids), {})
    wrong = {fault.code for fault in faults(template)}
    assert not wrong & {"field-id-wrong", "field-id-twice"}
