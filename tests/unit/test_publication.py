"""What a publication's digest covers, and that what is personal can be emptied without losing it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from tests.catalogue.given import publication
from workbench.publication import (
    PublishedField,
    Study,
    adopted,
    from_json,
    is_intact,
    sealed,
    study_from_json,
    study_to_json,
    to_json,
)
from workbench.submission import Term

WORDS = st.text(max_size=12)
PERSONAL = st.lists(st.builds(PublishedField, WORDS, WORDS, WORDS), max_size=3).map(tuple)
SALT = st.text("0123456789abcdef", min_size=32, max_size=32)


@given(PERSONAL, SALT)
def test_a_seal_holds_when_words_and_salt_are_forgotten(
    personal: tuple[PublishedField, ...], salt: str
) -> None:
    whole = sealed(publication(personal=personal), salt)
    forgotten = replace(whole, personal=(), salt="")
    assert is_intact(whole) and is_intact(forgotten)
    assert forgotten.digest == whole.digest


@given(PERSONAL, PERSONAL, SALT, SALT)
def test_other_words_or_another_salt_are_another_seal(
    personal: tuple[PublishedField, ...], other: tuple[PublishedField, ...], salt: str, second: str
) -> None:
    whole = sealed(publication(personal=personal), salt)
    assert is_intact(replace(whole, personal=other)) == (other == personal)
    assert is_intact(replace(whole, salt=second)) == (salt == second)
    assert (sealed(whole, second).digest == whole.digest) == (salt == second)


def test_what_was_published_before_there_were_salts_has_the_digest_it_had() -> None:
    old = publication()
    assert old.digest == "20c26617a3496a6214945d1735db73dbbbad194b02eae49fa84d10d153b92e72"
    assert replace(old, personal=()).digest != old.digest
    written = {name: value for name, value in json.loads(to_json(old)).items() if name not in _NEW}
    assert from_json(json.dumps(written)) == old


_NEW = ("salt", "personal_digest")


@given(SALT, SALT)
def test_the_same_words_under_two_salts_are_known_as_the_same(one: str, two: str) -> None:
    live, mine = sealed(publication(), one), sealed(publication(), two)
    assert adopted(mine, live.digest, one).digest == live.digest
    assert adopted(mine, publication().digest, "").digest == publication().digest
    changed = replace(mine, title="Another title")
    assert adopted(changed, live.digest, one) == changed


def test_a_study_is_found_under_what_it_is_filed_under_today() -> None:
    was, now = Term("topic", "waste", "Waste"), Term("topic", "circular", "Circular economy")
    at = datetime(2026, 1, 1, tzinfo=UTC)
    study = Study(replace(publication(), terms=(was,)), 1, at, "editor", 1, at)
    assert study.terms == (was,)
    moved = replace(study, filed=(now,))
    assert (moved.terms, moved.publication.terms) == ((now,), (was,))
    assert study_from_json(study_to_json(moved)) == moved
    assert replace(study, filed=()).terms == ()


def test_a_study_that_was_kept_before_there_was_filing_is_read() -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    told = json.loads(study_to_json(Study(publication(), 1, at, "editor", 1, at)))
    del told["filed"]
    assert study_from_json(json.dumps(told)).filed is None
