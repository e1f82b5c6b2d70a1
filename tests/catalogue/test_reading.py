"""Following the catalogue, withdrawing, rehearsing, and publishing from several desks at once."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from sqlalchemy import Engine, text

from tests.catalogue.given import assets, publication, results, send
from workbench.catalogue import Catalogue, open_catalogue
from workbench.errors import SurroundingsFailed


def withdraw(shared: Catalogue, base_version: int = 1, note: str = "Out of date.") -> str:
    return shared.withdraw(publication().study, base_version, "asked for", note, "editor").result


def test_changes_come_in_order_each_study_once_as_it_stands_now(shared: Catalogue) -> None:
    send(shared, publication("one"), publication("two"), publication("three"))
    send(shared, publication("one", 2))
    seen = [(study.publication.slug, study.version, study.change) for study in shared.changes(0)]
    assert seen == [("two", 1, 2), ("three", 1, 3), ("one", 2, 4)]
    assert [study.publication.slug for study in shared.changes(3)] == ["one"]
    assert [study.publication.slug for study in shared.changes(0, 2)] == ["two", "three"]
    assert list(shared.changes(4)) == []


def test_pages_of_changes_make_up_the_whole(shared: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    from workbench.catalogue import catalogue as door

    monkeypatch.setattr(door, "PAGE", 3)
    everything = [publication(f"study {n}") for n in range(10)]
    send(shared, *everything)
    assert [study.publication for study in shared.studies()] == everything
    assert shared.studies().__length_hint__() == 10
    assert len(shared.live([each.study for each in everything])) == 10
    assert [study.publication for study in shared.changes(2, 5)] == everything[2:7]


def test_withdrawing_takes_a_study_from_readers_but_not_from_history(
    shared: Catalogue, engine: Engine
) -> None:
    send(shared, publication())
    assert withdraw(shared) == "withdrawn"
    (study,) = shared.changes(1)
    assert (study.withdrawn, study.note, study.version, study.change) == (True, "Out of date.", 1, 2)
    assert study.publication == publication()
    with engine.connect() as connection:
        assert connection.execute(text("SELECT * FROM studies")).all() == []
        assert connection.execute(text("SELECT note FROM withdrawals")).scalar_one() == "Out of date."
    assert withdraw(shared) == "unchanged"
    assert shared.last_change() == 2


def test_a_withdrawal_that_would_overlook_newer_work_is_a_conflict(shared: Catalogue) -> None:
    send(shared, publication(number=1), publication(number=2))
    outcome = shared.withdraw(publication().study, 1, "asked for", "", "editor")
    assert (outcome.result, outcome.code, outcome.version) == ("conflict", "overtaken-version", 2)


@pytest.mark.parametrize("unknown", [publication("never").study, "no uuid at all"])
def test_an_unknown_study_cannot_be_withdrawn(shared: Catalogue, unknown: str) -> None:
    assert shared.withdraw(unknown, 1, "asked for", "", "editor").code == "study-unknown"
    assert shared.versions(unknown) == ()
    assert shared.live([unknown]) == {}


def test_an_update_queued_before_the_withdrawal_does_not_undo_it(shared: Catalogue) -> None:
    send(shared, publication())
    withdraw(shared)
    (outcome,) = send(shared, publication(number=2))
    assert (outcome.result, outcome.code) == ("conflict", "withdrawn-meanwhile")
    assert shared.live([publication().study])[publication().study].withdrawn


def test_bringing_a_withdrawn_study_back_is_a_new_version_even_with_the_same_words(shared: Catalogue) -> None:
    send(shared, publication())
    withdraw(shared)
    back = replace(publication(number=1), uuid=publication(number=2).uuid, base_version=1, revives=True)
    (outcome,) = send(shared, back)
    assert (outcome.result, outcome.version) == ("published", 2)
    study = shared.live([back.study])[back.study]
    assert (study.withdrawn, study.note) == (False, "")


def test_slugs_that_studies_had_before_are_told_and_no_others(shared: Catalogue) -> None:
    one = publication("one").study
    send(shared, publication("one"), publication("two"))
    assert shared.former_slugs() == {}
    send(shared, publication("one", 2, slug="uno"), publication("two", 2))
    send(shared, publication("one", 3, slug="eins"))
    assert shared.former_slugs() == {one: ("one", "uno")}
    send(shared, publication("one", 4, slug="one"))
    assert shared.former_slugs() == {one: ("eins", "uno")}


def test_a_rehearsal_foresees_and_changes_nothing(shared: Catalogue) -> None:
    first, update = publication("one"), publication("one", 2)
    send(shared, first)
    stale = replace(publication("one", 3), base_version=0)
    same = replace(first, uuid=publication("one", 4).uuid, base_version=1)
    bad = publication("bad", summary="\0")
    batch = [publication("two"), update, stale, same, bad, first]
    foreseen = shared.rehearse(batch)
    assert [(outcome.result, live.version if live else None) for outcome, live in foreseen] == [
        ("published", None),
        ("published", 1),
        ("conflict", 1),
        ("unchanged", 1),
        ("failed", None),
        ("published", 1),
    ]
    assert shared.last_change() == 1


def test_desks_that_publish_at_once_lose_nothing_and_double_nothing(url: str) -> None:
    """Each desk sends studies of its own, and all of them an update of the same one: exactly one gets through."""
    with open_catalogue(url) as shared:
        send(shared, publication("shared"))
    desks = 4
    outcomes: dict[int, list[str]] = {}
    mine = {
        number: [
            *(publication(f"desk {number} study {n}") for n in range(5)),
            replace(
                publication("shared", 2), uuid=publication(f"desk {number}").uuid, summary=f"by {number}"
            ),
        ]
        for number in range(desks)
    }

    def work(number: int) -> None:
        with open_catalogue(url) as shared:
            outcomes[number] = [
                outcome.result for outcome in shared.publish(mine[number], assets, f"desk {number}")
            ]

    threads = [threading.Thread(target=work, args=(number,)) for number in range(desks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == list(range(desks))
    assert all(each[:5] == ["published"] * 5 for each in outcomes.values())
    assert sorted(each[5] for each in outcomes.values()) == ["conflict"] * (desks - 1) + ["published"]
    with open_catalogue(url) as shared:
        assert len(shared.versions(publication("shared").study)) == 2
        assert shared.last_change() == 1 + desks * 5 + 1
        changes = [study.change for study in shared.changes(0)]
        assert changes == sorted(set(changes))


def test_a_connection_cut_by_the_server_is_said_so_and_the_rest_can_be_sent_again(postgres: object) -> None:
    url = postgres.made()  # type: ignore[attr-defined]
    batch = [publication(f"study {n}") for n in range(3)]
    with open_catalogue(url) as shared:

        def cut(done: int, total: int, what: str) -> None:
            name = url.rpartition("/")[2].partition("?")[0]
            postgres.run(  # type: ignore[attr-defined]
                f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
            )

        publishing = shared.publish(batch, assets, "editor", lambda *_: None)
        cut(0, 0, "")
        assert [outcome.result for outcome in publishing] == ["published"] * 3
        with shared._engine.connect() as connection:
            cut(0, 0, "")
            from workbench.catalogue.failures import explained

            with pytest.raises(SurroundingsFailed, match="catalogue-lost"), explained(shared.name):
                connection.execute(text("SELECT 1"))
        assert results(shared, *batch) == ["published"] * 3
        assert shared.last_change() == 3


def test_another_writer_is_waited_for_but_not_for_ever(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from workbench.catalogue import address, transactions

    monkeypatch.setattr(transactions, "PATIENCE", ("SET LOCAL lock_timeout = '200ms'",))
    monkeypatch.setattr(address, "BUSY_TIMEOUT", 0.2)
    with open_catalogue(url) as slow, open_catalogue(url) as shared:
        with transactions.writing(slow._engine) as connection:
            connection.execute(text("UPDATE catalogue SET change = change"))
            with pytest.raises(SurroundingsFailed, match="catalogue-busy"):
                results(shared, publication())
        assert results(shared, publication()) == ["published"]
