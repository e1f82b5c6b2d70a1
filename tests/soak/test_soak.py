"""A short slice of `make soak`, and that its laws notice what they are there to notice."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.soak import acts, children, crowds, killing, laws, lines, older, sends
from tests.soak.children import Blow
from tests.soak.laws import Ledger
from tests.soak.servers import Server
from workbench import catalogue

pytestmark = pytest.mark.skipif(not hasattr(os, "fork") or sys.platform == "darwin", reason="needs fork")

SEED = 20260302


def soon(seconds: float) -> float:
    return time.monotonic() + seconds


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    started = Server()
    yield started
    started.close()


def test_killed_at_any_moment_nothing_is_lost_doubled_or_half_done(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'catalogue.db'}"
    children.answer(lambda: catalogue.init(address).did)
    tally = killing.lives(tmp_path, iter([address]), SEED, 5, soon(30))
    assert tally.broken == []
    assert tally.ends.total() == 5


def test_killed_in_a_migration_the_next_start_finishes_it(tmp_path: Path) -> None:
    tally = killing.migrations(tmp_path, older.desks(tmp_path / "old")[:1], SEED, 3, soon(30))
    assert tally.broken == []
    assert tally.ends["killed"]


def test_killed_while_a_copy_is_put_back_the_desk_is_one_of_both(tmp_path: Path) -> None:
    tally = killing.restores(tmp_path, SEED, 3, soon(30))
    assert tally.broken == []


def test_a_sending_killed_at_a_statement_arrives_once(tmp_path: Path) -> None:
    tally = sends.every_statement(tmp_path, sends.in_files(tmp_path), soon(60), step=200)
    assert tally.broken == []
    assert tally.under["before"]
    assert tally.under["behind"]


def test_a_batch_over_a_failing_wire_arrives_once(tmp_path: Path, server: Server) -> None:
    tally = lines.cut(server, tmp_path, SEED, 1, soon(30))
    assert tally.broken == []


def test_eight_publishers_at_once_lose_no_update(server: Server) -> None:
    address = server.empty()
    children.answer(lambda: catalogue.init(address).did)
    tally = crowds.crowd(address, 3, soon(30))
    assert tally.broken == []
    assert tally.under["rounds"] == 8 * 3
    assert tally.under["conflict"]


def test_a_child_dies_at_the_statement_it_is_told(tmp_path: Path) -> None:
    def work(say: children.Say) -> None:
        with acts.a_desk(tmp_path, "") as desk:
            say({"opened": True})
            with desk.store.reading() as connection:
                for number in range(50):
                    connection.exec_driver_sql("SELECT 1")
                    say({"number": number})

    whole = children.run(work)
    assert (whole.end, len(whole.said)) == ("done", 51)
    early, late = (children.run(work, Blow(statement=40, behind=behind)) for behind in (False, True))
    assert early.end == late.end == "killed"
    assert 0 < len(early.said) <= len(late.said) < 51


def test_what_was_acknowledged_and_is_gone_is_noticed(tmp_path: Path) -> None:
    with acts.a_desk(tmp_path, ""):
        pass
    ledger = Ledger(files={"lost.docx": "CB-2026-0001"}, sent={"some-publication": "published"})
    assert children.answer(lambda: laws.of_desk(tmp_path, ledger)) == [
        "file lost.docx is lost",
        "some-publication was published and is None",
    ]


def test_an_answer_may_be_what_was_acknowledged_or_what_was_in_flight() -> None:
    ledger = Ledger()
    edit = {"id": "CB-1", "field": "title"}
    ledger.take([{"begins": "edit", **edit, "text": "A"}, {"did": "edit", **edit, "text": "A"}])
    assert ledger.answers["CB-1", "title"] == ("A",)
    ledger.take([{"begins": "edit", **edit, "text": "B"}])
    assert ledger.answers["CB-1", "title"] == ("A", "B")
    ledger.take([{"did": "edit", **edit, "text": "B"}, {"begins": "undo", **edit}, {"did": "undo", **edit}])
    assert ledger.answers["CB-1", "title"] == ("A",)
