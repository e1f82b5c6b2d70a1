"""What holds when a process is killed at any moment, and when two of them work on the same desk."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

import resources
from workbench.desk import Desk, history, open_desk, queue, study
from workbench.desk.arriving import arrivals

SAMPLES = sorted(resources.path("samples").glob("*.docx"))[:8]

IMPORT = """
import sys
from pathlib import Path
from workbench.desk.arriving import arrivals; from workbench.desk import open_desk
with open_desk(Path(sys.argv[1])) as desk:
    print("open", flush=True)
    for arrival in arrivals.import_paths(desk, [Path(name) for name in sys.argv[2:]]):
        print(arrival.submission, flush=True)
"""

COUNT = """
import sys
from pathlib import Path
from workbench.desk import open_desk, study; from workbench.desk.editing import review
from workbench.errors import Refused
from workbench.richtext import from_text
with open_desk(Path(sys.argv[1]), who=sys.argv[3]) as desk:
    left = 12
    while left:
        seen = study.show(desk, sys.argv[2]).value("summary")
        try:
            review.edit(desk, sys.argv[2], "summary", from_text(str(int(seen.text) + 1)), before=seen.content)
            left -= 1
        except Refused as error:
            assert error.code == "changed-meanwhile", error
"""


def run(code: str, *arguments: object, **options: Any) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", code, *map(str, arguments)], text=True, **options)


@pytest.mark.parametrize("seed", range(6))
def test_an_import_killed_at_any_moment_leaves_whole_submissions(tmp_path: Path, seed: int) -> None:
    workspace = tmp_path / "desk"
    process = run(IMPORT, workspace, *SAMPLES, stdout=subprocess.PIPE)
    assert process.stdout
    process.stdout.readline()
    time.sleep(random.Random(seed).uniform(0, 1.2))
    process.send_signal(signal.SIGKILL)
    told = [line.strip() for line in process.stdout.read().splitlines() if line.startswith("CB-")]
    process.wait()
    with open_desk(workspace) as desk:
        kept = [row.id for row in queue.rows(desk)]
        assert set(told) <= set(kept), "what was told of is there"
        assert len(history.entries(desk)) == len(kept), "each with its line in the journal"
        for name in kept:
            shown = study.show(desk, name)
            assert shown.title
            assert study.source(desk, name).name == shown.files[0].name
        taken = [arrival.taken_for for arrival in arrivals.import_paths(desk, SAMPLES)]
        assert taken.count("duplicate") == len(kept)
        assert queue.count(desk) == len({path.read_bytes() for path in SAMPLES})
    with sqlite3.connect(workspace / "desk.db") as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []


def test_two_desks_lose_nothing_of_each_other(desk: Desk, lay: Any) -> None:
    from workbench.desk.editing import review
    from workbench.richtext import from_text

    one = lay()
    review.edit(desk, one, "summary", from_text("0"))
    processes = [run(COUNT, desk.workspace, one, who) for who in ("Bea", "Cy")]
    assert [process.wait(timeout=120) for process in processes] == [0, 0]
    assert desk.changed_elsewhere()
    assert study.show(desk, one).value("summary").text == "24"
    entries = history.entries(desk, one)
    assert len(entries) == 26
    assert {entry.who for entry in entries} == {"Ada", "Bea", "Cy"}
    for _ in range(24):
        history.undo(desk)
    assert study.show(desk, one).value("summary").text == "0"


def test_another_program_that_ends_does_not_take_an_open_desk_for_abandoned(tmp_path: Path) -> None:
    with open_desk(tmp_path / "desk") as desk:
        with open_desk(tmp_path / "desk"):
            pass
        list(arrivals.import_paths(desk, SAMPLES[:1]))
        log = tmp_path / "desk" / "desk.db-wal"
        before = log.stat().st_ino
        assert run("import sys; from pathlib import Path; from workbench.desk import open_desk\n"
                   "with open_desk(Path(sys.argv[1])): pass", tmp_path / "desk").wait() == 0  # fmt: skip
        assert log.exists()
        assert log.stat().st_ino == before
        list(arrivals.import_paths(desk, SAMPLES[1:2]))
    with open_desk(tmp_path / "desk") as desk:
        assert sum(queue.counts(desk).values()) == 2
