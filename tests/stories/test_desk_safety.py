"""The desk's own safety, by the command: copied, damaged, looked through, put back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import resources
from tests.conftest import Casebook
from workbench.desk import open_desk
from workbench.desk.keeping import backups
from workbench.store import verifying


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return tmp_path / "desk"


def sample() -> Path:
    return sorted(resources.path("samples").glob("*.docx"))[0]


@pytest.fixture
def begun(casebook: Casebook) -> str:
    """A submission on the desk; its id."""
    (row,) = casebook("import", sample(), "--json").rows
    casebook("edit", row["submission"], "title", "--text", "Mended by neighbours")
    return row["submission"]


def title(casebook: Casebook, submission: str) -> str:
    return casebook("show", submission, "--json").row["fields"]["title"]["text"]


def test_a_morning_lost_and_brought_back(casebook: Casebook, begun: str) -> None:
    made = casebook("desk", "backup", "--json").row
    casebook("edit", begun, "title", "--text", "Overwritten by mistake")
    restored = casebook("desk", "restore")
    assert restored.status == 0
    assert Path(made["path"]).name in restored.out
    assert title(casebook, begun) == "Mended by neighbours"
    reasons = [row["reason"] for row in casebook("desk", "backup", "--list", "--json").rows]
    assert reasons == ["restore", "asked"]
    assert casebook("desk", "verify").status == 0


def test_a_sound_desk_is_called_sound(casebook: Casebook, begun: str) -> None:
    verdict = casebook("desk", "verify", "--json").row
    assert verdict["sound"]
    assert verdict["flaws"] == []
    assert verdict["looked_at"]["submissions"] == 1
    assert verdict["looked_at"]["steps"] == 2


def test_a_desk_after_a_whole_day_is_sound(casebook: Casebook, tmp_path: Path) -> None:
    """Every kind of step: undone, done again, decided, queued, published, withdrawn."""
    assert casebook("import", resources.path("samples")).status == 0
    rows = casebook("list", "--json").rows
    ready = [row["id"] for row in rows if not row["blockers"]]
    other = next(row["id"] for row in rows if row["blockers"])
    casebook("edit", other, "title", "--text", "One")
    casebook("undo")
    casebook("undo", "--redo")
    casebook("reject", other, "--reason", "Not ours")
    casebook("approve", *ready)
    casebook("publish", "--all-approved")
    casebook("reopen", ready[0])
    casebook("withdraw", ready[1], "--reason", "Asked for")
    verdict = casebook("desk", "verify", "--json").row
    assert verdict["flaws"] == []
    assert verdict["looked_at"]["publications"] == len(ready)


def harm(workspace: Path, statement: str) -> None:
    with closing(sqlite3.connect(workspace / "desk.db", isolation_level=None)) as database:
        database.execute(statement)


def test_a_desk_that_is_worked_on_meanwhile_is_called_sound(
    casebook: Casebook, begun: str, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def at_work(*_: object) -> Iterator[verifying.Flaw]:
        harm(workspace, "UPDATE submission SET due = due")
        yield from ()

    monkeypatch.setattr(verifying, "_CHECKS", (at_work, *verifying._CHECKS))
    assert casebook("desk", "verify", "--json").row["flaws"] == []


HARMS = {
    "flaw-blob": "UPDATE blob SET data = x'00' WHERE rowid = 1",
    "flaw-source": "DELETE FROM blob",
    "flaw-standing": "UPDATE field_value SET html = '<p>x</p>' WHERE key = 'title'",
    "flaw-step": "UPDATE journal SET changes = json_set(changes, '$[0][3]', 'other') WHERE id = 3",
    "flaw-waiting": "UPDATE submission SET status = 'queued'",
    "flaw-index": "DELETE FROM words",
    "flaw-half-made": "DELETE FROM journal_submission",
    "flaw-reference": "DELETE FROM submission",
    "flaw-table": "DROP TABLE finding",
    "flaw-form": "UPDATE alembic_version SET version_num = '9999'",
}


@pytest.mark.parametrize("flaw", HARMS)
def test_what_is_wrong_is_named_with_what_to_do(
    casebook: Casebook, begun: str, workspace: Path, flaw: str
) -> None:
    casebook("edit", begun, "title", "--text", "Mended by many neighbours")
    casebook("desk", "backup")
    harm(workspace, HARMS[flaw])
    answer = casebook("desk", "verify", "--json")
    assert answer.status == 3
    assert flaw in [each["code"] for each in answer.row["flaws"]]
    assert all(each["message"] != each["code"] for each in answer.row["flaws"])
    if flaw == "flaw-form":
        return
    assert "casebook desk restore" in answer.row["advice"]
    assert casebook("desk", "restore").status == 0
    assert casebook("desk", "verify").status == 0


def torn(workspace: Path) -> None:
    """The file as after a disk that lost a stretch of it."""
    path = workspace / "desk.db"
    content = bytearray(path.read_bytes())
    content[16384:] = bytes(len(content) - 16384)
    path.write_bytes(content)


def gone(workspace: Path) -> None:
    (workspace / "desk.db").write_bytes(b"not what it was" * 1000)


def lacking(workspace: Path) -> None:
    harm(workspace, "DROP TABLE finding")


@pytest.mark.parametrize("damage", [torn, gone, lacking])
def test_a_damaged_desk_is_told_in_words_and_its_sentence_names_what_helps(
    casebook: Casebook, begun: str, workspace: Path, damage: Callable[[Path], None]
) -> None:
    casebook("desk", "backup")
    damage(workspace)
    answer = casebook("list")
    assert answer.status == 3
    assert "casebook desk restore" in answer.err
    assert "Traceback" not in answer.err
    assert casebook("desk", "verify").status == 3
    assert casebook("desk", "restore").status == 0
    assert title(casebook, begun) == "Mended by neighbours"


def test_an_older_desk_that_lacks_a_table_is_told_in_words(
    casebook: Casebook, begun: str, workspace: Path
) -> None:
    harm(workspace, "DROP TABLE submission")
    harm(workspace, "UPDATE alembic_version SET version_num = '0002'")
    answer = casebook("list")
    assert answer.status == 3
    assert "casebook desk verify" in answer.err


def test_a_copy_nobody_has_is_wrong_usage(casebook: Casebook, begun: str) -> None:
    assert casebook("desk", "restore").status == 2
    assert casebook("desk", "restore", "nowhere.db").status == 2
    assert casebook("desk", "verify", "nowhere.db").status == 2


def test_a_desk_that_is_open_elsewhere_is_not_replaced(
    casebook: Casebook, begun: str, workspace: Path
) -> None:
    casebook("desk", "backup")
    with open_desk(workspace):
        answer = casebook("desk", "restore")
    assert answer.status == 3
    assert "close the window" in answer.err


def test_the_first_command_of_a_day_leaves_a_copy(casebook: Casebook, begun: str, workspace: Path) -> None:
    assert casebook("desk", "backup", "--list", "--json").rows == []
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    with open_desk(workspace, clock=lambda: tomorrow) as desk:
        assert backups.back_up_daily(desk)
        assert backups.back_up_daily(desk) is None
    with open_desk(workspace, clock=lambda: tomorrow + timedelta(days=1)) as desk:
        assert backups.back_up_daily(desk)
    yesterday = json.dumps((datetime.now(UTC) - timedelta(days=1)).isoformat())
    for copy in (workspace / "backups").glob("*.db"):
        copy.unlink()
    harm(workspace, f"UPDATE journal SET at = json_extract('{yesterday}', '$')")
    casebook("list")
    casebook("list")
    rows = casebook("desk", "backup", "--list", "--json").rows
    assert [row["reason"] for row in rows] == ["daily"]
