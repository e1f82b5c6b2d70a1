"""The mirror: what it holds, how it is searched, and that nothing typed into the search can harm it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from html import unescape
from re import sub

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.outbox.invented_studies import WASTE, published
from workbench import outbox
from workbench.catalogue.chain import Link
from workbench.desk import Desk
from workbench.desk.catalogue import browsing
from workbench.errors import SurroundingsFailed, WrongUsage
from workbench.publication import Study, study_from_json, study_to_json
from workbench.search import CatalogueQuery, SearchPage
from workbench.store import looking, mirror
from workbench.words import explain

Hold = Callable[..., None]


def search(desk: Desk, text: str = "", **more: object) -> SearchPage:
    return browsing.search(desk, CatalogueQuery(text=text, **more))  # type: ignore[arg-type]


def titles(page: SearchPage) -> list[str]:
    return [unescape(sub("<[^>]*>", "", hit.title)) for hit in page.hits]


def facet(page: SearchPage, name: str) -> dict[str, int]:
    return {found.label: found.count for found in page.facets if found.facet == name}


def test_a_study_survives_the_way_through_json(hold: Hold, desk: Desk) -> None:
    study = replace(published(1, "Title", "<p>Body</p>", terms=(WASTE,)), withdrawn=True, note="Gone.")
    assert study_from_json(study_to_json(study)) == study
    hold(study)
    assert browsing.study(desk, study.publication.study) == study


def test_an_unknown_study_is_said_so(desk: Desk) -> None:
    with pytest.raises(WrongUsage, match="unknown-study"):
        browsing.study(desk, "00000000-0000-0000-0000-000000000000")


@pytest.mark.usefixtures("four")
class TestSearch:
    def test_everything_newest_first_without_the_withdrawn(self, desk: Desk) -> None:
        page = search(desk)
        assert titles(page) == ["Walking for health", "Borrow, mend, share", "A repair café in every ward"]
        assert page.total == 3
        assert titles(search(desk, withdrawn=True))[0] == "Gone again"

    def test_words_are_found_by_their_beginning_and_without_accents(self, desk: Desk) -> None:
        assert titles(search(desk, "REP cafe", sort="relevance")) == ["A repair café in every ward"]
        assert search(desk, "repair").total == 2
        assert search(desk, "repair walking").total == 0

    def test_the_title_counts_most(self, desk: Desk) -> None:
        assert titles(search(desk, "repair", sort="relevance"))[0] == "A repair café in every ward"

    def test_found_words_are_marked(self, desk: Desk) -> None:
        hits = {hit.title: hit.snippet for hit in search(desk, "repair").hits}
        assert hits["A <mark>repair</mark> café in every ward"] == "58 tonnes <mark>repaired</mark>."
        assert hits["Borrow, mend, share"] == "Monthly <mark>repair</mark> evenings."

    def test_councils_are_found_by_name(self, desk: Desk) -> None:
        assert titles(search(desk, "kent")) == ["Walking for health", "Borrow, mend, share"]

    def test_details_of_people_are_not_searched(self, desk: Desk) -> None:
        assert search(desk, "Secretperson").total == 0

    def test_facets_count_what_they_would_leave(self, desk: Desk) -> None:
        page = search(desk)
        assert facet(page, "topic") == {"Waste and recycling": 2, "Public health": 1}
        assert facet(page, "collection") == {"COVID-19": 1}
        assert facet(page, "region") == {"Yorkshire and the Humber": 2, "South East": 2}
        assert facet(page, "council") == {"Leeds City Council": 2, "Kent County Council": 2}
        assert facet(page, "year") == {"2026": 3}

    def test_values_of_one_facet_add_up_and_of_several_narrow(self, desk: Desk) -> None:
        waste = {"topic": frozenset({"waste"})}
        page = search(desk, facets=waste)
        assert page.total == 2
        assert facet(page, "topic") == {"Waste and recycling": 2, "Public health": 1}
        assert facet(page, "collection") == {"COVID-19": 1}
        assert search(desk, facets={"topic": frozenset({"waste", "health"})}).total == 3
        assert search(desk, facets=waste | {"council": frozenset({"E08000035"})}).total == 1
        assert search(desk, facets=waste | {"year": frozenset({"1999"})}).total == 0

    def test_days_are_included(self, desk: Desk) -> None:
        page = search(desk, published_from=date(2026, 3, 2), published_to=date(2026, 3, 3))
        assert titles(page) == ["Walking for health", "Borrow, mend, share"]

    def test_by_title_and_by_page(self, desk: Desk) -> None:
        everything = titles(search(desk, sort="title"))
        assert everything == sorted(everything, key=str.lower)
        pages = [titles(search(desk, sort="title", limit=1, offset=at)) for at in range(4)]
        assert pages == [[title] for title in everything] + [[]]

    @pytest.mark.parametrize(
        "text",
        [
            '"',
            "'",
            "*",
            "AND",
            "repair AND",
            "NEAR(",
            "title:repair",
            "re-pair",
            "^",
            "(",
            "a\0b",
            "_",
            "%",
            "ª",
            "ﬀ",
        ],
    )
    def test_signs_and_operators_are_only_words(self, desk: Desk, text: str) -> None:
        search(desk, text, sort="relevance")

    def test_only_signs_find_nothing(self, desk: Desk) -> None:
        assert search(desk, "***").total == 0

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
    @given(text=st.text(max_size=30))
    def test_nothing_typed_can_break_the_search(self, desk: Desk, text: str) -> None:
        page = search(desk, text, sort="relevance")
        assert page.total == len(page.hits)


def test_markup_in_a_study_stays_text(hold: Hold, desk: Desk) -> None:
    evil = "Repair <script>alert(1)</script> \x02<mark>\x03 &amp;"
    hold(published(1, evil, "<p>repair &lt;img src=x onerror=y&gt;</p>", summary="<b>repair</b>"))
    for text in ("", "repair"):
        (hit,) = search(desk, text).hits
        for html in (hit.title, hit.snippet):
            assert "<" not in html.replace("<mark>", "").replace("</mark>", "")
            assert html.count("<mark>") == html.count("</mark>")
    (hit,) = search(desk, "repair").hits
    assert hit.title.startswith("<mark>Repair</mark> &lt;script&gt;")


def test_a_newer_version_takes_the_place_of_the_older(hold: Hold, desk: Desk) -> None:
    hold(published(1, "Old words", terms=(WASTE,)))
    hold(replace(published(1, "New words"), version=2, change=9))
    assert search(desk, "old").total == 0
    assert titles(search(desk, "new")) == ["New words"]
    assert facet(search(desk), "topic") == {}


# Following


class Shared:
    """A catalogue to follow, whose connection may break after some pages, and whose studies may arrive torn."""

    name = "there"

    def __init__(
        self,
        studies: Sequence[Study],
        identity: str = "one",
        pages: int = 99,
        history: str = "told",
        torn: Collection[int] = (),
        mended: bool = False,
    ) -> None:
        self._studies = [replace(study, digest=study.publication.digest) for study in studies]
        self._identity, self._pages, self._history, self._torn = identity, pages, history, torn
        self._mended = mended

    def identity(self) -> str:
        return self._identity

    def last_change(self) -> int:
        return max((study.change for study in self._studies), default=0)

    def head(self) -> Link:
        return Link(self.last_change(), self._history)

    def had(self, link: Link) -> bool:
        return not link.change or (link.head == self._history and link.change <= self.last_change())

    def changes(self, since: int, limit: int) -> Iterator[Study]:
        if not self._pages:
            raise SurroundingsFailed("catalogue-lost", host="there", reason="cut")
        self._pages -= 1
        newer = sorted(
            (study for study in self._studies if study.change > since), key=lambda study: study.change
        )
        return iter([self._as_it_arrives(study) for study in newer[:limit]])

    def live(self, uuids: Sequence[str]) -> dict[str, Study]:
        found = {
            study.publication.study: study for study in self._studies if study.publication.study in uuids
        }
        return {uuid: study if self._mended else self._as_it_arrives(study) for uuid, study in found.items()}

    def _as_it_arrives(self, study: Study) -> Study:
        if study.change not in self._torn:
            return study
        return replace(study, publication=replace(study.publication, summary="Torn on the way"))


def follow(desk: Desk, shared: Shared) -> int:
    return outbox.follow(desk.store, shared, desk.clock)  # type: ignore[arg-type]


STUDIES = [published(number, f"Study {number}") for number in range(1, 10)]


def test_only_what_changed_is_pulled(desk: Desk) -> None:
    assert follow(desk, Shared(STUDIES)) == 9
    assert follow(desk, Shared(STUDIES)) == 0
    assert follow(desk, Shared([*STUDIES, replace(STUDIES[0], version=2, change=10)])) == 1
    assert search(desk).pulled_at is not None


def test_an_interrupted_pull_goes_on_where_it_stopped(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "PAGE", 4)
    with pytest.raises(SurroundingsFailed):
        follow(desk, Shared(STUDIES, pages=1))
    assert search(desk).total == 4
    assert search(desk).pulled_at is None, "it has not caught up"
    assert follow(desk, Shared(STUDIES)) == 5
    assert search(desk).total == 9


def test_another_catalogue_is_followed_from_its_beginning(desk: Desk) -> None:
    follow(desk, Shared(STUDIES))
    assert follow(desk, Shared(STUDIES[:2], identity="another")) == 2
    assert search(desk).total == 2
    assert search(desk, "study").total == 2


@pytest.mark.parametrize(
    "shared",
    [Shared(STUDIES[:2]), Shared(STUDIES[:2], history="retold"), Shared(STUDIES, history="retold")],
    ids=["set back", "set back and rewritten", "rewritten"],
)
def test_a_rewritten_history_is_told_once_and_followed_from_its_beginning(desk: Desk, shared: Shared) -> None:
    follow(desk, Shared(STUDIES))
    with pytest.raises(SurroundingsFailed, match="catalogue-rewritten") as told:
        follow(desk, shared)
    assert "up to change 9" in explain(told.value)
    assert search(desk).total == len(list(shared.changes(0, 99)))
    assert follow(desk, shared) == 0


def test_a_study_torn_on_the_way_is_asked_for_again(desk: Desk) -> None:
    assert follow(desk, Shared(STUDIES, torn=[3, 4], mended=True)) == 9
    assert search(desk).total == 9 and search(desk, "torn").total == 0


def test_a_study_that_stays_torn_is_told_and_never_taken(desk: Desk) -> None:
    follow(desk, Shared(STUDIES[:3]))
    newer = [replace(published(3, "Newer study 3"), version=2, change=10), *STUDIES[3:]]
    with pytest.raises(SurroundingsFailed, match="catalogue-torn") as told:
        follow(desk, Shared([*STUDIES[:2], *newer], torn=[4, 10]))
    assert "“Study 4”" in explain(told.value) and "“Newer study 3”" in explain(told.value)
    assert search(desk, "torn").total == 0
    assert titles(search(desk, "study 3")) == ["Study 3"], "what the mirror held stays"
    assert search(desk).total == 8
    with pytest.raises(SurroundingsFailed, match="catalogue-torn"):
        follow(desk, Shared([*STUDIES[:2], *newer], torn=[4, 10]))
    assert follow(desk, Shared([*STUDIES[:2], *newer])) == 0
    assert titles(search(desk, "study 3")) == ["Newer study 3"] and search(desk).total == 9


def test_a_page_is_taken_whole_or_not_at_all(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr(mirror, "set_place", fail)
        with pytest.raises(RuntimeError), desk.store.writing() as connection:
            mirror.take(connection, STUDIES)
            mirror.set_place(connection, mirror.Place("one", 9))
    assert search(desk).total == 0
    assert follow(desk, Shared(STUDIES)) == 9


@pytest.mark.parametrize("many", [1, 4, 1000])
def test_pages_side_by_side_hold_every_found_study_once(
    hold: Hold, desk: Desk, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    monkeypatch.setattr(looking, "_MANY", many)
    hold(*(published(n, "Bins" if n % 3 else "Other", "<p>Bins and more bins.</p>") for n in range(1, 12)))
    pages = [search(desk, "bin", sort="relevance", limit=3, offset=at) for at in range(0, 12, 3)]
    found = [hit.study for page in pages for hit in page.hits]
    assert len(found) == len(set(found)) == pages[0].total == 11
    assert [title for page in pages for title in titles(page)] == ["Bins"] * 8 + ["Other"] * 3
