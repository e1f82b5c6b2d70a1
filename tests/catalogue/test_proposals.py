"""Under the policy of a second person: one login proposes; another approves or declines, or the first revokes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from tests.catalogue.given import assets, pictured, publication, results, send
from workbench import catalogue
from workbench.catalogue import Catalogue, open_catalogue
from workbench.desk.catalogue import administration
from workbench.errors import Refused, SurroundingsFailed

LOGINS = {"ada": "publisher", "ben": "publisher", "cyd": "editor", "ros": "reader"}

At = Callable[[str], str]


@pytest.fixture(scope="module")
def logins(postgres: Any) -> None:
    for login in LOGINS:
        postgres.run(f"CREATE ROLE {login} LOGIN")


@pytest.fixture
def at(postgres: Any, logins: None) -> At:
    """The address of a catalogue under the policy of a second person, for each login."""
    url = postgres.made()
    with open_catalogue(url) as shared:
        for login, role in LOGINS.items():
            shared.grant(login, role)
        shared.set_policy("second-person")
    return lambda login: url.replace("postgres:@", f"{login}:@")


@pytest.fixture
def ada(at: At) -> Iterator[Catalogue]:
    with open_catalogue(at("ada")) as shared:
        yield shared


@pytest.fixture
def ben(at: At) -> Iterator[Catalogue]:
    with open_catalogue(at("ben")) as shared:
        yield shared


@pytest.fixture
def cyd(at: At) -> Iterator[Catalogue]:
    with open_catalogue(at("cyd")) as shared:
        yield shared


def test_a_study_waits_until_a_second_person_approves_it(ada: Catalogue, ben: Catalogue) -> None:
    sent = pictured()
    assert [outcome.result for outcome, _ in ada.rehearse([sent])] == ["proposed"]
    assert results(ada, sent, sent) == ["proposed", "proposed"]
    assert list(ben.studies()) == []
    (waiting,) = ben.proposals()
    assert (waiting.publication, waiting.title, waiting.proposed_by) == (sent.uuid, sent.title, "ada")
    assert ben.proposed(sent.uuid) == sent
    approved = ben.approve(sent.uuid)
    assert (approved.result, approved.version) == ("published", 1)
    (study,) = ada.studies()
    assert study.publication == sent and study.published_by == "ben"
    assert ben.proposals() == ()
    assert results(ada, sent) == ["published"]
    assert ada.outcomes([sent.uuid])[sent.uuid].version == 1


def test_nobody_approves_what_they_proposed(ada: Catalogue, at: At) -> None:
    sent = publication()
    send(ada, sent)
    with pytest.raises(Refused, match="proposal-own"):
        ada.approve(sent.uuid)
    with pytest.raises(Refused, match="proposal-own"):
        ada.decline(sent.uuid, "mine")
    with open_catalogue(at("postgres")) as ruling:
        ruling.grant("ada", "admin")
    with ada._engine.connect() as connection:
        connection.execute(text("COMMIT"))
        (group,) = connection.execute(
            text("SELECT rolname FROM pg_roles WHERE rolname LIKE '%template_publisher'")
        ).one()
        connection.execute(text(f"SET ROLE {group}"))
        with pytest.raises(DBAPIError, match="another login"):
            connection.execute(text("SELECT casebook_approve(CAST(:it AS uuid))"), {"it": sent.uuid})
    with pytest.raises(Refused, match="proposal-own"):
        ada.approve(sent.uuid)
    assert list(ada.studies()) == []


def test_the_table_itself_refuses_an_approval_by_the_proposer(ada: Catalogue, at: At) -> None:
    send(ada, publication())
    statement = text("UPDATE proposal SET state = 'approved', decided_by = proposed_by")
    with open_catalogue(at("postgres")) as ruling:
        owner = ruling._engine.connect()
        with pytest.raises(DBAPIError, match="ck_proposal_second"):
            owner.execute(statement)
        owner.close()


def test_an_editor_proposes_but_neither_approves_nor_publishes_alone(
    cyd: Catalogue, ben: Catalogue, at: At
) -> None:
    first, second = publication("first"), publication("second")
    assert results(cyd, first, second) == ["proposed", "proposed"]
    with pytest.raises(SurroundingsFailed, match="catalogue-forbidden"):
        cyd.approve(second.uuid)
    assert ben.approve(first.uuid).result == "published"
    with open_catalogue(at("postgres")) as ruling:
        ruling.set_policy("self")
    with pytest.raises(SurroundingsFailed, match="catalogue-forbidden"):
        send(cyd, publication("third"))
    assert ben.approve(second.uuid).result == "published"


def test_a_declined_study_comes_back_with_the_reason(ada: Catalogue, ben: Catalogue) -> None:
    sent = publication()
    send(ada, sent)
    declined = ben.decline(sent.uuid, "The figure has no source.")
    assert (declined.result, declined.code) == ("failed", "proposal-declined")
    assert "ben" in declined.reason and "The figure has no source." in declined.reason
    assert send(ada, sent) == [declined]
    again = replace(sent, uuid=publication(number=2).uuid)
    assert results(ada, again) == ["proposed"]


def test_a_proposal_is_revoked_by_who_made_it_alone(ada: Catalogue, ben: Catalogue) -> None:
    sent = publication()
    send(ada, sent)
    with pytest.raises(Refused, match="proposal-not-yours"):
        ben.revoke(sent.uuid)
    assert ada.revoke(sent.uuid).code == "proposal-revoked"
    for decide in (ben.approve, ada.revoke):
        with pytest.raises(Refused, match="proposal-unknown"):
            decide(sent.uuid)
    assert [each.state for each in ben.proposals(settled=True)] == ["revoked"]


def test_a_proposal_that_was_overtaken_is_a_conflict_when_it_is_approved(
    ada: Catalogue, ben: Catalogue
) -> None:
    send(ada, publication())
    ben.approve(publication().uuid)
    mine, theirs = publication(number=2), replace(publication(number=3), base_version=1)
    send(ada, mine)
    send(ben, theirs)
    assert ben.approve(mine.uuid).result == "published"
    overtaken = ada.approve(theirs.uuid)
    assert (overtaken.result, overtaken.code) == ("conflict", "overtaken-version")
    assert [each.state for each in ada.proposals(settled=True)] == ["approved", "approved", "overtaken"]
    assert len(ada.versions(mine.study)) == 2


def test_a_proposal_whose_address_was_taken_waits_on(ada: Catalogue, ben: Catalogue) -> None:
    first, twin = publication("first"), publication("twin", slug="first")
    send(ada, first, twin)
    ben.approve(first.uuid)
    with pytest.raises(Refused, match="row-refused"):
        ben.approve(twin.uuid)
    assert [each.publication for each in ben.proposals()] == [twin.uuid]


def test_one_publisher_withdraws(ada: Catalogue, ben: Catalogue) -> None:
    send(ada, publication())
    ben.approve(publication().uuid)
    assert ada.withdraw(publication().study, 1, "asked for", "Gone.", "ada").result == "withdrawn"


def test_the_audit_tells_who_proposed_and_who_decided(ada: Catalogue, ben: Catalogue, at: At) -> None:
    send(ada, publication("one"), publication("two"), publication("three"))
    ben.approve(publication("one").uuid)
    ben.decline(publication("two").uuid, "No.")
    ada.revoke(publication("three").uuid)
    with ada._engine.connect() as connection:
        query = text("SELECT actor, action FROM audit ORDER BY change DESC LIMIT 6")
        told = [tuple(row) for row in connection.execute(query)]
    assert told == [
        *(("ada", "revoke"), ("ben", "decline"), ("ben", "publish")),
        *[("ada", "propose")] * 3,
    ]
    assert catalogue.status(at("ben")).audit == "whole"
    assert ada.last_change() == next(iter(ada.studies())).change + 2


def test_a_decision_stands(ada: Catalogue, ben: Catalogue, at: At) -> None:
    """Not even the owner of the tables takes a decision back."""
    send(ada, publication())
    ben.approve(publication().uuid)
    with open_catalogue(at("postgres")) as ruling:
        for change in ("state = 'proposed', decided_by = NULL", "decided_by = 'cyd'", "proposed_by = 'cyd'"):
            with pytest.raises(DBAPIError, match="never changed"), ruling._engine.begin() as connection:
                connection.execute(text(f"UPDATE proposal SET {change}"))


@pytest.mark.parametrize("nasty", ["'); DELETE FROM proposal; --", "%s {who} :x", "\\'"])
def test_a_reason_is_only_a_text(ada: Catalogue, ben: Catalogue, nasty: str) -> None:
    send(ada, publication())
    assert nasty in ben.decline(publication().uuid, nasty).reason
    assert [each.reason for each in ben.proposals(settled=True)] == [nasty]


@pytest.mark.parametrize("unknown", [publication("never").uuid, "no uuid", "'; --", ""])
def test_an_unknown_proposal_is_refused(shared: Catalogue, unknown: str) -> None:
    for decide in (shared.approve, shared.revoke, shared.proposed, lambda it: shared.decline(it, "why")):
        with pytest.raises(Refused, match="proposal-unknown"):
            decide(unknown)


def test_who_declines_says_why(at: At) -> None:
    with pytest.raises(Refused, match="reason-needed"):
        administration.decline(at("ben"), publication().uuid, " \n")


def test_a_file_knows_no_logins(tmp_path: Any) -> None:
    with open_catalogue(f"sqlite:///{tmp_path / 'own.sqlite'}", create=True) as shared:
        with pytest.raises(Refused, match="policy-needs-logins"):
            shared.set_policy("second-person")
        with pytest.raises(Refused, match="roles-need-logins"):
            shared.grant("ada", "editor")
        shared.set_policy("self")
        assert (shared.policy(), shared.proposals()) == ("self", ())
        assert results(shared, publication()) == ["published"]


def test_the_second_persons_commands(at: At, ada: Catalogue, casebook: Any) -> None:
    send(ada, publication("one"), publication("two"))
    one, two = publication("one").uuid, publication("two").uuid

    def ben(*words: str) -> Any:
        return casebook("--catalogue", at("ben"), "catalogue", *words)

    assert [row["publication"] for row in ben("proposals", "--json").rows] == sorted([one, two])
    assert publication("one").title in ben("proposals", one).out
    assert ben("proposals", one, "--json").row["slug"] == "one"
    answer = ben("approve", one, one, "--json")
    assert answer.status == 1 and [row["result"] for row in answer.rows] == ["published"]
    assert "proposals" in answer.err
    assert ben("decline", two, "--reason", "Too short").status == 0
    assert ben("revoke", two).status == 1
    assert [row["state"] for row in ben("proposals", "--all", "--json").rows] != []
    status = ben("status", "--json").row
    assert (status["policy"], status["role"], status["audit"]) == ("second-person", "publisher", "whole")
    assert "second person" in ben("status").out
    assert ben("policy", "--json").row == {"policy": "second-person"}


def test_the_administrators_commands(at: At, casebook: Any) -> None:
    def rule(*words: str) -> Any:
        return casebook("--catalogue", at("postgres"), "catalogue", *words)

    assert rule("policy", "self").status == 0
    assert rule("grant", "ros", "editor").status == 0
    assert catalogue.status(at("ros")).role == "editor"
    assert rule("grant", "ros", "none").out.startswith("ros has no role")
    assert rule("grant", "nobody-of-that-name", "reader").status == 1
    assert rule("grant", "ros", "king").status == 2
    refused = casebook("--catalogue", at("ada"), "catalogue", "grant", "ros", "admin")
    assert refused.status == 3 and "right" in refused.err


def test_assets_of_a_proposal_are_there_when_it_is_approved(ada: Catalogue, ben: Catalogue) -> None:
    send(ada, pictured())
    ben.approve(pictured().uuid)
    image = pictured().images[0].sha256
    assert ben.asset(image) == assets(image)


def test_no_proposal_shows_a_person_in_the_view(ada: Catalogue, engine: Engine) -> None:
    send(ada, publication())
    with ada._engine.connect() as connection:
        rows = connection.execute(text("SELECT * FROM proposals")).all()
    assert rows and "An invented person" not in repr(rows)
