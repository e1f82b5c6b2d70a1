"""What every test may use: the command, run as a person would type it, on a desk of its own."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

os.environ.setdefault("CASEBOOK_LANGUAGE", "en")

from workbench.cli import main


@dataclass(frozen=True)
class Answer:
    """What a command answered: its exit status, and what it wrote to stdout and stderr."""

    status: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The JSON Lines of stdout."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def row(self) -> dict[str, Any]:
        """The only line of JSON on stdout."""
        (row,) = self.rows
        return row


Casebook = Callable[..., Answer]


@pytest.fixture(scope="session", autouse=True)
def _nobodys_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test, and no program that it starts, sees or changes what the person at this computer has chosen."""
    before = os.environ.get("CASEBOOK_HOME")
    os.environ["CASEBOOK_HOME"] = str(tmp_path_factory.mktemp("nobody"))
    yield
    del os.environ["CASEBOOK_HOME"]
    if before is not None:
        os.environ["CASEBOOK_HOME"] = before


@pytest.fixture
def casebook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Casebook:
    """`casebook("list", "--json")` runs the command in this process, on a desk in the test's own folder."""
    monkeypatch.setenv("CASEBOOK_WORKSPACE", str(tmp_path / "desk"))
    monkeypatch.delenv("CASEBOOK_CATALOGUE", raising=False)

    def run(*words: str | Path, stdin: str = "") -> Answer:
        out, err = io.StringIO(), io.StringIO()
        with monkeypatch.context() as streams:
            streams.setattr(sys, "stdout", out)
            streams.setattr(sys, "stderr", err)
            streams.setattr(sys, "stdin", io.StringIO(stdin))
            status = main([str(word) for word in words])
        return Answer(status, out.getvalue(), err.getvalue())

    return run
