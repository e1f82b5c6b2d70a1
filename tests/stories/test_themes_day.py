"""The vocabulary changes while work goes on: by the command, with two desks at one catalogue."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from tests.catalogue.conftest import databases, postgres, sqlite_template, url  # noqa: F401
from tests.catalogue.given import lay
from workbench.catalogue import Catalogue, open_catalogue
from workbench.cli import main
from workbench.desk import history, open_desk, study
from workbench.desk.catalogue import minting, publishing
from workbench.errors import Refused
from workbench.publication import Study
from workbench.submission import Status, Term

STREETS = Term("topic", "homelessness", "Homelessness")
HOMES = Term("topic", "housing-and-planning", "Housing and planning")
WASTE = Term("topic", "waste-and-recycling", "Waste and recycling")
NOWHERE = "postgresql://127.0.0.1:1/nowhere"


@dataclass
class Person:
    """Somebody with a desk of their own, at the command."""

    folder: Path
    catalogue: str
    capsys: pytest.CaptureFixture[str]

    def run(self, *words: str, expect: int = 0) -> str:
        self.capsys.readouterr()
        status = main(["--workspace", str(self.folder), "--catalogue", self.catalogue, *words])
        out, err = self.capsys.readouterr()
        assert status == expect, (words, out, err)
        return f"{out}{err}"

    def rows(self, *words: str) -> list[dict[str, Any]]:
        self.capsys.readouterr()
        assert main(["--workspace", str(self.folder), "--catalogue", self.catalogue, *words, "--json"]) == 0
        return [json.loads(line) for line in self.capsys.readouterr().out.splitlines()]

    def lay(self, number: int, terms: Sequence[Term], **changes: Any) -> str:
        with open_desk(self.folder, who=self.folder.name, catalogue=self.catalogue) as desk:
            return lay(desk, number, terms=tuple(terms), **changes)

    def terms(self, submission: str) -> set[str]:
        with open_desk(self.folder, catalogue=self.catalogue) as desk:
            return {term.label for term in study.show(desk, submission).terms}


Staff = Callable[..., Person]


@pytest.fixture
def staff(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Staff:
    """`staff("ada", address)` has a desk at the catalogue of that address."""
    return lambda name, catalogue: Person(tmp_path / name, catalogue, capsys)


@pytest.fixture
def alone(sqlite_template: Path, tmp_path: Path) -> str:  # noqa: F811
    """The address of a catalogue in a file."""
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'shared.sqlite')}"


def standing(address: str) -> list[Study]:
    """Every study as the catalogue has it, but for which change was its last."""
    with open_catalogue(address) as shared:
        found = [replace(one, change=0) for one in shared.studies()]
    return sorted(found, key=lambda one: one.publication.study)


def found(person: Person, topic: str) -> int:
    return len(person.rows("search", "--topic", topic))


def test_two_themes_are_merged_desks_follow_and_undo_restores_every_study(staff: Staff, url: str) -> None:  # noqa: F811
    ada, bob = staff("ada", url), staff("bob", url)
    for number, terms in enumerate(([STREETS], [STREETS, HOMES], [HOMES, WASTE], [WASTE]), 1):
        ada.lay(number, terms)
    ada.run("publish", "--all-approved")
    open_work = bob.lay(11, [STREETS, WASTE], status=Status.IN_REVIEW)
    approved = bob.lay(12, [STREETS])
    queued = bob.lay(13, [STREETS])
    with open_desk(bob.folder, catalogue=url) as desk:
        publishing.queue(desk, [queued])
    bob.run("pull")
    before = standing(url)

    (foreseen,) = ada.rows("themes", "merge", "homelessness", "housing-and-planning", "--dry-run")
    assert "will be part of “Housing and planning”. 2 published studies follow." in foreseen["said"]
    assert {(len(one["before"]), len(one["after"])) for one in foreseen["studies"]} == {(1, 1), (2, 1)}
    assert standing(url) == before, "a preview changes nothing"

    said = ada.run("themes", "merge", "homelessness", "housing-and-planning", "--reason", "Filed together")
    assert "“Homelessness” is now part of “Housing and planning”. 2 published studies follow." in said
    assert "4 submissions" not in said
    after = standing(url)
    assert [one.publication for one in after] == [one.publication for one in before], (
        "what was published stays"
    )
    assert (found(ada, "homelessness"), found(ada, "housing-and-planning")) == (0, 3)

    said = bob.run("pull")
    assert "is now part of “Housing and planning”; 3 submissions went along" in said
    assert bob.terms(open_work) == {"Housing and planning", "Waste and recycling"}
    assert bob.terms(approved) == bob.terms(queued) == {"Housing and planning"}
    assert found(bob, "housing-and-planning") == 3
    (change,) = ada.rows("themes", "changes")
    assert (change["studies"], change["reason"], change["undone_by"]) == (2, "Filed together", None)

    (foreseen,) = ada.rows("themes", "undo", str(change["number"]), "--dry-run")
    assert len(foreseen["studies"]) == 2 and foreseen["staying"] == []
    ada.run("themes", "undo", str(change["number"]), "--reason", "Too soon")
    assert standing(url) == before, "every study is filed as it was"
    said = bob.run("pull")
    assert "Taken back in the catalogue" in said
    assert bob.terms(open_work) == {"Homelessness", "Waste and recycling"}
    assert bob.terms(approved) == {"Homelessness"}
    assert (found(bob, "homelessness"), found(bob, "housing-and-planning")) == (2, 2)


def test_what_waited_in_the_outbox_stands_under_the_successor_everywhere(
    staff: Staff, alone: str, tmp_path: Path
) -> None:
    ada, bob = staff("ada", alone), staff("bob", alone)
    queued = bob.lay(1, [STREETS])
    with open_desk(bob.folder, catalogue=alone) as desk:
        publishing.queue(desk, [queued])
        (frozen,) = publishing.outbox(desk)
    ada.run("themes", "merge", "homelessness", "housing-and-planning")
    ada.run("themes", "rename", "housing-and-planning", "Homes")
    (row,) = bob.rows("publish")[:1]
    assert (row["publication"], row["result"]) == (frozen.publication, "published")
    (live,) = standing(alone)
    assert [term.slug for term in live.publication.terms] == ["homelessness"], (
        "what was queued is sent as it was"
    )
    assert [term.label for term in live.terms] == ["Homes"]
    assert bob.terms(queued) == {"Homes"}
    assert found(bob, "housing-and-planning") == 1
    bob.run("export", "json", str(tmp_path / "out"))
    told = "".join(path.read_text("utf-8") for path in (tmp_path / "out").rglob("*.json"))
    assert "Homes" in told and "homelessness" not in told.lower()
    bob.run("export", "website", str(tmp_path / "site"))
    pages = [path.read_text("utf-8") for path in (tmp_path / "site").rglob("*.html")]
    told = [page for page in pages if "Repair café number 1" in page]
    assert told and all("Homes" in page and "Homelessness" not in page for page in told)


def test_a_step_that_followed_the_vocabulary_is_taken_back_like_any_other(staff: Staff, alone: str) -> None:
    ada = staff("ada", alone)
    approved, open_work = ada.lay(1, [STREETS]), ada.lay(2, [STREETS], status=Status.IN_REVIEW)
    ada.run("pull")
    said = ada.run("themes", "merge", "homelessness", "housing-and-planning")
    assert "2 submissions on this desk follow." in said
    with open_desk(ada.folder, catalogue=alone) as desk:
        history.undo(desk)
        for one in (approved, open_work):
            assert study.show(desk, one).terms == (STREETS,)
            assert minting.preview(desk, study.show(desk, one)).terms == (HOMES,), "readers meet today's"
    ada.run("pull")
    assert ada.terms(approved) == {"Homelessness"}, "it is not done again behind the editor's back"


def test_one_person_alone_changes_everything_of_a_theme(staff: Staff, alone: str) -> None:
    ada = staff("ada", alone)
    work = [ada.lay(number, [STREETS]) for number in (1, 2)]
    ada.run("publish", "--all-approved")
    said = ada.run(
        "themes", "add", "topic", "Rough sleeping", "--parent", "housing-and-planning", "--cue", "awnings"
    )
    assert said.startswith("“Rough sleeping” is a new theme.")
    ada.run(
        "themes", "add", "topic", "Temporary homes", "--slug", "temporary", "--note", "Until there is another"
    )
    ada.run("themes", "amend", "temporary", "--alias", "Hostels", "--page-title", "Homes for now")
    ada.run("themes", "move", "temporary", "housing-and-planning")
    (row,) = [one for one in ada.rows("themes", "tree", "topic") if one["slug"] == "temporary"]
    assert (row["depth"], row["aliases"], row["scope_note"]) == (1, ["Hostels"], "Until there is another")
    assert [one["slug"] for one in ada.rows("themes", "list", "awnings")] == ["rough-sleeping"]

    with open_catalogue(alone) as shared:
        first, second = [one.publication.study for one in shared.studies()]
    split = (
        "themes",
        "split",
        "homelessness",
        "rough-sleeping",
        "temporary",
        "--choose",
        f"{second}=temporary",
    )
    (foreseen,) = ada.rows(*split, "--dry-run")
    assert foreseen["said"].startswith(
        "“Homelessness” will be split into “Rough sleeping”, “Temporary homes”."
    )
    ada.run(*split)
    filed = {one.publication.study: [term.slug for term in one.terms] for one in standing(alone)}
    assert filed == {first: ["rough-sleeping"], second: ["temporary"]}
    assert [ada.terms(one) for one in work] == [{"Rough sleeping"}, {"Temporary homes"}]

    ada.run("themes", "retire", "temporary")
    assert "temporary" not in {row["slug"] for row in ada.rows("themes", "list")}
    assert "is not offered any more" in ada.run("tag", work[0], "--add", "temporary", expect=1)
    ada.run("themes", "restore", "temporary")
    assert "stands below it" in ada.run("themes", "move", "housing-and-planning", "temporary", expect=1)
    assert ada.run("themes", "merge", "no-such", "arts", expect=2)
    assert ada.run("themes", "merge", "homelessness", "support_type:housing-and-planning", expect=2)
    told = [row["said"] for row in ada.rows("themes", "changes")]
    assert told[:2] == ["“Temporary homes” is offered again.", "“Temporary homes” is not offered any more."]
    assert told[2] == "“Homelessness” was split into “Rough sleeping”, “Temporary homes”."
    (used,) = [one for one in ada.rows("themes", "usage")[0]["themes"] if one["term"]["slug"] == "temporary"]
    assert used["published"] == 1


def test_a_term_is_proposed_offline_one_is_accepted_and_one_declined(staff: Staff, url: str) -> None:  # noqa: F811
    ada, away, bob = staff("ada", url), staff("bob", NOWHERE), staff("bob", url)
    ada.run("pull")
    repair = away.lay(1, [WASTE], status=Status.IN_REVIEW)
    said = away.run("themes", "propose", "topic", "Repair cafés", "--parent", "waste-and-recycling")
    assert "Kept “Repair cafés” (repair-cafes)" in said
    away.run("themes", "propose", "topic", "Mending", "--reason", "Asked for")
    away.run("tag", repair, "--add", "repair-cafes", "--add", "mending")
    assert away.terms(repair) == {"Waste and recycling", "Repair cafés", "Mending"}
    refused = away.run("themes", "retire", "arts", expect=3)
    assert "cannot be reached" in refused
    assert [row["state"] for row in away.rows("themes", "proposals")] == ["kept", "kept"]

    bob.run("pull")
    waiting = {row["term"]["label"]: row for row in ada.rows("themes", "proposals")}
    assert waiting["Mending"]["reason"] == "Asked for" and not waiting["Mending"]["own"]
    ada.run("themes", "accept", waiting["Repair cafés"]["id"], "--as", "Repair and reuse")
    ada.run("themes", "decline", waiting["Mending"]["id"], "--instead", "communities", "--reason", "Covered")
    assert ada.rows("themes", "proposals") == []

    said = bob.run("pull")
    assert "was taken in as “Repair and reuse”" in said and "“Communities” stands for it" in said
    assert bob.terms(repair) == {"Waste and recycling", "Repair and reuse", "Communities"}
    states = {row["term"]["label"]: row["state"] for row in bob.rows("themes", "proposals", "--all")}
    assert states == {"Repair cafés": "accepted", "Mending": "replaced"}
    assert "repair-cafes" in {row["slug"] for row in bob.rows("themes", "tree", "topic")}


def test_a_catalogue_put_back_to_an_earlier_day_is_followed_from_there(staff: Staff, alone: str) -> None:
    ada, bob = staff("ada", alone), staff("bob", alone)
    kept, stands = Path(alone.removeprefix("sqlite:///")), ada.folder.parent / "backup.sqlite"
    ada.lay(1, [WASTE])
    ada.run("publish", "--all-approved")
    shutil.copy(kept, stands)
    mine = bob.lay(11, [WASTE])
    ada.run("themes", "rename", "waste-and-recycling", "Bins")
    bob.run("pull")
    assert bob.terms(mine) == {"Bins"}

    shutil.copy(stands, kept)
    for person in (ada, bob):
        assert "put back to an earlier state" in person.run("pull", expect=3)
    assert bob.terms(mine) == {"Waste and recycling"}
    ada.run("themes", "rename", "waste-and-recycling", "Rubbish")
    bob.run("pull")
    assert bob.terms(mine) == {"Rubbish"}
    assert not [row for row in bob.rows("themes", "list", "--all") if row["label"] == "Bins"]


def test_a_term_proposed_below_one_that_is_merged_meanwhile_can_be_taken_in(staff: Staff, alone: str) -> None:
    ada, away, bob = staff("ada", alone), staff("bob", NOWHERE), staff("bob", alone)
    bob.run("pull")
    bob.run("themes", "propose", "topic", "Mending", "--parent", "waste-and-recycling")
    away.run("themes", "propose", "topic", "Repair cafés", "--parent", "waste-and-recycling")
    repair = bob.lay(1, [Term("topic", "repair-cafes", "Repair cafés")])
    ada.run("themes", "merge", "waste-and-recycling", "housing-and-planning")
    bob.run("pull")
    for row in ada.rows("themes", "proposals"):
        ada.run("themes", "accept", row["id"])
    bob.run("pull")
    assert bob.terms(repair) == {"Repair cafés"}
    parents = {row["slug"]: row["parent"] for row in bob.rows("themes", "list")}
    assert parents["repair-cafes"] == parents["mending"] == "housing-and-planning"


def test_what_is_accepted_while_a_desk_listens_is_lost_on_no_study(
    staff: Staff, alone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    bob = staff("bob", alone)
    bob.run("themes", "propose", "topic", "Repair cafés")
    repair = bob.lay(1, [Term("topic", "repair-cafes", "Repair cafés")])
    (waiting,) = bob.rows("themes", "proposals")
    listen = Catalogue.term_proposals

    def accepted_meanwhile(shared: Catalogue, *, settled: bool = False) -> Any:
        with suppress(Refused), open_catalogue(alone) as other:
            other.accept_term(waiting["id"], "ada")
        return listen(shared, settled=settled)

    monkeypatch.setattr(Catalogue, "term_proposals", accepted_meanwhile)
    for _ in range(2):
        bob.run("pull")
        assert bob.terms(repair) == {"Repair cafés"}


def test_what_was_tagged_after_a_rename_is_called_as_before_when_that_is_taken_back(
    staff: Staff, alone: str
) -> None:
    ada = staff("ada", alone)
    ada.run("themes", "rename", "waste-and-recycling", "Bins")
    late = ada.lay(1, [replace(WASTE, label="Bins")])
    (done,) = ada.rows("themes", "changes")
    ada.run("themes", "undo", str(done["number"]))
    assert ada.terms(late) == {"Waste and recycling"}
