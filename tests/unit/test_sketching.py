"""A template while it is written: each step makes another one, is taken back, and is kept as it is."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from ui import sketching
from ui.sketching import Sketch, Strokes
from workbench.template import Template, faults, shipped

STUDY = shipped()["case-study"]


def ids(template: Template) -> list[str]:
    return [each.id for each in template.fields]


def test_a_question_is_added_moved_and_removed() -> None:
    made, fresh = sketching.added(STUDY, 4)
    assert ids(made)[4:6] == ["challenge", fresh]
    moved = sketching.moved(made, 5, 0)
    assert ids(moved)[0] == fresh
    assert ids(sketching.removed(moved, fresh)) == ids(STUDY)


def test_a_question_that_goes_takes_the_headings_with_it_that_are_left_with_one() -> None:
    left = sketching.removed(STUDY, "solution")
    assert not [heading for heading, of in left.combined.items() if "solution" in of or len(of) < 2]
    assert not [fault for fault in faults(left) if fault.grave]


def test_a_new_question_is_named_by_its_label_and_never_as_another() -> None:
    made, fresh = sketching.added(STUDY, -1)
    made = sketching.changed(made, fresh, label="2. Impact: of 'it', café?")
    made = sketching.combined(made, "both", (fresh, "links"))
    named = sketching.named(made)
    assert ids(named)[0] == "impact_cafe"
    assert named.combined["both"] == ("impact_cafe", "links")
    again = sketching.named(sketching.changed(made, fresh, label="Impact"), ["costs"])
    assert ids(again)[0] == "impact_2"
    assert ids(sketching.named(sketching.changed(made, fresh, label="…")))[0] == "question"


def test_a_question_that_was_kept_has_the_same_id_for_ever() -> None:
    made, fresh = sketching.added(STUDY, -1)
    kept = sketching.named(sketching.changed(made, fresh, label="Question 2"))
    assert ids(kept)[0] == "question_2"
    assert sketching.named(kept, ids(kept)) == kept


STEPS = st.lists(
    st.tuples(st.sampled_from(["add", "move", "remove", "type"]), st.integers(0, 12)), max_size=12
)


@given(STEPS)
def test_every_step_is_taken_back_and_done_again(steps: list[tuple[str, int]]) -> None:
    strokes = Strokes(STUDY)
    seen = [STUDY]
    for kind, at in steps:
        template = strokes.now
        at = min(at, len(template.fields) - 1)
        if kind == "add" or at < 0:
            template, _ = sketching.added(template, at)
        elif kind == "move":
            template = sketching.moved(template, at, 0)
        elif kind == "remove":
            template = sketching.removed(template, template.fields[at].id)
        else:
            template = sketching.changed(template, template.fields[at].id, guidance=f"{len(seen)}")
        if strokes.do(template):
            seen.append(template)
    for before in reversed(seen[:-1]):
        assert strokes.undo()
        assert strokes.now == before
    assert not strokes.undo()
    for after in seen[1:]:
        assert strokes.redo()
        assert strokes.now == after
    sketch = Sketch(strokes.now, STUDY, {"impact": "the heading"}, ("left over",), "case-study")
    assert sketching.read(json.loads(json.dumps(sketching.written(sketch)))) == sketch


def test_what_is_typed_in_one_place_is_one_step() -> None:
    strokes = Strokes(STUDY)
    for text in ("W", "Wh", "Why"):
        strokes.do(sketching.changed(STUDY, "impact", label=text), "impact label")
    strokes.do(sketching.changed(strokes.now, "impact", guidance="How?"), "impact guidance")
    assert strokes.undo()
    assert strokes.now.by_id["impact"].label == "Why"
    assert strokes.undo()
    assert strokes.now == STUDY
