"""A catalogue that was filled before there was a vocabulary in it, and programs that know nothing of one."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import text

from tests.catalogue.given import publication, send
from tests.catalogue.test_schema import fill_as_the_first_program_did, migrate
from workbench import catalogue
from workbench.catalogue import address, open_catalogue, schema
from workbench.errors import SurroundingsFailed
from workbench.submission import Term
from workbench.themes import vocabulary as shipped
from workbench.themes.changes import Merge
from workbench.themes.vocabulary import Theme

OLD_LABEL = "The virus years"


@pytest.fixture
def filled(databases: Any) -> Any:
    """The address of a catalogue of the form before, with a study of two versions.

    It calls the shipped collection otherwise, has a term that is not shipped, and remembers an older label of it.
    """
    url = databases.empty()
    engine = address.engine(address.parse(url))
    migrate(engine, "0001")
    fill_as_the_first_program_did(engine)
    migrate(engine, "0003")
    with engine.begin() as connection:
        connection.execute(text(f"UPDATE theme SET label = '{OLD_LABEL}' WHERE slug = 'covid-19'"))
        alias = "INSERT INTO theme_alias VALUES ('topic', 'waste', 'Rubbish', '2024-05-06 12:00:00.000000')"
        connection.execute(
            text(alias if engine.dialect.name == "sqlite" else alias.replace(".000000", "+00"))
        )
    engine.dispose()
    return url


def test_an_upgrade_keeps_what_is_there_and_adds_what_is_missing(filled: str) -> None:
    assert catalogue.upgrade(filled).did == "upgraded"
    with open_catalogue(filled) as shared:
        known = shared.vocabulary()
        missing = [theme for theme in shipped().themes if theme.key not in known.by_term]
        assert missing == []
        covid = known.by_term["collection", "covid-19"]
        assert (covid.label, covid.status) == (OLD_LABEL, "active")
        assert covid.scope_note and covid.page_title and covid.strong
        own = known.by_term["topic", "waste"]
        assert (own.label, own.status) == ("Waste and recycling", "active")
        assert [(each.label, str(each.until)) for each in own.aliases] == [("Rubbish", "2024-05-06")]
        assert known.themes[-1] == own, "What is not shipped comes last"
        first, second = shared.versions(publication().study)
        assert (first.filed, second.publication) == (None, publication(number=2))
        assert [term.label for term in second.terms] == ["Waste and recycling", OLD_LABEL]
        assert (shared.last_change(), shared.vocabulary_changes()) == (2, ())
        done = shared.change_vocabulary(
            Merge("topic", "waste", "waste-and-recycling"), "one is enough", "ada"
        )
        assert done.studies == 1
        assert shared.live([publication().study])[publication().study].terms[0].slug == "waste-and-recycling"
        shared.undo_change(done.number, "", "ada")
        assert shared.vocabulary().themes == known.themes
    assert catalogue.status(filled).audit == "whole"


def test_an_older_program_still_publishes_to_a_server_and_is_kept_from_a_file(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_catalogue(url) as shared:
        shared.change_vocabulary(Merge("topic", "transport", "communities"), "", "ada")
    monkeypatch.setattr(schema, "PROGRAM_SCHEMA", "0003")
    if url.startswith("sqlite"):
        with pytest.raises(SurroundingsFailed, match="catalogue-newer"):
            open_catalogue(url)
        return
    with open_catalogue(url) as older:
        old = Term("topic", "transport", "Transport")
        assert send(older, publication(terms=(old,)))[0].result == "published"
        (study,) = older.studies()
        assert (study.publication.terms, [term.slug for term in study.terms]) == ((old,), ["communities"])


def test_what_a_catalogue_starts_with_can_all_be_written_again(shared: catalogue.Catalogue) -> None:
    """Every shipped term goes through the door as a term of one's own would."""
    from workbench.themes.changes import Amend, applied

    known = shared.vocabulary()
    for theme in known.themes:
        amended = Amend(
            Theme(**{name: getattr(theme, name) for name in Theme.__dataclass_fields__} | {"order": 7})
        )
        assert applied(known, amended).by_term[theme.key].order == 7
