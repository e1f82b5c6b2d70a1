"""A disk that is full: every command ends in words, and nothing that was finished is lost."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Generator, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

import pytest

import resources
from tests.conftest import Answer, Casebook

resource = pytest.importorskip("resource", reason="limits of a process are a matter of Unix")

SAMPLES = sorted(resources.path("samples").glob("*.docx"))
KILOBYTE = 1024


class Disk(Protocol):
    """A place that can be full."""

    folder: Path

    def full(self, left: int) -> AbstractContextManager[None]:
        """So many bytes are left while it lasts."""
        ...


class SmallDisk:
    """A file system of its own, filled up with a file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextmanager
    def full(self, left: int) -> Generator[None]:
        filler = self.folder / "filler"
        free = os.statvfs(self.folder).f_bavail * os.statvfs(self.folder).f_frsize
        filler.write_bytes(bytes(max(0, free - left)))
        try:
            yield
        finally:
            filler.unlink()


class Quota:
    """A limit on how long any file may become."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextmanager
    def full(self, left: int) -> Generator[None]:
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (left, before[1]))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.fixture(params=["disk", "quota"])
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Disk]:
    """A small disk where we may mount one, and a quota everywhere."""
    if request.param == "quota":
        yield Quota(tmp_path)
        return
    folder = tmp_path / "small"
    folder.mkdir()
    command = ("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(folder))
    if sys.platform != "linux" or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("no right to mount a small disk")
    yield SmallDisk(folder)
    subprocess.run(("umount", str(folder)), check=True)


@pytest.fixture
def desk(disk: Disk, casebook: Casebook, monkeypatch: pytest.MonkeyPatch) -> str:
    """A desk on that disk with a few studies, some of them approved; the id of one that is being edited."""
    monkeypatch.setenv("CASEBOOK_WORKSPACE", str(disk.folder / "desk"))
    assert casebook("import", *SAMPLES[:4]).status == 0
    rows = casebook("list", "--json").rows
    ready = [row["id"] for row in rows if not row["blockers"]]
    casebook("edit", ready[0], "title", "--text", "As it was finished")
    casebook("approve", *ready[1:])
    return ready[0]


def full_at_every_point(disk: Disk, casebook: Casebook, *words: str | Path) -> list[Answer]:
    """The answers of a command with less and less room; it ends in words, or it is done."""
    answers: list[Answer] = []
    for left in (0, 4, 64, 400):
        with disk.full(left * KILOBYTE):
            answers.append(casebook(*words))
    for answer in answers:
        assert answer.status in (0, 3), (answer.status, answer.err)
        assert "Traceback" not in answer.err
        if answer.status == 3:
            assert "disk" in answer.err or "space" in answer.err, answer.err
    assert 3 in [answer.status for answer in answers]
    return answers


def nothing_is_lost(casebook: Casebook, desk: str) -> None:
    verdict = casebook("desk", "verify", "--json").row
    assert verdict["flaws"] == []
    assert casebook("show", desk, "--json").row["fields"]["title"]["text"] == "As it was finished"


def test_importing(disk: Disk, casebook: Casebook, desk: str) -> None:
    full_at_every_point(disk, casebook, "import", *SAMPLES[4:7])
    nothing_is_lost(casebook, desk)
    casebook("import", *SAMPLES[4:7])
    taken = [row["taken_for"] for row in casebook("import", *SAMPLES[:7], "--json").rows]
    assert taken == ["duplicate"] * 7


def test_editing(disk: Disk, casebook: Casebook, desk: str) -> None:
    answers = full_at_every_point(
        disk, casebook, "edit", desk, "summary", "--text", "Words on a full disk " * 9
    )
    nothing_is_lost(casebook, desk)
    summary = casebook("show", desk, "--json").row["fields"]["summary"]["text"]
    assert summary.startswith("Words on a full disk") == any(answer.status == 0 for answer in answers)
    assert casebook("edit", desk, "summary", "--text", "There is room again").status == 0


def test_publishing(disk: Disk, casebook: Casebook, desk: str) -> None:
    approved = casebook("list", "--status", "approved", "--json").rows
    full_at_every_point(disk, casebook, "publish", "--all-approved")
    nothing_is_lost(casebook, desk)
    assert casebook("publish", "--all-approved").status == 0
    published = casebook("list", "--status", "published", "--json").rows
    assert {row["id"] for row in published} == {row["id"] for row in approved}
    assert casebook("catalogue", "status", "--json").row["studies"] == len(approved)


def test_pulling(
    disk: Disk, casebook: Casebook, desk: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = f"sqlite:///{tmp_path / 'shared.db'}"
    casebook("--catalogue", shared, "catalogue", "init")
    elsewhere = tmp_path / "elsewhere"
    casebook("--workspace", elsewhere, "import", *SAMPLES[8:16])
    ready = [
        row["id"] for row in casebook("--workspace", elsewhere, "list", "--json").rows if not row["blockers"]
    ]
    casebook("--workspace", elsewhere, "approve", *ready)
    casebook("--workspace", elsewhere, "--catalogue", shared, "publish", "--all-approved")
    full_at_every_point(disk, casebook, "--catalogue", shared, "pull")
    nothing_is_lost(casebook, desk)
    assert casebook("--catalogue", shared, "pull").status == 0
    assert len(casebook("search", "--json").rows) == len(ready)


def test_backing_up_and_putting_back(disk: Disk, casebook: Casebook, desk: str) -> None:
    assert casebook("desk", "backup").status == 0
    full_at_every_point(disk, casebook, "desk", "backup")
    full_at_every_point(disk, casebook, "desk", "restore")
    nothing_is_lost(casebook, desk)
    for copy in casebook("desk", "backup", "--list", "--json").rows:
        assert casebook("desk", "verify", copy["path"]).status == 0
    assert not list((disk.folder / "desk").rglob("*.draft"))


def test_beginning_a_desk(disk: Disk, casebook: Casebook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASEBOOK_WORKSPACE", str(disk.folder / "new"))
    full_at_every_point(disk, casebook, "import", *SAMPLES[:2])
    assert casebook("import", *SAMPLES[:2]).status == 0
    assert len(casebook("list", "--json").rows) == 2
    assert casebook("desk", "verify").status == 0
