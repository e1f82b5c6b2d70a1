"""Publishing by the command: batches, their reports, days to wait for, taking back, looking again."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.catalogue.given import lay
from workbench.cli import main
from workbench.desk import open_desk

Casebook = Callable[..., tuple[int, str, str]]


@pytest.fixture
def casebook(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Casebook:
    def run(*arguments: str) -> tuple[int, str, str]:
        status = main(["--workspace", str(tmp_path / "desk"), *arguments])
        return status, *capsys.readouterr()

    return run


@pytest.fixture
def laid(tmp_path: Path) -> list[str]:
    """Three approved studies."""
    with open_desk(tmp_path / "desk", who="Ada") as desk:
        return [lay(desk, number) for number in (1, 2, 3)]


def lines(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_a_batch_is_sent_reported_and_taken_back(casebook: Casebook, laid: list[str], tmp_path: Path) -> None:
    status, out, _ = casebook("publish", "--all-approved", "--json")
    assert (status, [line["result"] for line in lines(out)]) == (0, ["published"] * 3)

    status, out, _ = casebook("batches", "--json")
    (batch,) = lines(out)
    assert (status, batch["number"], batch["results"]) == (0, 1, {"published": 3})
    status, out, _ = casebook("outbox", "--report", "1", "--json")
    (report,) = lines(out)
    assert [item["submission"] for item in report["items"]] == laid
    status, out, _ = casebook("batches", str(batch["id"]))
    assert status == 0 and "published: Repair café number 1" in out
    assert casebook("batches", "1", "--save", str(tmp_path / "one.csv"))[0] == 0
    assert (tmp_path / "one.csv").read_text("utf-8-sig").startswith("result,submission,title")
    assert casebook("batches", "7")[0] == 2
    assert casebook("batches", "--save", "x.txt")[0] == 2

    status, out, _ = casebook("undo-batch", "1", "--dry-run")
    assert status == 0 and out.count("is withdrawn, since this batch published it first") == 3
    status, out, _ = casebook("undo-batch", "1", "--json")
    assert (status, {line["result"] for line in lines(out)}) == (0, {"withdrawn"})
    status, out, _ = casebook("list", "--status", "withdrawn", "--json")
    assert len(lines(out)) == 3


def test_what_may_not_go_is_said_and_the_rest_goes(
    casebook: Casebook, laid: list[str], tmp_path: Path
) -> None:
    later = (date.today() + timedelta(days=40)).isoformat()
    assert casebook("dates", laid[0], "--embargo", later)[0] == 0
    status, out, _ = casebook("publish", *laid, "--dry-run", "--json")
    assert status == 1
    assert [line["outcome"] for line in lines(out)] == ["blocked", "new", "new"]
    status, out, err = casebook("publish", *laid)
    assert status == 1 and out.count("published:") == 2 and "waits for its day" in err
    status, out, _ = casebook("outbox")
    assert f"waits until {later}" in out
    assert casebook("publish", "--all-approved")[0] == 0, "nothing that was named is held back"
    status, _, err = casebook("publish", laid[1])
    assert status == 1 and "is published" in err


def test_a_house_without_a_usual_day_is_asked_for_one(
    casebook: Casebook, laid: list[str], tmp_path: Path
) -> None:
    (tmp_path / "desk" / "settings.toml").write_text("review_years = 0\n", "utf-8")
    status, _, err = casebook("publish", laid[0])
    assert status == 1 and "no day on which it is looked at again" in err
    soon = (date.today() + timedelta(days=12)).isoformat()
    assert casebook("dates", laid[0], "--review", soon)[0] == 0
    assert casebook("publish", laid[0])[0] == 0

    status, out, _ = casebook("due-review", "--in", "12", "--json")
    assert [(line["submission"], line["review_by"]) for line in lines(out)] == [(laid[0], soon)]
    assert casebook("due-review", "--in", "11", "--json")[1] == ""
    assert lines(casebook("list", "--review-in", "12", "--json")[1])[0]["id"] == laid[0]
    assert casebook("reviewed", laid[0])[0] == 2, "nor is there a next one"
    status, out, _ = casebook("reviewed", laid[0], "--next", "2031-05-06")
    assert status == 0 and "next on 6 May 2031" in out
    assert casebook("publish")[0] == 0
    assert casebook("due-review", "--in", "12", "--json")[1] == ""


def test_what_was_published_in_a_tunnel_goes_with_the_next_publish(
    casebook: Casebook, laid: list[str]
) -> None:
    nowhere = ("--catalogue", "postgresql://127.0.0.1:1/nowhere")
    status, _, err = casebook(*nowhere, "publish", laid[0])
    assert status == 3 and "cannot be reached" in err
    status, out, _ = casebook("publish", "--json")
    assert (status, [line["result"] for line in lines(out)]) == (0, ["published"])


def test_two_publish_everything_at_once_and_each_study_goes_once(laid: list[str], tmp_path: Path) -> None:
    arguments = ["--workspace", str(tmp_path / "desk"), "publish", "--all-approved", "--json"]
    command = [sys.executable, "-m", "workbench", *arguments]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    told = [line for process in both for line in lines(process.communicate()[0])]
    assert [process.returncode for process in both] == [0, 0]
    assert sorted(line["version"] for line in told if line["result"] == "published")[:3] == [1, 1, 1]
    with open_desk(tmp_path / "desk") as desk:
        from workbench.desk import queue
        from workbench.submission import Status

        assert queue.counts(desk)[Status.PUBLISHED] == 3
