"""A desk follows the vocabulary of its catalogue: at first contact, with each change, when one is taken back."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.unit.desk.conftest import lay_on
from workbench import catalogue
from workbench.catalogue import open_catalogue
from workbench.desk import Desk, history, open_desk, study
from workbench.desk.catalogue import publishing
from workbench.desk.themes import tagging, vocabulary
from workbench.desk.themes.vocabulary import Merge, Rename, Split
from workbench.submission import Status, Term

HOMES = Term("topic", "housing-and-planning", "Housing and planning")
STREETS = Term("topic", "homelessness", "Homelessness")
WASTE = Term("topic", "waste-and-recycling", "Waste and recycling")
DAY = date(2028, 3, 2)
MERGE = Merge("topic", "homelessness", "housing-and-planning")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("catalogue") / "template.sqlite"
    catalogue.init(f"sqlite:///{path}")
    return path


@pytest.fixture
def address(tmp_path: Path, template: Path) -> str:
    return f"sqlite:///{shutil.copy(template, tmp_path / 'shared.sqlite')}"


@pytest.fixture
def ada(tmp_path: Path, address: str) -> Iterator[Desk]:
    with open_desk(tmp_path / "ada", who="Ada", catalogue=address) as desk:
        yield desk


def change(address: str, *changes: vocabulary.Change) -> int:
    """A colleague changes the vocabulary; the number of the last change."""
    with open_catalogue(address) as shared:
        return [shared.change_vocabulary(each, "", "Bob").number for each in changes][-1]


def take_back(address: str, number: int) -> None:
    with open_catalogue(address) as shared:
        shared.undo_change(number, "", "Bob")


def labels(desk: Desk, submission: str) -> set[str]:
    return {term.label for term in study.show(desk, submission).terms}


def test_the_first_contact_brings_everything_up_to_the_catalogue_in_one_step(ada: Desk, address: str) -> None:
    one, other = lay_on(ada, 1, terms=(STREETS, WASTE)), lay_on(ada, 2, terms=(WASTE,))
    change(address, Rename("topic", "housing-and-planning", "Homes"), MERGE)
    publishing.pull(ada)
    assert labels(ada, one) == {"Homes", "Waste and recycling"}
    assert labels(ada, other) == {"Waste and recycling"}
    (newest, *_) = history.entries(ada)
    assert newest.said == "The themes of “Repair café number 1” are those of the catalogue now."
    history.undo(ada)
    assert study.show(ada, one).terms == (STREETS, WASTE)


def test_each_change_is_a_step_and_a_pull_that_brings_none_takes_none(ada: Desk, address: str) -> None:
    one = lay_on(ada, 1, terms=(STREETS,))
    publishing.pull(ada)
    before = history.last(ada)
    change(address, Rename("topic", "homelessness", "Rough sleeping"), MERGE)
    publishing.pull(ada)
    said = [step.said for step in reversed(history.since(ada, before))]
    assert said == [
        "The theme “Homelessness” is now called “Rough sleeping”, on “Repair café number 1” too.",
        "The theme “Rough sleeping” is now part of “Housing and planning”; “Repair café number 1” went along.",
    ]
    publishing.pull(ada)
    assert len(history.since(ada, before)) == 2
    assert labels(ada, one) == {"Housing and planning"}


def test_a_study_that_has_both_keeps_one_and_gets_both_back(ada: Desk, address: str) -> None:
    one = lay_on(ada, 1, terms=(STREETS, HOMES))
    publishing.pull(ada)
    number = change(address, MERGE)
    publishing.pull(ada)
    assert study.show(ada, one).terms == (HOMES,)
    take_back(address, number)
    publishing.pull(ada)
    assert set(study.show(ada, one).terms) == {STREETS, HOMES}


def test_what_was_worked_on_since_is_left_when_a_change_is_taken_back(ada: Desk, address: str) -> None:
    touched, untouched = lay_on(ada, 1, terms=(STREETS,)), lay_on(ada, 2, terms=(STREETS,))
    publishing.pull(ada)
    number = change(address, MERGE)
    publishing.pull(ada)
    tagging.tag(ada, [touched], add=[WASTE], remove=[HOMES])
    take_back(address, number)
    publishing.pull(ada)
    assert labels(ada, touched) == {"Waste and recycling"}
    assert labels(ada, untouched) == {"Homelessness"}
    take_back_of_step = history.entries(ada)[0]
    assert take_back_of_step.said.startswith(
        "Taken back in the catalogue, and here: The theme “Homelessness”"
    )


def test_whatever_became_of_a_submission_it_follows_and_can_go_back(ada: Desk, address: str) -> None:
    laid = {
        status: lay_on(ada, number, terms=(STREETS,), status=status) for number, status in enumerate(Status)
    }
    publishing.pull(ada)
    change(address, MERGE)
    publishing.pull(ada)
    for terms, step in (((HOMES,), history.undo), ((STREETS,), history.redo), ((HOMES,), None)):
        for status, one in laid.items():
            assert (study.show(ada, one).terms, study.show(ada, one).status) == (terms, status)
        if step is not None:
            step(ada)


def test_a_split_goes_by_what_was_chosen_for_the_study(ada: Desk, address: str) -> None:
    one, other = lay_on(ada, 1, terms=(STREETS,)), lay_on(ada, 2, terms=(STREETS,))
    publishing.pull(ada)
    chosen = {study.show(ada, other).study: ("waste-and-recycling",)}
    change(address, Split("topic", "homelessness", ("housing-and-planning", "waste-and-recycling"), chosen))
    publishing.pull(ada)
    assert (labels(ada, one), labels(ada, other)) == ({"Housing and planning"}, {"Waste and recycling"})
    assert "look whether 2 submissions stand under the right one" in history.entries(ada)[0].said


def test_another_catalogue_is_begun_anew_and_gets_what_was_proposed(
    ada: Desk, address: str, tmp_path: Path
) -> None:
    publishing.pull(ada)
    vocabulary.propose(ada, "topic", "Repair cafés")
    publishing.pull(ada)
    assert [one.state for one in vocabulary.proposals(ada)] == ["sent"]
    elsewhere = f"sqlite:///{tmp_path / 'elsewhere.sqlite'}"
    catalogue.init(elsewhere)
    change(elsewhere, Rename("topic", "arts", "The arts"))
    ada.catalogue_url = elsewhere
    publishing.pull(ada)
    assert ada.vocabulary.by_term["topic", "arts"].label == "The arts"
    with open_catalogue(elsewhere) as shared:
        assert [one.theme.label for one in shared.term_proposals()] == ["Repair cafés"]


def test_a_proposal_that_somebody_forestalled_is_settled_with_what_is_there(ada: Desk, address: str) -> None:
    proposed = vocabulary.propose(ada, "topic", "Repair cafés")
    one = lay_on(ada, 1, terms=(proposed.term,))
    with open_catalogue(address) as shared:
        theme = vocabulary.Theme("topic", "mending", "Repair Cafés")
        shared.change_vocabulary(vocabulary.Add(theme), "", "Bob")
    publishing.pull(ada)
    assert study.show(ada, one).terms == (Term("topic", "mending", "Repair Cafés"),)
    (row,) = vocabulary.proposals(ada, settled=True)
    assert (row.state, row.became) == ("replaced", Term("topic", "mending", "Repair Cafés"))


def test_what_is_published_meanwhile_goes_without_a_proposed_term(ada: Desk) -> None:
    proposed = vocabulary.propose(ada, "topic", "Repair cafés")
    one = lay_on(ada, 1, terms=(proposed.term, WASTE), status=Status.APPROVED, pictures=(), review_on=DAY)
    said = publishing.queue(ada, [one]).said
    assert said.endswith("The proposed theme “Repair cafés” is not taken in yet: it is published without it.")
    assert [outcome.result for outcome in publishing.publish(ada)] == ["published"]
    vocabulary.accept(ada, proposed.id, label="Repair and reuse")
    assert labels(ada, one) == {"Repair and reuse", "Waste and recycling"}
    with open_catalogue(ada.catalogue_url) as shared:
        assert [published.terms for published in shared.studies()] == [(WASTE,)]


def test_a_declined_term_is_gone_from_the_desk_and_can_be_kept_by_undo(ada: Desk, address: str) -> None:
    proposed = vocabulary.propose(ada, "topic", "Repair cafés")
    one = lay_on(ada, 1, terms=(proposed.term, WASTE))
    publishing.pull(ada)
    vocabulary.decline(ada, proposed.id, "Too narrow.")
    assert study.show(ada, one).terms == (WASTE,)
    assert history.entries(ada)[0].said.endswith("is gone from “Repair café number 1”: Too narrow.")
    assert vocabulary.proposals(ada) == ()
