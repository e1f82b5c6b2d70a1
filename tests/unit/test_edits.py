"""Edits as values: slots, differences, inverses."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from workbench import edits
from workbench.edits import Change, Edit
from workbench.richtext import from_text
from workbench.submission import (
    Authority,
    FieldValue,
    Note,
    Passage,
    Picture,
    SourceFile,
    Status,
    Submission,
    Term,
)

words = st.text("ab é<&", min_size=1, max_size=6).map(lambda text: f"x{text}")
contents = words.map(from_text)
keys = st.sampled_from(["a", "b", "c"])
fields = st.builds(
    FieldValue, contents, words, st.floats(0, 1), words, st.lists(words, max_size=2).map(tuple)
)
passages = st.builds(
    Passage, keys, contents, words, st.none() | words, st.floats(0, 1), position=st.integers(0, 9)
)
submissions = st.builds(
    Submission,
    id=st.just("CB-2026-0001"),
    study=st.just("u"),
    template=st.just("case-study"),
    template_version=st.just(1),
    status=st.sampled_from(Status),
    fields=st.dictionaries(keys, fields, max_size=3),
    unplaced=st.lists(passages, max_size=3, unique_by=lambda p: p.key).map(tuple),
    notes=st.lists(st.builds(Note, words, words), max_size=2).map(tuple),
    pictures=st.lists(
        st.builds(Picture, words, st.none() | words, keys), max_size=2, unique_by=lambda p: p.sha256
    ).map(tuple),
    dismissed=st.dictionaries(keys, words, max_size=2),
    authorities=st.lists(st.builds(Authority, keys, words), max_size=3, unique_by=lambda a: a.gss).map(tuple),
    terms=st.lists(
        st.builds(Term, st.just("topic"), keys, words), max_size=2, unique_by=lambda t: t.slug
    ).map(tuple),
    files=st.lists(
        st.builds(SourceFile, words, keys, st.just(datetime(2026, 3, 2, tzinfo=UTC))),
        max_size=2,
        unique_by=lambda f: f.sha256,
    ).map(tuple),
    due=st.none() | st.just(date(2026, 3, 9)),
    base_version=st.integers(0, 3),
)


def apply(state: dict[edits.Key, edits.Value], changes: tuple[Change, ...]) -> dict[edits.Key, edits.Value]:
    """`state` after `changes`, each of which must find what it starts from."""
    after = dict(state)
    for change in changes:
        assert after.get((change.slot, change.key)) == change.before
        after[change.slot, change.key] = change.after
    return {key: value for key, value in after.items() if value is not None}


def filled(submission: Submission) -> dict[edits.Key, edits.Value]:
    return {key: value for key, value in edits.slots(submission).items() if value is not None}


@given(submissions, submissions)
def test_the_difference_leads_there_and_its_inverse_back(one: Submission, other: Submission) -> None:
    changes = edits.between(one, other)
    assert apply(filled(one), changes) == filled(other)
    assert apply(filled(other), edits.inverse(changes)) == filled(one)


@given(submissions)
def test_nothing_differs_from_itself(one: Submission) -> None:
    assert edits.between(one, replace(one)) == ()


@given(submissions)
def test_every_slot_is_what_json_holds(one: Submission) -> None:
    state = edits.slots(one)
    assert json.loads(json.dumps(list(state.values()))) == list(state.values())


@given(submissions)
def test_values_come_back_as_they_went_in(one: Submission) -> None:
    state = edits.slots(one)
    assert {key: edits.to_field(state["field", key]) for key in one.fields} == dict(one.fields)
    assert tuple(edits.to_passage(p.key, state["passage", p.key]) for p in one.unplaced) == one.unplaced
    assert tuple(edits.to_note(state["note", str(at)]) for at in range(len(one.notes))) == one.notes
    assert tuple(edits.to_picture(p.sha256, state["picture", p.sha256]) for p in one.pictures) == one.pictures
    assert tuple(edits.to_file(f.sha256, state["file", f.sha256]) for f in one.files) == one.files
    assert tuple(edits.to_term(state["tag", f"{t.kind}:{t.slug}"]) for t in one.terms) == one.terms
    assert (
        tuple(edits.to_authority(state["authority", a.gss or ""]) for a in one.authorities) == one.authorities
    )


def test_what_changed_meanwhile_is_stale() -> None:
    fresh, gone = Change("a", "field", "x", 1, 2), Change("a", "field", "y", 1, 2)
    now = {"x": 1, "y": 3}
    assert edits.stale([fresh, gone], lambda change: now[change.key]) == (gone,)


def test_an_edit_names_each_submission_once() -> None:
    changes = tuple(Change(name, "field", "x", 1, 2) for name in ("b", "a", "b", ""))
    assert Edit("edit", changes).submissions == ("b", "a")
