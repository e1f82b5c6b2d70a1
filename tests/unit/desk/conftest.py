"""A desk of the test's own, with a clock that moves a minute at each look, and submissions laid on it by hand."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from workbench import richtext
from workbench.desk import Desk, changing, open_desk
from workbench.edits import Change, Edit
from workbench.store import submissions
from workbench.submission import FieldValue, Note, Passage, Picture, SourceFile, Status, Submission

Lay = Callable[..., str]


class Clock:
    """Monday morning, and a minute later each time it is asked."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def empty_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with nothing on its desk, to be copied: making one takes longer than most tests."""
    workspace = tmp_path_factory.mktemp("empty") / "desk"
    with open_desk(workspace, who="Ada", clock=Clock()):
        return workspace


@pytest.fixture
def desk(tmp_path: Path, clock: Clock, empty_workspace: Path) -> Iterator[Desk]:
    """Ada's desk; empty, unless another fixture has laid something there before."""
    workspace = tmp_path / "desk"
    if not workspace.exists():
        shutil.copytree(empty_workspace, workspace)
    with open_desk(workspace, who="Ada", clock=clock) as opened:
        yield opened


def answer(text: str) -> FieldValue:
    return FieldValue(richtext.from_text(text), "heading", 0.9, "Heading", ("p1",))


PICTURE = "ab" * 32


def plain_submission(number: int = 1) -> Submission:
    """A short study without anything wrong that a test relies on."""
    return Submission(
        id="",
        study=f"00000000-0000-4000-8000-{number:012}",
        template="case-study",
        template_version=1,
        status=Status.RECEIVED,
        fields={
            "title": answer(f"Repair café number {number}"),
            "council": answer("Leeds City Council"),
            "summary": answer("Residents mend what they own."),
        },
        unplaced=(
            Passage("p-1", richtext.from_text("Savings of 5%."), "Money saved", "impact", 0.6, ("p7",), 0),
            Passage("p-2", richtext.from_text("Loose words."), "", None, 0.0, ("p8",), 1),
        ),
        notes=(Note("comment", "Is this right?", "p2", "A reader"),),
        pictures=(Picture("café.png", None, PICTURE, "image/png", 10, 10, 99),),
        files=(SourceFile(f"study-{number}.docx", f"{number:064x}", datetime(2026, 3, 2, tzinfo=UTC)),),
        received=datetime(2026, 3, 2, tzinfo=UTC),
        due=date(2026, 3, 9),
    )


def lay_on(desk: Desk, number: int = 1, **changes: Any) -> str:
    """Puts a submission on the desk as an import would, and returns its id."""
    with desk.store.writing() as connection:
        new = replace(plain_submission(number), id=submissions.mint_id(connection, 2026), **changes)
        submissions.add(connection, new)
        present = Change(new.id, "submission", "present", False, True)
        said = {"title": changing.named(new), "file": new.files[0].name}
        changing.commit(desk, connection, Edit("import", (present,), said))
    return new.id


@pytest.fixture
def lay(desk: Desk) -> Lay:
    """`lay(number, **changes)` puts a submission on the desk."""
    return partial(lay_on, desk)


@pytest.fixture(scope="session")
def laying() -> Lay:
    """`laying(desk, number, **changes)` puts a submission on any desk."""
    return lay_on
