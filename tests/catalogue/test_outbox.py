"""The failure protocol of the outbox, step by step, against both databases."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from tests.catalogue.given import lay
from workbench import catalogue
from workbench.catalogue import open_catalogue
from workbench.catalogue import publishing as sending
from workbench.desk import Desk, decisions, history, open_desk, queue, study
from workbench.desk.catalogue import conflicts, publishing
from workbench.desk.editing import review
from workbench.errors import Refused, SurroundingsFailed
from workbench.progress import Cancelled
from workbench.richtext import from_text
from workbench.submission import Status, Term


@pytest.fixture
def desk(tmp_path: Path, url: str) -> Iterator[Desk]:
    with open_desk(tmp_path / "desk", who="Ada", catalogue=url) as opened:
        yield opened


def queued(desk: Desk, count: int) -> list[str]:
    ids = [lay(desk, number) for number in range(count)]
    publishing.queue(desk, ids)
    return ids


def results(desk: Desk, ids: list[str] | None = None) -> list[str]:
    return [outcome.result for outcome in publishing.publish(desk, ids)]


def states(desk: Desk) -> Counter[str]:
    return Counter(row.state for row in publishing.outbox(desk))


def statuses(desk: Desk) -> dict[Status, int]:
    return {status: count for status, count in queue.counts(desk).items() if count}


def test_queued_published_and_mirrored(desk: Desk) -> None:
    ids = queued(desk, 3)
    assert states(desk) == {"waiting": 3} and statuses(desk) == {Status.QUEUED: 3}
    assert results(desk) == ["published"] * 3
    assert states(desk) == {"published": 3} and statuses(desk) == {Status.PUBLISHED: 3}
    assert [study.show(desk, one).base_version for one in ids] == [1, 1, 1]
    assert publishing.pull(desk) == 0, "the mirror had followed already"
    assert results(desk) == []


def test_only_what_was_chosen_is_sent(desk: Desk) -> None:
    ids = queued(desk, 3)
    assert results(desk, ids[1:2]) == ["published"]
    assert [study.show(desk, one).status for one in ids] == [Status.QUEUED, Status.PUBLISHED, Status.QUEUED]


def test_what_is_published_cannot_be_undone_but_the_queueing_can(desk: Desk) -> None:
    ids = queued(desk, 1)
    assert history.undo(desk).submissions == {ids[0]}
    assert statuses(desk) == {Status.APPROVED: 1} and states(desk) == {}
    history.redo(desk)
    assert results(desk) == ["published"]
    with pytest.raises(Refused, match="overtaken"):
        history.undo(desk)


def test_taking_out_of_the_outbox(desk: Desk) -> None:
    ids = queued(desk, 2)
    publishing.unqueue(desk, ids[:1])
    assert statuses(desk) == {Status.APPROVED: 1, Status.QUEUED: 1}
    with pytest.raises(Refused, match="wrong-status"):
        publishing.unqueue(desk, ids)
    assert results(desk) == ["published"]


def test_a_reopened_study_is_an_update_and_the_same_words_are_unchanged(desk: Desk) -> None:
    (one,) = queued(desk, 1)
    results(desk)
    again(desk, one)
    (row,) = publishing.rehearse(desk).rows
    assert (row.outcome, row.differences) == ("unchanged", ())
    assert results(desk) == ["unchanged"] and statuses(desk) == {Status.PUBLISHED: 1}
    again(desk, one, "They mend even more.")
    (row,) = publishing.rehearse(desk).rows
    assert (row.outcome, row.live_version) == ("update", 1)
    (difference,) = row.differences
    assert (difference.field, difference.live, difference.mine) == (
        "summary",
        "Residents mend what they own.",
        "They mend even more.",
    )
    assert results(desk) == ["published"]
    assert study.show(desk, one).base_version == 2


def again(desk: Desk, submission: str, summary: str = "") -> None:
    decisions.reopen(desk, [submission])
    if summary:
        review.edit(desk, submission, "summary", from_text(summary))
    with desk.store.writing() as connection:
        from workbench.edits import Change
        from workbench.store import slots

        slots.write(connection, [Change(submission, "submission", "status", "in_review", "approved")])
    publishing.queue(desk, [submission])


def test_a_colleague_was_faster(desk: Desk, tmp_path: Path, url: str) -> None:
    """The second desk to publish is told, loses nothing, and may replace what is live once it has looked."""
    energy = Term("topic", "energy", "Energy")
    same, other = lay(desk, 1), lay(desk, 1, terms=(energy,))
    with open_desk(tmp_path / "colleague", who="Bob", catalogue=url) as colleague:
        publishing.queue(colleague, [lay(colleague, 1)])
        results(colleague)
    foreseen = publishing.rehearse(desk, [same, other]).rows
    assert [(row.outcome, row.live_version) for row in foreseen] == [("unchanged", 1), ("conflict", 1)]
    publishing.queue(desk, [same, other])
    assert results(desk) == ["unchanged", "conflict"]
    assert study.show(desk, other).status == Status.APPROVED
    (came_back,) = (row for row in publishing.outbox(desk) if row.state == "conflict")
    assert came_back.submission == other and came_back.reason
    conflicts.resolve(desk, other, conflicts.show(desk, other).seen, {})
    assert results(desk) == ["published"]


def test_withdrawn_here_and_brought_back(desk: Desk) -> None:
    (one,) = queued(desk, 1)
    results(desk)
    uuid = study.show(desk, one).study
    with pytest.raises(Refused, match="reason-needed"):
        publishing.withdraw(desk, one, " ")
    changed = publishing.withdraw(desk, uuid, "asked for", "Out of date.")
    assert changed.submissions == {one} and "catalogue" in changed.grains
    assert statuses(desk) == {Status.WITHDRAWN: 1}
    again(desk, one)
    (row,) = publishing.rehearse(desk).rows
    assert row.outcome == "update" and row.reason
    assert results(desk) == ["published"]
    assert study.show(desk, one).base_version == 2


def test_a_catalogue_out_of_reach_leaves_everything_waiting(tmp_path: Path) -> None:
    with open_desk(tmp_path / "desk", catalogue="postgresql://127.0.0.1:1/nowhere") as desk:
        queued(desk, 2)
        for work in (results, publishing.rehearse, publishing.pull):
            with pytest.raises(SurroundingsFailed, match="catalogue-unreachable"):
                work(desk)  # type: ignore[operator]
        assert states(desk) == {"waiting": 2} and statuses(desk) == {Status.QUEUED: 2}
        publishing.unqueue(desk, [row.submission for row in publishing.outbox(desk)])


def test_a_connection_lost_in_the_middle_leaves_the_rest_waiting(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "CHUNK", 2)
    ids = queued(desk, 6)
    write, chunks = sending.carry_out, 0

    def cut(connection: Any, *rest: Any) -> Any:
        nonlocal chunks
        chunks += 1
        outcomes = write(connection, *rest)
        if chunks == 2:
            raise SurroundingsFailed("catalogue-lost", host="there", reason="cut")
        return outcomes

    monkeypatch.setattr(sending, "carry_out", cut)
    outcomes: list[str] = []
    with pytest.raises(SurroundingsFailed, match="catalogue-lost"):
        outcomes.extend(outcome.result for outcome in publishing.publish(desk))
    assert states(desk) == {"published": 2, "waiting": 4}
    with pytest.raises(Refused, match="being-sent"):
        publishing.unqueue(desk, ids[2:3])
    monkeypatch.undo()
    assert results(desk) == ["published"] * 4
    assert statuses(desk) == {Status.PUBLISHED: 6}


def test_the_server_ends_the_connection_in_the_middle(
    postgres: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = sending.carry_out

    def cut(connection: Any, *rest: Any) -> Any:
        number = connection.scalar(text("SELECT pg_backend_pid()"))
        postgres.run(f"SELECT pg_terminate_backend({number})")
        return write(connection, *rest)

    with open_desk(tmp_path / "desk", catalogue=postgres.made()) as desk:
        queued(desk, 3)
        monkeypatch.setattr(sending, "carry_out", cut)
        with pytest.raises(SurroundingsFailed, match="catalogue-lost"):
            results(desk)
        assert states(desk) == {"waiting": 3}
        monkeypatch.undo()
        assert results(desk) == ["published"] * 3


def test_cancelling_leaves_the_rest_as_if_never_tried(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "CHUNK", 2)
    ids = queued(desk, 5)

    def stop(done: int, total: int, what: str) -> None:
        if done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        list(publishing.publish(desk, None, stop))
    assert states(desk) == {"published": 2, "waiting": 3}
    publishing.unqueue(desk, ids[2:])
    assert statuses(desk) == {Status.PUBLISHED: 2, Status.APPROVED: 3}


def test_a_study_the_catalogue_refuses_comes_back_and_its_neighbours_go_on(desk: Desk) -> None:
    ids = [lay(desk, 1), lay(desk, 2, authorities=(), pictures=()), lay(desk, 3)]
    publishing.queue(desk, ids)
    with desk.store.writing() as connection:
        connection.exec_driver_sql(
            "UPDATE outbox SET json = json_set(json, '$.slug', ?) WHERE submission = ?", ("x" * 400, ids[1])
        )
    assert results(desk) == ["published", "failed", "published"]
    assert study.show(desk, ids[1]).status == Status.APPROVED
    assert history.entries(desk, ids[1])[0].said.startswith("“Repair café number 2” could not be published")


KILLED = """
import os, sys
from pathlib import Path
from workbench import catalogue, outbox as journey
from workbench.catalogue import publishing as sending
from workbench.desk import open_desk; from workbench.desk.catalogue import publishing
from workbench.store import outbox

place, workspace, url = sys.argv[1:]
module, name = {
    "after marking": (outbox, "begin"),
    "before the catalogue commits": (sending, "carry_out"),
    "before the outcome is written down": (journey, "_settle"),
    "while it is written down": (outbox, "settle"),
    "before the mirror moves on": (journey.mirror, "set_place"),
}[place]
done = getattr(module, name)

def killed(*arguments, **options):
    if place in ("after marking", "before the catalogue commits"):
        done(*arguments, **options)
    if place == "after marking":
        arguments[0].exec_driver_sql("COMMIT")
    os._exit(9)

sending.CHUNK = 2
setattr(module, name, killed)
with open_desk(Path(workspace), catalogue=url) as desk:
    list(publishing.publish(desk))
"""


@pytest.mark.parametrize(
    "place",
    [
        "after marking",
        "before the catalogue commits",
        "before the outcome is written down",
        "while it is written down",
        "before the mirror moves on",
    ],
)
def test_killed_at_any_point_nothing_is_lost_and_nothing_doubled(
    tmp_path: Path, url: str, place: str
) -> None:
    with open_desk(tmp_path / "desk", catalogue=url) as desk:
        queued(desk, 3)
    command = [sys.executable, "-c", KILLED, place, str(tmp_path / "desk"), url]
    assert subprocess.run(command, check=False).returncode == 9
    with open_desk(tmp_path / "desk", catalogue=url) as desk:
        results(desk)
        publishing.pull(desk)
        assert statuses(desk) == {Status.PUBLISHED: 3}
        with desk.store.reading() as connection:
            mirrored = connection.exec_driver_sql("SELECT count(*) FROM mirror_study").scalar()
    with open_catalogue(url) as shared:
        assert [found.version for found in shared.studies()] == [1, 1, 1]
        assert shared.last_change() == 3 == mirrored
    assert catalogue.status(url).studies == 3
