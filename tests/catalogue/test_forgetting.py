"""What is personal is emptied for good, everywhere in the catalogue, and what was published can still be told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, inspect, make_url, text

from tests.catalogue.given import publication, send
from workbench import catalogue
from workbench.catalogue import Catalogue, open_catalogue
from workbench.errors import SurroundingsFailed
from workbench.publication import Publication, PublishedField, sealed

SECRET = "Hephzibah Quillfeather, 0113 496 0777"
SALT = "5ea1" * 8


def personal(number: int = 1, **changes: Any) -> Publication:
    """A study with what is personal in two fields, sealed."""
    fields = (
        PublishedField("contact", "Contact", f"<p>{SECRET} {'again ' * 900}{number}</p>"),
        PublishedField("thanks", "Thanks", "<p>Obadiah Merriweather</p>"),
    )
    return sealed(publication(number=number, personal=fields, **changes), SALT)


def redact(shared: Catalogue, *fields: str) -> str:
    return shared.redact(publication().study, fields, "asked for by the person", "Ada").result


def told(engine: Engine) -> str:
    """All that stands in any column of any table."""
    with engine.connect() as connection:
        tables = inspect(connection).get_table_names()
        return str([connection.execute(text(f'SELECT * FROM "{table}"')).all() for table in tables])


def test_emptied_in_every_version_and_every_digest_still_holds(shared: Catalogue, engine: Engine) -> None:
    send(shared, personal(1), personal(2))
    before = shared.versions(publication().study)
    assert SECRET in told(engine) and SALT in told(engine)
    assert redact(shared, "contact") == "redacted"
    assert SECRET not in told(engine) and SALT not in told(engine)
    after = shared.versions(publication().study)
    assert [[field.id for field in study.publication.personal] for study in after] == [["thanks"]] * 2
    assert [study.redacted for study in after] == [("contact",)] * 2
    assert all(study.is_whole for study in (*before, *after))
    assert [study.publication.digest for study in after] == [study.digest for study in before]


def test_a_redaction_is_a_change_that_mirrors_follow(shared: Catalogue) -> None:
    send(shared, personal(), publication("other"))
    seen = shared.last_change()
    redact(shared, "contact", "thanks")
    (study,) = shared.changes(seen)
    assert study.publication.study == publication().study and study.publication.personal == ()
    (redaction,) = shared.redactions(seen)
    assert (redaction.study, redaction.version) == (study.publication.study, 1)
    assert (redaction.fields, redaction.change) == (("contact", "thanks"), study.change)
    assert shared.redactions(redaction.change) == ()


def test_it_is_audited_and_chained(shared: Catalogue, engine: Engine) -> None:
    send(shared, personal())
    before = shared.head()
    redact(shared, "contact")
    with engine.connect() as connection:
        row = connection.execute(
            text("SELECT action, version, reason FROM audit ORDER BY change DESC")
        ).first()
    assert tuple(row or ()) == ("redact", 1, "contact: asked for by the person")
    assert shared.had(before) and shared.head().change == before.change + 1


def test_what_is_not_there_is_unchanged_and_an_unknown_study_is_said_so(shared: Catalogue) -> None:
    send(shared, personal())
    head = shared.head()
    assert redact(shared, "challenge", "no-such-field") == "unchanged"
    assert shared.head() == head
    assert redact(shared, "contact") == "redacted" and redact(shared, "contact") == "unchanged"
    for unknown in (publication("other").study, "not a uuid'; DROP TABLE study; --"):
        outcome = shared.redact(unknown, ["contact"], "reason", "Ada")
        assert (outcome.result, outcome.code) == ("failed", "study-unknown")


def test_what_is_published_afterwards_has_a_salt_of_its_own(shared: Catalogue) -> None:
    send(shared, personal())
    redact(shared, "contact")
    again = sealed(publication(number=2), "ab" * 16)
    assert [outcome.result for outcome in send(shared, again)] == ["published"]
    first, second = shared.versions(again.study)
    assert (first.redacted, second.redacted) == (("contact",), ())
    assert (first.publication.salt, second.publication.salt) == ("", "ab" * 16)
    assert first.is_whole and second.is_whole


def test_what_was_tampered_with_is_not_whole(shared: Catalogue) -> None:
    send(shared, personal())
    (study,) = shared.studies()
    assert study.is_whole
    for changed in (
        replace(study.publication, title="Another title"),
        replace(study.publication, personal=study.publication.personal[:1]),
        replace(study.publication, personal_digest="0" * 64),
    ):
        assert not replace(study, publication=changed).is_whole


def test_no_byte_of_a_sqlite_catalogue_keeps_the_words(tmp_path: Path, sqlite_template: Path) -> None:
    path = tmp_path / "catalogue.sqlite"
    path.write_bytes(sqlite_template.read_bytes())
    with open_catalogue(f"sqlite:///{path}") as shared:
        for number in range(1, 40):
            send(shared, personal(number), personal(number, study=publication(f"other {number}").study))
        shared.index()
        assert found_in(tmp_path, "Quillfeather") and found_in(tmp_path, SALT)
        redact(shared, "contact")
        assert not found_in(tmp_path, "Quillfeather 39")
        for number in range(1, 40):
            shared.redact(publication(f"other {number}").study, ["contact"], "reason", "Ada")
        for word in ("Quillfeather", "0113 496 0777"):
            assert not found_in(tmp_path, word), "while it is still open"
    assert not found_in(tmp_path, "Quillfeather") and not found_in(tmp_path, SALT)


def found_in(folder: Path, words: str) -> list[str]:
    """The files, journals of the database included, in which these words stand."""
    return [path.name for path in folder.iterdir() if words.encode() in path.read_bytes()]


@contextmanager
def as_login(postgres: Any, url: str, role: str) -> Iterator[Catalogue]:
    """The catalogue as somebody sees it who was given this role."""
    name = f"{make_url(url).database}_{role}"
    postgres.run(f"CREATE ROLE {name} LOGIN")
    with open_catalogue(url) as shared:
        shared.grant(name, role)
    with open_catalogue(make_url(url).set(username=name).render_as_string(hide_password=False)) as opened:
        yield opened


@pytest.mark.parametrize("role", ["reader", "editor", "publisher"])
def test_only_an_admin_may(postgres: Any, role: str) -> None:
    url = postgres.made()
    with open_catalogue(url) as shared, as_login(postgres, url, role) as theirs:
        send(shared, personal())
        with pytest.raises(SurroundingsFailed, match="catalogue-forbidden"):
            redact(theirs, "contact")
        assert shared.versions(publication().study)[0].publication.personal
    with as_login(postgres, url, "admin") as theirs:
        assert redact(theirs, "contact") == "redacted"


def test_a_reader_has_neither_words_nor_salt_and_can_tell_that_all_is_whole(postgres: Any) -> None:
    url = postgres.made()
    with open_catalogue(url) as shared, as_login(postgres, url, "reader") as theirs:
        send(shared, personal())
        (study,) = theirs.studies()
        assert (study.publication.personal, study.publication.salt) == ((), "")
        assert study.is_whole and study.publication.digest == personal().digest
        assert [found.publication.slug for found in theirs.search("repair")] == ["repair"]
        assert theirs.claims(0) == ()


def test_a_proposal_is_emptied_too(postgres: Any) -> None:
    url = postgres.made()
    with open_catalogue(url) as shared, as_login(postgres, url, "publisher") as theirs:
        send(shared, personal(1))
        shared.set_policy("second-person")
        assert [outcome.result for outcome in send(theirs, personal(2))] == ["proposed"]
        assert redact(shared, "contact") == "redacted"
        shared.approve(personal(2).uuid)
        (study,) = shared.studies()
        assert (study.version, [field.id for field in study.publication.personal]) == (2, ["thanks"])
        assert study.is_whole


def test_what_was_only_ever_proposed_is_emptied_too(postgres: Any) -> None:
    url = postgres.made()
    with open_catalogue(url) as shared, as_login(postgres, url, "publisher") as theirs:
        shared.set_policy("second-person")
        sent = personal()
        send(theirs, sent)
        shared.decline(sent.uuid, "Not yet")
        assert redact(shared, "contact") == "redacted"
        assert [field.id for field in shared.proposed(sent.uuid).personal] == ["thanks"]
        assert redact(shared, "contact") == "unchanged"
        assert catalogue.status(url).audit == "whole"
