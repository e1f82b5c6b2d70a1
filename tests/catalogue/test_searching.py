"""The catalogue finds what the desk's own search finds, on either database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from tests.catalogue.given import publication, send
from workbench import outbox
from workbench.catalogue import Catalogue, open_catalogue
from workbench.desk import Desk, open_desk
from workbench.desk.catalogue import browsing
from workbench.publication import Publication, PublishedField
from workbench.search import CatalogueQuery
from workbench.submission import Authority

TEXTS = {
    "cafe": ("Repair café in every ward", "Residents mend what they own.", "<p>58% less, £1.2m saved.</p>"),
    "reuse": ("Re-use before recycling", "Dim ond unwaith.", "<p>Reuse: a <strong>re</strong>pair.</p>"),
    "wales": ("Dŵr a thŷ ym Môn", "Llŷn, Ynys Môn a Phwllheli", "<p>Gŵyl ddŵr yng Nghaernarfon</p>"),
    "list": (
        "The council’s own words",
        "It didn't wait",
        "<ul><li>One</li><li>two bins</li></ul><p>cafés</p>",
    ),
    "table": (
        "COVID-19 and after",
        "",
        "<table><tbody><tr><td>bins</td><td>11,500</td></tr></tbody></table>",
    ),
    "marks": ("Q&amp;A on CO2", "R&D < 5", "<p>CO<sub>2</sub> &amp; heat&lt;pump</p><p>H<sup>2</sup></p>"),
    "ends": ("Ends with library", "opening hours and more", "<p>Art in parks</p><p>and libraries</p>"),
    "east": ("Straße, Øresund, Łódź", "Ελληνικά ΚΑΙ привет МИР", "<p>naïve façade coöperate</p>"),
    "quiet": ("Quiet streets", "Nothing of note", "<p>“Quoted” – and—dashed… words/with/slashes e-mail</p>"),
    "numbers": ("3,000 homes by 2030", "1.5°C", "<p>24/7, 0800 123 456, v2.0, 1e5 and 2nd</p>"),
}

TYPED = (
    *("cafe", "café", "CAFÉS", "caf", "repair", "rep", "re-pair", "re-use", "reuse", "re use", '"re use"'),
    *("dwr", "dŵr", "Môn", "mon", "ynys mon", '"ynys mon"', '"mon ynys"', "gŵyl", "thy", "llyn"),
    *(
        "council's",
        "council’s",
        "councils",
        "didn't",
        "didnt",
        "didn",
        "don't",
        "covid",
        "covid-19",
        "covid19",
    ),
    *("58%", "58", "£1.2m", "1.2m", "1.2", "11,500", "11500", "3,000", "£", "%", "1.5", "24/7", "0800", "v2"),
    *(
        "2030",
        "20",
        "1e5",
        "2nd",
        "2",
        "co2",
        "CO2 heat",
        "heat pump",
        "heat<pump",
        "R&D",
        "q&a",
        "&amp;",
        "amp",
    ),
    *(
        "art",
        '"art"',
        '"art in parks"',
        '"parks and"',
        '"and libraries"',
        "parks libraries",
        "librar",
        '"librar"',
    ),
    *("library opening", '"library opening"', "one two", '"one two"', "two bins", '"bins 11"', "bins 11,500"),
    *("leeds", "leeds council", '"leeds city"', "straße", "strasse", "øresund", "oresund", "łódź", "lodz"),
    *("ελληνικά", "και", "привет", "мир", "МИР", "naive", "naïve", "facade", "cooperate", "co-operate"),
    *(
        "quoted",
        "“quoted”",
        "dashed",
        "words/with",
        "slashes",
        "e-mail",
        "email",
        "mail",
        "the",
        "a",
        "s",
        "x",
    ),
    *(
        "strong",
        "li",
        "table",
        "p",
        "nothing here",
        "'",
        '"',
        '""',
        "* - +",
        "AND",
        "or",
        "not",
        "title:cafe",
    ),
    *(
        "a & b",
        "cafe | bins",
        "!cafe",
        "cafe:*",
        "<->",
        "\\",
        "cafe\\",
        "''",
        "repair\u0000cafe",
        "e\u0301",
        "",
    ),
)


def studies() -> list[Publication]:
    leeds = (Authority("E08000035", "Leeds City Council", "metropolitan", "England", "Yorkshire"),)
    return [
        publication(
            name,
            title=title,
            summary=summary,
            fields=(PublishedField("impact", "The impact", html),),
            authorities=leeds if name in ("cafe", "list") else (),
        )
        for name, (title, summary, html) in TEXTS.items()
    ]


@pytest.fixture
def both(tmp_path: Path, url: str) -> Iterator[tuple[Catalogue, Desk]]:
    """A catalogue with the studies, and a desk that has followed it."""
    with open_catalogue(url) as shared, open_desk(tmp_path / "desk", catalogue=url) as desk:
        send(shared, *studies())
        outbox.follow(desk.store, shared, desk.clock)
        yield shared, desk


def slugs(shared: Catalogue, typed: str) -> set[str]:
    return {study.publication.slug for study in shared.search(typed)}


def on_the_desk(desk: Desk, typed: str) -> set[str]:
    if not typed.strip():
        return set()
    hits = browsing.search(desk, CatalogueQuery(text=typed)).hits
    return {browsing.study(desk, hit.study).publication.slug for hit in hits}


def test_the_same_words_find_the_same_studies(both: tuple[Catalogue, Desk]) -> None:
    shared, desk = both
    differing = {typed: (slugs(shared, typed), on_the_desk(desk, typed)) for typed in TYPED}
    assert {typed: found for typed, found in differing.items() if found[0] != found[1]} == {}
    assert sum(bool(found) for found, _ in differing.values()) > 80, "most of the list finds something"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=120)
@given(typed=st.text(st.sampled_from("cafébins Ŵw-'’.,1250%£\"&|!():*<>\\x"), max_size=12))
def test_whatever_is_typed_finds_the_same_studies(both: tuple[Catalogue, Desk], typed: str) -> None:
    shared, desk = both
    assert slugs(shared, typed) == on_the_desk(desk, typed)


def test_the_title_counts_most(shared: Catalogue) -> None:
    send(
        shared,
        publication("body", title="Other", summary="", fields=(PublishedField("x", "X", "<p>bins</p>"),)),
        publication("title", title="Bins", summary="", fields=(PublishedField("x", "X", "<p>other</p>"),)),
    )
    assert [study.publication.slug for study in shared.search("bins")] == ["title", "body"]


def test_the_index_follows_versions_and_withdrawals(shared: Catalogue) -> None:
    send(shared, publication(title="Old words"))
    assert shared.index() == 1 and shared.index() == 0
    send(shared, publication(number=2, title="New words"))
    assert slugs(shared, "old") == set() and slugs(shared, "new") == {"repair"}
    shared.withdraw(publication().study, 2, "asked for", "", "Ada")
    assert slugs(shared, "new") == set()


def test_details_of_people_are_in_no_index(shared: Catalogue, engine: Engine) -> None:
    send(shared, publication(personal=(PublishedField("contact", "Contact", "<p>Secretperson</p>"),)))
    shared.index()
    assert slugs(shared, "Secretperson") == set()
    with engine.connect() as connection:
        column = "words" if connection.dialect.name == "postgresql" else "title || summary || body || council"
        told = connection.scalars(text(f"SELECT {column} FROM study_words")).all()
    assert told and "secretperson" not in str(told).lower()


def test_an_endless_study_does_not_keep_others_from_being_found(shared: Catalogue) -> None:
    endless = publication("endless", summary=" ".join(f"word{number}" for number in range(150_000)))
    send(shared, endless, publication("repair"))
    assert {study.publication.slug for study in shared.search("study")} == {"endless", "repair"}
    assert [study.publication.slug for study in shared.search("word17")] == ["endless"]
