"""SQLite and PostgreSQL file studies alike, whatever is published, withdrawn, changed and taken back in any order."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid5

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.catalogue.given import SPACE, assets, publication
from workbench.catalogue import Catalogue, open_catalogue
from workbench.errors import Refused
from workbench.publication import Publication
from workbench.submission import Term
from workbench.themes import Theme
from workbench.themes.changes import Add, Change, Merge, Rename, Retire, Split
from workbench.themes.vocabulary import GONE

LETTERS = "abcd"
STUDIES = ("one", "two", "three")


@dataclass(frozen=True)
class Published:
    study: str
    letters: tuple[str, ...]


@dataclass(frozen=True)
class Withdrawn:
    study: str


@dataclass(frozen=True)
class Done:
    """A change by its name, of which letter, into which."""

    name: str
    letter: str
    into: tuple[str, ...]


@dataclass(frozen=True)
class TakenBack:
    """The change that many before."""

    back: int


letters = st.lists(st.sampled_from(LETTERS), unique=True, max_size=3).map(tuple)
steps = st.one_of(
    st.builds(Published, st.sampled_from(STUDIES), letters),
    st.builds(Withdrawn, st.sampled_from(STUDIES)),
    st.builds(
        Done,
        st.sampled_from(("merge", "merge", "split", "rename", "retire")),
        st.sampled_from(LETTERS),
        st.lists(st.sampled_from(LETTERS), unique=True, min_size=2, max_size=2).map(tuple),
    ),
    st.builds(TakenBack, st.integers(0, 3)),
)
lives = itertools.count(1)


@pytest.fixture(scope="module")
def both(postgres: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Catalogue, Catalogue]]:
    file = f"sqlite:///{tmp_path_factory.mktemp('parity') / 'own.sqlite'}"
    with open_catalogue(file, create=True) as embedded, open_catalogue(postgres.made()) as server:
        yield embedded, server


class Life:
    """One run of the test on one catalogue, with terms and studies of its own."""

    def __init__(self, shared: Catalogue, number: int) -> None:
        self.shared, self.number = shared, number
        self.made: list[int] = []
        self.sent = 0
        for letter in LETTERS:
            theme = Theme("topic", self.slug(letter), f"{letter.upper()} {number}")
            shared.change_vocabulary(Add(theme), "", "ada")

    def slug(self, letter: str) -> str:
        return f"{letter}-{self.number}"

    def uuid(self, study: str) -> str:
        return str(uuid5(SPACE, f"{study} {self.number}"))

    def live(self, study: str) -> Any:
        return self.shared.live([self.uuid(study)]).get(self.uuid(study))

    def do(self, step: Any) -> Any:
        try:
            return self._done(step)
        except Refused as refusal:
            return refusal.code

    def _done(self, step: Any) -> Any:
        match step:
            case Published():
                return [each.result for each in self.shared.publish([self._publication(step)], assets, "ada")]
            case Withdrawn():
                version = getattr(self.live(step.study), "version", 0)
                return self.shared.withdraw(self.uuid(step.study), version, "", "", "ada").result
            case Done():
                return self._told(self.shared.change_vocabulary(self._change(step), "", "ada"))
            case _:
                if len(self.made) <= step.back:
                    return None
                return self._told(self.shared.undo_change(self.made[-1 - step.back], "", "ada"))

    def _told(self, amended: Any) -> int:
        self.made.append(amended.number)
        return amended.studies

    def _publication(self, step: Published) -> Publication:
        self.sent += 1
        name = f"{step.study} {self.number}"
        return publication(
            name,
            uuid=str(uuid5(SPACE, f"{name} {self.sent}")),
            study=self.uuid(step.study),
            slug=f"{step.study}-{self.number}",
            base_version=getattr(self.live(step.study), "version", 0),
            revives=True,
            summary=str(self.sent),
            terms=tuple(Term("topic", self.slug(each), each) for each in step.letters),
        )

    def _change(self, step: Done) -> Change:
        slug, into = self.slug(step.letter), tuple(map(self.slug, step.into))
        match step.name:
            case "merge":
                return Merge("topic", slug, into[0])
            case "split":
                return Split("topic", slug, into, {self.uuid("two"): into[1:]})
            case "rename":
                return Rename("topic", slug, f"Name {len(self.made)} {self.number}")
            case _:
                return Retire("topic", slug)

    def stands(self) -> list[Any]:
        """What readers see of the terms and studies of this life."""
        themes = self.shared.vocabulary().themes
        ours = [each for each in themes if each.slug.endswith(f"-{self.number}")]
        return [ours, [(each and each.terms, each and each.withdrawn) for each in map(self.live, STUDIES)]]


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(steps, min_size=4, max_size=9))
def test_both_databases_file_alike(both: tuple[Catalogue, Catalogue], done: list[Any]) -> None:
    number = next(lives)
    embedded, server = (Life(shared, number) for shared in both)
    for step in done:
        assert embedded.do(step) == server.do(step), step
        assert embedded.stands() == server.stands(), step
    themes, filed = embedded.stands()
    gone = {each.slug for each in themes if each.status in GONE}
    for terms, _ in filed:
        slugs = [term.slug for term in terms or ()]
        assert len(slugs) == len(set(slugs)) and gone.isdisjoint(slugs)


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(steps, max_size=5),
    st.lists(steps.filter(lambda step: isinstance(step, Done)), min_size=1, max_size=3),
)
def test_changes_taken_back_from_the_last_leave_every_study_as_it_was(
    both: tuple[Catalogue, Catalogue], before: list[Any], done: list[Any]
) -> None:
    life = Life(both[0], next(lives))
    for step in before:
        life.do(step)
    was, made = life.stands(), len(life.made)
    for step in done:
        life.do(step)
    for number in reversed(life.made[made:]):
        life.shared.undo_change(number, "", "ada")
    assert life.stands() == was
