"""Batches: what was told to go together, on both databases: resumed, reported, held back, taken back."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.catalogue.given import lay
from workbench.catalogue import open_catalogue
from workbench.catalogue import publishing as sending
from workbench.desk import Desk, actions, decisions, history, open_desk, queue, study
from workbench.desk.catalogue import batches, publishing, reporting, reviewing
from workbench.desk.editing import review
from workbench.desk.rows import QueueFilter
from workbench.edits import Change
from workbench.errors import Refused, SurroundingsFailed, WrongUsage
from workbench.progress import Cancelled
from workbench.richtext import from_text
from workbench.store import leases, slots
from workbench.submission import Status

NOWHERE = "postgresql://127.0.0.1:1/nowhere"


@pytest.fixture
def desk(tmp_path: Path, url: str) -> Iterator[Desk]:
    with open_desk(tmp_path / "desk", who="Ada", catalogue=url) as opened:
        yield opened


def queued(desk: Desk, *numbers: int) -> list[str]:
    ids = [lay(desk, number) for number in numbers]
    publishing.queue(desk, ids)
    return ids


def results(desk: Desk, ids: list[str] | None = None) -> list[str]:
    return [outcome.result for outcome in publishing.publish(desk, ids)]


def changed(desk: Desk, submission: str, summary: str) -> None:
    """The study with other words, approved and in the outbox again."""
    if study.show(desk, submission).status == Status.PUBLISHED:
        decisions.reopen(desk, [submission])
    review.edit(desk, submission, "summary", from_text(summary))
    with desk.store.writing() as connection:
        slots.write(connection, [Change(submission, "submission", "status", "in_review", "approved")])
    publishing.queue(desk, [submission])


def test_a_batch_has_a_number_a_report_and_an_end(desk: Desk) -> None:
    ids = queued(desk, 1, 2)
    results(desk)
    (batch,) = batches.newest(desk)
    assert (batch.number, batch.who, batch.kind, batch.results) == (1, "Ada", "publish", {"published": 2})
    assert batch.ended_at and not batch.waiting
    for name in ("1", batch.id):
        report = batches.report(desk, name)
        assert [(item.submission, item.result, item.version) for item in report.items] == [
            (one, "published", 1) for one in ids
        ]
    with pytest.raises(WrongUsage, match="unknown-batch"):
        batches.report(desk, "2")


def test_a_report_is_kept_as_text_as_a_table_and_as_json(desk: Desk, tmp_path: Path) -> None:
    lay(desk, 1)
    publishing.queue(desk, [lay(desk, 2, fields={"title": study.show(desk, "CB-2026-0001").fields["title"]})])
    with desk.store.writing() as connection:
        connection.exec_driver_sql("UPDATE outbox SET json = json_set(json, '$.title', '=1+1')")
    results(desk)
    report = batches.report(desk, "1")
    assert "published: =1+1" in reporting.as_text(report)
    (row,) = csv.DictReader(io.StringIO(reporting.as_csv(report)))
    assert row["title"] == "'=1+1" and row["result"] == "published"
    assert json.loads(reporting.as_json(report))["items"][0]["title"] == "=1+1"
    for end in (".txt", ".csv", ".json"):
        reporting.save(report, tmp_path / f"report{end}")
        assert (tmp_path / f"report{end}").stat().st_size > 50
    with pytest.raises(SurroundingsFailed, match="cannot-write"):
        reporting.save(report, tmp_path / "nowhere" / "report.txt")


def test_published_on_the_train_it_goes_when_the_connection_is_back(tmp_path: Path, url: str) -> None:
    with open_desk(tmp_path / "desk", who="Ada", catalogue=NOWHERE) as train:
        told, kept = queued(train, 1, 2)
        with pytest.raises(SurroundingsFailed, match="unreachable"):
            results(train, [told])
        assert {row.submission: row.under_way for row in publishing.outbox(train)} == {
            told: True,
            kept: False,
        }
        assert batches.newest(train)[0].waiting == 1
    with open_desk(tmp_path / "desk", who="Ada", catalogue=url) as office:
        assert [outcome.result for outcome in publishing.resume(office)] == ["published"]
        assert [study.show(office, one).status for one in (told, kept)] == [Status.PUBLISHED, Status.QUEUED]
        (batch,) = batches.newest(office)
        assert batch.results == {"published": 1} and batch.ended_at


def test_taken_out_before_it_went_it_does_not_go(tmp_path: Path, url: str) -> None:
    with open_desk(tmp_path / "desk", catalogue=NOWHERE) as train:
        ids = queued(train, 1)
        with pytest.raises(SurroundingsFailed):
            results(train)
        publishing.unqueue(train, ids)
        assert batches.newest(train) == (), "a batch of which nothing was sent never was"
        history.undo(train)
    with open_desk(tmp_path / "desk", catalogue=url) as office:
        assert list(publishing.resume(office)) == []
        assert results(office) == ["published"]


def test_a_batch_that_was_cut_off_resumes_as_the_same_batch(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "CHUNK", 1)
    queued(desk, 1, 2, 3)

    def cut(done: int, total: int, what: str) -> None:
        if done == 1:
            raise SurroundingsFailed("catalogue-lost", host="there", reason="cut")

    with pytest.raises(SurroundingsFailed):
        list(publishing.publish(desk, None, cut))
    queued(desk, 4)
    assert [outcome.result for outcome in publishing.resume(desk)] == ["published"] * 2
    assert results(desk) == ["published"]
    assert [batch.results for batch in batches.newest(desk)] == [{"published": 1}, {"published": 3}]


def test_what_was_cancelled_waits_to_be_told_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "CHUNK", 1)
    queued(desk, 1, 2)

    def stop(done: int, total: int, what: str) -> None:
        if done == 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        list(publishing.publish(desk, None, stop))
    assert list(publishing.resume(desk)) == []
    (batch,) = batches.newest(desk)
    assert batch.ended_at and batch.results == {"published": 1}


def test_who_sends_at_the_same_time_leaves_what_another_is_sending(desk: Desk, tmp_path: Path) -> None:
    first, second = queued(desk, 1, 2)
    with desk.store.writing() as connection:
        connection.exec_driver_sql(
            "UPDATE outbox SET state = 'sending', sent_at = queued_at, batch = 'x' WHERE submission = ?",
            (first,),
        )
    with leases.alone(tmp_path / "desk" / "sending.lease"):
        assert [outcome.study for outcome in publishing.publish(desk)] == [study.show(desk, second).study]
    with desk.store.writing() as connection:
        connection.exec_driver_sql("UPDATE outbox SET batch = NULL WHERE batch = 'x'")
    assert results(desk) == ["published"], "the other program is gone, and what it was sending is taken along"


def test_of_what_another_program_queued_meanwhile_the_rest_is_queued(desk: Desk) -> None:
    ids = [lay(desk, number) for number in (1, 2)]
    publishing.queue(desk, ids[:1])
    said, refused = publishing.queue_possible(desk, ids)
    assert said.submissions == {ids[1]} or "“Repair café number 2”" in said.said
    assert [(one.submission, one.code) for one in refused] == [(ids[0], "wrong-status")]


def test_an_embargo_holds_a_study_back_until_its_day(desk: Desk) -> None:
    soon, free = lay(desk, 1), lay(desk, 2)
    tomorrow = desk.today + timedelta(days=1)
    publishing.queue(desk, [soon, free])
    actions.carry_out(desk, [soon], actions.embargo_until(tomorrow))
    foreseen = {row.submission: row for row in publishing.rehearse(desk).rows}
    assert (foreseen[soon].outcome, foreseen[free].outcome) == ("blocked", "new")
    assert foreseen[soon].reason.startswith("It waits until")
    assert results(desk) == ["published"]
    assert list(publishing.resume(desk)) == []
    assert {row.submission: row.embargo for row in publishing.outbox(desk)}[soon] == tomorrow
    actions.carry_out(desk, [soon], actions.embargo_until(desk.today))
    assert results(desk) == ["published"]


def test_an_embargo_holds_back_what_was_told_to_go_and_could_not(tmp_path: Path, url: str) -> None:
    with open_desk(tmp_path / "desk", catalogue=NOWHERE) as train:
        soon, free = queued(train, 1, 2)
        with pytest.raises(SurroundingsFailed):
            results(train)
        tomorrow = train.today + timedelta(days=1)
        actions.carry_out(train, [soon], actions.embargo_until(tomorrow))
    with open_desk(tmp_path / "desk", catalogue=url) as office:
        assert [outcome.study for outcome in publishing.resume(office)] == [study.show(office, free).study]
        assert not any(row.under_way for row in publishing.outbox(office)), "nothing is held up"
        assert batches.newest(office)[0].ended_at
        actions.carry_out(office, [soon], actions.embargo_until(None))
        assert results(office) == ["published"]


def test_without_a_day_to_look_again_nothing_is_published(desk: Desk) -> None:
    desk.settings = replace(desk.settings, review_years=0)
    (one,) = [lay(desk, 1)]
    with pytest.raises(Refused, match="review-day-needed"):
        publishing.queue(desk, [one])
    (foreseen,) = publishing.rehearse(desk, [one]).rows
    assert foreseen.outcome == "blocked" and "looked at again" in foreseen.reason
    actions.carry_out(desk, [one], actions.review_on(date(2030, 1, 2)))
    publishing.queue(desk, [one])
    assert results(desk) == ["published"]


def test_a_study_that_is_found_right_goes_out_with_its_next_day(desk: Desk) -> None:
    one = lay(desk, 1, review_on=desk.today + timedelta(days=10))
    publishing.queue(desk, [one])
    results(desk)
    assert reviewing.due(desk, 9) == ()
    (row,) = reviewing.due(desk, 10)
    assert (row.submission, row.version) == (one, 1)
    listed = [found.id for found in queue.rows(desk, QueueFilter(review_within=10))]
    assert listed == [one] and not queue.rows(desk, QueueFilter(review_within=9))
    later = reviewing.next_review(desk)
    assert later and later > desk.today + timedelta(days=700)
    assert reviewing.foresee(desk, [one], later).ids == (one,)
    reviewing.renew(desk, [one], later)
    (foreseen,) = publishing.rehearse(desk).rows
    assert [difference.field for difference in foreseen.differences] == ["review_by"]
    assert results(desk) == ["published"]
    assert reviewing.due(desk, 600) == ()
    assert study.show(desk, one).status == Status.PUBLISHED


def test_a_batch_is_taken_back_but_for_what_others_changed_since(
    desk: Desk, tmp_path: Path, url: str
) -> None:
    old, other = queued(desk, 1, 2)
    results(desk)
    changed(desk, old, "New words that were wrong.")
    changed(desk, other, "Others go on from here.")
    (new,) = queued(desk, 3)
    results(desk)
    with open_desk(tmp_path / "colleague", who="Bob", catalogue=url) as colleague:
        publishing.pull(colleague)
        own = lay(colleague, 2, base_version=2)
        publishing.queue(colleague, [own])
        assert results(colleague) == ["published"]

    foreseen = batches.foresee_undo(desk, "2")
    told = {one.submission: (one.outcome, one.reason) for one in foreseen.prospects}
    assert told[old] == ("done", "“Repair café number 1” goes back to the words of version 1.")
    assert told[new] == (
        "done",
        "“Repair café number 3” is withdrawn, since this batch published it first.",
    )
    assert told[other][0] == "refused" and "version 3 was published by" in told[other][1]

    outcomes = {outcome.study: outcome.result for outcome in batches.undo(desk, "2")}
    named = {one: study.show(desk, one) for one in (old, other, new)}
    assert {one: outcomes[found.study] for one, found in named.items()} == {
        old: "published",
        other: "conflict",
        new: "withdrawn",
    }
    assert [named[one].status for one in (old, other, new)] == [
        Status.IN_REVIEW,
        Status.PUBLISHED,
        Status.WITHDRAWN,
    ]
    assert named[old].base_version == 3
    undone, sent, _ = batches.newest(desk)
    assert (undone.kind, undone.undoes, sent.undone_by) == ("undo", 2, 3)
    assert {row.state for row in publishing.outbox(desk)} == {"undone", "published"}
    with pytest.raises(Refused, match="not-a-sending"):
        batches.foresee_undo(desk, "3")
    again = batches.foresee_undo(desk, "2")
    assert again.ids == () and [one.outcome for one in again.refused] == ["refused"]


def test_what_a_batch_brought_back_is_withdrawn_again(desk: Desk) -> None:
    (one,) = queued(desk, 1)
    results(desk)
    publishing.withdraw(desk, one, "Asked for")
    decisions.reopen(desk, [one])
    changed(desk, one, "It is right after all.")
    assert results(desk) == ["published"]
    (foreseen,) = batches.foresee_undo(desk, "2").prospects
    assert foreseen.reason == "“Repair café number 1” is withdrawn again, as it was before this batch."
    assert [outcome.result for outcome in batches.undo(desk, "2")] == ["withdrawn"]
    assert study.show(desk, one).status == Status.WITHDRAWN


def test_a_batch_of_another_catalogue_is_not_taken_back_in_this_one(desk: Desk, tmp_path: Path) -> None:
    queued(desk, 1)
    results(desk)
    here = f"sqlite:///{tmp_path / 'other.db'}"
    with open_desk(tmp_path / "desk", catalogue=here) as elsewhere:
        from workbench import catalogue

        catalogue.init(here)
        with pytest.raises(Refused, match="batch-elsewhere"):
            batches.foresee_undo(elsewhere, "1")


@pytest.fixture(scope="module")
def logins(postgres: Any) -> None:
    for login in ("eve", "fay"):
        postgres.run(f"CREATE ROLE {login} LOGIN")


@pytest.fixture
def two_logins(postgres: Any, logins: None) -> tuple[str, str]:
    """The addresses of a catalogue in which one login proposes and the other approves."""
    url = postgres.made()
    with open_catalogue(url) as shared:
        for login in ("eve", "fay"):
            shared.grant(login, "publisher")
        shared.set_policy("second-person")
    eve, fay = (url.replace("postgres:@", f"{login}:@") for login in ("eve", "fay"))
    return eve, fay


def test_what_was_proposed_is_published_or_comes_back(two_logins: tuple[str, str], tmp_path: Path) -> None:
    eve, fay = two_logins
    with open_desk(tmp_path / "desk", who="Eve", catalogue=eve) as desk:
        good, bad, mine = queued(desk, 1, 2, 3)
        assert {row.outcome for row in publishing.rehearse(desk).rows} == {"new"}
        assert results(desk) == ["proposed"] * 3
        assert {study.show(desk, one).status for one in (good, bad, mine)} == {Status.PROPOSED}
        assert {row.state for row in publishing.outbox(desk)} == {"proposed"}
        assert publishing.pull(desk) == 0, "nobody has decided yet"
        named = {row.submission: row.publication for row in publishing.outbox(desk)}
        with open_catalogue(fay) as second:
            second.approve(named[good])
            second.decline(named[bad], "Name the source of the figure.")
        with open_catalogue(eve) as first:
            first.revoke(named[mine])

        assert publishing.pull(desk) == 1
        told = [study.show(desk, one) for one in (good, bad, mine)]
        assert [one.status for one in told] == [Status.PUBLISHED, Status.APPROVED, Status.APPROVED]
        assert told[0].base_version == 1
        (back,) = (row for row in publishing.outbox(desk) if row.submission == bad)
        assert back.state == "failed" and "Name the source" in back.reason
        assert "Name the source" in history.entries(desk, bad)[0].said
        assert batches.report(desk, "1").batch.results == {"failed": 2, "published": 1}
        publishing.queue(desk, [bad])
        assert results(desk) == ["proposed"]
