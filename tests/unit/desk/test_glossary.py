"""The terms on a desk: those of its copy of the vocabulary, those proposed, and how they are used."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.unit.desk.conftest import answer, plain_submission
from workbench import checks
from workbench.desk import Desk, filters, queue, study
from workbench.desk.catalogue import minting
from workbench.desk.rows import QueueFilter
from workbench.desk.themes import glossary, tagging, vocabulary
from workbench.desk.themes.vocabulary import TermRow
from workbench.errors import Refused, WrongUsage
from workbench.publication import Publication, Study
from workbench.store import mirror
from workbench.store import vocabulary as store
from workbench.submission import Status, Term
from workbench.themes.changes import Change, Merge, Rename, Retire, Split, applied

HOMES = Term("topic", "housing-and-planning", "Housing and planning")
STREETS = Term("topic", "homelessness", "Homelessness")
WASTE = Term("topic", "waste-and-recycling", "Waste and recycling")


def becomes(desk: Desk, *changes: Change) -> None:
    """The desk's copy of the vocabulary after changes that were made in the catalogue."""
    known = desk.vocabulary
    for change in changes:
        known = applied(known, change)
    with desk.store.writing() as connection:
        store.keep(connection, known.themes, "a catalogue", 1)


def published(number: int, year: int, *terms: Term, **changes: Any) -> Study:
    """A study that readers see since that year."""
    day = datetime(year, 5, number, tzinfo=UTC)
    bare = Publication(
        f"p{number}", f"s{number}", 0, f"s-{number}", f"Study {number}", "", "case-study", 1, ()
    )
    return replace(Study(replace(bare, terms=terms), 1, day, "Ada", number, day), **changes)


def pulled(desk: Desk, *studies: Study) -> None:
    with desk.store.writing() as connection:
        mirror.take(connection, studies)


def row(desk: Desk, term: Term) -> TermRow:
    return next(row for row in vocabulary.terms(desk) if (row.kind, row.slug) == (term.kind, term.slug))


def test_before_the_first_pull_the_vocabulary_is_the_one_that_came_along(desk: Desk) -> None:
    assert desk.vocabulary is desk.vocabulary
    assert row(desk, HOMES).label == "Housing and planning"
    assert {row.kind for row in vocabulary.terms(desk)} == {
        "topic",
        "support_type",
        "collection",
        "programme",
    }


def test_the_desk_notices_another_vocabulary_and_keeps_it(desk: Desk) -> None:
    before = desk.vocabulary
    becomes(desk, Rename("topic", "homelessness", "Rough sleeping"))
    assert desk.vocabulary is not before
    after = desk.vocabulary
    tagging.terms(desk)
    assert desk.vocabulary is after, "what is worked out from it is kept as long as it stays"
    assert [one.slug for one in vocabulary.matching(desk, "homeless", "topic")][:1] == ["homelessness"]
    assert row(desk, STREETS).aliases[-1] == "Homelessness"


def test_the_tree_has_every_offered_term_below_its_parent(desk: Desk) -> None:
    rows = vocabulary.tree(desk, "topic")
    assert {row.slug for row in rows} == {
        row.slug for row in vocabulary.terms(desk, "topic") if row.is_offered
    }
    for at, each in enumerate(rows):
        above = next((rows[n] for n in range(at, -1, -1) if rows[n].depth < each.depth), None)
        assert (above.slug if above else None) == each.parent


def test_usage_counts_what_readers_see_and_what_lies_on_the_desk(desk: Desk, lay: Any) -> None:
    lay(1, terms=(HOMES, WASTE))
    pulled(
        desk,
        published(1, 2024, HOMES, STREETS),
        published(2, 2025, HOMES, STREETS),
        published(3, 2025, HOMES),
        published(4, 2025, HOMES, WASTE, withdrawn=True),
        published(5, 2023, WASTE, filed=(STREETS,)),
    )
    found = vocabulary.usage(desk)
    homes, streets = found.of("topic", HOMES.slug), found.of("topic", STREETS.slug)
    assert homes and (homes.published, homes.on_desk, dict(homes.years)) == (3, 1, {2024: 1, 2025: 2})
    assert homes.last_used == date(2025, 5, 3)
    assert streets and streets.published == 3, (
        "what the catalogue files a study under counts, not what was sent"
    )
    assert found.years == (2023, 2024, 2025)
    assert [(pair.one, pair.other, pair.studies) for pair in found.together] == [(STREETS, HOMES, 2)]
    assert HOMES not in found.unused and Term("topic", "arts", "Arts") in found.unused
    assert WASTE not in found.unused, "it lies on the desk"


def test_terms_tell_how_they_are_used(desk: Desk, lay: Any) -> None:
    lay(1, terms=(HOMES,))
    pulled(desk, published(1, 2024, HOMES))
    told = row(desk, HOMES)
    assert (told.published, told.on_desk, told.last_used) == (1, 1, date(2024, 5, 1))


def test_a_merged_theme_is_put_on_as_its_successor_and_others_are_refused(desk: Desk, lay: Any) -> None:
    one = lay()
    becomes(
        desk,
        Merge("topic", "homelessness", "housing-and-planning"),
        Retire("topic", "arts"),
        Split("topic", "fire-and-rescue", ("communities", "community-safety")),
    )
    tagging.tag(desk, [one], add=[STREETS])
    assert study.show(desk, one).terms == (HOMES,)
    with pytest.raises(Refused, match="theme-not-offered"):
        tagging.tag(desk, [one], add=[Term("topic", "arts", "Arts")])
    with pytest.raises(Refused, match="theme-split"):
        tagging.tag(desk, [one], add=[Term("topic", "fire-and-rescue", "Fire and rescue")])
    with pytest.raises(WrongUsage, match="unknown-theme"):
        tagging.tag(desk, [one], add=[Term("topic", "no-such", "No such")])


def test_a_kept_filter_outlives_a_merge(desk: Desk, lay: Any) -> None:
    old, new = lay(1, terms=(STREETS,)), lay(2, terms=(HOMES,))
    filters.save(desk, "Streets", QueueFilter(term=("topic", "homelessness")))
    becomes(desk, Merge("topic", "homelessness", "housing-and-planning"))
    assert set(queue.ids(desk, filters.named(desk, "Streets"))) == {old, new}
    offers = {each.value for each in filters.offers(desk) if each.name == "term"}
    assert ("topic", "homelessness") not in offers and ("topic", "housing-and-planning") in offers


def test_a_proposed_term_can_be_put_on_at_once_and_readers_do_not_see_it(desk: Desk, lay: Any) -> None:
    one = lay(1, terms=(HOMES,))
    proposed = vocabulary.propose(
        desk, "topic", " Repair  cafés ", parent="waste-and-recycling", reason="Often asked."
    )
    assert proposed.term == Term("topic", "repair-cafes", "Repair cafés")
    assert [row.status for row in vocabulary.matching(desk, "repair caf")][:1] == ["pending"]
    tagging.tag(desk, [one], add=[proposed.term])
    assert study.show(desk, one).terms == (HOMES, proposed.term)
    assert minting.preview(desk, study.show(desk, one)).terms == (HOMES,)
    assert glossary.left_out(desk, study.show(desk, one).terms) == (proposed.term,)
    assert [(each.state, each.on_desk, each.own) for each in vocabulary.proposals(desk)] == [
        ("kept", 1, True)
    ]
    assert "repair-cafes" in {row.slug for row in vocabulary.tree(desk, "topic")}


def test_a_term_is_proposed_and_put_on_or_neither(desk: Desk, lay: Any) -> None:
    one, decided = lay(1), lay(2, status=Status.APPROVED)
    with pytest.raises(Refused, match="reopen-first"):
        tagging.propose(desk, "topic", "Repair cafés", "", [one, decided])
    assert vocabulary.proposals(desk) == () and study.show(desk, one).terms == ()
    tagging.propose(desk, "topic", "Repair cafés", "", [one])
    assert [term.label for term in study.show(desk, one).terms] == ["Repair cafés"]
    assert [each.on_desk for each in vocabulary.proposals(desk)] == [1]


def test_what_is_there_already_is_not_proposed(desk: Desk) -> None:
    with pytest.raises(Refused, match="theme-label-taken"):
        vocabulary.propose(desk, "topic", "housing AND planning")
    vocabulary.propose(desk, "topic", "Repair cafés")
    with pytest.raises(Refused, match="theme-label-taken"):
        vocabulary.propose(desk, "topic", "Repair cafes")
    with pytest.raises(Refused, match="theme-label-odd"):
        vocabulary.propose(desk, "topic", "  ")


def test_no_check_reads_the_themes_of_a_submission() -> None:
    """So that none need be asked again where the vocabulary changed."""
    room = Path(str(checks.__file__)).parent
    reading = [path.name for path in room.rglob("*.py") if "submission.terms" in path.read_text("utf-8")]
    assert reading == []


def test_what_is_minted_has_the_terms_and_labels_of_today(desk: Desk, lay: Any) -> None:
    stranger = Term("programme", "no-longer-known", "Long gone")
    one = lay(
        1, terms=(STREETS, HOMES, stranger), fields={**plain_submission().fields, "title": answer("A home")}
    )
    becomes(
        desk,
        Merge("topic", "homelessness", "housing-and-planning"),
        Rename("topic", "housing-and-planning", "Homes"),
    )
    minted = minting.preview(desk, study.show(desk, one))
    assert minted.terms == (Term("topic", "housing-and-planning", "Homes"), stranger)
